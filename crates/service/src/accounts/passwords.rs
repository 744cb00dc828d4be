//! Changing a password: one's own, or through a one-time link that is made on the server.

use super::{Browser, NewSession, sign_in::origin_of};
use crate::{
    InvalidField, LiveEvent, Rollcall, ServiceError, ServiceResult, SignedIn,
    security::{
        hashing_line::Caller,
        keys::encode_hex,
        limiter::Limit,
        network::Network,
        password_policy::{check, own_words},
        passwords::is_too_long,
    },
};
use domain::{
    audit::{AuditEvent, Origin},
    types::{ids::SessionId, text::EmailAddress},
};
use store::{Account, ResetLink, StoredPassword};

/// Purpose of the keyed hash of a link.
const RESET_LINK: &str = "reset link";
/// How long a link works, in seconds.
const LINK_LIFETIME_S: i64 = 1800;
/// Wrong current passwords of one account.
const PER_ACCOUNT: Limit = Limit { failures: 10, window_s: 900 };

impl Rollcall {
    /// Checks a new password, and hashes it.
    pub(super) async fn new_password(
        &self,
        email: &str,
        password: &str,
        caller: Caller,
    ) -> ServiceResult<StoredPassword> {
        check(password, &own_words(email, &self.settings))?;
        self.passwords.hash(password, caller, &self.environment).await
    }

    /// Changes the password of the signed-in account. All of its sessions end; the one of this browser goes on as a new one.
    ///
    /// # Errors
    /// The current password is wrong, the new one is not good enough, or there were too many wrong attempts.
    pub async fn change_password(
        &self,
        who: &SignedIn,
        current: &str,
        new: &str,
        browser: &Browser,
    ) -> ServiceResult<NewSession> {
        // 1. What is refused without a look at the password counts nothing.
        check(new, &own_words(&who.email, &self.settings))?;
        if is_too_long(current) {
            return Err(InvalidField::CurrentPasswordWrong.into());
        }
        // 2. Take a place in the limit, and judge.
        let key = self.keys.bucket("change of a password", &[&who.account_id.to_string()]);
        let attempt = self.sign_in_limits.reserve(vec![(key, PER_ACCOUNT)], &self.environment).await?;
        let account = match self.judge_current(who, current, Caller::Known(key)).await {
            Ok(Some(account)) => account,
            Ok(None) => {
                drop(attempt.was_wrong());
                let origin = Origin { actor: (&who.actor()).into(), address: Some(browser.address) };
                self.note(&origin, AuditEvent::PasswordRefused, "").await;
                return Err(InvalidField::CurrentPasswordWrong.into());
            }
            Err(error) => {
                attempt.give_back().await;
                return Err(error);
            }
        };
        attempt.give_back().await;
        // 3. Change it, unless someone else just did.
        let new = self.passwords.hash(new, Caller::Known(key), &self.environment).await?;
        let ended = self.store.change_password(account.id, &account.password, &new).await?;
        self.tell_ended(ended.ok_or(InvalidField::CurrentPasswordWrong)?);
        let account = Account { password: new, ..account };
        self.note(&origin_of(&account, browser), AuditEvent::PasswordChanged, "").await;
        self.start_session(&account, browser).await
    }

    async fn judge_current(&self, who: &SignedIn, current: &str, caller: Caller) -> ServiceResult<Option<Account>> {
        let account = self.store.find_account(&who.email).await?;
        let stored = account.as_ref().map(|account| account.password.clone());
        let verified = self.passwords.verify(current, stored, caller, &self.environment).await?;
        Ok(account.filter(|_| verified.is_right))
    }

    /// Makes a one-time link that replaces the password of an account, and returns its token. The earlier one is void.
    ///
    /// # Errors
    /// There is no account with this email.
    pub async fn create_reset_link(&self, email: &str) -> ServiceResult<String> {
        let email = EmailAddress::parse(email)?;
        let account = self.store.find_account(email.as_str()).await?.ok_or(ServiceError::NotFound)?;
        let token = encode_hex(&self.environment.bytes::<20>()?);
        let link = ResetLink {
            token_hash: self.keys.hash(RESET_LINK, &token),
            account_id: account.id,
            expires_at: self.environment.now().plus_seconds(LINK_LIFETIME_S),
        };
        self.store.save_reset_link(&link).await?;
        self.note(&Origin::command_line(), AuditEvent::ResetLinkCreated, &account.email).await;
        Ok(token)
    }

    /// Whether a one-time link still works.
    pub async fn check_reset_link(&self, token: &str) -> ServiceResult<bool> {
        let hash = self.keys.hash(RESET_LINK, token);
        Ok(self.store.find_reset_link(hash, self.environment.now()).await?.is_some())
    }

    /// Uses a one-time link: replaces the password, and ends all sessions of the account. It signs nobody in.
    ///
    /// # Errors
    /// The link does not work any more, or the password is not good enough.
    pub async fn use_reset_link(&self, token: &str, new: &str, browser: &Browser) -> ServiceResult<()> {
        let hash = self.keys.hash(RESET_LINK, token);
        let found = self.store.find_reset_link(hash, self.environment.now()).await?;
        let account = found.ok_or(ServiceError::WrongCredentials)?;
        let caller =
            Caller::Known(self.keys.bucket("reset from a network", &[&Network::of(browser.address).to_string()]));
        let new = self.new_password(&account.email, new, caller).await?;
        let ended = self.store.use_reset_link(hash, self.environment.now(), &new).await?;
        self.tell_ended(ended.ok_or(ServiceError::WrongCredentials)?);
        self.note(&origin_of(&account, browser), AuditEvent::PasswordChanged, "").await;
        Ok(())
    }

    /// Closes the live streams of sessions that ended.
    fn tell_ended(&self, sessions: Vec<SessionId>) {
        for session in sessions {
            self.hub.send(LiveEvent::SessionEnded(session));
        }
    }
}
