//! How texts are made findable: what is kept of a text, and what is looked for in it. A text is found by any part of
//! three characters or more, which is what an index of trigrams can do; by one or two characters it is found where a word
//! begins with them.

/// Longest search text that is looked for, in characters; what is longer is cut.
pub const SEARCH_MAX: usize = 100;

/// Stands twice before the beginning of each word. No text that people or devices send holds it: controls are refused
/// or removed when such texts are parsed.
const WORD: char = '\u{1}';

/// The search text to use for what a URL asked for: trimmed, cut, in lower case.
pub fn normalize_search(asked: &str) -> String {
    asked.trim().chars().filter(|c| !c.is_control()).take(SEARCH_MAX).collect::<String>().to_lowercase()
}

/// What [`searchable`] texts have to contain to be found by `asked`: at least three characters. `None` when nothing is
/// looked for.
pub fn needle(asked: &str) -> Option<String> {
    let text = normalize_search(asked);
    match text.chars().count() {
        0 => None,
        1 => Some(format!("{WORD}{WORD}{text}")),
        2 => Some(format!("{WORD}{text}")),
        _ => Some(text),
    }
}

/// `text` as it is kept to be searched: in lower case, with the first two characters of each word once more at its end.
pub fn searchable(text: &str) -> String {
    let text = text.to_lowercase();
    let mut beginnings: Vec<String> = word_beginnings(&text).collect();
    beginnings.sort_unstable();
    beginnings.dedup();
    let mut kept = text;
    kept.push('\n');
    for beginning in beginnings {
        kept.extend([WORD, WORD]);
        kept.push_str(&beginning);
    }
    kept
}

fn word_beginnings(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut before = None;
    text.char_indices().filter_map(move |(at, c)| {
        let begins = c.is_alphanumeric() && (has_no_spaces(c) || !before.is_some_and(char::is_alphanumeric));
        before = Some(c);
        begins.then(|| text[at..].chars().take(2).take_while(|c| *c != '\n').collect())
    })
}

/// Han, kana and Hangul, whose names are written without spaces: each character may begin a word.
fn has_no_spaces(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(asked: &str, text: &str) -> bool {
        needle(asked).is_some_and(|needle| searchable(text).contains(&needle))
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
        for (asked, text, found) in [
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
            assert_eq!(finds(asked, text), found, "{asked} in {text}");
        }
    }

    #[test]
    fn what_cannot_be_seen_looks_for_nothing() {
        assert_eq!(needle(" \u{1}\t "), None);
        assert_eq!(needle("\u{1}ad").as_deref(), Some("\u{1}ad"), "two letters remain");
    }
}
