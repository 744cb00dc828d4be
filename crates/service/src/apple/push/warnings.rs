//! Mails to the accounts of the console before the push certificate expires, and after.
//!
//! They do not go through the outbox, which has mails to persons with their invitations. One that was not handed over is
//! tried again with the next round; nobody else gets theirs twice for it, unless the program was started in between.

use crate::{
    Rollcall, ServiceError, ServiceResult,
    mail::{
        Notice, Verdict,
        transport::{SendError, Transport},
    },
};
use domain::{
    Timestamp,
    apple::{Expiry, PushCertificate},
    types::ids::MailId,
};
use i18n::{Arg, Language};
use store::{AccountAddress, StoreError};

/// What became of one mail.
enum Handed {
    /// The mail server has it, or refuses this address for good.
    Over,
    /// This address cannot be reached now.
    Later,
    /// Nobody can be reached now.
    Nobody,
}

impl Rollcall {
    /// Mails all accounts when they have to be warned of the end of the push certificate. Returns how many mails were handed
    /// over. A worker calls it every hour; tests call it after they moved the clock.
    pub async fn warn_of_push_certificate(&self) -> ServiceResult<u64> {
        let mut warnings = self.push_warnings.lock().await;
        // 1. Whether it is due. While the outbox waits for the mail server, this waits, too.
        let now = self.environment.now();
        let Some(active) = self.store.find_active_push_certificate().await? else { return Ok(0) };
        let Some(due) = active.warning_due_at(now).filter(|_| active.owes_warning(now)) else { return Ok(0) };
        if self.mail_pause().is_some() {
            return Ok(0);
        }
        // 2. Each account that does not have it yet.
        warnings.begin((active.id, due));
        let accounts = self.store.account_addresses().await?;
        let mut transport = Transport::new(&self.settings.mail_route);
        let mut count = 0;
        for account in &accounts {
            if warnings.told.contains(&account.id) {
                continue;
            }
            match self.warn(account, &active, &mut transport).await? {
                Handed::Over => {
                    warnings.told.insert(account.id);
                    count += 1;
                }
                Handed::Later => {}
                Handed::Nobody => break,
            }
        }
        transport.close().await;
        // 3. Done once everybody has it.
        if !accounts.is_empty() && accounts.iter().all(|account| warnings.told.contains(&account.id)) {
            self.note_warned(active, now).await?;
        }
        Ok(count)
    }

    async fn warn(
        &self,
        account: &AccountAddress,
        active: &PushCertificate,
        transport: &mut Transport,
    ) -> ServiceResult<Handed> {
        let (id, now) = (MailId(self.environment.id()?), self.environment.now());
        let public_url = self.settings.public_base();
        let (subject, text) = words(account, active, public_url, now);
        let notice = Notice { id, to: &account.email, subject: &subject, text, public_url, now };
        let message = match notice.message(&self.settings.mail_from) {
            Ok(message) => message,
            Err(error) => {
                tracing::warn!(account.id = %account.id, %error, "An account cannot be mailed");
                return Ok(Handed::Over);
            }
        };
        let (verdict, reason) = match transport.send(&id.to_string(), &message).await {
            Ok(()) => return Ok(Handed::Over),
            Err(SendError::File(error)) => (Verdict::Server, error.to_string()),
            Err(SendError::Smtp(trouble)) => (Verdict::of(&trouble), trouble.text),
        };
        tracing::warn!(account.id = %account.id, ?verdict, reason, "A warning about the push certificate was not delivered");
        Ok(match verdict {
            // A second one would only annoy.
            Verdict::Refused | Verdict::Unknown => Handed::Over,
            Verdict::MailboxLater | Verdict::Doubtful => Handed::Later,
            Verdict::Slower | Verdict::Server => Handed::Nobody,
        })
    }

    async fn note_warned(&self, active: PushCertificate, now: Timestamp) -> ServiceResult<()> {
        tracing::info!("All accounts were warned that the push certificate expires");
        match self.store.save_push_certificate(&PushCertificate { warned_at: Some(now), ..active }).await {
            // Another one was uploaded meanwhile, or another server with the same database was faster.
            Ok(()) | Err(StoreError::Conflict) => Ok(()),
            Err(error) => Err(ServiceError::from(error)),
        }
    }
}

/// Subject and text, in the language of the account.
fn words(account: &AccountAddress, active: &PushCertificate, public_url: &str, now: Timestamp) -> (String, String) {
    let language = account.language.as_deref().and_then(Language::of_choice).unwrap_or_default();
    let end = active.not_after.map(Timestamp::to_display).unwrap_or_default();
    let (subject, lead) = match active.expiry(now) {
        Some(Expiry::Soon(days)) => (
            language.text_with("push-ends-subject", &[("count", Arg::from(days))]),
            language.text_with("push-ends-lead", &[("time", Arg::from(&end))]),
        ),
        _ => (language.text("push-ended-subject"), language.text_with("push-ended-lead", &[("time", Arg::from(&end))])),
    };
    let with_account = |apple_id| language.text_with("push-renew-account", &[("account", Arg::from(apple_id))]);
    let how = active.apple_id.as_ref().map_or_else(|| language.text("push-renew"), with_account);
    let page = language.text_with("push-page", &[("url", Arg::from(&format!("{public_url}/settings/apple")))]);
    let why = language.text_with("push-why", &[("server", Arg::from(public_url))]);
    (subject, [lead, how, page, why].join("\n\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        apple::{PushCertificateState, Sealed},
        types::ids::{AccountId, PushCertificateId},
    };
    use uuid::Uuid;

    const END: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn active(apple_id: Option<&str>) -> PushCertificate {
        PushCertificate {
            id: PushCertificateId(Uuid::nil()),
            state: PushCertificateState::Active,
            topic: Some("com.apple.mgmt.External.test".to_owned()),
            certificate: None,
            key: Sealed(Vec::new()),
            not_after: Some(END),
            apple_id: apple_id.map(str::to_owned),
            warned_at: None,
            made_at: END,
            uploaded_at: None,
            version: 1,
        }
    }

    fn mail(language: Language, active: &PushCertificate, now: Timestamp) -> String {
        let language = Some(language.tag().to_owned());
        let account = AccountAddress { id: AccountId(Uuid::nil()), email: "a@example.com".to_owned(), language };
        let (subject, text) = words(&account, active, "https://mdm.example.com", now);
        format!("Subject: {subject}\n\n{text}")
    }

    #[test]
    fn warnings_read_as_before_in_every_language() {
        let known = active(Some("mdm@example.com"));
        for language in [Language::English, Language::German, Language::Czech] {
            let days = |days: i64| mail(language, &known, END.plus_seconds(-days * 24 * 60 * 60));
            let unknown = mail(language, &active(None), END.plus_seconds(-1));
            let all = [days(60), days(2), unknown, days(0)].join("\n--------\n");
            insta::assert_snapshot!(format!("warnings_{}", language.tag()), all);
        }
    }

    #[test]
    fn every_word_of_a_warning_is_from_the_catalogue() {
        for now in [END.plus_seconds(-1), END] {
            let mail = mail(Language::Pseudo, &active(None), now);
            for paragraph in mail.trim_start_matches("Subject: ").split("\n\n").map(str::trim) {
                assert!(paragraph.starts_with('⟦') && paragraph.ends_with('⟧'), "{paragraph}");
            }
        }
    }
}
