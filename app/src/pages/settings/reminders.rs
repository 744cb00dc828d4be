//! For which causes people get reminders: a plain form, which needs no code in the browser.

use crate::{
    data::api::reminders::{DAYS, FAILED, ON, SAVE, SAVED, TIMES},
    drawing::{erasure::IntoErased as _, with_views::with_views},
    text::{self, FIRST_VIEW, SECOND_VIEW},
    wire::ReminderView,
};
use domain::slot::reminder::{AFTER_DAYS, AT_MOST};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub(super) fn view(reminders: &[ReminderView]) -> AnyView {
    let rules: Vec<_> = reminders.iter().map(rule).collect();
    view! {
        <p>{text::reminders_text()}</p>
        <form method="post" action=SAVE>
            <ul class="rules">{rules}</ul>
            {outcome()}
            <button type="submit" class="button">{text::reminders_save()}</button>
        </form>
    }
    .into_erased()
}

/// Whether saving worked, if the form led here.
fn outcome() -> Option<AnyView> {
    let query = use_query_map();
    let was = |name| query.with_untracked(|query| query.get(name).is_some());
    if was(SAVED) {
        Some(view! { <p class="form-saved" role="status">{text::reminders_saved()}</p> }.into_erased())
    } else {
        was(FAILED).then(|| view! { <p class="form-error" role="alert">{text::reminders_failed()}</p> }.into_erased())
    }
}

fn rule(reminder: &ReminderView) -> AnyView {
    let field = |what| format!("rules[{}][{what}]", reminder.cause);
    let days = number(
        field(DAYS),
        text::reminder_days(&reminder.label),
        (*AFTER_DAYS.start(), *AFTER_DAYS.end()),
        reminder.days,
    );
    let times = (u16::from(*AT_MOST.start()), u16::from(*AT_MOST.end()));
    let times = number(field(TIMES), text::reminder_times(&reminder.label), times, reminder.times.into());
    view! {
        <li>
            <label class="check">
                <input type="checkbox" name=field(ON) value="1" checked=reminder.is_on/>
                <span>{reminder.label.clone()}</span>
            </label>
            <span class="rule">{with_views(&text::reminder_rule(FIRST_VIEW, SECOND_VIEW), [days, times])}</span>
        </li>
    }
    .into_erased()
}

fn number(name: String, label: String, (min, max): (u16, u16), value: u16) -> AnyView {
    view! {
        <input class="input" type="number" inputmode="numeric" name=name aria-label=label min=min max=max value=value required=true/>
    }
    .into_erased()
}
