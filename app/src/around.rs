//! Phrases around what is no text, such as a moment that is told anew as time goes by, or a link.
//!
//! Such a phrase is told [`FIRST`] and [`SECOND`] in the places of the views, and put together by [`around`].

use crate::erase::Erase as _;
use leptos::prelude::*;

/// The place of the first view: a character for private use, which no phrase holds.
pub const FIRST: &str = "\u{E000}";
/// The place of the second view.
pub const SECOND: &str = "\u{E001}";

/// The text of a phrase with views in their places.
pub fn around<const VIEWS: usize>(text: &str, views: [AnyView; VIEWS]) -> AnyView {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut views = views.map(Some);
    while let Some((at, place)) = next_place(rest) {
        let (words, behind) = rest.split_at(at);
        parts.extend(some_words(words));
        parts.extend(views.get_mut(place).and_then(Option::take));
        rest = behind.strip_prefix(is_place).unwrap_or_default();
    }
    parts.extend(some_words(rest));
    parts.erase()
}

fn is_place(character: char) -> bool {
    ('\u{E000}'..='\u{E00F}').contains(&character)
}

/// Where the next place is, and which.
fn next_place(text: &str) -> Option<(usize, usize)> {
    let (at, character) = text.char_indices().find(|(_, character)| is_place(*character))?;
    Some((at, (u32::from(character) & 0xF) as usize))
}

fn some_words(words: &str) -> Option<AnyView> {
    (!words.is_empty()).then(|| words.to_owned().erase())
}

/// The title of a page in the browser's tabs.
pub fn title(page: &str) -> String {
    format!("{page} · Rollcall")
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;

    #[test]
    fn views_stand_where_the_phrase_wants_them() {
        let html = around(&format!("Seit {SECOND}: {FIRST}."), ["a".into_any(), "b".into_any()]).to_html();
        let text = html.replace("<!>", "").replace("<!---->", "");
        assert_eq!(text, "Seit b: a.");
    }
}
