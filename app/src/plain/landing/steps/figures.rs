//! Pictures of what Android shows. They have no words, so that they serve every language; the text beside them tells the rest.

use leptos::prelude::*;

/// A switch of Android's settings, turned on: "Allow from this source".
pub(super) fn source_switch() -> impl IntoView {
    page_of_app(view! {
        <path class="line" d="M20 24h84M60 52h72M60 66h44M20 98h108"></path>
        <rect class="on" x="178" y="86" width="42" height="24" rx="12"></rect>
        <circle class="knob" cx="208" cy="98" r="9"></circle>
        <rect class="here" x="171" y="80" width="56" height="36" rx="18"></rect>
    })
}

/// The menu of an app in Android's settings, open: "Allow restricted settings".
pub(super) fn restricted_menu() -> impl IntoView {
    page_of_app(view! {
        <path class="line" d="M20 24h72M60 58h56M20 98h64"></path>
        <path class="dots" d="M220 16v0M220 24v0M220 32v0"></path>
        <circle class="here" cx="220" cy="24" r="16"></circle>
        <rect class="menu" x="104" y="46" width="116" height="52" rx="8"></rect>
        <path class="line" d="M116 60h64"></path>
        <rect class="here" x="108" y="70" width="108" height="24" rx="6"></rect>
        <path class="line strong" d="M116 82h84"></path>
    })
}

/// An app's page in Android's settings: a screen with the sign of the app, and `content` on it.
fn page_of_app(content: impl IntoView) -> impl IntoView {
    view! {
        <svg class="figure" viewBox="0 0 240 120" aria-hidden="true">
            <rect class="screen" x="1" y="1" width="238" height="118" rx="14"></rect>
            <rect class="app" x="20" y="44" width="28" height="28" rx="8"></rect>
            {content}
        </svg>
    }
}
