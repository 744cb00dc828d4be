//! Parses the people that an admin types or pastes into the Invite dialog: one per line, as
//! `Ada Lovelace <ada@example.com>`, as `ada@example.com`, or as CSV with name and email in either order, separated by
//! comma, semicolon or tab.

use crate::types::text::{EmailAddress, PersonName, TextError};

/// How many people can be invited at once.
pub const INVITE_MAX: usize = 500;

/// A parsed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteLine {
    /// Line number, counted from 1.
    pub number: usize,
    /// The person it names, or what is wrong with it.
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

/// Parses every line except blank ones and a header row. Never fails as a whole: each line has its own result.
pub fn parse(text: &str) -> Vec<InviteLine> {
    // Spreadsheets begin their exports with a byte order mark.
    let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate();
    let filled = lines.filter(|(_, line)| !line.trim().is_empty());
    let mut parsed: Vec<InviteLine> = Vec::new();
    for (position, (index, line)) in filled.enumerate() {
        if position == 0 && is_header(line) {
            continue;
        }
        let number = index + 1;
        let person = parse_line(line).and_then(|invitee| check_new(&parsed, invitee));
        parsed.push(InviteLine { number, person });
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

fn parse_line(line: &str) -> Result<Invitee, LineError> {
    // `Name <email>`, as mail programs write it.
    if let Some((name, rest)) = line.trim().strip_suffix('>').and_then(|line| line.rsplit_once('<')) {
        return invitee(unquoted(name), rest);
    }
    // Otherwise the first field with an @ is the email, and the first other field with a text is the name.
    let fields = fields(line);
    let email = fields.iter().position(|field| field.contains('@')).ok_or(LineError::NoEmail)?;
    let name = fields.iter().enumerate().find(|(index, field)| *index != email && !field.is_empty());
    invitee(name.map_or("", |(_, name)| name), &fields[email])
}

fn invitee(name: &str, email: &str) -> Result<Invitee, LineError> {
    let email = EmailAddress::parse(email).map_err(LineError::Text)?;
    let name = if name.trim().is_empty() { name_of(&email) } else { name.to_owned() };
    let name = PersonName::parse(&name).map_err(LineError::Text)?;
    Ok(Invitee { name, email })
}

/// The name to begin with when only an email is known: `ada.lovelace@example.com` becomes Ada Lovelace.
fn name_of(email: &EmailAddress) -> String {
    let local = email.as_str().split('@').next().unwrap_or_default();
    let words = local.split(['.', '_', '-', '+']).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(capitalised).collect();
    if words.is_empty() { local.to_owned() } else { words.join(" ") }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The fields of a CSV line (RFC 4180, with any of three separators), trimmed.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            // Quotes are dropped; a doubled quote inside a quoted field closes and reopens it.
            '"' => quoted = !quoted,
            ',' | ';' | '\t' if !quoted => fields.push(String::new()),
            _ => {
                if let Some(field) = fields.last_mut() {
                    field.push(c);
                }
            }
        }
    }
    fields.into_iter().map(|field| field.trim().to_owned()).collect()
}

fn unquoted(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name)
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

    #[test]
    fn a_line_with_only_an_email_gets_its_name_from_it() {
        assert_eq!(only("ada.m-lovelace@example.com"), Ok(pair("Ada M Lovelace", "ada.m-lovelace@example.com")));
        assert_eq!(only("<ada@example.com>"), Ok(pair("Ada", "ada@example.com")));
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
    }
}
