//! `--demo`: sample people with invitations, for trying Rollcall out. Every address is in example.com, which belongs to
//! nobody.

use super::{CommandError, demo_people::PEOPLE, print_line};
use crate::cli::settings::DataPaths;
use domain::{
    actor::Actor,
    list::{PersonQuery, SlotQuery},
    types::ids::InvitationId,
};
use service::{Invite, NewPerson, Rollcall};
use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// How many people, from the first, get their enrollment URL written to a file for simulated phones with an agent.
const WITH_AGENT: usize = 9;
/// How many after them get theirs written to a file for simulated iPhones.
const WITH_IPHONE: usize = 5;
/// How many people, from the last, are invited without a mail.
const UNSENT: usize = 3;

/// Adds the sample people, unless there are people already.
pub(super) async fn add_sample_people(rollcall: &Rollcall, paths: &DataPaths) -> Result<(), CommandError> {
    if rollcall.list_people(PersonQuery::default()).await?.total > 0 {
        tracing::info!("There are people already: no sample people were added");
        return Ok(());
    }
    // A real mail server would get mails to addresses that belong to nobody.
    let may_send = rollcall.writes_mails_to_files();
    let mut invitations = Vec::with_capacity(PEOPLE.len());
    for (at, person) in PEOPLE.iter().enumerate() {
        let send = may_send && at + UNSENT < PEOPLE.len();
        invitations.push(invite(rollcall, person, send).await?);
    }
    if let Some(last) = invitations.get(WITH_AGENT + WITH_IPHONE) {
        rollcall.deactivate(Actor::System, *last).await?;
    }
    let (with_agent, others) = invitations.split_at(WITH_AGENT.min(invitations.len()));
    write_urls(rollcall, with_agent, &paths.data_dir.join("demo-urls.txt")).await?;
    let with_iphone = others.get(..WITH_IPHONE).unwrap_or(others);
    write_urls(rollcall, with_iphone, &paths.data_dir.join("demo-urls-iphone.txt")).await?;
    let rows = rollcall.list_slots(SlotQuery::default()).await?.total;
    print_line(&format!("Added {} sample people; {rows} of them have an active invitation.", PEOPLE.len()));
    Ok(())
}

async fn invite(rollcall: &Rollcall, (name, email): &(&str, &str), send: bool) -> Result<InvitationId, CommandError> {
    let person = NewPerson { name: (*name).to_owned(), email: (*email).to_owned(), locale: None };
    let how = Invite { send, expires_at: None };
    Ok(rollcall.invite_by_email(Actor::System, &person, how).await?.invitation_id)
}

/// Writes the enrollment URLs for simulated phones, one per line. They are secrets: the file is private.
async fn write_urls(rollcall: &Rollcall, invitations: &[InvitationId], path: &Path) -> Result<(), CommandError> {
    let mut text = String::new();
    for id in invitations {
        text.push_str(&rollcall.credentials(Actor::System, *id).await?.url);
        text.push('\n');
    }
    write_private(path, &text)
        .map_err(|error| CommandError::with_context(&format!("{} cannot be written", path.display()), &error))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}
