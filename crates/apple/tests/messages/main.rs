//! The messages between a phone and the server, as bytes.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod checkin;
mod command;
mod conversation;
mod profile;
mod report;
mod xml;

/// A property list with `fields` in the dictionary at its top, with the DOCTYPE that phones send.
fn plist(fields: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
        <plist version=\"1.0\">\n<dict>\n{fields}\n</dict>\n</plist>\n"
    )
    .into_bytes()
}

/// A UDID of the length that phones of today have.
const UDID: &str = "00008120-001A2B3C4D5E6F70";
const TOPIC: &str = "com.apple.mgmt.External.6c2f7f0e-2a53-4d0c-9f0c-0a4f7d7b8a11";

/// The fields that every check-in has.
fn check_in(kind: &str, more: &str) -> Vec<u8> {
    plist(&format!(
        "<key>MessageType</key><string>{kind}</string><key>UDID</key><string>{UDID}</string>\
        <key>Topic</key><string>{TOPIC}</string>{more}"
    ))
}
