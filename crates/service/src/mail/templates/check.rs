//! Renders an operator's templates before anybody waits for a mail.

use super::{MailTemplates, TemplateError};
use crate::mail::render::{MailContent, Words, words};
use domain::{
    Timestamp,
    mail::MailKind,
    protocol::Helpdesk,
    types::{ids::MailId, text::EmailAddress},
};
use i18n::Language;
use std::{collections::BTreeSet, error::Error as _, path::PathBuf};

/// The link of the samples, which has to be in every mail.
const URL: &str = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";

impl MailTemplates {
    /// Renders every mail of the languages that have overrides, with all that can be told and with as little as possible.
    ///
    /// # Errors
    /// The first template that cannot be rendered, or that leaves the link out.
    pub(super) fn check(&self) -> Result<(), TemplateError> {
        let languages: BTreeSet<Language> = self.overrides.keys().map(|(language, _)| *language).collect();
        for language in languages {
            for kind in MailKind::ALL {
                for sample in samples(*kind, language) {
                    let words = words(&sample, self).map_err(|error| self.broken(language, &error))?;
                    self.check_words(&words, *kind, language)?;
                }
            }
        }
        Ok(())
    }

    fn check_words(&self, words: &Words, kind: MailKind, language: Language) -> Result<(), TemplateError> {
        let fault = |end: &str, reason: &str| {
            let path = self.place(language, &format!("{}.{end}", kind.as_str()));
            Err(TemplateError::Broken { path, line: 0, reason: reason.to_owned() })
        };
        if words.subject.is_empty() {
            return fault("subject.txt", "the subject is empty");
        }
        for (end, text) in [("txt", &words.text), ("html", &words.html)] {
            if !text.contains(URL) {
                return fault(end, "the link is missing: say {{ url }}");
            }
        }
        Ok(())
    }

    /// An error of the engine as one of a file. What is wrong in a template that another one includes is told of that.
    fn broken(&self, language: Language, error: &minijinja::Error) -> TemplateError {
        let mut error = error;
        while let Some(cause) = error.source().and_then(|cause| cause.downcast_ref::<minijinja::Error>()) {
            error = cause;
        }
        let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
        TemplateError::Broken {
            path: self.place(language, error.name().unwrap_or_default()),
            line: error.line().unwrap_or_default(),
            reason: format!("{}{detail}", error.kind()),
        }
    }

    fn place(&self, language: Language, name: &str) -> PathBuf {
        let file = self.overrides.iter().find(|((of, known), _)| *of == language && *known == name);
        file.map_or_else(|| PathBuf::from(language.tag()).join(name), |(_, file)| file.path.clone())
    }
}

/// A mail with everything in it, and one without what may be missing.
fn samples(kind: MailKind, language: Language) -> Vec<MailContent> {
    // The address is one; the list is empty only if that were not so.
    let to = EmailAddress::parse("ada@example.com");
    let sample = |to: EmailAddress, helpdesk, device: Option<&str>| MailContent {
        kind,
        language,
        mail_id: MailId(uuid::Uuid::nil()),
        person_name: "Ada Lovelace".to_owned(),
        to,
        url: URL.to_owned(),
        pin_grouped: "1234 5678".to_owned(),
        public_url: "https://mdm.example.com".to_owned(),
        helpdesk,
        device_name: device.map(ToOwned::to_owned),
        now: Timestamp::from_millis(0),
    };
    let helpdesk = Helpdesk {
        name: Some("Example Helpdesk".to_owned()),
        email: Some("help@example.com".to_owned()),
        phone: Some("+49 30 123456".to_owned()),
    };
    let full = to.iter().map(|to| sample(to.clone(), helpdesk.clone(), Some("Example Phone 9")));
    full.chain(to.iter().map(|to| sample(to.clone(), Helpdesk::default(), None))).collect()
}
