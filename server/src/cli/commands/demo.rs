//! `--demo`: sample people with invitations, for someone who looks around. Every address is in example.com, which
//! belongs to nobody.

use super::{CommandError, demo_people::PEOPLE, say};
use crate::cli::settings::Places;
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

/// People, counted from the first, whose enrollment URLs are written down for simulated phones.
const WITH_PHONE: usize = 14;
/// People, counted from the last, whose invitation is made without a mail.
const UNSENT: usize = 3;

/// Adds the sample people when there is nobody yet.
pub(super) async fn add_sample_people(rollcall: &Rollcall, places: &Places) -> Result<(), CommandError> {
    if rollcall.list_people(PersonQuery::default()).await?.total > 0 {
        tracing::info!("There are people already: no sample people are added");
        return Ok(());
    }
    // A mail server would get mails to addresses that belong to nobody.
    let may_send = rollcall.writes_mails_to_files();
    let mut invitations = Vec::with_capacity(PEOPLE.len());
    for (at, person) in PEOPLE.iter().enumerate() {
        let send = may_send && at + UNSENT < PEOPLE.len();
        invitations.push(invite(rollcall, person, send).await?);
    }
    if let Some(last) = invitations.get(WITH_PHONE) {
        rollcall.deactivate(Actor::System, *last).await?;
    }
    write_urls(rollcall, &invitations, &places.data_dir.join("demo-urls.txt")).await?;
    let rows = rollcall.list_slots(SlotQuery::default()).await?.total;
    say(&format!("Added {} sample people; {rows} of them have an active invitation.", PEOPLE.len()));
    Ok(())
}

async fn invite(rollcall: &Rollcall, (name, email): &(&str, &str), send: bool) -> Result<InvitationId, CommandError> {
    let person = NewPerson { name: (*name).to_owned(), email: (*email).to_owned(), locale: None };
    let how = Invite { send, expires_at: None };
    Ok(rollcall.invite_by_email(Actor::System, &person, how).await?.invitation_id)
}

/// Writes the enrollment URLs that simulated phones use, one a line. They are secrets: the file is private.
async fn write_urls(rollcall: &Rollcall, invitations: &[InvitationId], path: &Path) -> Result<(), CommandError> {
    let mut text = String::new();
    for id in invitations.iter().take(WITH_PHONE) {
        text.push_str(&rollcall.credentials(Actor::System, *id).await?.url);
        text.push('\n');
    }
    write_private(path, &text)
        .map_err(|error| CommandError::while_doing(&format!("{} cannot be written", path.display()), &error))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}
