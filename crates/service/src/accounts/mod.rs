//! Accounts of the console: the one-time link that makes the first of them, sessions, and API tokens.

mod api_tokens;
mod first_account;
mod sessions;

pub use api_tokens::ApiTokenRow;

use domain::types::ids::{AccountId, SessionId};
use i18n::Language;
use std::{fmt, net::IpAddr};

/// The browser that signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// What it calls itself.
    pub user_agent: String,
    /// Where it is.
    pub address: IpAddr,
}

/// The secret of a session's cookie. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub(crate) String);

impl SessionToken {
    /// The value of a cookie, as a browser sent it: not checked yet.
    pub fn from_cookie(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// The secret in clear, for the cookie.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account_id: AccountId,
    /// Its email, also its name in the journal.
    pub email: String,
    /// The session.
    pub session_id: SessionId,
    /// The language of the console that the account chose; `None`: what the browser asks for.
    pub language: Option<Language>,
}
