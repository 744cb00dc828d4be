//! Phrases around what is no text, such as a moment that is told anew as time goes by, or a link.
//!
//! Such a phrase is told [`FIRST_VIEW`] and [`SECOND_VIEW`] in the places of the views, and put together by [`around`].

use crate::drawing::erasure::Erase as _;
use crate::text::is_placeholder;
use leptos::prelude::*;

/// The text of a phrase with views in their places.
pub fn around<const VIEWS: usize>(text: &str, views: [AnyView; VIEWS]) -> AnyView {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut views = views.map(Some);
    while let Some((at, place)) = next_place(rest) {
        let (words, behind) = rest.split_at(at);
        parts.extend(some_words(words));
        parts.extend(views.get_mut(place).and_then(Option::take));
        rest = behind.strip_prefix(is_placeholder).unwrap_or_default();
    }
    parts.extend(some_words(rest));
    parts.erase()
}

/// Where the next place is, and which.
fn next_place(text: &str) -> Option<(usize, usize)> {
    let (at, character) = text.char_indices().find(|(_, character)| is_placeholder(*character))?;
    Some((at, (u32::from(character) & 0xF) as usize))
}

fn some_words(words: &str) -> Option<AnyView> {
    (!words.is_empty()).then(|| words.to_owned().erase())
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;
    use crate::text::{FIRST_VIEW, SECOND_VIEW};

    #[test]
    fn views_stand_where_the_phrase_wants_them() {
        let html = around(&format!("Seit {SECOND_VIEW}: {FIRST_VIEW}."), ["a".into_any(), "b".into_any()]).to_html();
        let text = html.replace("<!>", "").replace("<!---->", "");
        assert_eq!(text, "Seit b: a.");
    }
}
