//! Sessions: how they begin and end, and the list of an account's sessions.

use super::NewSession;
use crate::{
    Browser, LiveEvent, Rollcall, ServiceError, ServiceResult, SessionToken, SignedIn, security::keys::encode_hex,
};
use domain::{
    audit::{AuditActor, AuditEvent, Origin},
    types::{ids::SessionId, text::clean_text},
    views::SessionRow,
};
use i18n::Language;
use std::net::IpAddr;
use store::{Account, Session};

const SESSION: &str = "session";
/// A session expires when it was not used for this long, in seconds: two weeks.
pub(super) const LIFETIME_S: i64 = 14 * 24 * 3600;
/// An expired session is deleted this long after it expired, in seconds.
const EXPIRED_KEPT_S: i64 = 3600;
/// The last use of a session is written at most this often, in seconds.
const TOUCH_INTERVAL_S: i64 = 300;

impl Rollcall {
    /// Starts a session of an account whose password was judged just now.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] when the password was replaced in the meantime: whoever knows the old one is not let in.
    pub(crate) async fn start_session(&self, account: &Account, browser: &Browser) -> ServiceResult<NewSession> {
        let token = encode_hex(&self.environment.bytes::<32>()?);
        let now = self.environment.now();
        // Their last uses may not be written yet.
        self.store.delete_expired_sessions(now.plus_seconds(-EXPIRED_KEPT_S)).await?;
        let session = Session {
            id: SessionId(self.environment.id()?),
            token_hash: self.keys.hash(SESSION, &token),
            account_id: account.id,
            email: account.email.clone(),
            language: None,
            user_agent: clean_text(&browser.user_agent, 300),
            created_at: now,
            last_seen_at: now,
            expires_at: now.plus_seconds(LIFETIME_S),
        };
        self.store.create_session(&session).await?;
        // A new password ends the sessions that exist. If it came before this one existed, this one ends here.
        let current = self.store.find_account(&account.email).await?;
        if current.is_none_or(|current| current.password != account.password) {
            self.store.delete_session(account.id, session.id).await?;
            return Err(ServiceError::Unavailable);
        }
        Ok(NewSession { token: SessionToken(token), known: self.known_browser(&account.email, browser)? })
    }

    /// The account and session that a cookie belongs to; `None` when the session does not exist or has expired.
    pub async fn session(&self, token: &str) -> ServiceResult<Option<SignedIn>> {
        let now = self.environment.now();
        let Some(session) = self.store.find_session(self.keys.hash(SESSION, token)).await? else { return Ok(None) };
        let last_seen_at = self.unwritten_uses.of_session(session.id, session.last_seen_at);
        if session.expires_at.max(last_seen_at.plus_seconds(LIFETIME_S)) <= now {
            return Ok(None);
        }
        if now.seconds_since(last_seen_at) >= TOUCH_INTERVAL_S {
            self.unwritten_uses.use_session(session.id, now);
        }
        let language = session.language.as_deref().and_then(Language::of_choice);
        Ok(Some(SignedIn { account_id: session.account_id, email: session.email, session_id: session.id, language }))
    }

    /// Sets the console language of an account; `None`: the browser's preference.
    pub async fn choose_language(&self, who: &SignedIn, language: Option<Language>) -> ServiceResult<()> {
        Ok(self.store.set_account_language(who.account_id, language.map(Language::tag)).await?)
    }

    /// Signs out, at the browser of `address`. Idempotent.
    pub async fn sign_out(&self, token: &str, address: Option<IpAddr>) -> ServiceResult<()> {
        if let Some(session) = self.store.find_session(self.keys.hash(SESSION, token)).await? {
            self.store.delete_session(session.account_id, session.id).await?;
            self.hub.send(LiveEvent::SessionEnded(session.id));
            let origin = Origin { actor: AuditActor::Account(session.email), address };
            self.note(&origin, AuditEvent::SignedOut, "").await;
        }
        Ok(())
    }

    /// The account's sessions, most recently used first.
    pub async fn list_sessions(&self, who: &SignedIn) -> ServiceResult<Vec<SessionRow>> {
        let sessions = self.store.list_sessions(who.account_id, self.environment.now()).await?;
        let rows = sessions.into_iter().map(|session| SessionRow {
            id: session.id,
            user_agent: session.user_agent,
            created_at: session.created_at,
            last_seen_at: self.unwritten_uses.of_session(session.id, session.last_seen_at),
            is_current: session.id == who.session_id,
        });
        Ok(rows.collect())
    }

    /// Revokes one of the account's sessions.
    ///
    /// # Errors
    /// The account has no such session.
    pub async fn revoke_session(&self, who: &SignedIn, id: SessionId, origin: &Origin) -> ServiceResult<()> {
        if !self.store.delete_session(who.account_id, id).await? {
            return Err(ServiceError::NotFound);
        }
        self.hub.send(LiveEvent::SessionEnded(id));
        self.note(origin, AuditEvent::SessionEnded, "").await;
        Ok(())
    }
}
