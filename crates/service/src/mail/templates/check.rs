//! Checks an operator's templates at start-up, by rendering them with sample data.

use super::{MailTemplates, Rendered, TemplateError};
use crate::mail::content::MailContent;
use domain::{
    Timestamp,
    mail::MailKind,
    protocol::Helpdesk,
    types::{ids::MailId, text::EmailAddress},
};
use i18n::Language;
use std::{collections::BTreeSet, error::Error as _, path::PathBuf};

/// The enrollment URL of the samples. Every mail must contain it.
const URL: &str = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";

impl MailTemplates {
    /// Renders every mail of the languages that have overrides, with all optional data and with none.
    ///
    /// # Errors
    /// The first template that cannot be rendered or does not contain the link.
    pub(super) fn check(&self) -> Result<(), TemplateError> {
        let languages: BTreeSet<Language> = self.overrides.keys().map(|(language, _)| *language).collect();
        for language in languages {
            for kind in MailKind::ALL {
                for sample in samples(*kind, language) {
                    let mail = self.render(&sample).map_err(|error| self.broken(language, &error))?;
                    self.check_mail(&mail, *kind, language)?;
                }
            }
        }
        Ok(())
    }

    fn check_mail(&self, mail: &Rendered, kind: MailKind, language: Language) -> Result<(), TemplateError> {
        let broken = |end: &str, reason: &str| {
            let path = self.path_of(language, &format!("{}.{end}", kind.as_str()));
            Err(TemplateError::Broken { path, line: 0, reason: reason.to_owned() })
        };
        if mail.subject.is_empty() {
            return broken("subject.txt", "the subject is empty");
        }
        for (end, text) in [("txt", &mail.text), ("html", &mail.html)] {
            if !text.contains(URL) {
                return broken(end, "the link is missing: add {{ url }}");
            }
        }
        Ok(())
    }

    /// Turns an error of the template engine into one with file and line. An error in an included template is reported
    /// for that template, not for the one that includes it.
    fn broken(&self, language: Language, error: &minijinja::Error) -> TemplateError {
        let mut error = error;
        while let Some(cause) = error.source().and_then(|cause| cause.downcast_ref::<minijinja::Error>()) {
            error = cause;
        }
        let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
        TemplateError::Broken {
            path: self.path_of(language, error.name().unwrap_or_default()),
            line: error.line().unwrap_or_default(),
            reason: format!("{}{detail}", error.kind()),
        }
    }

    /// The path of a template: its override, or where one would be.
    fn path_of(&self, language: Language, name: &str) -> PathBuf {
        let file = self.overrides.iter().find(|((of, known), _)| *of == language && *known == name);
        file.map_or_else(|| PathBuf::from(language.tag()).join(name), |(_, file)| file.path.clone())
    }
}

/// A mail with all optional data, and one with none.
fn samples(kind: MailKind, language: Language) -> Vec<MailContent> {
    // This always parses; `iter` below avoids an `unwrap`.
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
