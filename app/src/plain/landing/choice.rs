//! Step one: ownership and platform of the device, and the Accept button.

use super::{LandingQuery, enrollment_url::token, platform::choice_label};
use domain::device::{Ownership, Platform};
use i18n::Language;
use leptos::prelude::*;
use serde::Deserialize;
use service::enrollment::landing::LandingInvitation;

/// The form that the Accept button sends. Accepts any form; [`AcceptForm::choice`] says whether it is complete.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AcceptForm {
    /// `company` or `personal`.
    #[serde(default)]
    pub ownership: String,
    /// A word of [`Platform`].
    #[serde(default)]
    pub platform: String,
}

impl AcceptForm {
    /// What was selected; `None` unless both questions have a valid answer.
    pub fn choice(&self) -> Option<(Ownership, Platform)> {
        Some((self.ownership.parse().ok()?, self.platform.parse().ok()?))
    }
}

/// The form. What was selected before is selected again, or else the `suggested` platform.
pub(super) fn form(
    landing: &LandingInvitation,
    suggested: Platform,
    language: Language,
    query: LandingQuery,
) -> impl IntoView + use<> {
    let accepted = landing.acceptance;
    let ownership = accepted.map(|accepted| accepted.ownership);
    let platform = accepted.map_or(suggested, |accepted| accepted.platform);
    let action = LandingQuery { incomplete: false, ..query }.path(token(&landing.url));
    let text = |key| language.text(key);
    let ownerships = Ownership::ALL.iter().map(|it| {
        let hint = language.text(&format!("ownership-{}-hint", it.as_str()));
        option("ownership", it.as_str(), ownership_label(*it, language), Some(hint), ownership == Some(*it))
    });
    let platforms = Platform::ALL
        .iter()
        .map(|it| option("platform", it.as_str(), choice_label(*it, language), None, *it == platform));
    view! {
        <form class="card" method="post" action=action>
            <h2>{text("choose-question")}</h2>
            {query.incomplete.then(|| view! { <p class="error" role="alert">{text("choose-incomplete")}</p> })}
            <fieldset>
                <legend>{text("choose-whose")}</legend>
                <div class="options">{ownerships.collect_view()}</div>
            </fieldset>
            <fieldset>
                <legend>{text("choose-what")}</legend>
                <div class="options">{platforms.collect_view()}</div>
            </fieldset>
            <button class="primary" type="submit">{text("choose-accept")}</button>
            <p class="quiet">{text("choose-accept-note")}</p>
        </form>
    }
}

/// The name of an ownership, as the person who is asked would say it.
pub(super) fn ownership_label(ownership: Ownership, language: Language) -> String {
    language.text(&format!("ownership-{}", ownership.as_str()))
}

fn option(
    name: &'static str,
    value: &'static str,
    label: String,
    hint: Option<String>,
    is_chosen: bool,
) -> impl IntoView {
    view! {
        <label class="option">
            <input type="radio" name=name value=value checked=is_chosen required/>
            <span>{label}{hint.map(|hint| view! { <small>{hint}</small> })}</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_counts_only_when_both_questions_are_answered() {
        let form = |ownership: &str, platform: &str| AcceptForm {
            ownership: ownership.to_owned(),
            platform: platform.to_owned(),
        };
        assert_eq!(form("company", "android").choice(), Some((Ownership::Company, Platform::Android)));
        for (ownership, platform) in [("", "android"), ("company", ""), ("mine", "android"), ("company", "amiga")] {
            assert_eq!(form(ownership, platform).choice(), None);
        }
    }
}
