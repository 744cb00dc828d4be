//! What the frame of the console says above every page, as HTML: that mails go to files, and that the push certificate needs
//! somebody.

use super::apple::trouble_text;
use crate::{
    drawing::icon::{Icon, icon},
    text,
};
use leptos::prelude::*;
use service::PushTrouble;

/// The bars; empty when there is nothing to say. Who has no push certificate may have no iPhones.
pub fn view(to_files: bool, push: Option<PushTrouble>) -> String {
    let files = to_files.then(|| {
        bar("info", Icon::Mail, text::notice_about_mail(), text::no_mail_server().to_owned(), "/settings").to_html()
    });
    let push = push.filter(|trouble| *trouble != PushTrouble::Missing).map(|trouble| {
        let tone = if matches!(trouble, PushTrouble::Ends(_)) { "warn" } else { "danger" };
        bar(tone, Icon::Phone, text::notice_about_push(), trouble_text(trouble), "/settings/apple").to_html()
    });
    files.into_iter().chain(push).collect()
}

fn bar(tone: &'static str, symbol: Icon, label: &'static str, text: String, link: &'static str) -> impl IntoView {
    view! {
        <div class="bar" data-tone=tone role="region" aria-label=label>
            {icon(symbol)}
            <span>{text} " " <a href=link>{text::details()}</a></span>
        </div>
    }
}
