//! The mails that the program writes.

use crate::{
    cli::program::{Program, invite, refused, run},
    harness::{Server, client},
    mail::smtp::{Say, Smtp, count},
};
use domain::actor::Actor;
use service::{Invite, LiveEvent, NewPerson, mail::MailRoute};
use std::{fs, path::Path, time::Duration};
use tokio::net::TcpListener;

#[tokio::test]
async fn a_mail_is_in_the_persons_language() {
    let server = Server::start().await;
    let MailRoute::Files(folder) = server.rollcall.settings().mail_route.clone() else { panic!("mails go to files") };
    let people = [("ada@example.com", "de-AT", "de"), ("jan@example.com", "cs", "cs"), ("zoe@example.com", "fr", "en")];
    for (email, locale, expected) in people {
        let mut live = server.rollcall.live();
        let new = NewPerson { name: String::new(), email: email.to_owned(), locale: Some(locale.to_owned()) };
        let how = Invite { send: true, expires_at: None };
        server.rollcall.invite_by_email(Actor::System, &new, how).await.unwrap();
        while !matches!(live.recv().await.unwrap(), LiveEvent::Changed(change) if change.kind == "mail_sent") {}
        let mail = mail_to(&folder, email);
        assert!(mail.contains(&format!("<html lang=3D\"{expected}\">")), "{locale}: {mail}");
    }
}

#[tokio::test]
async fn the_program_ends_soon_although_the_mail_server_says_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let script = run(dir.path(), &["token", "create", "--name", "test"]);
    let url = format!("smtp://{}", silent.local_addr().unwrap());
    let program = Program::start_with_flags(dir.path(), &["--smtp-url", &url]);
    invite(&client(), &program.base, &script).await;
    let _connection = silent.accept().await.unwrap();
    let stopping = tokio::task::spawn_blocking(|| program.stop());
    let status = tokio::time::timeout(Duration::from_secs(10), stopping).await.unwrap().unwrap();
    assert!(status.success(), "{status}");
}

fn mail_to(folder: &Path, email: &str) -> String {
    let mut files = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    files.find(|mail| mail.lines().any(|line| line.starts_with("To:") && line.contains(email))).unwrap()
}

#[test]
fn templates_are_exported_once_and_a_broken_one_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("templates");
    let place_text = place.to_str().unwrap();
    let output = run(folder.path(), &["mail-templates", "export", place_text]);
    assert!(output.contains("24 templates"), "{output}");
    let again = refused(folder.path(), &["mail-templates", "export", place_text]);
    assert!(again.contains("already exists; nothing was written"), "{again}");
    fs::write(place.join("cs/renew.html"), "{{ url }}\n{% if %}\n").unwrap();
    let output = refused(folder.path(), &["serve", "--mail-templates", place_text, "--listen", "127.0.0.1:0"]);
    assert!(output.contains("cs/renew.html:2: syntax error"), "{output}");
}

#[tokio::test]
async fn a_mail_that_was_on_its_way_when_the_program_was_killed_is_shown_and_not_sent_again() {
    let dir = tempfile::tempdir().unwrap();
    let (smtp, http) = (Smtp::start().await, client());
    let script = run(dir.path(), &["token", "create", "--name", "test"]);
    let url = format!("smtp://{}", smtp.address);
    smtp.say(|line| if line == "." { Say::Nothing } else { Say::Usual });
    let program = Program::start_with_flags(dir.path(), &["--smtp-url", &url]);
    invite(&http, &program.base, &script).await;
    smtp.until(|seen| count(seen, "DATA") == 1).await;
    program.kill();
    let friendly = Smtp::start().await;
    let url = format!("smtp://{}", friendly.address);
    let program = Program::start_with_flags(dir.path(), &["--smtp-url", &url]);
    let rows = format!("{}/api/v1/slots", program.base);
    let mut failed = String::new();
    while !failed.contains("may or may not have arrived") {
        failed = http.get(&rows).bearer_auth(&script).send().await.unwrap().text().await.unwrap();
    }
    assert_eq!(friendly.until(|_| true).await.lines, [""; 0]);
    program.kill();
}
