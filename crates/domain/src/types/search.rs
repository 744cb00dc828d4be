//! Text search: the form in which a text is indexed, and the words that a search looks for. A word of three or more
//! characters matches anywhere, which is what a trigram index can do; one of one or two matches at the beginning of a word.

use super::unicode::{bare, readable_domain};

/// Longest search text, in characters; the rest is cut off.
pub const SEARCH_MAX: usize = 100;

/// Marks the beginning of a word, twice, so that one letter makes three characters. Texts of people and devices never
/// contain it: control characters are refused or removed when they are parsed.
const WORD_START: char = '\u{1}';

/// The substrings that a [`searchable`] text must contain, all of them, to match `search`: one for each word, in any order,
/// each of at least three characters. Empty when the search is.
pub fn needles(search: &str) -> Vec<String> {
    let search: String =
        search.trim().chars().filter(|c| !c.is_control() || c.is_whitespace()).take(SEARCH_MAX).collect();
    // Lists are pasted with their punctuation. It is searched for only where there is nothing else.
    let trimmed = search.split_whitespace().map(|word| word.trim_matches([',', ';', '"', '<', '>', '(', ')']));
    let trimmed: Vec<&str> = trimmed.filter(|word| !word.is_empty()).collect();
    let words = if trimmed.is_empty() { search.split_whitespace().collect() } else { trimmed };
    let mut needles: Vec<String> = words.into_iter().map(needle).filter(|needle| !needle.is_empty()).collect();
    needles.sort_unstable();
    needles.dedup();
    needles
}

/// The substring for one word; empty when nothing of it is searched for.
fn needle(word: &str) -> String {
    let word = bare(&with_readable_domain(word));
    match word.chars().count() {
        1 => format!("{WORD_START}{WORD_START}{word}"),
        2 => format!("{WORD_START}{word}"),
        _ => word,
    }
}

/// Addresses are indexed with their domain in readable form.
fn with_readable_domain(word: &str) -> String {
    let (local, domain) = word.rsplit_once('@').map_or((None, word), |(local, domain)| (Some(local), domain));
    let readable = domain.to_lowercase().contains("xn--").then(|| readable_domain(domain)).flatten();
    match (local, readable) {
        (Some(local), Some(domain)) => format!("{local}@{domain}"),
        (None, Some(domain)) => domain,
        (_, None) => word.to_owned(),
    }
}

/// `text` as it is indexed: in its bare form, followed by the first two characters of each distinct word.
pub fn searchable(text: &str) -> String {
    let text = bare(text);
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
        let (needles, text) = (needles(search), searchable(text));
        !needles.is_empty() && needles.iter().all(|needle| text.contains(needle))
    }

    fn letter() -> impl Strategy<Value = char> {
        prop::sample::select("abcXYZ019äÖüßčŘšŽłØđéабвЁйΣσς田中がパ가힣ａＺאبجन'+-.@".chars().collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn every_part_of_a_word_is_found(chars in prop::collection::vec(letter(), 3..40), from in 0usize..37) {
            let from = from.min(chars.len() - 3);
            let (text, part): (String, String) = (chars.iter().collect(), chars[from..from + 3].iter().collect());
            prop_assert!(finds(&part, &text), "{part:?} in {text:?}");
        }

        #[test]
        fn a_name_is_found_by_its_words_in_any_order(words in prop::collection::vec("[a-zäöüčřšž]{1,8}", 1..4)) {
            let name = words.join(" ");
            let turned: Vec<&str> = words.iter().rev().map(String::as_str).collect();
            prop_assert!(finds(&turned.join(" "), &name));
            prop_assert!(finds(&bare(&name).to_uppercase(), &name));
        }
    }

    #[test]
    fn a_search_finds_what_was_meant() {
        for (search, text) in [
            ("Muller", "Jürgen Müller"),
            ("Novak Sarka", "Šárka Nováková"),
            ("Müller", "Mu\u{308}ller"),
            ("berg, anna", "Anna Berg"),
            ("an be", "Anna Berg"),
            ("ada@xn--bcher-kva.example", "ada@bücher.example"),
            ("xn--bcher-kva", "ada@bücher.example"),
            ("+phone", "ada+phone@example.com"),
        ] {
            assert!(finds(search, text), "{search} in {text}");
        }
        assert!(!finds("Anna Novak", "Anna Berg"), "each word counts");
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
        assert_eq!(needles(" \u{1}\t "), Vec::<String>::new());
        assert_eq!(needles(" , Ada "), ["ada"]);
        assert_eq!(needles(","), ["\u{1}\u{1},"]);
        assert_eq!(needles("\u{1}ad"), ["\u{1}ad"], "two letters remain");
    }
}
