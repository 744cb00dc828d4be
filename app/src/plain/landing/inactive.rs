//! Pages without an active invitation: it was deactivated, there is none, or it cannot be looked up. Each says which,
//! and whom to ask. None says anything about a person.

use super::{
    LandingQuery,
    contact::contact,
    layout::{Frame, document},
};
use domain::{invitation::DeactivationReason, protocol::Helpdesk};
use i18n::Language;
use leptos::prelude::*;

/// The page of an invitation that was deactivated for `reason`.
pub(super) fn render(
    reason: DeactivationReason,
    helpdesk: &Helpdesk,
    language: Language,
    query: LandingQuery,
) -> String {
    page(reason.as_str(), helpdesk, language, query)
}

/// The page of a link that belongs to no invitation.
pub(super) fn render_unknown(helpdesk: &Helpdesk, language: Language, query: LandingQuery) -> String {
    page("unknown", helpdesk, language, query)
}

/// The page for when nothing can be looked up.
pub(super) fn render_unavailable(helpdesk: &Helpdesk, language: Language, query: LandingQuery) -> String {
    page("unavailable", helpdesk, language, query)
}

/// The page whose three texts are called `<kind>-title`, `<kind>-text` and `<kind>-next`.
fn page(kind: &str, helpdesk: &Helpdesk, language: Language, query: LandingQuery) -> String {
    let title = language.text(&format!("{kind}-title"));
    let text = language.text(&format!("{kind}-text"));
    let next = language.text(&format!("{kind}-next"));
    let frame = Frame { title: title.clone(), inviter: "", is_live: false, language, query };
    document(&frame, || {
        view! {
            <div class="card notice">
                <h1>{title}</h1>
                <p>{text}</p>
                <p><strong>{next}</strong></p>
            </div>
            {contact(helpdesk, language)}
        }
        .into_any()
    })
}
