//! What the palette offers.

use super::keys::{Place, place_keys};
use crate::{
    api::PersonDraft,
    browser,
    dialogs::Dialog,
    queries::{ATTENTION, SEARCH, encoded},
    say,
    words::Words as _,
};
use domain::attention::Cause;

/// An entry.
pub(super) struct Command {
    /// What it is called.
    pub(super) label: String,
    /// The keys that do the same.
    pub(super) keys: &'static str,
    /// What it does.
    pub(super) run: Run,
}

/// What an entry does.
#[derive(Clone)]
pub(super) enum Run {
    /// Goes to a page.
    Go(String),
    /// Opens a dialog.
    Open(Dialog),
    /// Chooses light or dark.
    Theme(&'static str),
}

/// The entries that fit what was typed: every word of it stands in the label. Below them, the lists searched for it.
pub(super) fn matching(text: &str) -> Vec<Command> {
    let text = text.trim();
    let typed = browser::lower(text);
    let fits = |command: &Command| {
        let label = browser::lower(&command.label);
        typed.split_whitespace().all(|word| label.contains(word))
    };
    let mut found: Vec<_> = all().into_iter().filter(fits).collect();
    if !text.is_empty() {
        found.extend(searches(text));
    }
    found
}

fn all() -> Vec<Command> {
    let places = Place::ALL.map(|place| go(place.label().to_owned(), place_keys(place), place.path().to_owned()));
    let invite = Dialog::Invite { lines: String::new(), send: true };
    let add = Dialog::Person { id: None, draft: PersonDraft::default(), resend: None };
    let causes = Cause::ALL.iter().map(|cause| {
        let url = format!("/devices?{ATTENTION}={}", cause.as_str());
        go(say::palette_attention(cause.words()), "", url)
    });
    let themes = [("light", say::theme_light()), ("dark", say::theme_dark()), ("system", say::theme_system())];
    let theme = |(theme, words)| command(say::palette_theme(words), Run::Theme(theme));
    let dialogs = [
        command(say::invite_people().to_owned(), Run::Open(invite)),
        command(say::add_a_person().to_owned(), Run::Open(add)),
    ];
    places.into_iter().chain(dialogs).chain(causes).chain(themes.map(theme)).collect()
}

fn searches(text: &str) -> impl Iterator<Item = Command> {
    let search = |(path, label)| go(label, "", format!("/{path}?{SEARCH}={}", encoded(text)));
    [
        ("devices", say::palette_search_devices(text)),
        ("people", say::palette_search_people(text)),
        ("invitations", say::palette_search_invitations(text)),
    ]
    .map(search)
    .into_iter()
}

const fn command(label: String, run: Run) -> Command {
    Command { label, keys: "", run }
}

const fn go(label: String, keys: &'static str, url: String) -> Command {
    Command { label, keys, run: Run::Go(url) }
}
