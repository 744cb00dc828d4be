//! `rollcall-agent status`.

use crate::{
    failure::Failure,
    state::{
        agent_state::Enrollment,
        file::{self, StateError},
    },
    terminal::Log,
};
use domain::device::EnrollmentStep;
use std::path::Path;

/// Prints the enrollment, without its secrets.
pub(super) fn status(path: &Path) -> Result<(), Failure> {
    let state = file::read(path)?;
    let enrollment = state.as_ref().and_then(|state| state.enrollment.as_ref()).ok_or(StateError::NotEnrolled)?;
    let seq = state.as_ref().map_or(0, |state| state.seq);
    for line in status_lines(enrollment, seq) {
        Log::default().print(&line);
    }
    Ok(())
}

fn status_lines(enrollment: &Enrollment, seq: u64) -> Vec<String> {
    let step = match enrollment.step {
        Some(EnrollmentStep::Done) => "finished".to_owned(),
        Some(step) => format!("step {} of {} done ({})", step.number(), EnrollmentStep::COUNT, step.label()),
        None => "no step done yet".to_owned(),
    };
    let unreported = enrollment.commands.iter().filter(|record| !record.is_reported).count();
    vec![
        format!("Server:      {}", enrollment.server),
        format!("Device:      {}", enrollment.device_id),
        format!("Platform:    {}", enrollment.platform.label()),
        format!("Ownership:   {}", enrollment.ownership.label()),
        format!("Enrollment:  {step}"),
        format!("Heartbeats:  {seq} sent, every {} s", enrollment.poll.heartbeat_s),
        format!("Commands:    {} known, {unreported} results not sent yet", enrollment.commands.len()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::stub::enrolled_state;

    #[test]
    fn the_status_shows_no_secret() {
        let state = enrolled_state("http://127.0.0.1:1");
        let shown = status_lines(&state.enrollment.unwrap(), state.seq).join("\n");
        assert!(shown.contains("no step done yet") && !shown.contains("secret"), "{shown}");
        assert!(!shown.contains(&state.installation_id.to_string()));
    }
}
