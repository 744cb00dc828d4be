//! People: adding and correcting them, importing them from files, exporting lists.

pub(crate) mod export;
mod import_file;
mod import_run;

pub use import_file::UploadedFile;

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{
    actor::Actor,
    decide,
    list::{Page, PersonQuery},
    person::{Correction, OldCredentials},
    types::{
        ids::PersonId,
        text::{EmailAddress, Locale, PersonName},
    },
    views::PersonRow,
};

/// A person as typed or sent; not parsed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPerson {
    /// Name; if empty, the part of the email before the `@` is used.
    pub name: String,
    /// Email.
    pub email: String,
    /// Language tag; `None`: English.
    pub locale: Option<String>,
}

/// A person whose fields were parsed.
pub(crate) struct ParsedPerson {
    pub(crate) name: PersonName,
    pub(crate) email: EmailAddress,
    pub(crate) locale: Locale,
}

impl NewPerson {
    pub(crate) fn parse(&self) -> ServiceResult<ParsedPerson> {
        let email = EmailAddress::parse(&self.email)?;
        let name = if self.name.trim().is_empty() {
            let local_part = email.as_str().split('@').next().unwrap_or_default();
            PersonName::parse(local_part)
        } else {
            PersonName::parse(&self.name)
        };
        let locale = self
            .locale
            .as_deref()
            .filter(|l| !l.trim().is_empty())
            .map_or_else(|| Ok(Locale::default()), Locale::parse);
        Ok(ParsedPerson { name: name?, email, locale: locale? })
    }
}

impl Rollcall {
    /// Adds a person.
    ///
    /// # Errors
    /// A field is invalid, or another person has the email.
    pub async fn add_person(&self, actor: Actor, new: NewPerson) -> ServiceResult<PersonId> {
        let person = new.parse()?;
        let id = PersonId(self.environment.id()?);
        let (_, change) = decide::add_person(id, person.name, person.email, person.locale, &self.context(actor));
        self.store.commit(change).await?;
        Ok(id)
    }

    /// Changes a person's name, email and language. When an invitation was mailed to an email that is corrected,
    /// `old_credentials` says what becomes of its link and PIN. Returns whether a new invitation is mailed.
    ///
    /// # Errors
    /// A field is invalid, another person has the email, or the person does not exist.
    pub async fn change_person(
        &self,
        actor: Actor,
        id: PersonId,
        new: NewPerson,
        old_credentials: OldCredentials,
    ) -> ServiceResult<bool> {
        let ParsedPerson { name, email, locale } = new.parse()?;
        let correction = Correction { name, email, locale, old_credentials };
        let sealed = self.new_credentials()?;
        self.decide_person(actor, id, |aggregate, ids, context| {
            let change = decide::change_person(aggregate, &correction, sealed.clone(), ids, context);
            Ok((!change.mails.is_empty(), change))
        })
        .await
    }

    /// A page of the People view.
    pub async fn list_people(&self, query: PersonQuery) -> ServiceResult<Page<PersonRow>> {
        Ok(self.store.list_people(&query).await?)
    }

    /// A row of the People view.
    pub async fn person(&self, id: PersonId) -> ServiceResult<PersonRow> {
        self.store.find_person_row(id).await?.ok_or(ServiceError::NotFound)
    }
}
