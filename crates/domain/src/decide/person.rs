//! People: adding and correcting them.

use super::{Context, draft::Draft};
use crate::{
    aggregate::PersonAggregate,
    journal::{EventKind, change::Change},
    person::Person,
    types::{
        ids::PersonId,
        text::{EmailAddress, Locale, PersonName},
    },
};

/// Adds a person, and returns the aggregate as well, for inviting. The store refuses an email that is taken.
pub fn add_person(
    id: PersonId,
    name: PersonName,
    email: EmailAddress,
    locale: Locale,
    context: &Context,
) -> (PersonAggregate, Change) {
    let person = Person { id, name, email, locale, created_at: context.now, reminded_at: None, version: 0 };
    let aggregate = PersonAggregate { person, invitation: None, devices: Vec::new(), slots: Vec::new() };
    let mut draft = Draft::new(&aggregate, context);
    let (name, email) = (aggregate.person.name.to_string(), aggregate.person.email.to_string());
    draft.person_event(EventKind::PersonAdded { name, email });
    let change = draft.into_change();
    (aggregate, change)
}

/// Corrects a person's name, email or language. Queued mails go to the corrected email.
pub fn change_person(
    aggregate: &PersonAggregate,
    name: PersonName,
    email: EmailAddress,
    locale: Locale,
    context: &Context,
) -> Change {
    let mut draft = Draft::new(aggregate, context);
    draft.person_event(EventKind::PersonChanged { name: name.to_string(), email: email.to_string() });
    let person = &mut draft.current.person;
    (person.name, person.email, person.locale) = (name, email, locale);
    draft.into_change()
}
