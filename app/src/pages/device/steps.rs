//! The steps of an enrollment that is under way.

use crate::{
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
    },
    text::{self, Text as _},
    wire::SlotRowView,
};
use domain::{device::EnrollmentStep, slot::SlotStatus};
use leptos::prelude::*;

/// The list of steps; `None` for a device that has taken them all.
pub fn view(row: &SlotRowView) -> Option<AnyView> {
    let device = row.device.as_ref().filter(|_| matches!(row.status, SlotStatus::Pending | SlotStatus::Enrolling))?;
    let here = device.step;
    let missing = (!device.missing.is_empty()).then(|| text::missing(&device.missing));
    let error = device.error.clone().map(|error| view! { <p class="wrong"><bdi>{error}</bdi></p> });
    let steps = EnrollmentStep::ALL.iter().map(|step| one(*step, here)).collect_view();
    Some(
        view! {
            <section class="card" aria-labelledby="enrollment">
                <h2 id="enrollment">{text::enrollment()}</h2>
                <ol class="steps">{steps}</ol>
                {missing.map(|missing| view! { <p class="hint">{missing}</p> })}
                {error}
            </section>
        }
        .into_erased(),
    )
}

fn one(step: EnrollmentStep, here: EnrollmentStep) -> impl IntoView {
    let (state, symbol, word) = match step.cmp(&here) {
        std::cmp::Ordering::Less => ("done", Icon::Check, text::step_is_done()),
        std::cmp::Ordering::Equal => ("here", Icon::Progress, text::step_is_here()),
        std::cmp::Ordering::Greater => ("ahead", Icon::Dot, text::step_is_ahead()),
    };
    view! {
        <li data-step=state aria-current=(state == "here").then_some("step")>
            {icon(symbol)} <span>{step.text()}</span> <span class="visually-hidden">{word}</span>
        </li>
    }
}
