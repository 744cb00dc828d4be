//! People: adding and correcting them.

use crate::{
    aggregate::PersonAggregate,
    decide::{Context, draft::Draft, invite::replace_credentials},
    invitation::Delivery,
    journal::{
        EventKind,
        change::{Change, SealedCredentials},
    },
    person::{Correction, OldCredentials, Person},
    types::{
        ids::{IdGenerator, PersonId},
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

/// Corrects a person's name, email or language. Mails that were asked for may lie in the old mailbox, or be on their way to
/// it: unless the correction keeps the old credentials, a new email gets a new invitation (with the `sealed` credentials),
/// and the old one ends.
pub fn change_person(
    aggregate: &PersonAggregate,
    correction: &Correction,
    sealed: SealedCredentials,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Change {
    let Correction { name, email, locale, old_credentials } = correction.clone();
    let mut draft = Draft::new(aggregate, context);
    draft.person_event(EventKind::PersonChanged { name: name.to_string(), email: email.to_string() });
    let has_new_mailbox = draft.current.person.email != email;
    let person = &mut draft.current.person;
    (person.name, person.email, person.locale) = (name, email, locale);
    if has_new_mailbox && old_credentials == OldCredentials::Replace && was_mailed(aggregate, context) {
        replace_credentials(&mut draft, sealed, ids);
    }
    draft.into_change()
}

/// Whether a mail with the credentials of a valid invitation was asked for. One that still waits counts too: it may be
/// handed to the mail server at this moment.
fn was_mailed(aggregate: &PersonAggregate, context: &Context) -> bool {
    let active = aggregate.invitation.as_ref().filter(|invitation| invitation.refusal(context.now).is_none());
    active.is_some_and(|invitation| invitation.delivery != Delivery::None)
}
