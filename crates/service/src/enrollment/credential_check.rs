//! Checking the credential of an enrollment, and the limits on guessing PINs.

use crate::{
    Rollcall, ServiceError, ServiceResult,
    security::{
        keys::same_hash,
        limiter::{Full, Limit, Want},
        network::Network,
        shared_limiter::SharedAttempt,
    },
};
use domain::{
    audit::AuditEvent,
    invitation::{Invitation, credentials::Pin},
    protocol::EnrollCredential,
    types::{ids::InvitationId, text::EmailAddress},
};
use std::net::IpAddr;

/// Wrong PINs for one email, or for one invitation. Five guesses in 15 minutes are right with a chance of 1 in 20
/// million.
const PER_EMAIL: Limit = Limit { failures: 5, window_s: 900 };
/// Wrong PINs from one network, for all emails. Higher, since many people share one. Tokens need no such limit: they cannot
/// be guessed.
const PER_NETWORK: Limit = Limit { failures: 30, window_s: 900 };
/// Wrong PINs from all networks of one IPv6 site: otherwise one customer could fill the places of everybody's limits.
const PER_SITE: Limit = Limit { failures: 300, window_s: 900 };

/// What became of a PIN.
enum Judged {
    /// It is that of the invitation.
    Right(Box<Invitation>),
    /// It is not, and filled these limits of the invitation.
    Wrong { full: Vec<Full> },
    /// Nobody with an active invitation has this email.
    NoInvitation,
}

impl Rollcall {
    /// The invitation that a credential belongs to, in any state.
    ///
    /// # Errors
    /// The credential is wrong, or there were too many wrong PINs.
    pub(super) async fn check_credential(
        &self,
        credential: &EnrollCredential,
        address: IpAddr,
    ) -> ServiceResult<Invitation> {
        let found = match credential {
            EnrollCredential::Token { token } => self.find_by_token(token).await?,
            EnrollCredential::Pin { email, pin } => self.check_pin(email, pin, address).await?,
        };
        found.ok_or(ServiceError::WrongCredentials)
    }

    /// The active invitation that an email and a PIN belong to; `None` for any mistake. While the network, the email or the
    /// invitation is locked, the PIN is not looked at: otherwise a guesser could continue.
    async fn check_pin(&self, email: &str, pin: &str, address: IpAddr) -> ServiceResult<Option<Invitation>> {
        // 1. What is no email or no PIN is no guess.
        let (Ok(email), Some(pin)) = (EmailAddress::parse(email), Pin::parse(pin)) else { return Ok(None) };
        // 2. Take a place in the limits before anything is looked at. The email may be unknown: whether a person exists must
        // not show.
        let network = Network::of(address).to_string();
        let mut wants = vec![
            (self.keys.bucket("PIN from a network", &[&network]), PER_NETWORK),
            (self.keys.bucket("PIN of an email", &[email.as_str()]), PER_EMAIL),
        ];
        if let Some(site) = Network::site_of(address) {
            wants.push((self.keys.bucket("PIN from a site", &[&site.to_string()]), PER_SITE));
        }
        let attempt = self.take_place(wants, &email, address).await?;
        // 3. The limit of the invitation outlives a change of the person's email.
        let judged = match self.active_by_email(&email).await {
            Ok(Some(invitation)) => self.judge_pin(invitation, &pin, &email, address).await,
            Ok(None) => Ok(Judged::NoInvitation),
            Err(error) => Err(error),
        };
        match judged {
            Ok(Judged::Right(invitation)) => {
                attempt.give_back().await;
                return Ok(Some(*invitation));
            }
            // Nothing is worth guarding there, and strangers know very many emails: no entry.
            Ok(Judged::NoInvitation) => drop(self.trail.begin(&attempt.was_wrong(), self.environment.now())),
            Ok(Judged::Wrong { mut full }) => {
                full.extend(attempt.was_wrong());
                if !full.is_empty() {
                    self.note_lock_out(AuditEvent::PinLocked, email.as_str(), address, &full).await;
                }
            }
            Err(error) => {
                attempt.give_back().await;
                return Err(error);
            }
        }
        Ok(None)
    }

    async fn judge_pin(
        &self,
        invitation: Invitation,
        pin: &Pin,
        email: &EmailAddress,
        address: IpAddr,
    ) -> ServiceResult<Judged> {
        let key = self.keys.bucket("PIN of an invitation", &[&invitation.id.to_string()]);
        let attempt = self.take_place(vec![(key, PER_EMAIL)], email, address).await?;
        match self.is_right_pin(invitation.id, pin).await {
            Ok(true) => {
                attempt.give_back().await;
                Ok(Judged::Right(Box::new(invitation)))
            }
            Ok(false) => Ok(Judged::Wrong { full: attempt.was_wrong() }),
            Err(error) => {
                attempt.give_back().await;
                Err(error)
            }
        }
    }

    async fn take_place(
        &self,
        wants: Vec<Want>,
        email: &EmailAddress,
        address: IpAddr,
    ) -> ServiceResult<SharedAttempt<'_>> {
        match self.pin_limits.reserve(wants, &self.environment).await {
            Ok(attempt) => Ok(attempt),
            Err(refused) => {
                self.note_refused(AuditEvent::PinLocked, email.as_str(), address, &refused).await;
                Err(refused.into())
            }
        }
    }

    async fn active_by_email(&self, email: &EmailAddress) -> ServiceResult<Option<Invitation>> {
        let Some(person) = self.store.find_person(email.as_str()).await? else { return Ok(None) };
        Ok(self.store.load_person(person).await?.and_then(|aggregate| aggregate.invitation))
    }

    async fn is_right_pin(&self, id: InvitationId, pin: &Pin) -> ServiceResult<bool> {
        let Some(sealed) = self.store.find_credentials(id).await? else { return Ok(false) };
        Ok(same_hash(sealed.pin_hash, self.pin_hash(&sealed.token_hash, pin)))
    }
}
