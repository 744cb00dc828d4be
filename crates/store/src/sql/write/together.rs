//! Which jobs of a batch are applied together.

use super::job::Job;
use domain::types::ids::PersonId;
use std::collections::HashMap;

/// The places of jobs in groups, each of which is run as a whole, one group after the other. Changes are applied together, other
/// jobs are run by themselves.
///
/// What a change writes belongs to one person, nearly always: changes of different people do not meet, and of one person each
/// comes in a group after the one before. Where they meet all the same, rows name the versions that were decided on. So it is
/// with a change that names no person, which tells what a device reported: of one device, the later one is put over the
/// earlier one.
pub(super) fn groups(jobs: &[Box<dyn Job>]) -> Vec<Vec<usize>> {
    let (mut alone, mut together) = (Vec::new(), Vec::<Vec<usize>>::new());
    let mut groups_of = HashMap::<PersonId, usize>::new();
    for (place, job) in jobs.iter().enumerate() {
        if job.change().is_none() {
            alone.push(vec![place]);
            continue;
        }
        let group = job.person().map_or(0, |person| {
            let next = groups_of.entry(person).or_default();
            *next += 1;
            *next - 1
        });
        if together.len() <= group {
            together.push(Vec::new());
        }
        together[group].push(place);
    }
    alone.into_iter().chain(together).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::write::job::{Caller, Commit, Write};
    use domain::{Timestamp, actor::Actor, decide::Context, journal::change::Change};
    use tokio::sync::oneshot;
    use uuid::Uuid;

    fn change_of(person: u128) -> Box<dyn Job> {
        let context = Context { now: Timestamp::default(), actor: Actor::System };
        let (name, email) = ("Ada".parse().unwrap(), "ada@example.com".parse().unwrap());
        let id = PersonId(Uuid::from_u128(person));
        commit(domain::decide::add_person(id, name, email, domain::types::text::Locale::default(), &context).1)
    }

    fn commit(change: Change) -> Box<dyn Job> {
        Box::new(Commit { change, entries: Vec::new(), caller: Caller::new(oneshot::channel().0) })
    }

    fn other() -> Box<dyn Job> {
        let caller = Caller::new(oneshot::channel().0);
        Box::new(Write { arguments: (), statements: |(), _| Box::pin(async { Ok(()) }), result: None, caller })
    }

    #[test]
    fn changes_of_one_person_come_one_after_the_other_and_other_jobs_by_themselves() {
        let jobs =
            [other(), commit(Change::default()), change_of(1), change_of(1), change_of(2), other(), change_of(1)];
        assert_eq!(groups(&jobs), [vec![0], vec![5], vec![1, 2, 4], vec![3], vec![6]]);
        assert!(groups(&[]).is_empty());
    }
}
