//! Adding people and correcting what is known of them.

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

/// Adds a person, and returns the aggregate to invite with as well. That the email is not taken is the store's to tell.
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
    draft.event(EventKind::PersonAdded { name, email });
    let change = draft.finish();
    (aggregate, change)
}

/// Corrects a person's name, email or language. Mails that are still waiting go to the corrected email.
pub fn change_person(
    aggregate: &PersonAggregate,
    name: PersonName,
    email: EmailAddress,
    locale: Locale,
    context: &Context,
) -> Change {
    let mut draft = Draft::new(aggregate, context);
    draft.event(EventKind::PersonChanged { name: name.to_string(), email: email.to_string() });
    let person = &mut draft.after.person;
    (person.name, person.email, person.locale) = (name, email, locale);
    draft.finish()
}
