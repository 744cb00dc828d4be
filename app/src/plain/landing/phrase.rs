//! Phrases with views in them.

use i18n::{Arg, Language, Piece};
use leptos::prelude::*;

/// The name of a person or a device. Its writing direction does not affect the text around it, and no browser translates
/// it.
pub(super) fn name_view(name: String) -> AnyView {
    view! { <bdi translate="no">{name}</bdi> }.into_any()
}

/// The phrase `key` with a view in the place of its argument `slot`.
pub(super) fn with_view(
    language: Language,
    key: &str,
    args: &[(&str, Arg<'_>)],
    slot: &str,
    view: AnyView,
) -> Vec<AnyView> {
    let mut view = Some(view);
    let pieces = language.pieces(key, &[slot], args).into_iter();
    let part = |piece| match piece {
        Piece::Text(text) => Some(text.into_any()),
        Piece::Placeholder(_) => view.take(),
    };
    pieces.filter_map(part).collect()
}
