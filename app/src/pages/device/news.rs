//! What a screen reader says while the page of a device is open: that its state or that of a command changed. Times and
//! repeated reports are no news.

use crate::{
    components::announcer::Announcer,
    data::live_query::LiveData,
    text::{self, Text as _},
    wire::{SlotPage, SlotRowView},
};
use leptos::prelude::*;

/// Announces news of the row and its commands from now on.
pub fn announce(live: LiveData<SlotPage>, row: Memo<Option<SlotRowView>>) {
    let announcer = expect_context::<Announcer>();
    let status = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| (name(row), row.status))));
    Effect::watch(
        move || status.get(),
        move |now, before, _| {
            if let (Some((name, now)), Some(Some((_, before)))) = (now, before)
                && now != before
            {
                announcer.say(text::news(name, now.text()));
            }
        },
        false,
    );
    let commands = Memo::new(move |_| {
        let state = |page: &SlotPage| page.commands.iter().map(|one| (one.id, one.name.clone(), one.state)).collect();
        live.data.with(|page| page.as_ref().map_or_else(Vec::new, state))
    });
    Effect::watch(
        move || commands.get(),
        move |now, before, _| {
            for (id, name, state) in now {
                let was =
                    before.and_then(|before| before.iter().find(|(other, ..)| other == id)).map(|(_, _, was)| *was);
                if was != Some(*state) {
                    announcer.say(text::news(name, state.text()));
                }
            }
        },
        false,
    );
}

fn name(row: &SlotRowView) -> String {
    row.device.as_ref().and_then(|device| device.name.clone()).unwrap_or_else(|| row.person_name.clone())
}
