//! Parses the people that an admin types or pastes into the Invite dialog: one or several in each line, as
//! `Ada Lovelace <ada@example.com>`, as `ada@example.com`, or as CSV with name and email in either order, separated by
//! comma, semicolon or tab.

mod mailboxes;

use self::mailboxes::Mailbox;
use crate::types::text::{EmailAddress, PersonName, TextError};

/// How many people can be invited at once.
pub const INVITE_MAX: usize = 500;

/// A person in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteLine {
    /// Line number, counted from 1; several people may stand in one line.
    pub number: usize,
    /// The person, or what is wrong with this part of the line.
    pub person: Result<Invitee, LineError>,
}

/// Someone to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// Name; derived from the email when the line has none.
    pub name: PersonName,
    /// Email.
    pub email: EmailAddress,
}

/// What is wrong with a line; the message is for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// No part of it looks like an email address.
    #[error("This line has no email address.")]
    NoEmail,
    /// Several addresses, and names that cannot be told apart.
    #[error("This line has several email addresses, and not a name for each. Put each person in a line.")]
    SeveralAddresses,
    /// Name or email is invalid.
    #[error("{0}")]
    Text(TextError),
    /// The email is already in an earlier line.
    #[error("This email address is already in line {0}.")]
    Duplicate(usize),
    /// Beyond [`INVITE_MAX`].
    #[error("Only {INVITE_MAX} people can be invited at once.")]
    TooMany,
}

/// The name and the address in a text that names one mailbox; neither is checked, and the name may be empty.
pub fn one_mailbox(text: &str) -> Option<(String, String)> {
    match <[_; 1]>::try_from(mailboxes::find(text)) {
        Ok([Ok(Mailbox { name, email })]) => Some((name, email)),
        _ => None,
    }
}

/// Parses every line except blank ones and a header row. Never fails as a whole: each person has a result.
pub fn parse(text: &str) -> Vec<InviteLine> {
    // Spreadsheets begin their exports with a byte order mark.
    let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate();
    let mut filled = lines.filter(|(_, line)| !line.trim().is_empty()).peekable();
    let mut parsed: Vec<InviteLine> = Vec::new();
    let mut is_first = true;
    while let Some((index, line)) = filled.next() {
        if std::mem::take(&mut is_first) && is_header(line) {
            continue;
        }
        // Mail programs break a long list of recipients before an address.
        let mut line = line.to_owned();
        if !line.contains('@')
            && let Some((_, address)) = filled.next_if(|(_, next)| next.trim_start().starts_with('<'))
        {
            line.push_str(address);
        }
        for mailbox in mailboxes::find(&line) {
            let person = mailbox.and_then(|mailbox| invitee(&mailbox)).and_then(|person| check_new(&parsed, person));
            parsed.push(InviteLine { number: index + 1, person });
        }
    }
    parsed
}

/// Refuses an email that an earlier line has, and people beyond [`INVITE_MAX`]. Lines with errors count for neither.
fn check_new(parsed: &[InviteLine], invitee: Invitee) -> Result<Invitee, LineError> {
    let mut accepted = 0;
    for line in parsed {
        if let Ok(earlier) = &line.person {
            if earlier.email == invitee.email {
                return Err(LineError::Duplicate(line.number));
            }
            accepted += 1;
        }
    }
    if accepted < INVITE_MAX { Ok(invitee) } else { Err(LineError::TooMany) }
}

/// Whether the line names columns: it mentions mail, has several fields, and no address.
fn is_header(line: &str) -> bool {
    let line = line.to_lowercase();
    !line.contains('@') && line.contains("mail") && line.contains([',', ';', '\t'])
}

fn invitee(mailbox: &Mailbox) -> Result<Invitee, LineError> {
    let email = EmailAddress::parse(&mailbox.email).map_err(LineError::Text)?;
    if mailbox.name.is_empty() {
        return Ok(Invitee { name: PersonName::of_email(&email), email });
    }
    let name = PersonName::parse(&mailbox.name).map_err(LineError::Text)?;
    Ok(Invitee { name, email })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn only(line: &str) -> Result<(String, String), LineError> {
        let mut lines = parse(line);
        assert_eq!(lines.len(), 1, "{line:?}");
        lines.remove(0).person.map(|person| (person.name.to_string(), person.email.to_string()))
    }

    fn pair(name: &str, email: &str) -> (String, String) {
        (name.to_owned(), email.to_owned())
    }

    #[test]
    fn a_person_can_be_written_in_every_usual_way() {
        for line in [
            "Ada Lovelace <ada@example.com>",
            "\"Ada Lovelace\" <Ada@Example.com>",
            "Ada Lovelace,ada@example.com",
            "ada@example.com; Ada Lovelace",
            "Ada Lovelace\tada@example.com\tLondon",
            "\u{FEFF}Ada Lovelace, ada@example.com",
        ] {
            assert_eq!(only(line), Ok(pair("Ada Lovelace", "ada@example.com")), "{line:?}");
        }
        assert_eq!(only("\"Lovelace, Ada\",ada@example.com"), Ok(pair("Lovelace, Ada", "ada@example.com")));
    }

    /// The people of a text as `Name <email>`, and the errors as words.
    fn people(text: &str) -> Vec<String> {
        let shown = |line: InviteLine| match line.person {
            Ok(person) => format!("{} <{}>", person.name, person.email),
            Err(error) => format!("{}: {error:?}", line.number),
        };
        parse(text).into_iter().map(shown).collect()
    }

    #[test]
    fn several_people_in_a_line_are_several_people() {
        let both = ["Berg, Anna <a@x.org>", "Sova, Petr <p@x.org>"];
        for line in [
            "Berg, Anna <a@x.org>; Sova, Petr <p@x.org>",
            "To: Berg, Anna <a@x.org>; Sova, Petr <p@x.org>;",
            "\"Berg, Anna\" <a@x.org>, \"Sova, Petr\" <p@x.org>",
            "Berg, Anna <a@x.org>, Sova, Petr <p@x.org>",
            "'Berg, Anna' <mailto:a@x.org>; 'Sova, Petr' <P@X.org>",
            "Berg, Anna\n <a@x.org>;\nSova, Petr\n\t<p@x.org>",
        ] {
            assert_eq!(people(line), both, "{line:?}");
        }
        let both = ["Anna Berg <a@x.org>", "Petr Sova <p@x.org>"];
        for line in [
            "Anna Berg <a@x.org>, Petr Sova <p@x.org>",
            "Anna Berg <a@x.org> Petr Sova <p@x.org>",
            "Anna Berg, a@x.org; Petr Sova, p@x.org",
            "Anna Berg,a@x.org,Petr Sova,p@x.org",
            "a@x.org;Anna Berg;p@x.org;Petr Sova",
            "a@x.org (Anna Berg), p@x.org (Petr Sova)",
            "Anna Berg a@x.org, Petr Sova p@x.org",
            "Anna Berg [mailto:a@x.org]; Petr Sova [mailto:p@x.org]",
        ] {
            assert_eq!(people(line), both, "{line:?}");
        }
        for line in [
            "a@x.org; b@x.org;c@x.org",
            "a@x.org, b@x.org, c@x.org,",
            "a@x.org b@x.org\tc@x.org",
            "<a@x.org>; b@x.org, <c@x.org>",
        ] {
            assert_eq!(people(line), ["A <a@x.org>", "B <b@x.org>", "C <c@x.org>"], "{line:?}");
        }
        assert_eq!(people("a@x.org; Petr Sova <p@x.org>, c@x.org").len(), 3);
    }

    #[test]
    fn nobody_is_lost_without_a_word() {
        assert_eq!(people("Anna <a@x.org>; Petr Sova"), ["Anna <a@x.org>", "1: NoEmail"]);
        assert_eq!(people("Petr Sova; Anna <a@x.org>"), ["1: NoEmail", "Anna <a@x.org>"]);
        assert_eq!(people("a@x.org; b@x.org; Petr"), ["1: SeveralAddresses"]);
        assert_eq!(people("Anna, a@x.org, anna@home.org"), ["1: SeveralAddresses"]);
        assert_eq!(people("a@x.org; a@X.org"), ["A <a@x.org>", "1: Duplicate(1)"]);
        assert_eq!(people("Anna <anna at x.org>"), ["1: NoEmail"]);
        assert_eq!(people("Petr, p@x.org, <a@x.org>"), ["Petr <p@x.org>", "A <a@x.org>"]);
        assert_eq!(people("p@x.org <a@x.org>"), ["1: SeveralAddresses"]);
        assert_eq!(people("a@x.org b@x.org Anna, p@x.org"), ["1: SeveralAddresses"]);
        assert_eq!(people("Anna <a@x.org> (Prague"), ["Anna <a@x.org>", "1: NoEmail"]);
    }

    #[test]
    fn a_name_is_taken_from_all_its_parts() {
        assert_eq!(people("Berg\tAnna\ta@x.org\tLondon"), ["Berg Anna <a@x.org>"]);
        assert_eq!(people("'A@x.org' <a@x.org>"), ["A <a@x.org>"]);
        assert_eq!(people("Anna \"Ann\" Berg <a@x.org>"), ["Anna \"Ann\" Berg <a@x.org>"]);
        assert_eq!(people("Anna <a@x.org> (Prague)"), ["Anna <a@x.org>"]);
        assert_eq!(people("Anna Berg,Prague,a@x.org"), ["Anna Berg <a@x.org>"]);
        let both = ["Anna Berg <a@x.org>", "Petr Sova <p@x.org>"];
        assert_eq!(people("Anna Berg, a@x.org, Prague; Petr Sova, p@x.org, Brno;"), both);
    }

    #[test]
    fn a_line_with_only_an_email_gets_its_name_from_it() {
        assert_eq!(only("ada.m-lovelace@example.com"), Ok(pair("Ada M Lovelace", "ada.m-lovelace@example.com")));
        assert_eq!(only("<ada@example.com>"), Ok(pair("Ada", "ada@example.com")));
    }

    #[test]
    fn a_text_that_names_one_mailbox_gives_it_unchecked() {
        assert_eq!(one_mailbox("Ada Lovelace <Ada@Example>"), Some(pair("Ada Lovelace", "Ada@Example")));
        assert_eq!(one_mailbox("ada@example.com"), Some(pair("", "ada@example.com")));
        for text in ["", "Ada Lovelace", "a@x.org; b@x.org", "Ada <ada@x.org>; Petr Sova"] {
            assert_eq!(one_mailbox(text), None, "{text:?}");
        }
    }

    #[test]
    fn only_a_first_line_of_column_names_is_a_header() {
        assert_eq!(people("Name;E-Mail\na@x.org"), ["A <a@x.org>"]);
        assert_eq!(people("a@x.org\nName;E-Mail"), ["A <a@x.org>", "2: NoEmail"]);
        assert_eq!(people("Mail"), ["1: NoEmail"], "no columns");
        assert_eq!(people("Name\tAddress"), ["1: NoEmail"], "no column of mails");
    }

    #[test]
    fn bad_lines_report_what_is_wrong_and_where() {
        let lines = parse("name,email\n\nAda\nada@example\nada@example.com\nADA@example.com");
        let wrong: Vec<_> = lines.iter().filter_map(|line| Some((line.number, line.person.clone().err()?))).collect();
        assert_eq!(
            wrong,
            [(3, LineError::NoEmail), (4, LineError::Text(TextError::EmailInvalid)), (6, LineError::Duplicate(5))]
        );
    }

    #[test]
    fn lines_beyond_the_maximum_are_refused() {
        let text: String = (0..=INVITE_MAX).map(|n| format!("p{n}@example.com")).collect::<Vec<_>>().join("\n");
        let lines = parse(&text);
        assert_eq!(lines.iter().filter(|line| line.person.is_ok()).count(), INVITE_MAX);
        assert_eq!(lines.last().map(|line| line.person.clone()), Some(Err(LineError::TooMany)));
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_without_panic(text in "(\\PC|[<>@,;\"\\t\\n]){0,200}") {
            for line in parse(&text) {
                prop_assert!(line.number >= 1);
            }
        }

        #[test]
        fn every_address_of_a_list_is_a_person(count in 1usize..9, separator in prop::sample::select(vec!["; ", ", ", ";", "\t", " ", "\n"]),
            form in 0..3) {
            let one = |n: usize| match form {
                0 => format!("p{n}@example.com"),
                1 => format!("Person, N{n} <p{n}@example.com>"),
                _ => format!("\"Person, N{n}\" <p{n}@example.com>"),
            };
            let text = (0..count).map(one).collect::<Vec<_>>().join(separator);
            let expected: Vec<String> = (0..count).map(|n| format!("p{n}@example.com")).collect();
            let found: Vec<String> = parse(&text).into_iter().filter_map(|line| line.person.ok()).map(|p| p.email.into()).collect();
            prop_assert_eq!(found, expected, "{}", text);
        }
    }
}
