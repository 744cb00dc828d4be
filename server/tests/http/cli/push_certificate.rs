//! Push certificates that are taken over on the command line.

use super::program::{refused, run};
use crate::cli::program::Program;
use apple::{apns::Identity, push_certificate::PREFIX, random::random};
use pretended_apns::PretendedApple;
use service::environment::{Clock as _, SystemClock};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{fs, path::Path};
use time::OffsetDateTime;

/// Writes a certificate and its key, and returns their paths.
fn write(folder: &Path, name: &str, identity: &Identity) -> [String; 2] {
    let file = |what: &str, bytes: &[u8]| {
        let path = folder.join(format!("{name}-{what}.der"));
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    [file("certificate", &identity.certificates[0]), file("key", &identity.key)]
}

#[tokio::test]
async fn a_push_certificate_is_taken_over_with_its_key_and_only_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let now = OffsetDateTime::from_unix_timestamp(SystemClock.now().as_millis() / 1000).unwrap();
    let random = &mut random([7; 32]);
    let authority = PretendedApple::make(now, random).unwrap();
    let topics = ["one", "two"].map(|name| format!("{PREFIX}External.{name}"));
    let [one, two] = topics.clone().map(|topic| {
        let identity = authority.push_identity(&topic, PretendedApple::year_from(now), random).unwrap();
        write(dir.path(), topic.rsplit('.').next().unwrap(), &identity)
    });
    let data = dir.path().join("data");
    let import = ["apple", "push-certificate", "import", "--certificate"];
    let mixed = [&import[..], &[&one[0], "--key", &two[1]]].concat();
    assert!(refused(&data, &mixed).contains("issued for another key"));
    let right = [&import[..], &[&one[0], "--key", &one[1]]].concat();
    assert!(run(&data, &right).contains("from now on"));
    // A renewed one takes the place of the first, also while a server is running.
    let program = Program::start(&data);
    run(&data, &[&import[..], &[&two[0], "--key", &two[1]]].concat());
    program.kill();
    let options = SqliteConnectOptions::new().filename(data.join("rollcall.db"));
    let mut database = SqliteConnection::connect_with(&options).await.unwrap();
    let active = sqlx::query_scalar::<_, String>("select topic from apple_push_certs where state = 'active'");
    assert_eq!(active.fetch_all(&mut database).await.unwrap(), [topics[1].clone()]);
}
