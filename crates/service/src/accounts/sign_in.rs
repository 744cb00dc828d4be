//! Signing in, and the limits on guessing passwords.

use super::{Browser, KnownBrowser, NewSession};
use crate::{
    Rollcall, ServiceError, ServiceResult,
    security::{
        hashing_line::Caller,
        keys::{decode_hex, encode_hex, same_hash},
        limiter::{Full, Limit, Want},
        network::Network,
        passwords::is_too_long,
    },
};
use domain::{
    audit::{AuditActor, AuditEvent, Origin},
    journal::change::KeyedHash,
    types::text::{EmailAddress, clean_text},
};
use store::Account;

/// How long the windows of all limits are, in seconds.
const WINDOW_S: i64 = 900;
/// Wrong passwords for one account from one network.
const PER_ACCOUNT_AND_NETWORK: Limit = Limit { failures: 10, window_s: WINDOW_S };
/// Wrong passwords from one network, for all accounts.
const PER_NETWORK: Limit = Limit { failures: 50, window_s: WINDOW_S };
/// Wrong passwords for one account from all browsers that did not sign in to it before.
const PER_ACCOUNT: Limit = Limit { failures: 100, window_s: WINDOW_S };
/// Wrong passwords for one account from one browser that signed in to it before. None of the other limits counts for it:
/// guessers lock out strangers, not the admin.
const PER_KNOWN_BROWSER: Limit = Limit { failures: 10, window_s: WINDOW_S };
/// Purpose of the keyed hash in the cookie of a known browser.
const KNOWN_BROWSER: &str = "known browser";

impl Rollcall {
    /// Signs in, and starts a session.
    ///
    /// # Errors
    /// Email or password is wrong, there were too many wrong attempts, or too many sign-ins are waiting.
    pub async fn sign_in(&self, email: &str, password: &str, browser: &Browser) -> ServiceResult<NewSession> {
        // 1. What no account can have costs nothing, and counts nothing.
        let typed = clean_text(email, 320).to_lowercase();
        let email = EmailAddress::parse(email).map_or(typed, |email| email.to_string());
        if is_too_long(password) {
            return Err(ServiceError::WrongCredentials);
        }
        // 2. Take a place in the limits before anything is looked at.
        let known = self.known_number(&email, browser);
        let (caller, wants) = self.sign_in_limits_of(&email, known.as_deref(), browser);
        let attempt = match self.sign_in_limits.reserve(wants, &self.environment).await {
            Ok(attempt) => attempt,
            Err(refused) => {
                self.note_refused(AuditEvent::LockedOut, &subject_of(&email), browser.address, &refused).await;
                return Err(refused.into());
            }
        };
        // 3. Judge. An attempt that was not judged gives its place back.
        match self.judge(&email, password, caller).await {
            Ok(Some(account)) => {
                attempt.give_back().await;
                let session = self.start_session(&account, browser).await?;
                self.note(&origin_of(&account, browser), AuditEvent::SignedIn, "").await;
                Ok(session)
            }
            Ok(None) => {
                let full = attempt.was_wrong();
                self.note_wrong_password(&email, browser, &full).await;
                Err(ServiceError::WrongCredentials)
            }
            Err(error) => {
                attempt.give_back().await;
                Err(error)
            }
        }
    }

    /// The account that an email and a password belong to; `None` for any mistake.
    async fn judge(&self, email: &str, password: &str, caller: Caller) -> ServiceResult<Option<Account>> {
        let account = self.store.find_account(email).await?;
        let stored = account.as_ref().map(|account| account.password.clone());
        let verified = self.passwords.verify(password, stored, caller, &self.environment).await?;
        let Some(mut account) = account.filter(|_| verified.is_right) else { return Ok(None) };
        if let Some(upgrade) = verified.upgrade {
            self.store.upgrade_password(account.id, &account.password, &upgrade).await?;
            account.password = upgrade;
        }
        Ok(Some(account))
    }

    /// Who stands in the line for a hash, and which limits count a wrong password.
    fn sign_in_limits_of(&self, email: &str, known: Option<&str>, browser: &Browser) -> (Caller, Vec<Want>) {
        if let Some(number) = known {
            let key = self.keys.bucket("sign-in of a known browser", &[email, number]);
            return (Caller::Known(key), vec![(key, PER_KNOWN_BROWSER)]);
        }
        let network = Network::of(browser.address).to_string();
        let of_network = self.keys.bucket("sign-in from a network", &[&network]);
        let wants = vec![
            (self.keys.bucket("sign-in to an account from a network", &[email, &network]), PER_ACCOUNT_AND_NETWORK),
            (of_network, PER_NETWORK),
            (self.keys.bucket("sign-in to an account", &[email]), PER_ACCOUNT),
        ];
        (Caller::Stranger(of_network), wants)
    }

    async fn note_wrong_password(&self, email: &str, browser: &Browser, full: &[Full]) {
        let subject = subject_of(email);
        self.note_attempt(AuditEvent::SignInFailed, &subject, browser.address).await;
        if !full.is_empty() {
            self.note_lock_out(AuditEvent::LockedOut, &subject, browser.address, full).await;
        }
    }

    /// The number of a browser that signed in to this account before, from its cookie.
    fn known_number(&self, email: &str, browser: &Browser) -> Option<String> {
        let (number, proof) = browser.known.as_ref()?.0.split_once('.')?;
        same_hash(self.known_proof(email, number), KeyedHash(decode_hex(proof)?)).then(|| number.to_owned())
    }

    /// The cookie by which a browser that signed in is known: a random number under a keyed hash of it and the account. It
    /// opens nothing.
    pub(super) fn known_browser(&self, email: &str, browser: &Browser) -> ServiceResult<KnownBrowser> {
        let number = match self.known_number(email, browser) {
            Some(number) => number,
            None => encode_hex(&self.environment.bytes::<16>()?),
        };
        let proof = encode_hex(&self.known_proof(email, &number).0);
        Ok(KnownBrowser(format!("{number}.{proof}")))
    }

    fn known_proof(&self, email: &str, number: &str) -> KeyedHash {
        self.keys.hash(KNOWN_BROWSER, &format!("{email}\0{number}"))
    }
}

/// Whose account someone tried to sign in to. What is no email may be a password that was typed into the wrong field: it is
/// not kept.
fn subject_of(email: &str) -> String {
    EmailAddress::parse(email).map(|email| email.to_string()).unwrap_or_default()
}

/// An account at a browser.
pub(super) fn origin_of(account: &Account, browser: &Browser) -> Origin {
    Origin { actor: AuditActor::Account(account.email.clone()), address: Some(browser.address) }
}
