//! Needs attention: how many rows are stuck, by cause, and what helps all of them.

use crate::{
    components::live_query_view::live_query_view,
    data::{
        api::devices::attention,
        list_query::ATTENTION,
        list_url::ListUrl,
        live_query::{LiveData, LiveQuery},
    },
    dialogs::{Bulk, Dialog, Dialogs},
    drawing::{
        erasure::{IntoErased as _, reactive},
        icon::{Icon, icon},
    },
    text::{self, locale::language},
    wire::{AttentionView, BulkRequest},
};
use domain::list::{
    AttentionFilter, SlotQuery,
    bulk::{BulkAction, Selection},
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// The causes with their numbers, kept current. Nothing while no row is stuck.
pub fn view() -> AnyView {
    live_query_view(LiveQuery {
        params: Memo::new(|_| ParamsMap::new()),
        fetch: |_| attention(),
        affects: |_, change| change.in_list(|| false),
        render: strip,
        is_quiet: true,
    })
}

fn strip(live: LiveData<Vec<AttentionView>>) -> AnyView {
    let url = ListUrl::new("/devices");
    let causes = move || {
        let causes = live.data.get().unwrap_or_default();
        (!causes.is_empty()).then(|| {
            let links = causes.iter().map(|cause| link(url, cause)).collect::<Vec<_>>();
            view! {
                <section class="causes" aria-labelledby="needs-attention">
                    <h2 id="needs-attention">{icon(Icon::Alert)} {text::needs_attention()}</h2>
                    <ul>{links}</ul>
                    {reactive(move || selected(url, &causes))}
                </section>
            }
            .into_erased()
        })
    };
    reactive(causes)
}

fn link(url: ListUrl, view: &AttentionView) -> AnyView {
    let cause = view.cause.clone();
    let (there, away) = (url.only(ATTENTION, &cause), url.only(ATTENTION, ""));
    let is_on = Memo::new(move |_| url.get(ATTENTION).as_ref() == Some(&cause));
    let href = move || if is_on.get() { away.clone() } else { there.clone() };
    view! {
        <li><a class="cause" href=href aria-current=move || is_on.get().then_some("true")>
            {view.label.clone()} " " <strong>{language().grouped(view.number)}</strong>
        </a></li>
    }
    .into_erased()
}

/// What the selected cause means, and the button for all of its rows.
fn selected(url: ListUrl, causes: &[AttentionView]) -> Option<AnyView> {
    let cause = url.get(ATTENTION)?;
    let view = causes.iter().find(|view| view.cause == cause)?;
    let all = view.verb.map(|verb| for_all(verb, &cause, view.number));
    Some(view! { <p class="cause-help">{view.sentence.clone()} " " {all}</p> }.into_erased())
}

fn for_all(verb: BulkAction, cause: &str, number: u64) -> AnyView {
    let dialogs = expect_context::<Dialogs>();
    let attention = cause.parse::<AttentionFilter>().ok();
    let rows = Selection::Matching(SlotQuery { attention, ..SlotQuery::default() });
    let label = if verb == BulkAction::Renew { text::renew_all() } else { text::resend_to_all() };
    let open = move |_| dialogs.open(Dialog::Bulk(Bulk { request: BulkRequest::Rows(verb, rows.clone()), number }));
    view! { <button type="button" class="button" on:click=open>{icon(Icon::Mail)} {label}</button> }.into_erased()
}
