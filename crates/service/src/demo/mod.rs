//! Sample data for development: thousands of plausible people with invitations and devices in all states. The same seed
//! generates the same people and stories, relative to the current time; credentials are always new.

mod names;
mod phones;
mod rng;
mod story;

use crate::{InvalidField, Rollcall, ServiceError, ServiceResult, demo::rng::SeededRng};
use domain::{
    Timestamp,
    actor::Actor,
    decide::{self, InviteOptions},
    invitation::{DeactivationReason, OpenSignal},
    journal::change::Change,
    list::PersonQuery,
    types::ids::{IdGenerator as _, PersonId},
};
use std::sync::Arc;
use story::Story;
use tokio::task::JoinSet;

const HOUR_S: i64 = 3600;
const DAY_S: i64 = 24 * HOUR_S;
/// How long ago the first person was invited, in seconds.
const OLDEST_S: i64 = 400 * DAY_S;
/// Commits that are queued at the writer concurrently; it groups up to 128 into one transaction.
const AT_ONCE: usize = 256;

/// Replies of mail servers that reject a mail.
const REFUSALS: &[&str] = &[
    "550 5.1.1 The email account that you tried to reach does not exist",
    "552 5.2.2 Mailbox full",
    "554 5.7.1 Message rejected as spam",
];

/// How much sample data was generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeedCounts {
    /// People.
    pub people: u64,
    /// Rows of the Mobile devices view.
    pub rows: u64,
}

impl Rollcall {
    /// Fills an empty database with sample people until there are `rows` rows in the Mobile devices view. Every mail is
    /// marked as sent or failed: none is left for the mail worker.
    ///
    /// # Errors
    /// [`InvalidField::NotEmpty`] when the database contains people.
    pub async fn seed(&self, rows: u64, seed: u64, progress: impl Fn(u64)) -> ServiceResult<SeedCounts> {
        if self.list_people(PersonQuery::default()).await?.total > 0 {
            return Err(InvalidField::NotEmpty.into());
        }
        let now = self.environment.now();
        let (mut counts, mut commits) = (SeedCounts::default(), JoinSet::new());
        while counts.rows < rows {
            let change = self.story(counts.people, seed, rows - counts.rows, now)?;
            counts.people += 1;
            counts.rows += change.slots.len() as u64;
            if commits.len() >= AT_ONCE {
                finish_one(&mut commits).await?;
            }
            let store = Arc::clone(&self.store);
            commits.spawn(async move { store.commit(change).await });
            if counts.people % 1000 == 0 {
                progress(counts.rows);
            }
        }
        while !commits.is_empty() {
            finish_one(&mut commits).await?;
        }
        Ok(counts)
    }

    /// All that is written for person number `number`, with at most `rows` rows.
    fn story(&self, number: u64, seed: u64, rows: u64, now: Timestamp) -> ServiceResult<Change> {
        let mut rng = SeededRng::new(seed, number);
        let person = names::person(number, &mut rng).parse()?;
        let at = now.plus_seconds(-rng.seconds(HOUR_S, OLDEST_S));
        rng.at_ms = at.as_millis().unsigned_abs();
        let context = decide::Context { now: at, actor: Actor::System };
        let id = PersonId(rng.new_uuid());
        let (person, added) = decide::add_person(id, person.name, person.email, person.locale, &context);
        let mut story = Story::new(person, added, rng);
        match story.rng.below(100) {
            // An invitation without a device is recent: an admin would have followed up on an older one.
            0..14 => self.invite_only(&mut story, now)?,
            // Few people have several devices.
            14..75 => self.invite_with_devices(&mut story, 1, at, now)?,
            75..92 => self.invite_with_devices(&mut story, rows.min(2), at, now)?,
            _ => self.invite_with_devices(&mut story, rows.min(3), at, now)?,
        }
        Ok(story.change)
    }

    fn seed_invitation(&self, story: &mut Story, send: bool, at: Timestamp) -> ServiceResult<()> {
        let sealed = self.new_credentials()?;
        let options = InviteOptions { send, expires_at: None };
        story.decide(Actor::System, at, |person, rng, context| {
            Ok(((), decide::invite(person, options, sealed, rng, context)?))
        })
    }

    fn invite_only(&self, story: &mut Story, now: Timestamp) -> ServiceResult<()> {
        let at = now.plus_seconds(-story.rng.seconds(HOUR_S, 10 * DAY_S));
        let roll = story.rng.below(100);
        self.seed_invitation(story, roll >= 15, at)?;
        let refused = if roll < 35 { Some(*story.rng.of(REFUSALS)) } else { None };
        story.send_mails(at.plus_seconds(3), refused)?;
        if roll >= 65 { open(story, at.plus_seconds(HOUR_S / 2)) } else { Ok(()) }
    }

    fn invite_with_devices(&self, story: &mut Story, devices: u64, at: Timestamp, now: Timestamp) -> ServiceResult<()> {
        let by_mail = story.rng.chance(85);
        self.seed_invitation(story, by_mail, at)?;
        story.send_mails(at.plus_seconds(3), None)?;
        open(story, at.plus_seconds(600))?;
        for _ in 0..devices {
            phones::add(story, self.new_credentials()?, at, now)?;
        }
        let is_left_active = story.rng.chance(80);
        match story.person.invitation.as_ref().map(|invitation| invitation.id) {
            Some(id) if !is_left_active => story.decide(Actor::System, now, |person, _, context| {
                Ok(((), decide::deactivate(person, id, DeactivationReason::Manual, context)?))
            }),
            _ => Ok(()),
        }
    }
}

fn open(story: &mut Story, at: Timestamp) -> ServiceResult<()> {
    let Some(id) = story.person.invitation.as_ref().map(|invitation| invitation.id) else { return Ok(()) };
    story.decide(Actor::Person, at, |person, _, context| {
        Ok(((), decide::open(person, id, OpenSignal::Accepted, context)?))
    })
}

type CommitResult = store::StoreResult<Vec<domain::journal::JournalEvent>>;

/// Waits for one commit.
async fn finish_one(commits: &mut JoinSet<CommitResult>) -> ServiceResult<()> {
    if let Some(joined) = commits.join_next().await {
        joined.map_err(|error| ServiceError::internal(&error))??;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Settings,
        environment::{Environment, ManualClock},
        security::keys::Keys,
    };
    use domain::{
        list::{Page, SlotQuery},
        slot::{SlotStatus, attention::Cause},
        views::SlotView,
    };
    use std::collections::BTreeSet;
    use store::Store;
    use store_sqlite::SqliteStore;

    async fn seeded(rows: u64, seed: u64) -> (tempfile::TempDir, Arc<Rollcall>) {
        let dir = tempfile::tempdir().unwrap();
        let environment = Environment::with_clock(ManualClock::new(Timestamp::from_millis(1_780_000_000_000)));
        let keys = Keys::load_or_create(&dir.path().join("secret.key"), &environment).unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&dir.path().join("rollcall.db")).await.unwrap());
        let from = "Rollcall <rollcall@localhost>".parse().unwrap();
        let settings = Settings::new("http://localhost".parse().unwrap(), from, dir.path().join("mail"));
        let rollcall = Rollcall::new(store, environment, keys, settings);
        assert_eq!(rollcall.seed(rows, seed, |_| ()).await.unwrap().rows, rows);
        (dir, rollcall)
    }

    async fn page(rollcall: &Rollcall, query: SlotQuery) -> Page<SlotView> {
        rollcall.list_slots(SlotQuery { size: Some(100), ..query }).await.unwrap()
    }

    #[tokio::test]
    async fn the_same_seed_generates_the_same_stories() {
        let (_a, a) = seeded(60, 1).await;
        let (_b, b) = seeded(60, 1).await;
        let (_c, c) = seeded(60, 2).await;
        let rows = async |rollcall: &Rollcall| page(rollcall, SlotQuery::default()).await.rows;
        assert_eq!(rows(&a).await, rows(&b).await);
        assert_ne!(rows(&a).await, rows(&c).await);
    }

    #[tokio::test]
    async fn sample_people_are_in_all_states_and_no_mail_is_queued() {
        let (_dir, rollcall) = seeded(1500, 1).await;
        for status in SlotStatus::ALL.iter().filter(|status| **status != SlotStatus::Queued) {
            let found = page(&rollcall, SlotQuery { status: Some(*status), ..SlotQuery::default() }).await;
            assert!(found.total > 0, "{status}");
        }
        let causes = rollcall.attention_counts().await.unwrap();
        // Nobody in the samples enrolls a hundred devices within an hour, and none of them is pushed.
        let never = [
            Cause::TurnedAway,
            Cause::NotReachable,
            Cause::OldTopic,
            Cause::CertificateExpires,
            Cause::PushCertificate,
        ];
        let is_shown = |(cause, count): &(Cause, u64)| (*count > 0) != never.contains(cause);
        assert!(causes.iter().all(is_shown), "{causes:?}");
        assert_eq!(rollcall.store.next_mail_at().await.unwrap(), None);
        let names: BTreeSet<_> =
            page(&rollcall, SlotQuery::default()).await.rows.into_iter().map(|item| item.row.person_name).collect();
        assert!(names.len() > 50, "{names:?}");
        // A sweep finds nothing to do.
        let before = rollcall.journal_head().await.unwrap();
        rollcall.sweep().await.unwrap();
        assert_eq!(rollcall.journal_head().await.unwrap(), before);
    }

    #[tokio::test]
    async fn a_database_with_people_is_left_alone() {
        let (_dir, rollcall) = seeded(3, 1).await;
        let again = rollcall.seed(3, 1, |_| ()).await;
        assert_eq!(again, Err(InvalidField::NotEmpty.into()));
        assert_eq!(page(&rollcall, SlotQuery::default()).await.total, 3);
    }
}
