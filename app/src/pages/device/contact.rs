//! The last contact of the device on the page: as it was fetched, or as the live connection reported it since.

use crate::{
    data::{live_connection::LiveConnection, live_query::LiveData},
    wire::{Moment, SlotPage},
};
use leptos::prelude::*;

/// The last contact; `None` without a device.
pub fn latest(live: LiveData<SlotPage>) -> Signal<Option<Moment>> {
    let connection = expect_context::<LiveConnection>();
    let latest =
        move |page: &SlotPage| Some(connection.last_contact(page.slot.id, page.slot.device.as_ref()?.last_contact_at));
    Memo::new(move |_| live.data.with(|page| page.as_ref().and_then(latest))).into()
}
