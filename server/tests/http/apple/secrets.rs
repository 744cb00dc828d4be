//! What is secret is nowhere in clear.

use crate::harness::Server;

#[tokio::test]
async fn no_secret_of_a_phone_is_stored_in_clear() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let phone = server.active_phone(&invited, "company", true).await;
    let challenge = phone.profile.challenge.as_ref().unwrap().expose().clone();
    let udid = phone.udid.clone();
    let secrets: Vec<Vec<u8>> = vec![
        challenge.into_bytes(),
        udid.into_bytes(),
        b"THE-PUSH-MAGIC".to_vec(),
        b"THE-TOKEN-THE-TOKEN".to_vec(),
        b"THE-UNLOCK-TOKEN".to_vec(),
        // Every RSA key in PKCS#8 begins like this.
        b"\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01".to_vec(),
    ];
    for (name, bytes) in server.stored_files() {
        for secret in &secrets {
            let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_slice());
            assert!(!is_there, "{name} has {:?}", String::from_utf8_lossy(secret));
        }
    }
}
