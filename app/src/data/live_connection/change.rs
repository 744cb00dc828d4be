//! Changes, as the event stream reports them.

use domain::types::ids::{DeviceId, InvitationId, PersonId, SlotId};
use std::str::FromStr;
use wasm_bindgen::JsValue;

/// What changed, as far as a page needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the names of the event's JSON")]
pub struct Changed {
    /// The person it is about.
    pub person_id: Option<PersonId>,
    /// The invitation, when it is about one.
    pub invitation_id: Option<InvitationId>,
    /// The slot, when it is about one.
    pub slot_id: Option<SlotId>,
    /// The device, when it is about one.
    pub device_id: Option<DeviceId>,
}

impl Changed {
    /// Reads the JSON of an event; `None` when it is not JSON. The browser's own parser needs no code here.
    pub(super) fn read(json: &str) -> Option<Self> {
        let event = js_sys::JSON::parse(json).ok()?;
        Some(Self {
            person_id: id(&event, "person_id"),
            invitation_id: id(&event, "invitation_id"),
            slot_id: id(&event, "slot_id"),
            device_id: id(&event, "device_id"),
        })
    }
}

fn id<T: FromStr>(event: &JsValue, name: &str) -> Option<T> {
    js_sys::Reflect::get(event, &JsValue::from_str(name)).ok()?.as_string()?.parse().ok()
}
