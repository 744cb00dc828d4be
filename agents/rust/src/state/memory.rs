//! The agent's memory while it runs, and its copy on disk.

use crate::{
    rng,
    state::{
        agent_state::{AgentState, Enrollment},
        file::{StateError, StateFile},
    },
};
use std::path::PathBuf;

/// The memory; every change is saved before anything follows from it. Simulated phones have no file.
#[derive(Debug)]
pub struct Memory {
    state: AgentState,
    file: Option<StateFile>,
}

impl Memory {
    /// Opens the memory at `path` for this process alone; creates it when there is none. The installation id is saved
    /// before it is sent for the first time: when the answer to an enrollment is lost, the next attempt has the same id.
    ///
    /// # Errors
    /// The file cannot be used, or the operating system provides no randomness.
    pub fn open(path: PathBuf) -> Result<Self, StateError> {
        let file = StateFile::lock(path)?;
        let state = match file.load()? {
            Some(state) => state,
            None => AgentState::new(rng::new_installation_id()?),
        };
        file.save(&state)?;
        Ok(Self { state, file: Some(file) })
    }

    /// A memory that ends with the process.
    pub const fn in_memory(state: AgentState) -> Self {
        Self { state, file: None }
    }

    /// What is remembered.
    pub const fn state(&self) -> &AgentState {
        &self.state
    }

    /// The enrollment.
    ///
    /// # Errors
    /// There is none.
    pub fn enrollment(&self) -> Result<&Enrollment, StateError> {
        self.state.enrollment.as_ref().ok_or(StateError::NotEnrolled)
    }

    /// Edits the memory.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn update(&mut self, edit: impl FnOnce(&mut AgentState)) -> Result<(), StateError> {
        edit(&mut self.state);
        match &self.file {
            Some(file) => file.save(&self.state),
            None => Ok(()),
        }
    }

    /// Edits the enrollment; nothing when there is none.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn update_enrollment(&mut self, edit: impl FnOnce(&mut Enrollment)) -> Result<(), StateError> {
        self.update(|state| {
            if let Some(enrollment) = state.enrollment.as_mut() {
                edit(enrollment);
            }
        })
    }
}
