//! Which passwords new ones may be. No rules about kinds of characters: length, and how hard it is to guess.

use super::passwords::{is_too_long, prepared};
use crate::{InvalidField, PASSWORD_MIN, Settings};
use zxcvbn::{Score, zxcvbn};

/// How hard a password has to be to guess: beyond 10^8 guesses.
const SCORE: Score = Score::Three;
/// Characters that have to be left without the words that anybody knows of this installation.
const LEFT_MIN: usize = 10;
/// Shorter words are part of too many others to be taken out of a password.
const WORD_MIN: usize = 4;

/// Checks a new password. `words` are those that a guesser tries first: see [`own_words`].
///
/// # Errors
/// Too short, too long, or too easy to guess.
pub(crate) fn check(typed: &str, words: &[String]) -> Result<(), InvalidField> {
    let password = prepared(typed);
    if password.chars().count() < PASSWORD_MIN {
        return Err(InvalidField::PasswordTooShort);
    }
    // Also as it was typed: that is what a sign-in is refused by.
    if is_too_long(typed) || is_too_long(&password) {
        return Err(InvalidField::PasswordTooLong);
    }
    // The estimator knows the words too, but a year and two exclamation marks behind one make it content.
    let left = without_words(&password, words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if left.chars().count() < LEFT_MIN || zxcvbn(&password, &words).score() < SCORE {
        return Err(InvalidField::PasswordGuessable);
    }
    Ok(())
}

/// The words that a guesser tries first: the email and its parts, the helpdesk, the host, and the product.
pub(crate) fn own_words(email: &str, settings: &Settings) -> Vec<String> {
    let helpdesk = &settings.helpdesk;
    let host = settings.public_url.host_str().unwrap_or_default();
    let texts =
        [email, helpdesk.name.as_deref().unwrap_or_default(), helpdesk.email.as_deref().unwrap_or_default(), host];
    let parts = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> = texts.into_iter().chain(parts).chain(["rollcall"]).map(str::to_lowercase).collect();
    words.retain(|word| word.chars().count() >= WORD_MIN);
    // The longest first: an email is taken out as a whole, and not only its parts.
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words
}

fn without_words(password: &str, words: &[String]) -> String {
    words.iter().fold(password.to_lowercase(), |left, word| left.replace(word.as_str(), ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let mut settings = Settings::new(
            "https://mdm.example.com".parse().unwrap(),
            "Rollcall <rollcall@example.com>".parse().unwrap(),
            "mail".into(),
        );
        settings.helpdesk.name = Some("Helpdesk Nordstern".to_owned());
        settings
    }

    fn of(password: &str) -> Result<(), InvalidField> {
        check(password, &own_words("a.long.name@example.com", &settings()))
    }

    #[test]
    fn passwords_that_are_easy_to_guess_are_refused() {
        for weak in [
            "passwordpassword",
            "aaaaaaaaaaaaaaaa",
            "1234567890123456",
            "qwertzuiopasdfgh",
            "heslo123heslo123",
            "                ",
            "a.long.name@example.com",
            "Rollcall2026!!!!",
            "rollcall-mdm.example.com",
            "Nordstern-Helpdesk-1",
        ] {
            assert_eq!(of(weak), Err(InvalidField::PasswordGuessable), "{weak}");
        }
    }

    #[test]
    fn long_ones_that_nobody_guesses_are_taken() {
        for good in ["correct horse battery staple", "Tr7-blue-Lantern-orbit-92", "čtyři zelené hrušky v trávě"] {
            assert_eq!(of(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn the_length_counts_characters_and_not_how_they_are_typed() {
        assert_eq!(of("Tr7-blue-Lan92"), Err(InvalidField::PasswordTooShort));
        assert_eq!(of(&"e\u{301}".repeat(10)), Err(InvalidField::PasswordTooShort));
        assert_eq!(of(&"blue Lantern 92 ".repeat(70)), Err(InvalidField::PasswordTooLong));
        assert_eq!(of(&"e\u{301} Lantern 92 ".repeat(70)), Err(InvalidField::PasswordTooLong));
    }

    #[test]
    fn the_least_that_is_asked_for_is_enough() {
        let (shortest, words) = ("tq9vx4lm2zk7hw3", ["rollcall".to_owned()]);
        assert_eq!(shortest.len(), PASSWORD_MIN);
        assert_eq!(check(shortest, &words), Ok(()));
        assert_eq!(check("rollcalltq9vx4lm2z", &words), Ok(()), "ten characters are left");
        assert_eq!(check("rollcalltq9vx4lm2", &words), Err(InvalidField::PasswordGuessable));
    }

    #[test]
    fn a_score_of_three_is_enough() {
        let password = "dragon and monkey";
        assert_eq!(zxcvbn(password, &[]).score(), SCORE);
        assert_eq!(check(password, &[]), Ok(()));
    }
}
