//! Accounts of the console, their sessions, the one-time link that creates the first account, and API tokens.

mod api_tokens;
mod first_account;
mod last_uses;
mod passwords;
mod sessions;
mod sign_in;

pub use api_tokens::ApiTokenRow;

use domain::{
    actor::Actor,
    types::ids::{AccountId, SessionId},
};
use i18n::Language;
use std::{fmt, net::IpAddr};

/// The browser that signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// Its user agent.
    pub user_agent: String,
    /// Its IP address.
    pub address: IpAddr,
    /// The cookie by which it is known to have signed in before; not checked yet.
    pub known: Option<KnownBrowser>,
}

/// The cookie of a browser that signed in to an account before. It opens nothing: wrong passwords of others do not keep this
/// browser from signing in. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownBrowser(pub(crate) String);

impl KnownBrowser {
    /// The value of a cookie as a browser sent it.
    pub fn from_cookie(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// The value in clear, for the cookie.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for KnownBrowser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KnownBrowser(…)")
    }
}

/// A session that just began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Its secret.
    pub token: SessionToken,
    /// By what the browser is known from now on.
    pub known: KnownBrowser,
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

impl SignedIn {
    /// The account, as the journal names it.
    pub fn actor(&self) -> Actor {
        Actor::Account(self.email.clone())
    }
}
