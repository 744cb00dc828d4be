//! The command palette: every place and every general action of the console by typing a part of its name. What can be
//! done to one row stands in the row's menu.

mod commands;
mod keys;

use crate::{
    browser,
    components::modal::{close_modal, modal},
    dialogs::Dialogs,
    erase::{Erase as _, dynamic_late},
    say,
};
use commands::{Command, Run, matching};
use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

pub use keys::{KEYS, SHORTCUTS_OFF, listen};

/// Option that is chosen, for `aria-activedescendant`.
const CHOSEN_ID: &str = "palette-chosen";

/// The open palette.
pub fn view(on_close: Callback<()>) -> AnyView {
    let text = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let found = move || text.with(|text| matching(text));
    let run = runner();
    let pressed = move |event: KeyboardEvent| {
        let last = untrack(found).len().saturating_sub(1);
        let place = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" => {
                if place >= last {
                    0
                } else {
                    place + 1
                }
            }
            "ArrowUp" => place.checked_sub(1).unwrap_or(last),
            "Enter" => {
                event.prevent_default();
                return untrack(found).into_iter().nth(place).into_iter().for_each(|command| run.run(command.run));
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        browser::show(CHOSEN_ID);
    };
    let option = move |place: usize, command: Command| {
        let Command { label, keys, run: what } = command;
        let is_chosen = place == chosen.get();
        view! {
            <li role="option" id=is_chosen.then_some(CHOSEN_ID) aria-selected=is_chosen.to_string() on:click=move |_| run.run(what.clone())>
                <span>{label}</span>
                {(!keys.is_empty()).then(|| view! { <kbd>{keys}</kbd> })}
            </li>
        }
        .erase_late()
    };
    let options = move || {
        let found = found();
        if found.is_empty() {
            return view! { <li class="palette-none" role="presentation">{say::nothing_matches()}</li> }.erase_late();
        }
        let options: Vec<_> = found.into_iter().enumerate().map(|(place, command)| option(place, command)).collect();
        options.erase_late()
    };
    let typed = move |value: String| {
        chosen.set(0);
        text.set(value);
    };
    let body = view! {
        <div class="dialog-body palette">
            <input class="input" type="text" role="combobox" aria-expanded="true" aria-controls="palette" aria-autocomplete="list"
                aria-activedescendant=CHOSEN_ID aria-label=say::palette_label() placeholder=say::palette_label() autofocus=true
                autocomplete="off" spellcheck="false" on:keydown=pressed on:input:target=move |event| typed(event.target().value())/>
            <ul id="palette" role="listbox" aria-label=say::palette()>{dynamic_late(options)}</ul>
        </div>
    };
    modal(say::palette(), on_close, body.erase_late())
}

/// Does what a command says.
fn runner() -> Callback<Run> {
    let navigate = use_navigate();
    let dialogs = expect_context::<Dialogs>();
    Callback::new(move |run| match run {
        Run::Go(url) => {
            close_modal();
            navigate(&url, NavigateOptions::default());
        }
        Run::Open(dialog) => dialogs.open(dialog),
        Run::Theme(theme) => {
            close_modal();
            browser::choose_theme(theme);
        }
    })
}
