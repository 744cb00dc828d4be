//! Changes, as the event stream reports them.

use domain::types::ids::{DeviceId, InvitationId, PersonId, SlotId};
use std::str::FromStr;
use wasm_bindgen::JsValue;

/// What listeners are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Something changed in the server.
    Changed(Changed),
    /// Changes were missed: anything may be different.
    Missed,
    /// The page is seen again, and something changed meanwhile.
    SeenAgain,
    /// This browser itself changed something.
    Own,
}

/// What changed, as far as a page needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The person it is about.
    pub person_id: Option<PersonId>,
    /// The invitation, when it is about one.
    pub invitation_id: Option<InvitationId>,
    /// The slot, when it is about one.
    pub slot_id: Option<SlotId>,
    /// The device, when it is about one.
    pub device_id: Option<DeviceId>,
    /// Where it shows.
    pub reach: Reach,
}

/// Where a change shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// In lists, counts and pages.
    #[default]
    Lists,
    /// Only on the page of a row.
    Page,
    /// On the page of an import.
    Import,
}

/// What a change means for the data of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Affects {
    /// It changes nothing.
    Nothing,
    /// It is about something that is not shown: numbers, the order or the next page may change. There is time.
    Around,
    /// It is about what is shown.
    Shown,
}

impl Changed {
    /// Reads the JSON of an event; `None` when it is not JSON. The browser's own parser needs no code here.
    pub(super) fn read(json: &str) -> Option<Self> {
        let event = js_sys::JSON::parse(json).ok()?;
        let reach = match text(&event, "reach").as_deref() {
            Some("page") => Reach::Page,
            Some("import") => Reach::Import,
            _ => Reach::Lists,
        };
        Some(Self {
            person_id: id(&event, "person_id"),
            invitation_id: id(&event, "invitation_id"),
            slot_id: id(&event, "slot_id"),
            device_id: id(&event, "device_id"),
            reach,
        })
    }

    /// What it means for a list; `is_shown` tells whether it is about one of the rows.
    pub fn in_list(&self, is_shown: impl FnOnce() -> bool) -> Affects {
        match self.reach {
            Reach::Lists if is_shown() => Affects::Shown,
            Reach::Lists => Affects::Around,
            Reach::Page | Reach::Import => Affects::Nothing,
        }
    }
}

fn text(event: &JsValue, name: &str) -> Option<String> {
    js_sys::Reflect::get(event, &JsValue::from_str(name)).ok()?.as_string()
}

fn id<T: FromStr>(event: &JsValue, name: &str) -> Option<T> {
    text(event, name)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_time_for_rows_that_it_does_not_show() {
        let change = Changed::default();
        assert_eq!(change.in_list(|| true), Affects::Shown);
        assert_eq!(change.in_list(|| false), Affects::Around);
        for reach in [Reach::Page, Reach::Import] {
            let change = Changed { reach, ..Changed::default() };
            assert_eq!(change.in_list(|| true), Affects::Nothing);
        }
    }
}
