//! Recognises columns by their headings, or by what stands in them when a table has no headings.

use super::headings::{EMAIL, FIRST, LAST, LOCALE, LOGIN, WHOLE, WHOLE_OR_LAST, key, plain_key};
use domain::types::text::EmailAddress;

/// Which columns contain a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameColumns {
    /// None: a table of emails alone.
    None,
    Whole(usize),
    Parts {
        first: usize,
        last: usize,
    },
}

/// Which column contains which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    name: NameColumns,
    email: usize,
    /// What people sign in with, where the email is empty.
    login: Option<usize>,
    locale: Option<usize>,
    /// How many columns there are.
    pub(super) count: usize,
}

impl Columns {
    /// Reads the headings; `None` when there is no column for the email. A column of names for signing in is one if the
    /// next line has an address in it.
    pub(super) fn of(headings: &[String], next: Option<&[String]>) -> Option<Self> {
        let at = |words: &[&str]| position(headings, words);
        let holds_address = |at: &usize| next.and_then(|cells| cells.get(*at)).is_some_and(|cell| cell.contains('@'));
        let login = at(LOGIN).filter(holds_address);
        let email = at(EMAIL).or(login)?;
        let (first, last) = (at(FIRST), at(LAST));
        let name = match (at(WHOLE), at(WHOLE_OR_LAST), first, last) {
            (Some(whole), ..) | (None, Some(whole), None, _) | (None, Some(whole), Some(_), Some(_)) => {
                NameColumns::Whole(whole)
            }
            // `Name` beside `Vorname` is the family name.
            (None, Some(last), Some(first), None) | (None, None, Some(first), Some(last)) => {
                NameColumns::Parts { first, last }
            }
            (None, None, Some(one), None) | (None, None, None, Some(one)) => NameColumns::Whole(one),
            (None, None, None, None) => NameColumns::None,
        };
        Some(Self { name, email, login: login.filter(|at| *at != email), locale: at(LOCALE), count: headings.len() })
    }

    /// The columns of a table without headings, by its first line: the first cell with an email, and the first other one
    /// with a text as the name.
    pub(super) fn without_headings(cells: &[String]) -> Option<Self> {
        let email = cells.iter().position(|cell| EmailAddress::parse(cell).is_ok())?;
        let name = cells.iter().enumerate().find(|(at, cell)| *at != email && cell.chars().any(char::is_alphabetic));
        let name = name.map_or(NameColumns::None, |(at, _)| NameColumns::Whole(at));
        Some(Self { name, email, login: None, locale: None, count: cells.len() })
    }

    /// The heading of a column that has none.
    pub(super) fn heading(&self, at: usize) -> &'static str {
        match self.name {
            _ if at == self.email => "email",
            NameColumns::Whole(name) if at == name => "name",
            _ => "",
        }
    }

    /// Whether a column is read.
    pub(super) fn reads(&self, at: usize) -> bool {
        let is_name = match self.name {
            NameColumns::None => false,
            NameColumns::Whole(whole) => at == whole,
            NameColumns::Parts { first, last } => at == first || at == last,
        };
        is_name || at == self.email || Some(at) == self.login || Some(at) == self.locale
    }

    /// The headings of columns that are not read.
    pub(super) fn ignored(&self, headings: &[String]) -> Vec<String> {
        let unread = headings.iter().enumerate().filter(|(at, heading)| !self.reads(*at) && !heading.is_empty());
        unread.map(|(_, heading)| heading.clone()).collect()
    }

    /// The name in a line; `None` when the table has no names.
    pub(super) fn name(&self, cell: impl Fn(usize) -> String) -> Option<String> {
        match self.name {
            NameColumns::None => None,
            NameColumns::Whole(at) => Some(cell(at)),
            NameColumns::Parts { first, last } => Some(joined(&cell(first), &cell(last))),
        }
    }

    /// The email in a line.
    pub(super) fn email(&self, cell: impl Fn(usize) -> String) -> String {
        let email = cell(self.email);
        match self.login {
            Some(login) if email.is_empty() => cell(login),
            _ => email,
        }
    }

    /// The language in a line; `None` when it contains none.
    pub(super) fn locale(&self, cell: impl Fn(usize) -> String) -> Option<String> {
        self.locale.map(cell).filter(|locale| !locale.is_empty())
    }
}

/// First name and family name. Some tables repeat the one in the column of the other.
fn joined(first: &str, last: &str) -> String {
    let has_all = last.contains(' ') && last.split([' ', ',']).any(|word| word == first);
    if has_all { last.to_owned() } else { format!("{first} {last}").trim().to_owned() }
}

/// The column with the best of these words: as they are, before those with a remark in brackets.
fn position(headings: &[String], words: &[&str]) -> Option<usize> {
    let best = |key: fn(&str) -> String| {
        let rank = |heading: &String| words.iter().position(|word| *word == key(heading));
        let ranked = headings.iter().enumerate().filter_map(|(at, heading)| Some((rank(heading)?, at)));
        ranked.min().map(|(_, at)| at)
    };
    best(key).or_else(|| best(plain_key))
}

/// The first headings, shortened, for an error message.
pub(super) fn excerpt(headings: &[String]) -> String {
    let cut = |heading: &String| heading.chars().filter(|c| !c.is_control()).take(40).collect::<String>();
    headings.iter().take(10).map(cut).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn columns(headings: &str) -> Option<Columns> {
        Columns::of(&cells(headings), None)
    }

    #[test]
    fn headings_are_recognised_as_exporters_write_them() {
        for (headings, name, email, locale) in [
            ("name,email,locale", "0", "1", Some("2")),
            ("E-Mail-Adresse,Sprache,Name", "2", "0", Some("1")),
            ("Vorname,Nachname,E-Mail", "0 1", "2", None),
            ("Name,Vorname,E-Mail", "1 0", "2", None),
            ("Jméno a příjmení,E-mail,Jazyk", "0", "1", Some("2")),
            ("Příjmení,Jméno,e-mail", "1 0", "2", None),
            ("Jméno,E-mailová adresa", "0", "1", None),
            ("id,FULL_NAME,Email Address,department", "1", "2", None),
            // Google Workspace, Google Contacts, Thunderbird, Outlook.
            (
                "First Name [Required],Last Name [Required],Email Address [Required],Password [Required]",
                "0 1",
                "2",
                None,
            ),
            ("First Name,Middle Name,Last Name,E-mail 1 - Label,E-mail 1 - Value", "0 2", "4", None),
            ("First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email", "2", "4", None),
            ("Title,First Name,Last Name,E-mail Address,E-mail 2 Address,E-mail Display Name", "1 2", "3", None),
            ("Vorname,Nachname,E-Mail-Adresse,E-Mail: Angezeigter Name", "0 1", "2", None),
            // Entra, Active Directory, and systems of human resources and schools.
            ("userPrincipalName,displayName,surname,mail,givenName,preferredLanguage", "1", "3", Some("5")),
            ("Name,GivenName,Surname,EmailAddress", "0", "3", None),
            ("EMAIL,FIRSTNAME,LASTNAME,DEFAULT_LOCALE", "1 2", "0", Some("3")),
            ("Personal Email,Work Email,Legal First Name,Legal Last Name", "2 3", "1", None),
            ("username,firstname,lastname,email,lang", "1 2", "3", Some("4")),
            ("Name*,E-Mail (privat),E-Mail,Sprache", "0", "2", Some("3")),
            ("Name*,E-Mail (dienstlich),Sprache", "0", "1", Some("2")),
            ("Nom,Prénom,Adresse électronique", "1 0", "2", None),
            ("Nombre,Apellidos,Correo electrónico,Idioma", "0 1", "2", Some("3")),
            ("Cognome,Nome,Posta elettronica,Lingua", "1 0", "2", Some("3")),
            ("Imię,Nazwisko,Adres e-mail,Język", "0 1", "2", Some("3")),
            ("e-mail", "", "0", None),
        ] {
            let columns = columns(headings).unwrap_or_else(|| panic!("{headings}"));
            let cell = |at: usize| at.to_string();
            let read = (columns.name(cell).unwrap_or_default(), columns.email(cell), columns.locale(cell));
            assert_eq!(read, (name.to_owned(), email.to_owned(), locale.map(str::to_owned)), "{headings}");
        }
        assert_eq!(columns("name,phone"), None);
        assert_eq!(columns("name,E-mail display name"), None);
    }

    #[test]
    fn a_name_for_signing_in_is_an_address_only_if_it_looks_like_one() {
        let headings = cells("User name,First name,Last name,Display name");
        assert_eq!(Columns::of(&headings, Some(&cells("aberg,Anna,Berg,Anna Berg"))), None);
        let columns = Columns::of(&headings, Some(&cells("a@x.org,Anna,Berg,Anna Berg"))).unwrap();
        assert_eq!(columns.email(|at| at.to_string()), "0");
        // Where the mailbox is empty, the name for signing in serves.
        let headings = cells("displayName,mail,userPrincipalName");
        let columns = Columns::of(&headings, Some(&cells("Anna,,a@x.org"))).unwrap();
        assert_eq!(columns.email(|at| cells("Anna,,a@x.org")[at].clone()), "a@x.org");
        assert_eq!(columns.email(|at| cells("Anna,b@x.org,a@x.org")[at].clone()), "b@x.org");
    }

    #[test]
    fn a_name_is_not_said_twice() {
        let columns = columns("Name,Vorname,E-Mail").unwrap();
        let name = |line: &str| columns.name(|at| cells(line)[at].clone()).unwrap();
        assert_eq!(name("Berg,Anna,a@x.org"), "Anna Berg");
        assert_eq!(name("Anna Berg,Anna,a@x.org"), "Anna Berg");
        assert_eq!(name("von Berg,Anna,a@x.org"), "Anna von Berg");
    }

    #[test]
    fn a_table_without_headings_is_read_by_its_first_line() {
        let read = |line: &str| {
            let columns = Columns::without_headings(&cells(line))?;
            Some((columns.name(|at| cells(line)[at].clone()), columns.email(|at| cells(line)[at].clone())))
        };
        assert_eq!(read("a@x.org"), Some((None, "a@x.org".to_owned())));
        assert_eq!(read("17,Anna,a@x.org,x"), Some((Some("Anna".to_owned()), "a@x.org".to_owned())));
        assert_eq!(read("name,phone"), None);
    }

    #[test]
    fn ignored_columns_are_listed() {
        let headings = cells("name,phone,email,");
        assert_eq!(Columns::of(&headings, None).unwrap().ignored(&headings), ["phone"]);
    }

    #[test]
    fn a_table_without_headings_gets_the_two_that_it_has() {
        let row = cells("17,Ada Lovelace,ada@example.com,Berlin");
        let columns = Columns::without_headings(&row).unwrap();
        let headings: Vec<_> = (0..row.len()).map(|at| columns.heading(at)).collect();
        assert_eq!(headings, ["", "name", "email", ""]);
        let emails = Columns::without_headings(&cells("ada@example.com")).unwrap();
        assert_eq!(emails.heading(0), "email");
    }

    #[test]
    fn columns_that_are_not_read_are_named() {
        for (headings, ignored) in [
            ("Name,E-Mail,Sprache,Abteilung,,Ort", vec!["Abteilung", "Ort"]),
            ("Vorname,Nachname,E-Mail,Ort", vec!["Ort"]),
            ("e-mail,Ort", vec!["Ort"]),
        ] {
            assert_eq!(columns(headings).unwrap().ignored(&cells(headings)), ignored, "{headings}");
        }
        // A name for signing in is read where it looks like an address.
        let headings = cells("displayName,mail,userPrincipalName");
        let read = Columns::of(&headings, Some(&cells("Anna,,a@x.org"))).unwrap();
        assert_eq!(read.ignored(&headings), Vec::<String>::new());
    }
}
