//! Texts: how they are searched for, and which PostgreSQL takes.

use std::borrow::Cow;
use store::sql::database::Statement;

/// Where a text is in another. No index serves it, which is what a walk along another index needs.
pub(crate) const POSITION: &str = "strpos";

/// The mark before the beginning of a word in texts that are searched.
const WORD_START: char = '\u{1}';

/// Appends the conditions that `column` contains the words, by the index of texts. A trigram has three characters: words of
/// one or two are found among the beginnings of words.
pub(crate) fn push_found(sql: &mut Statement<'_>, column: &str, words: &[String]) {
    for word in words {
        match word.strip_prefix(WORD_START) {
            Some(start) => {
                let start = start.trim_start_matches(WORD_START).to_owned();
                sql.push(" and starts_of(").push(column).push(") @> array[").push_bind(start).push("]");
            }
            None => _ = sql.push(" and ").push(column).push(" like ").push_bind(pattern(word)),
        }
    }
}

/// The pattern of `like` for texts that contain `word`.
fn pattern(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The text as PostgreSQL takes it, which knows no NUL.
pub(crate) fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::sql::database::{Value, query};

    #[test]
    fn words_are_found_by_their_trigrams_or_by_the_beginnings_of_words() {
        let mut sql = query("select 1 from t where true");
        push_found(&mut sql, "x", &["50%_\\".to_owned(), "\u{1}\u{1}b".to_owned(), "\u{1}bo".to_owned()]);
        assert_eq!(
            sql.text(),
            "select 1 from t where true and x like $1 and starts_of(x) @> array[$2] and starts_of(x) @> array[$3]"
        );
        let (_, values) = sql.into_parts();
        assert_eq!(values, ["%50\\%\\_\\\\%", "b", "bo"].map(|text| Value::Text(Some(text.into()))));
    }

    #[test]
    fn nul_is_replaced_and_nothing_else() {
        assert_eq!(storable("a\0b"), "a\u{fffd}b");
        assert_eq!(storable("\u{1}'\"\\"), "\u{1}'\"\\");
    }
}
