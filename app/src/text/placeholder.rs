//! Placeholders for views in phrases, such as a moment that is updated as time goes by, or a link. A phrase gets them
//! as arguments; `drawing::with_views` puts the views in their places.

/// The place of the first view: a private-use character, which no phrase contains.
pub const FIRST_VIEW: &str = "\u{E000}";
/// The place of the second view.
pub const SECOND_VIEW: &str = "\u{E001}";

/// Whether a character is a placeholder.
pub fn is_placeholder(character: char) -> bool {
    ('\u{E000}'..='\u{E00F}').contains(&character)
}
