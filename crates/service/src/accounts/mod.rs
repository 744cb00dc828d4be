//! Accounts of the console, their sessions, the one-time link that creates the first account, and API tokens.

mod api_tokens;
mod first_account;
mod last_uses;
mod sessions;

pub use api_tokens::ApiTokenRow;

use domain::types::ids::{AccountId, SessionId};
use i18n::Language;
use std::{fmt, net::IpAddr};

/// The browser that signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// Its user agent.
    pub user_agent: String,
    /// Its IP address.
    pub address: IpAddr,
}

/// The secret of a session's cookie. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub(crate) String);

impl SessionToken {
    /// The value of a cookie as a browser sent it; not checked yet.
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

/// The signed-in account and its session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account_id: AccountId,
    /// Its email, also its name in the journal.
    pub email: String,
    /// The session.
    pub session_id: SessionId,
    /// The console language that the account chose; `None`: the browser's preference.
    pub language: Option<Language>,
}
