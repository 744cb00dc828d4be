//! The last contact of a device. It follows the contacts that the live connection reports, which cause no request.

use super::time::ago;
use crate::{data::live_connection::LiveConnection, drawing::erasure::reactive, wire::Moment};
use domain::types::ids::SlotId;
use leptos::prelude::*;

/// How long ago the device in a row was last in contact; `at`, or later.
pub fn last_contact(slot: SlotId, at: Moment) -> AnyView {
    let live = expect_context::<LiveConnection>();
    let latest = Memo::new(move |_| live.last_contact(slot, at));
    reactive(move || ago(latest.get()))
}
