//! When sessions and API tokens were last used. It is kept in memory and written now and then, all together: nobody who only
//! reads waits for a write, and reading goes on while nothing can be written. Whoever kills the process loses a minute of it.

use domain::{
    Timestamp,
    types::ids::{ApiTokenId, SessionId},
};
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};
use store::LastUses;

/// The last uses that are not written yet.
#[derive(Default)]
pub(crate) struct UnwrittenUses(Mutex<Uses>);

#[derive(Default)]
struct Uses {
    sessions: HashMap<SessionId, Timestamp>,
    api_tokens: HashMap<ApiTokenId, Timestamp>,
}

impl UnwrittenUses {
    fn lock(&self) -> MutexGuard<'_, Uses> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last use of a session, if a later one than `stored` is known.
    pub(crate) fn of_session(&self, id: SessionId, stored: Timestamp) -> Timestamp {
        self.lock().sessions.get(&id).copied().map_or(stored, |at| at.max(stored))
    }

    /// The last use of an API token, if a later one than `stored` is known.
    pub(crate) fn of_api_token(&self, id: ApiTokenId, stored: Option<Timestamp>) -> Option<Timestamp> {
        self.lock().api_tokens.get(&id).copied().max(stored)
    }

    /// A session is used.
    pub(crate) fn use_session(&self, id: SessionId, now: Timestamp) {
        self.lock().sessions.insert(id, now);
    }

    /// An API token is used.
    pub(crate) fn use_api_token(&self, id: ApiTokenId, now: Timestamp) {
        self.lock().api_tokens.insert(id, now);
    }

    /// All of them, for the store. A session expires `lifetime_s` seconds after its last use.
    pub(crate) fn to_write(&self, lifetime_s: i64) -> LastUses {
        let uses = self.lock();
        LastUses {
            sessions: uses.sessions.iter().map(|(id, at)| (*id, *at, at.plus_seconds(lifetime_s))).collect(),
            api_tokens: uses.api_tokens.iter().map(|(id, at)| (*id, *at)).collect(),
        }
    }

    /// What was written is forgotten, unless there was a later use meanwhile.
    pub(crate) fn forget(&self, written: &LastUses) {
        let mut uses = self.lock();
        for (id, at, _) in &written.sessions {
            forget(&mut uses.sessions, id, *at);
        }
        for (id, at) in &written.api_tokens {
            forget(&mut uses.api_tokens, id, *at);
        }
    }
}

fn forget<I: Eq + Hash>(uses: &mut HashMap<I, Timestamp>, id: &I, written: Timestamp) {
    if uses.get(id) == Some(&written) {
        uses.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_use_during_the_write_is_kept_for_the_next_one() {
        let (id, uses) = (SessionId(Uuid::from_u128(1)), UnwrittenUses::default());
        let at = Timestamp::from_millis;
        uses.use_session(id, at(1000));
        let first = uses.to_write(60);
        uses.use_session(id, at(2000));
        uses.forget(&first);
        assert_eq!(uses.of_session(id, at(1000)), at(2000));
        let second = uses.to_write(60);
        uses.forget(&second);
        assert!(uses.to_write(60).is_empty());
        assert_eq!(uses.of_session(id, at(1500)), at(1500), "from now on the stored time counts");
    }

    #[test]
    fn the_last_use_of_an_api_token_is_the_later_one_of_both() {
        let (id, uses) = (ApiTokenId(Uuid::from_u128(1)), UnwrittenUses::default());
        let at = Timestamp::from_millis;
        assert_eq!(uses.of_api_token(id, None), None);
        assert_eq!(uses.of_api_token(id, Some(at(1000))), Some(at(1000)));
        uses.use_api_token(id, at(2000));
        assert_eq!(uses.of_api_token(id, None), Some(at(2000)));
        assert_eq!(uses.of_api_token(id, Some(at(1000))), Some(at(2000)));
        assert_eq!(uses.of_api_token(id, Some(at(3000))), Some(at(3000)));
    }
}
