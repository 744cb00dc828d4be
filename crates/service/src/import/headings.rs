//! Words that head the columns of tables: of Microsoft Entra and 365, Active Directory, Google Workspace and Contacts,
//! Outlook, Thunderbird, and systems for human resources and schools; in our languages and some neighbours.
//!
//! All are written as [`key`] makes them: in lower case, without accents, spaces and signs. Earlier words are better.

use domain::types::unicode::bare;

/// The person's address.
pub(super) const EMAIL: &[&str] = &[
    // First those that say that it is the address for work.
    "workemail",
    "primaryworkemail",
    "businessemail",
    "companyemail",
    "primaryemail",
    "primaryemailaddress",
    "dienstlicheemail",
    "dienstlicheemailadresse",
    "geschaftlicheemail",
    "geschaftlicheemailadresse",
    "emaildienstlich",
    "emailgeschaftlich",
    "emailadressedienstlich",
    "emailadressegeschaftlich",
    "primareemailadresse",
    "primareemail",
    "pracovniemail",
    "firemniemail",
    "primarniemailovaadresa",
    "primarniemail",
    "emailpracovni",
    "emailfiremni",
    "email",
    "mail",
    "emailaddress",
    "mailaddress",
    "emailadresse",
    "mailadresse",
    "emailovaadresa",
    "adresaemail",
    "email1value",
    "email1",
    "emailaddress1",
    "smtpaddress",
    "primarysmtpaddress",
    "emailprimary",
    "mailprimary",
    "elektronischepost",
    "elektronickaposta",
    "elektronickaadresa",
    "email1adresse",
    "adresseelectronique",
    "courriel",
    "adresseemail",
    "adressemail",
    "adressedecourriel",
    "correo",
    "correoelectronico",
    "direcciondecorreoelectronico",
    "direcciondecorreo",
    "postaelettronica",
    "indirizzoemail",
    "indirizzodipostaelettronica",
    "adresemail",
    "adrespocztyelektronicznej",
    "emailadres",
    "epost",
    "epostadress",
    "epostadresse",
];
/// A name for signing in, which often is the address.
pub(super) const LOGIN: &[&str] = &[
    "userprincipalname",
    "upn",
    "primaryusername",
    "username",
    "userlogin",
    "login",
    "loginname",
    "signinname",
    "userid",
    "benutzerprinzipalname",
    "benutzername",
    "anmeldename",
    "uzivatelskejmeno",
    "hlavninazevuzivatele",
    "nomdutilisateur",
    "nombredeusuario",
    "nomeutente",
    "nazwauzytkownika",
];
/// The whole name.
pub(super) const WHOLE: &[&str] = &[
    "fullname",
    "displayname",
    "completename",
    "personname",
    "employeename",
    "employee",
    "person",
    "nameofperson",
    "vollstandigername",
    "anzeigename",
    "vorundnachname",
    "vorundzuname",
    "vornamenachname",
    "namevorname",
    "mitarbeiter",
    "mitarbeitername",
    "schuler",
    "schulername",
    "angezeigtername",
    "celejmeno",
    "jmenoaprijmeni",
    "prijmeniajmeno",
    "zobrazovanejmeno",
    "zobrazenejmeno",
    "zamestnanec",
    "zak",
    "student",
    "nomcomplet",
    "nometprenom",
    "prenometnom",
    "nomprenom",
    "nombrecompleto",
    "nombreyapellidos",
    "nomecompleto",
    "nomeecognome",
    "cognomeenome",
    "nominativo",
    "imieinazwisko",
    "nazwiskoiimie",
    "volledigenaam",
    "commonname",
    "cn",
];
/// The whole name, or the family name where another column has the first name.
pub(super) const WHOLE_OR_LAST: &[&str] = &["name", "nom", "naam", "namn", "navn"];
/// The first name; alone, the whole name.
pub(super) const FIRST: &[&str] = &[
    "firstname",
    "givenname",
    "forename",
    "legalfirstname",
    "preferredfirstname",
    "preferredname",
    "vorname",
    "rufname",
    "vornamen",
    "jmeno",
    "krestnijmeno",
    "krestni",
    "prenom",
    "prenoms",
    "nombre",
    "nombres",
    "nome",
    "imie",
    "imiona",
    "voornaam",
    "fornamn",
    "fornavn",
];
/// The family name.
pub(super) const LAST: &[&str] = &[
    "lastname",
    "surname",
    "familyname",
    "legallastname",
    "sn",
    "nachname",
    "familienname",
    "zuname",
    "prijmeni",
    "nomdefamille",
    "apellido",
    "apellidos",
    "cognome",
    "nazwisko",
    "achternaam",
    "efternamn",
    "etternavn",
    "efternavn",
];
/// The language.
pub(super) const LOCALE: &[&str] = &[
    "locale",
    "language",
    "lang",
    "languagetag",
    "preferredlanguage",
    "languagecode",
    "defaultlocale",
    "userlanguage",
    "sprache",
    "bevorzugtesprache",
    "korrespondenzsprache",
    "sprachcode",
    "muttersprache",
    "jazyk",
    "preferovanyjazyk",
    "langue",
    "languepreferee",
    "idioma",
    "lingua",
    "jezyk",
    "taal",
    "sprak",
];

/// A heading as it is compared: `E-Mail Address *` becomes `emailaddress`.
pub(super) fn key(heading: &str) -> String {
    bare(heading).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The same without remarks in brackets: `First Name [Required]` becomes `firstname`.
pub(super) fn plain_key(heading: &str) -> String {
    let mut depth = 0_usize;
    let outside = heading.chars().filter(|c| {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    key(&outside.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_written_as_it_is_compared_and_means_one_thing() {
        let all = [EMAIL, LOGIN, WHOLE, WHOLE_OR_LAST, FIRST, LAST, LOCALE].concat();
        for word in &all {
            assert_eq!(key(word), *word);
            assert_eq!(all.iter().filter(|other| *other == word).count(), 1, "{word}");
        }
    }

    #[test]
    fn remarks_do_not_belong_to_a_heading() {
        for (heading, plain) in [
            ("First Name [Required]", "firstname"),
            ("Name*", "name"),
            ("E-Mail (dienstlich)", "email"),
            ("*Příjmení:", "prijmeni"),
            ("mail (work) [1]", "mail"),
            ("E-Mail (dienstlich) Adresse", "emailadresse"),
            ("Name) <x>", "name"),
            ("(", ""),
        ] {
            assert_eq!(plain_key(heading), plain, "{heading}");
        }
    }
}
