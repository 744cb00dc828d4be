//! Pushes: certificates, requests and answers, and a pretended service over TLS and HTTP/2.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod certificate;
mod client;
mod messages;
mod pretended;
mod request;

use apple::apns::Push;
use time::{OffsetDateTime, macros::datetime};

const TOPIC: &str = "com.apple.mgmt.External.7b1c6f3e-52a1-4d0e-8f7a-9c2d4e6f8a10";
const NOW: OffsetDateTime = datetime!(2026-11-26 12:00 UTC);

fn vector(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/vectors/push/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn push() -> Push {
    Push::new(&[0xab; 32], "magic", TOPIC, NOW).unwrap()
}
