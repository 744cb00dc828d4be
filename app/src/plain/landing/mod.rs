//! The page at `/e/<token>`, which the person who was invited opens: HTML from the server without hydration, WASM or
//! inline code, the same with JavaScript disabled. Everything here turns values into text. Routes, headers and storage
//! are in the server crate.
//!
//! What the routes need:
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /e/{token}?QUERY` | `query = LandingQuery::parse(uri.query())`; active: 200 [`render_active`]; inactive: 410 [`render_inactive`]; unknown: 404 [`render_unknown`]; the store does not answer: 503 [`render_unavailable`] |
//! | `POST /e/{token}?QUERY` | body is a form, [`AcceptForm`]; [`AcceptForm::choice`] is `Some`: accept, then 303 to [`LandingQuery::after_accept`]; `None`: 303 to [`LandingQuery::incomplete`] |
//! | `POST /e/{token}/seen` | 204 |
//! | `GET /e/{token}/status?QUERY` | JSON of [`status()`]; inactive: [`status_inactive`] with 200; unknown: 404 |
//! | `GET /landing.css`, `GET /landing.js` | [`stylesheet`], [`script`]; for ever cacheable, since the pages ask for them with `?v=<hash>` |
//!
//! Pages are in the language that was chosen at their foot (`?lang=`, which all their links and forms keep), or else in
//! the person's. Pages without a person are in that of the browser's `Accept-Language`.
//!
//! Pages carry [`CONTENT_SECURITY_POLICY`], `Referrer-Policy: no-referrer`, `X-Robots-Tag: noindex` and
//! `Cache-Control: no-store`. Because of `no-referrer` a browser sends the form with `Origin: null`; the token in the
//! path is the only authority of these routes, and no cookie is read, so they need no guard against cross-site requests
//! (and a guard that checks `Origin` would turn away browsers that do not send `Sec-Fetch-Site`).

mod asset;
mod choice;
mod command;
mod contact;
mod enrollment_url;
mod inactive;
mod layout;
mod parts;
mod platform;
mod query;
mod status;
mod steps;

#[cfg(test)]
mod tests;

pub use asset::{script, stylesheet};
pub use choice::AcceptForm;
pub use platform::Browser;
pub use query::LandingQuery;
pub use status::{LandingState, LandingStatus, status, status_inactive};

use domain::{invitation::DeactivationReason, protocol::Helpdesk};
use i18n::Language;
use service::enrollment::landing::LandingInvitation;

/// The policy of every page of this module: own files only, nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page of an active invitation, as a whole HTML document: the choice of a platform, then its steps and the status,
/// then "You're done". What `browser` suggests is preselected while nothing was selected.
pub fn render_active(
    landing: &LandingInvitation,
    helpdesk: &Helpdesk,
    browser: Browser,
    query: LandingQuery,
) -> String {
    steps::render(landing, helpdesk, browser, query)
}

/// The page of an invitation that enrolls nothing any more (410): why, and whom to ask; nothing about the person.
/// `accept_language` is the value of that header.
pub fn render_inactive(
    reason: DeactivationReason,
    helpdesk: &Helpdesk,
    query: LandingQuery,
    accept_language: &str,
) -> String {
    inactive::render(reason, helpdesk, query.language(accept_language), query)
}

/// The page of a link that belongs to no invitation (404).
pub fn render_unknown(helpdesk: &Helpdesk, query: LandingQuery, accept_language: &str) -> String {
    inactive::render_unknown(helpdesk, query.language(accept_language), query)
}

/// The page for the moments when the server cannot look the invitation up (503).
pub fn render_unavailable(helpdesk: &Helpdesk, query: LandingQuery, accept_language: &str) -> String {
    inactive::render_unavailable(helpdesk, query.language(accept_language), query)
}

/// The language of a person's page: the one that was chosen on it, or else the person's, or else English.
fn language_of(landing: &LandingInvitation, query: LandingQuery) -> Language {
    query.lang.or_else(|| Language::of_tag(landing.locale.as_str())).unwrap_or_default()
}
