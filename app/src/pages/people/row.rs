//! One person as a row.

use crate::{
    components::{
        controls::menu::{Menu, MenuItem},
        list::table::Select,
        time::ago,
    },
    data::list_query::{PERSON, encoded},
    dialogs::{Dialog, Dialogs},
    drawing::erasure::IntoErased as _,
    text,
    wire::{PersonDraft, PersonView},
};
use leptos::prelude::*;
use uuid::Uuid;

/// The row of a person.
pub fn row(row: Memo<Option<PersonView>>, key: u128, select: Select) -> AnyView {
    let id = Uuid::from_u128(key);
    let dialogs = expect_context::<Dialogs>();
    let label = Signal::derive(move || row.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default()));
    let items =
        move |()| row.with_untracked(|row| row.as_ref().map(|row| menu_items(row, dialogs)).unwrap_or_default());
    view! {
        <tr role="row" data-person-id=id.to_string()>
            {select.cell(key, label)}
            {move || row.with(|row| row.as_ref().map(cells))}
            <td role="cell" class="cell-menu"><Menu id=format!("menu-{id}") label=label items=Callback::new(items)/></td>
        </tr>
    }
    .into_erased()
}

fn cells(row: &PersonView) -> AnyView {
    let devices = format!("/devices?{PERSON}={}", encoded(&row.id.to_string()));
    let invitation = row.invitation_label.clone();
    view! {
        <th scope="row" role="rowheader" class="cell-name">
            <span class="name"><bdi>{row.name.clone()}</bdi></span>
            <small><bdi>{row.email.clone()}</bdi></small>
        </th>
        <td role="cell" data-label=text::invitation()>
            {match invitation {
                Some(label) => label.into_erased(),
                None => view! { <span class="none">{text::none()}</span> }.into_erased(),
            }}
        </td>
        <td role="cell" data-label=text::devices()><a href=devices>{text::count_devices(row.devices)}</a></td>
        <td role="cell" data-label=text::language()>{row.locale.clone()}</td>
        <td role="cell" data-label=text::added()>{ago(row.created_at)}</td>
    }
    .into_erased()
}

fn menu_items(row: &PersonView, dialogs: Dialogs) -> Vec<MenuItem> {
    let name = row.name.clone();
    let draft = PersonDraft { name: row.name.clone(), email: row.email.clone(), locale: Some(row.locale.clone()) };
    let edit = Dialog::Person { id: Some(row.id), draft, resend: None };
    let line = format!("{} <{}>", row.name.replace(['<', '>'], " "), row.email);
    let invite = move |send| Dialog::Invite { lines: line.clone(), send };
    let (with_mail, without_mail) = (invite(true), invite(false));
    let mut items = vec![
        MenuItem::new(text::invite(), move || dialogs.open(with_mail.clone())),
        MenuItem::new(text::create_only(), move || dialogs.open(without_mail.clone())),
    ];
    if let Some(id) = row.invitation {
        let credentials = Dialog::Credentials { id, name };
        items.push(MenuItem::new(text::show_credentials(), move || dialogs.open(credentials.clone())));
    }
    items.push(MenuItem::new(text::edit(), move || dialogs.open(edit.clone())));
    items
}
