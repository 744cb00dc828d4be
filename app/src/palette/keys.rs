//! Keys that work everywhere in the console. Those without Ctrl can be switched off (WCAG 2.1.4), and do nothing while
//! one types or a dialog is open.

use crate::{
    browser,
    dialogs::{Dialog, Dialogs},
    say,
};
use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::time::Duration;

/// The cookie that switches single keys off, by its value `off`.
pub const SHORTCUTS_OFF: &str = "shortcuts";
/// Time for the second key of two.
const SECOND_KEY: Duration = Duration::from_millis(1500);
/// Where letters are typed or keys choose something.
const TYPING: &str = "input, textarea, select, [contenteditable], [role=menu] *";

/// A page of the navigation.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Devices,
    Invitations,
    People,
    Settings,
}

impl Place {
    pub(super) const ALL: [Self; 4] = [Self::Devices, Self::Invitations, Self::People, Self::Settings];

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Devices => "/devices",
            Self::Invitations => "/invitations",
            Self::People => "/people",
            Self::Settings => "/settings",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Devices => say::mobile_devices(),
            Self::Invitations => say::invitations(),
            Self::People => say::people(),
            Self::Settings => say::settings(),
        }
    }
}

/// The keys that lead to a place: `g`, then the letter of its path.
pub(super) const fn place_keys(place: Place) -> &'static str {
    match place {
        Place::Devices => "g d",
        Place::Invitations => "g i",
        Place::People => "g p",
        Place::Settings => "g s",
    }
}

/// The keys and what they do, for the page that explains them.
pub const KEYS: [(&str, fn() -> &'static str); 7] = [
    ("Ctrl K", say::palette),
    ("?", say::palette),
    ("/", say::search),
    ("g d", say::mobile_devices),
    ("g i", say::invitations),
    ("g p", say::people),
    ("g s", say::settings),
];

/// Listens as long as the console is shown.
pub fn listen() {
    let navigate = use_navigate();
    let dialogs = expect_context::<Dialogs>();
    let after_g = StoredValue::new(false);
    let pressed = move |event: KeyboardEvent| {
        let key = event.key();
        if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("k") {
            event.prevent_default();
            if !browser::is_there("dialog[open]") {
                dialogs.open(Dialog::Palette);
            }
            return;
        }
        if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() || is_off() {
            return;
        }
        let was_g = after_g.try_update_value(|after_g| std::mem::take(after_g)).unwrap_or_default();
        let place = Place::ALL.into_iter().find(|place| was_g && place_keys(*place).ends_with(key.as_str()));
        if let Some(place) = place {
            navigate(place.path(), NavigateOptions::default());
            return;
        }
        match key.as_str() {
            "/" => {
                if browser::focus("[role=search] input") {
                    event.prevent_default()
                }
            }
            "?" => dialogs.open(Dialog::Palette),
            "g" => {
                after_g.set_value(true);
                let forget = move || {
                    // When the console is gone, so is the value.
                    let _ = after_g.try_update_value(|after_g| *after_g = false);
                };
                set_timeout(forget, SECOND_KEY);
            }
            _ => {}
        }
    };
    Effect::new(move || {
        let pressed = pressed.clone();
        let listener = window_event_listener(ev::keydown, pressed);
        on_cleanup(move || listener.remove());
    });
}

/// Whether single keys mean nothing now.
fn is_off() -> bool {
    browser::has_focus(TYPING)
        || browser::is_there("dialog[open]")
        || browser::remembered(SHORTCUTS_OFF).as_deref() == Some("off")
}
