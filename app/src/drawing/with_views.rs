//! Phrases with views in them, such as a moment that is updated as time goes by, or a link.
//!
//! A phrase gets [`FIRST_VIEW`](crate::text::FIRST_VIEW) and [`SECOND_VIEW`](crate::text::SECOND_VIEW) as arguments in
//! the places of the views. [`with_views`] puts the views there.

use crate::drawing::erasure::IntoErased as _;
use crate::text::is_placeholder;
use leptos::prelude::*;

/// The phrase `text` with `views` in the places of their placeholders.
pub fn with_views<const VIEWS: usize>(text: &str, views: [AnyView; VIEWS]) -> AnyView {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut views = views.map(Some);
    while let Some((at, place)) = next_place(rest) {
        let (before, after) = rest.split_at(at);
        parts.extend(text_part(before));
        parts.extend(views.get_mut(place).and_then(Option::take));
        rest = after.strip_prefix(is_placeholder).unwrap_or_default();
    }
    parts.extend(text_part(rest));
    parts.into_erased()
}

/// The position of the next placeholder, and the number of its view.
fn next_place(text: &str) -> Option<(usize, usize)> {
    let (at, character) = text.char_indices().find(|(_, character)| is_placeholder(*character))?;
    Some((at, (u32::from(character) & 0xF) as usize))
}

fn text_part(text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| text.to_owned().into_erased())
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;
    use crate::text::{FIRST_VIEW, SECOND_VIEW};

    #[test]
    fn views_take_the_places_of_their_placeholders() {
        let html =
            with_views(&format!("Seit {SECOND_VIEW}: {FIRST_VIEW}."), ["a".into_any(), "b".into_any()]).to_html();
        let text = html.replace("<!>", "").replace("<!---->", "");
        assert_eq!(text, "Seit b: a.");
    }
}
