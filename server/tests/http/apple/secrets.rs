//! What is secret is nowhere in clear.

use super::phone::IPhone;
use crate::harness::{Invited, Server};
use apple::{command::Request, profile::EnrollmentProfile};
use domain::device::command::CommandKind;
use std::{
    fmt::Write as _,
    io,
    sync::{Mutex, PoisonError},
};

/// Everything that is logged.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Logged;

impl io::Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn log_everything() {
    let subscriber = tracing_subscriber::fmt().with_writer(|| Logged).with_max_level(tracing::Level::TRACE);
    // Another test of this process may have been first; then it is its log that everything goes to.
    let _ = subscriber.with_ansi(false).try_init();
}

/// The forms in which a secret might be written.
fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    let hexadecimal = secret.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    });
    let list = format!("{secret:?}").trim_matches(['[', ']']).to_owned();
    vec![secret.to_vec(), hexadecimal.to_uppercase().into_bytes(), hexadecimal.into_bytes(), list.into_bytes()]
}

/// The challenge of the profile by which a phone renews its certificate.
async fn challenge_of_renewal(phone: &IPhone<'_>, invited: &Invited) -> String {
    let device = phone.server.device_of(invited).await;
    phone.server.ask(device, CommandKind::Renew {}).await;
    let command = phone.idle().await.unwrap();
    let Request::InstallProfile { payload } = command.request else { panic!("{command:?}") };
    EnrollmentProfile::read(payload.expose()).unwrap().challenge.unwrap().expose().clone()
}

#[tokio::test]
async fn no_secret_of_a_phone_is_stored_or_logged_in_clear() {
    log_everything();
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let phone = server.active_phone(&invited, "company", true).await;
    let challenge = phone.profile.challenge.as_ref().unwrap().expose().clone();
    let renewal = challenge_of_renewal(&phone, &invited).await;
    assert_ne!(challenge, renewal);
    let mut stranger = IPhone::with_profile(&server, &invited, 1).await;
    stranger.profile.topic = "com.apple.mgmt.External.other".to_owned();
    stranger.authenticate().await;
    let secrets: Vec<Vec<u8>> = vec![
        challenge.into_bytes(),
        renewal.into_bytes(),
        phone.udid.clone().into_bytes(),
        b"THE-PUSH-MAGIC".to_vec(),
        b"THE-TOKEN-THE-TOKEN".to_vec(),
        b"THE-UNLOCK-TOKEN".to_vec(),
        // Every RSA key in PKCS#8 begins like this.
        b"\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01".to_vec(),
    ];
    let mut places = server.stored_files();
    // The journal is in those files; this is the row as the console shows it.
    let detail = server.rollcall.slot(invited.slot).await.unwrap();
    places.push(("the row".to_owned(), format!("{detail:?}").into_bytes()));
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(String::from_utf8_lossy(&log).contains("A message of an Apple device was refused"), "nothing was logged");
    places.push(("the log".to_owned(), log));
    for (name, bytes) in places {
        for form in secrets.iter().flat_map(|secret| forms(secret)) {
            let is_there = bytes.windows(form.len()).any(|window| window == form.as_slice());
            assert!(!is_there, "{name} has {:?}", String::from_utf8_lossy(&form));
        }
    }
}
