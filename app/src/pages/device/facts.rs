//! What a device told about itself.

use crate::{
    components::time::ago,
    loaded::Loaded,
    words::{bytes, decimal},
};
use domain::{
    device::permission_label,
    protocol::{Location, StateReport},
    views::{InventoryView, SlotDetail, TimedReport},
};
use leptos::prelude::*;

/// Decimal places of a coordinate: a tenth of a metre.
const COORDINATE_PLACES: usize = 6;

/// The latest heartbeat.
pub fn report(loaded: Loaded<SlotDetail>) -> AnyView {
    let report = Memo::new(move |_| loaded.data.with(|shown| shown.as_ref().and_then(|shown| shown.report.clone())));
    (move || report.with(|report| report.as_ref().map(report_card))).into_any()
}

fn report_card(timed: &TimedReport) -> AnyView {
    let TimedReport { at, report } = timed;
    view! {
        <section class="card" aria-labelledby="state">
            <h2 id="state">"State" <small>"reported " {ago(*at)}</small></h2>
            <dl class="facts">{report_facts(report)}</dl>
        </section>
    }
    .into_any()
}

fn report_facts(report: &StateReport) -> Vec<AnyView> {
    let mut facts = Vec::new();
    if let Some(battery) = &report.battery {
        let charging = if battery.charging { ", charging" } else { "" };
        facts.push(fact("Battery", format!("{} %{charging}", battery.level)));
    }
    if let Some(network) = &report.network {
        facts.push(fact("Network", network.clone()));
    }
    if let Some(storage) = &report.storage {
        facts.push(fact("Storage", format!("{} free of {}", bytes(storage.free_bytes), bytes(storage.total_bytes))));
    }
    if let Some(location) = &report.location {
        facts.push(position(location));
    }
    if let Some(admin) = report.admin_active {
        facts.push(fact("Device administration", granted(admin).to_owned()));
    }
    for (name, is_granted) in report.permissions.iter().flatten() {
        facts.push(fact(&capitalised(&permission_label(name)), granted(*is_granted).to_owned()));
    }
    facts
}

const fn granted(is_granted: bool) -> &'static str {
    if is_granted { "Granted" } else { "Missing" }
}

fn position(location: &Location) -> AnyView {
    let (north, east) = (decimal(location.latitude, COORDINATE_PLACES), decimal(location.longitude, COORDINATE_PLACES));
    let map = format!("https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=16/{north}/{east}");
    let accuracy = decimal(location.accuracy_m, 0);
    view! {
        <div class="fact">
            <dt>"Position"</dt>
            <dd>
                <a href=map rel="external noreferrer" target="_blank">{north} ", " {east}</a>
                " ± " {accuracy} " m, " {ago(location.at)}
            </dd>
        </div>
    }
    .into_any()
}

/// The latest technical information.
pub fn inventory(loaded: Loaded<SlotDetail>) -> AnyView {
    let inventory = Memo::new(move |_| loaded.data.with(|shown| shown.as_ref().and_then(|shown| shown.inventory.clone())));
    (move || inventory.with(|inventory| inventory_card(inventory.as_ref()))).into_any()
}

fn inventory_card(inventory: Option<&InventoryView>) -> AnyView {
    let Some(inventory) = inventory else {
        return view! {
            <section class="card" aria-labelledby="technical">
                <h2 id="technical">"Technical information"</h2>
                <p class="hint">"The device has not sent any yet."</p>
            </section>
        }
        .into_any();
    };
    let groups = inventory.groups.iter().map(|(name, facts)| group(name, facts)).collect_view();
    view! {
        <section class="card" aria-labelledby="technical">
            <h2 id="technical">"Technical information" <small>"reported " {ago(inventory.at)}</small></h2>
            <div class="groups">{groups}</div>
        </section>
    }
    .into_any()
}

fn group(name: &str, facts: &[(String, String)]) -> AnyView {
    let facts = facts.iter().map(|(name, value)| fact(&words(name), value.clone())).collect_view();
    view! {
        <section class="group">
            <h3><bdi>{words(name)}</bdi></h3>
            <dl class="facts">{facts}</dl>
        </section>
    }
    .into_any()
}

fn fact(name: &str, value: String) -> AnyView {
    view! { <div class="fact"><dt><bdi>{name.to_owned()}</bdi></dt><dd><bdi>{value}</bdi></dd></div> }.into_any()
}

/// `os_version` as `Os version`: names of facts are words for programs.
fn words(name: &str) -> String {
    capitalised(&name.replace('_', " "))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
