//! Settings → Audit log. The server draws it, see `crate::server::audit`.

use crate::{
    components::{live_query_view::live_query_view, states::StaleBar},
    data::{
        api::audit::audit_page,
        list_url::ListUrl,
        live_connection::Affects,
        live_query::{LiveData, LiveQuery},
    },
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
    },
    text::{self, page_title},
    wire::DrawnPage,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = LiveQuery {
        params: ListUrl::new("/settings/audit").params(),
        fetch: |params| audit_page(params.get("before").unwrap_or_default()),
        affects: |_, _| Affects::Nothing,
        render: entries,
        is_quiet: false,
    };
    view! {
        <Title text=page_title(text::audit_log())/>
        <p class="crumb"><a href="/settings">{icon(Icon::Back)} {text::settings()}</a></p>
        <header class="page-head"><h1 tabindex="-1">{text::audit_log()}</h1></header>
        <p class="audit-text">{text::audit_text()}</p>
        {live_query_view(query)}
    }
    .into_erased()
}

fn entries(live: LiveData<DrawnPage>) -> AnyView {
    let list = move || live.data.get().unwrap_or_default().list;
    let is_old = move || live.state.stale.get().then_some("");
    view! {
        <StaleBar error=live.state.error retry=live.state.refresh/>
        <div class="audit" data-stale=is_old inner_html=list></div>
    }
    .into_erased()
}
