//! Recognises columns by their headings, in English, German and Czech.

use super::FileError;

const EMAIL: [&str; 9] = [
    "email",
    "mail",
    "emailaddress",
    "mailaddress",
    "emailadresse",
    "mailadresse",
    "emailováadresa",
    "emailovaadresa",
    "primaryemail",
];
const NAME: [&str; 11] = [
    "name",
    "fullname",
    "displayname",
    "person",
    "vollständigername",
    "anzeigename",
    "vorundnachname",
    "celéjméno",
    "jménoapříjmení",
    "jmenoaprijmeni",
    "zobrazovanéjméno",
];
const FIRST: [&str; 8] = ["firstname", "givenname", "forename", "vorname", "rufname", "jméno", "jmeno", "křestníjméno"];
const LAST: [&str; 7] = ["lastname", "surname", "familyname", "nachname", "familienname", "příjmení", "prijmeni"];
const LOCALE: [&str; 7] = ["locale", "language", "lang", "languagetag", "preferredlanguage", "sprache", "jazyk"];

/// Which columns contain a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameColumns {
    Whole(usize),
    Parts { first: usize, last: usize },
}

/// Which column contains which field.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    name: NameColumns,
    email: usize,
    locale: Option<usize>,
    /// How many columns there are.
    pub(super) count: usize,
}

impl Columns {
    /// Reads the headings.
    ///
    /// # Errors
    /// There is no column for the name or the email.
    pub(super) fn of(headings: &[String]) -> Result<Self, FileError> {
        let keys: Vec<String> = headings.iter().map(|heading| key(heading)).collect();
        let at = |words: &[&str]| keys.iter().position(|key| words.contains(&key.as_str()));
        let missing = |missing| FileError::NoColumn { missing, found: excerpt(headings) };
        let name = match (at(&NAME), at(&FIRST), at(&LAST)) {
            (Some(whole), ..) | (None, Some(whole), None) => NameColumns::Whole(whole),
            (None, Some(first), Some(last)) => NameColumns::Parts { first, last },
            (None, None, _) => return Err(missing("name")),
        };
        let email = at(&EMAIL).ok_or_else(|| missing("email"))?;
        Ok(Self { name, email, locale: at(&LOCALE), count: headings.len() })
    }

    /// The headings of columns that are not read.
    pub(super) fn ignored(&self, headings: &[String]) -> Vec<String> {
        let is_read = |at: usize| {
            let is_name = match self.name {
                NameColumns::Whole(whole) => at == whole,
                NameColumns::Parts { first, last } => at == first || at == last,
            };
            is_name || at == self.email || Some(at) == self.locale
        };
        let unread = headings.iter().enumerate().filter(|(at, heading)| !is_read(*at) && !heading.is_empty());
        unread.map(|(_, heading)| heading.clone()).collect()
    }

    /// The name in a line.
    pub(super) fn name(&self, cell: impl Fn(usize) -> String) -> String {
        match self.name {
            NameColumns::Whole(at) => cell(at),
            NameColumns::Parts { first, last } => format!("{} {}", cell(first), cell(last)).trim().to_owned(),
        }
    }

    /// The email in a line.
    pub(super) fn email(&self, cell: impl Fn(usize) -> String) -> String {
        cell(self.email)
    }

    /// The language in a line; `None` when it contains none.
    pub(super) fn locale(&self, cell: impl Fn(usize) -> String) -> Option<String> {
        self.locale.map(cell).filter(|locale| !locale.is_empty())
    }
}

/// Normalises a heading: `E-Mail Address` becomes `emailaddress`.
fn key(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first headings, shortened, for an error message.
fn excerpt(headings: &[String]) -> String {
    let cut = |heading: &String| heading.chars().filter(|c| !c.is_control()).take(40).collect::<String>();
    headings.iter().take(10).map(cut).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(headings: &str) -> Result<Columns, FileError> {
        Columns::of(&headings.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn headings_are_recognised_in_three_languages() {
        for (headings, name, email, locale) in [
            ("name,email,locale", "0", "1", Some("2")),
            ("E-Mail-Adresse,Sprache,Name", "2", "0", Some("1")),
            ("Vorname,Nachname,E-Mail", "0 1", "2", None),
            ("Jméno a příjmení,E-mail,Jazyk", "0", "1", Some("2")),
            ("Příjmení,Jméno,e-mail", "1 0", "2", None),
            ("id,FULL_NAME,Email Address,department", "1", "2", None),
        ] {
            let columns = columns(headings).unwrap();
            let cell = |at: usize| at.to_string();
            let read = (columns.name(cell), columns.email(cell), columns.locale(cell));
            assert_eq!(read, (name.to_owned(), email.to_owned(), locale.map(str::to_owned)), "{headings}");
        }
    }

    #[test]
    fn a_missing_column_is_named_in_the_error() {
        let error = columns("ada@example.com,Ada").unwrap_err().to_string();
        assert!(error.contains("name") && error.contains("ada@example.com, Ada"), "{error}");
        assert!(columns("name,phone").unwrap_err().to_string().contains("email"));
    }

    #[test]
    fn ignored_columns_are_listed() {
        let headings: Vec<String> = "name,phone,email,".split(',').map(str::to_owned).collect();
        assert_eq!(Columns::of(&headings).unwrap().ignored(&headings), ["phone"]);
    }
}
