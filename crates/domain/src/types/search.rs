//! Text search: the form in which a text is indexed, and the substring that a search looks for. Three or more
//! characters match anywhere, which is what a trigram index can do; one or two match at the beginning of a word.

/// Longest search text, in characters; the rest is cut off.
pub const SEARCH_MAX: usize = 100;

/// Marks the beginning of a word, twice, so that one letter makes three characters. Texts of people and devices never
/// contain it: control characters are refused or removed when they are parsed.
const WORD_START: char = '\u{1}';

/// The search text of a URL, normalized: trimmed, without control characters, cut at [`SEARCH_MAX`], in lower case.
pub fn normalize_search(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(SEARCH_MAX).collect::<String>().to_lowercase()
}

/// The substring that a [`searchable`] text must contain to match `search`: at least three characters. `None` when the
/// search is empty.
pub fn needle(search: &str) -> Option<String> {
    let text = normalize_search(search);
    match text.chars().count() {
        0 => None,
        1 => Some(format!("{WORD_START}{WORD_START}{text}")),
        2 => Some(format!("{WORD_START}{text}")),
        _ => Some(text),
    }
}

/// `text` as it is indexed: in lower case, followed by the first two characters of each distinct word.
pub fn searchable(text: &str) -> String {
    let text = text.to_lowercase();
    let mut beginnings: Vec<String> = word_beginnings(&text).collect();
    beginnings.sort_unstable();
    beginnings.dedup();
    let mut indexed = text;
    indexed.push('\n');
    for beginning in beginnings {
        indexed.extend([WORD_START, WORD_START]);
        indexed.push_str(&beginning);
    }
    indexed
}

fn word_beginnings(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut previous = None;
    text.char_indices().filter_map(move |(at, c)| {
        // A word begins at a letter or digit that follows none.
        let begins = c.is_alphanumeric() && (has_no_spaces(c) || !previous.is_some_and(char::is_alphanumeric));
        previous = Some(c);
        begins.then(|| text[at..].chars().take(2).take_while(|c| *c != '\n').collect())
    })
}

/// Han, kana and Hangul are written without spaces: each character may begin a word.
fn has_no_spaces(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(search: &str, text: &str) -> bool {
        needle(search).is_some_and(|needle| searchable(text).contains(&needle))
    }

    proptest! {
        #[test]
        fn every_part_of_three_characters_is_found(text in "[^\\p{Cc}]{3,40}", from in 0usize..37) {
            let chars: Vec<char> = text.chars().collect();
            let from = from.min(chars.len() - 3);
            let part: String = chars[from..from + 3].iter().collect();
            prop_assume!(part.trim().chars().count() >= 3 && part.to_lowercase().chars().count() == 3);
            // A capital sigma is written differently at the end of a word.
            prop_assume!(!text.contains('Σ'));
            prop_assert!(finds(&part, &text), "{part:?} in {text:?}");
        }
    }

    #[test]
    fn short_texts_are_found_at_the_beginning_of_words() {
        for (search, text, found) in [
            ("a", "Ada Lindqvist", true),
            ("L", "Ada Lindqvist", true),
            ("li", "Ada Lindqvist", true),
            ("d", "Ada Lindqvist", false),
            ("in", "Ada Lindqvist", false),
            ("7", "Slate 7", true),
            ("伟", "陈伟", true),
            ("陈伟", "陈伟", true),
            ("л", "Иван Лебедев", true),
        ] {
            assert_eq!(finds(search, text), found, "{search} in {text}");
        }
    }

    #[test]
    fn a_search_for_invisible_characters_is_empty() {
        assert_eq!(needle(" \u{1}\t "), None);
        assert_eq!(needle("\u{1}ad").as_deref(), Some("\u{1}ad"), "two letters remain");
    }
}
