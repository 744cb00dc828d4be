//! Whether the account is still signed in, as far as this tab knows.

use crate::wire::error::AppError;
use leptos::prelude::*;

/// Becomes true when the server says that there is no session any more.
#[derive(Clone, Copy)]
pub struct Session {
    signed_out: RwSignal<bool>,
}

impl Session {
    /// Provides it to everything below.
    pub fn provide() -> Self {
        let session = Self { signed_out: RwSignal::new(false) };
        provide_context(session);
        session
    }

    /// That of this tab.
    pub fn get() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Takes note of an error that says that the session is over.
    pub fn note(self, error: &AppError) {
        if *error == AppError::Unauthenticated {
            self.signed_out.set(true);
        }
    }

    /// Whether the session is over.
    pub fn is_over(self) -> bool {
        self.signed_out.get()
    }
}
