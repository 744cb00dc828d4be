//! The menu of a row: the browser's own popover, with the usual keys of a menu.

use crate::{
    drawing::{
        erasure::{IntoErased as _, reactive},
        icon::{Icon, icon},
    },
    text,
};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Distance between the button and its menu, in CSS pixels.
const GAP: f64 = 4.0;

/// An entry of a menu.
#[derive(Clone)]
pub struct MenuItem {
    /// What it does.
    pub label: &'static str,
    /// Why it is disabled.
    pub disabled: Option<String>,
    /// Whether it cannot be undone.
    pub danger: bool,
    /// Does it.
    pub action: Callback<()>,
    /// The page that it leads to, in place of an action.
    pub href: Option<String>,
}

impl MenuItem {
    /// An enabled entry.
    pub fn new(label: &'static str, action: impl Fn() + Send + Sync + 'static) -> Self {
        Self { label, disabled: None, danger: false, action: Callback::new(move |()| action()), href: None }
    }

    /// An entry that leads to a page.
    pub fn link(label: &'static str, href: String) -> Self {
        Self { href: Some(href), ..Self::new(label, || {}) }
    }

    /// The only entry of a row that cannot be read.
    pub fn unusable() -> Self {
        Self::new(text::delete(), || {}).unless(Some(text::row_damaged()))
    }

    /// The entry, marked as one that cannot be undone.
    #[must_use]
    pub fn dangerous(mut self) -> Self {
        self.danger = true;
        self
    }

    /// The entry, disabled when there is a reason.
    #[must_use]
    pub fn unless(mut self, reason: Option<impl Into<String>>) -> Self {
        self.disabled = reason.map(Into::into);
        self
    }
}

/// A button with three dots and the menu that it opens. The entries are made when it opens.
#[component]
pub fn Menu(
    /// Unique in the page.
    id: String,
    /// The label of the button is `Actions for {label}`.
    #[prop(into)]
    label: Signal<String>,
    /// Its entries.
    items: Callback<(), Vec<MenuItem>>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let popover = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let toggled = move |_| {
        let open = popover.get_untracked().is_some_and(|menu| menu.matches(":popover-open").unwrap_or_default());
        is_open.set(open);
        if open {
            // By then the entries are drawn.
            request_animation_frame(move || place(popover, button));
        }
    };
    let entries = move || is_open.get().then(|| items.run(()).into_iter().map(entry).collect_view());
    view! {
        <button node_ref=button type="button" class="icon-button" popovertarget=id.clone() aria-haspopup="menu"
            aria-label=move || text::actions_for(&label.get())>
            {icon(Icon::Dots)}
        </button>
        <div node_ref=popover id=id class="menu" popover="auto" role="menu" on:toggle=toggled on:keydown=keys>
            {reactive(entries)}
        </div>
    }
}

fn entry(item: MenuItem) -> AnyView {
    let MenuItem { label, disabled, danger, action, href } = item;
    if href.is_some() {
        return view! { <a class="menu-item" role="menuitem" href=href><span>{label}</span></a> }
            .into_erased_browser_only();
    }
    let is_off = disabled.is_some();
    let clicked = move |event: ev::MouseEvent| {
        if !is_off {
            close_around(&event);
            action.run(());
        }
    };
    view! {
        <button type="button" class="menu-item" role="menuitem" data-danger=danger.then_some("")
            aria-disabled=is_off.then_some("true") on:click=clicked>
            <span>{label}</span>
            {disabled.map(|reason| view! { <small>{reason}</small> })}
        </button>
    }
    .into_erased_browser_only()
}

/// Closes the menu that the event came from; the focus goes back to its button.
fn close_around(event: &ev::MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let menu = target.and_then(|target| target.closest("[popover]").ok().flatten());
    if let Some(menu) = menu.and_then(|menu| menu.dyn_into::<HtmlElement>().ok()) {
        // This fails only when the menu is closed.
        let _ = menu.hide_popover();
    }
}

/// Places the menu below its button, or above where there is no space below, and moves the focus into it.
fn place(popover: NodeRef<html::Div>, button: NodeRef<html::Button>) {
    let (Some(menu), Some(button)) = (popover.get_untracked(), button.get_untracked()) else {
        return;
    };
    let (anchor, size) = (button.get_bounding_client_rect(), menu.get_bounding_client_rect());
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let below = anchor.bottom() + GAP;
    let top = if below + size.height() > height { anchor.top() - GAP - size.height() } else { below };
    let style = HtmlElement::style(&menu);
    for (edge, place) in [("top", top), ("left", anchor.right() - size.width())] {
        #[expect(clippy::cast_possible_truncation, reason = "whole pixels are meant")]
        let pixels = place.max(GAP) as i32;
        // This is a valid length.
        let _ = style.set_property(edge, &format!("{pixels}px"));
    }
    focus_item(&menu, |_, _| 0);
}

/// Arrow keys, Home and End move among the entries.
#[expect(clippy::needless_pass_by_value, reason = "the shape of an event handler")]
fn keys(event: ev::KeyboardEvent) {
    let Some(menu) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let key = event.key();
    if !matches!(key.as_str(), "ArrowDown" | "ArrowUp" | "Home" | "End") {
        return;
    }
    event.prevent_default();
    focus_item(&menu, |place, count| match key.as_str() {
        "ArrowDown" => place.map_or(0, |place| (place + 1) % count),
        "ArrowUp" => place.map_or(count - 1, |place| (place + count - 1) % count),
        "End" => count - 1,
        _ => 0,
    });
}

/// Moves the focus to the entry that `choose` returns. It gets the position of the entry that has the focus, and the
/// number of entries.
fn focus_item(menu: &HtmlElement, choose: impl FnOnce(Option<u32>, u32) -> u32) {
    let Ok(items) = menu.query_selector_all("[role=menuitem]") else {
        return;
    };
    let count = items.length();
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let has_focus = |place: &u32| items.get(*place).as_ref() == active.as_deref();
    let next = choose((0..count).find(has_focus), count);
    if let Some(item) = items.get(next).and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        // Buttons can take the focus.
        let _ = item.focus();
    }
}
