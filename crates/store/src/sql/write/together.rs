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
