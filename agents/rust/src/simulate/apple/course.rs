//! What happens to a phone.

use crate::rng::Rng;

/// One phone in this many has another course than [`Course::Fine`], when courses are drawn.
const OTHER_ONE_IN: u64 = 4;

/// What happens to a phone. All phones answer as the protocol says, and those that are not supervised answer with an error
/// to what needs supervision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Course {
    /// Nothing in particular.
    Fine,
    /// The person stops the installation when the certificate is there.
    StopsAfterScep,
    /// The installation ends after the first message to the server.
    StopsAfterAuthenticate,
    /// It is locked at first and after each command to lock: it answers "not now", and asks by itself when it is unlocked.
    NotNowWhileLocked,
    /// The first answer to each command is lost, although the command was carried out.
    LosesAnswers,
    /// It sends each answer twice.
    AnswersTwice,
    /// After its first commands its owner erases it, says so to nobody, and enrolls it again.
    ErasedAndBack,
    /// When its profile is replaced it checks in from the beginning.
    RenewedWithAuthenticate,
    /// When its profile is replaced it only says how it is reached.
    RenewedWithoutAuthenticate,
    /// After its first commands its owner removes the profile.
    LeavesWithCheckOut,
    /// The same while it is offline, so that nobody is told.
    LeavesWithoutCheckOut,
    /// After its first commands its backup is restored on another phone, which then signs with the same certificate.
    RestoredOnAnother,
}

impl Course {
    /// The course of a phone.
    pub fn draw(rng: &mut Rng) -> Self {
        let all = <Self as clap::ValueEnum>::value_variants();
        // Both are drawn, so that what comes after does not depend on the first.
        let (is_other, other) = (rng.one_in(OTHER_ONE_IN), rng.pick(all).copied());
        other.filter(|_| is_other).unwrap_or(Self::Fine)
    }
}

/// Which phones are supervised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Supervision {
    /// Every third of those that belong to the organisation.
    Some,
    /// All.
    All,
    /// None.
    None,
}
