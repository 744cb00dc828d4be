//! Settings → Apple devices. The server draws it, see `crate::server::apple`.

use crate::{
    components::{live_query_view::live_query_view, states::StaleBar},
    data::{
        api::apple::apple_page,
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
pub fn ApplePage() -> impl IntoView {
    let query = LiveQuery {
        params: ListUrl::new("/settings/apple").params(),
        fetch: |params| apple_page(params.get("outcome").unwrap_or_default(), params.get("topic").unwrap_or_default()),
        affects: |_, _| Affects::Nothing,
        render: sections,
        is_quiet: false,
    };
    view! {
        <Title text=page_title(text::apple_devices())/>
        <p class="crumb"><a href="/settings">{icon(Icon::Back)} {text::settings()}</a></p>
        <header class="page-head"><h1 tabindex="-1">{text::apple_devices()}</h1></header>
        {live_query_view(query)}
    }
    .into_erased()
}

fn sections(live: LiveData<DrawnPage>) -> AnyView {
    let form = move || live.data.get().unwrap_or_default().form;
    view! {
        <StaleBar error=live.state.error retry=live.state.refresh/>
        <div class="apple-settings" inner_html=form></div>
    }
    .into_erased()
}
