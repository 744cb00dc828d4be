//! Landing pages in other languages. No page shows a word that is not in the catalogue.

use super::*;

/// Parts of pages that are not translated: names, addresses, credentials, commands, and the program's name.
const DATA: &[&str] = &[
    "Ada Lovelace",
    "Example Helpdesk",
    "Example Phone 9",
    "help@example.com",
    "ada@example.com",
    "rollcall-agent",
    "Rollcall",
    "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567",
    "https://mdm.example.com",
    "enroll --server",
    "enroll",
    "--ownership company",
    "--email",
    "--pin",
    // Languages are called by their own names.
    "English",
    "Deutsch",
    "Čeština",
];

/// Words of `html` outside the brackets of the pseudo language that are not data.
fn outside_brackets(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for (at, part) in html.split('<').enumerate() {
        let (tag, text) = if at == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
        for name in ["alt", "title", "aria-label", "placeholder", "data-copied", "data-selected"] {
            let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next());
            found.extend(value.filter(|value| !value.starts_with('⟦') || !value.ends_with('⟧')).map(str::to_owned));
        }
        let mut outside = String::new();
        for c in text.chars() {
            match c {
                '⟦' => depth += 1,
                '⟧' => depth = depth.saturating_sub(1),
                _ if depth == 0 => outside.push(c),
                _ => {}
            }
        }
        let rest = DATA.iter().fold(outside, |text, data| text.replace(data, ""));
        found.extend(rest.chars().any(char::is_alphabetic).then_some(rest));
        // A sentence ends within its paragraph.
        if matches!(tag, "/p" | "/h1" | "/h2" | "/li" | "/button" | "/section" | "/form") && depth > 0 {
            found.push(format!("a bracket is open at <{tag}>"));
            depth = 0;
        }
    }
    found
}

#[test]
fn no_page_shows_a_word_that_is_not_in_the_catalogue() {
    for (name, html) in every_page_in(Language::Pseudo) {
        assert_eq!(outside_brackets(&html), Vec::<String>::new(), "{name}");
    }
    let seen = "<p>⟦told <bdi>Ada Lovelace</bdi>⟧ forgotten</p><i title=\"hint\"></i>";
    assert_eq!(outside_brackets(seen), [" forgotten", "hint"]);
}

/// All pages, also those that show only in special states.
fn every_page_in(language: Language) -> Vec<(String, String)> {
    let query = LandingQuery { lang: Some(language), ..LandingQuery::default() };
    let mut pages = all_pages_in(language);
    for step in EnrollmentStep::ALL {
        let page = render(&landing(Some(Platform::Linux), vec![device(DeviceState::Enrolling, *step)]), query);
        pages.push((format!("step {step}"), page));
    }
    for count in 0..4 {
        let missing = ["location", "notifications", "device admin", "technical information"];
        let mut lost = device(DeviceState::PermissionsLost, EnrollmentStep::Done);
        lost.missing = missing.iter().take(count).map(|name| (*name).to_owned()).collect();
        pages.push((format!("{count} lost"), render(&landing(Some(Platform::Android), vec![lost]), query)));
    }
    let mut nameless = device(DeviceState::Active, EnrollmentStep::Done);
    nameless.name = None;
    pages.push(("nameless".to_owned(), render(&landing(Some(Platform::Android), vec![nameless]), query)));
    for (name, helpdesk) in
        [("no helpdesk", Helpdesk::default()), ("nameless helpdesk", Helpdesk { name: None, ..helpdesk() })]
    {
        let html = render_inactive(DeactivationReason::Manual, &helpdesk, query, "");
        // The telephone number is neither letters nor a name.
        pages.push((name.to_owned(), html));
    }
    pages
}

#[test]
fn no_page_of_any_language_shows_a_key_or_a_placeholder() {
    for language in Language::ALL {
        for (name, html) in every_page_in(*language) {
            assert!(!html.contains("{$") && !html.contains("{ ") && !html.contains('\u{E000}'), "{name}: {html}");
            assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{}\">", language.tag())), "{name}");
        }
    }
}

#[test]
fn a_page_is_in_the_chosen_language_or_else_in_the_persons() {
    let lang_of =
        |html: &str| html.split("<html lang=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let mut invitation = landing(None, vec![]);
    for (locale, query, expected) in [
        ("de-AT", "", "de"),
        ("cs", "", "cs"),
        ("fr", "", "en"),
        ("de", "lang=cs", "cs"),
        ("de", "lang=CS-cz", "cs"),
        ("de", "lang=fr", "de"),
        ("de", "lang=<script>alert(1)</script>", "de"),
        ("fr", "lang=%3Cscript%3E", "en"),
    ] {
        invitation.locale = Locale::parse(locale).unwrap();
        let html = render(&invitation, LandingQuery::parse(Some(query)));
        assert_eq!(lang_of(&html).as_deref(), Some(expected), "{locale} {query}");
        assert!(!html.contains("alert(1)"), "{html}");
    }
    let long = "fr,".repeat(3500);
    for (query, accepted, expected) in [
        ("", "cs-CZ,cs;q=0.9,en;q=0.8", "cs"),
        ("lang=de", "cs", "de"),
        ("", long.as_str(), "en"),
        ("", "<script>", "en"),
    ] {
        let html = render_unknown(&helpdesk(), LandingQuery::parse(Some(query)), accepted);
        assert_eq!(lang_of(&html).as_deref(), Some(expected), "{query} {accepted:.20}");
    }
}

#[test]
fn the_choice_of_a_language_survives_every_link_and_the_form() {
    let query = LandingQuery::parse(Some("lang=de"));
    let pages = [
        render(&landing(None, vec![]), query),
        render(&landing(Some(Platform::Android), vec![]), query),
        render(&landing(Some(Platform::Ios), vec![]), query),
        render(&landing(Some(Platform::Linux), vec![device(DeviceState::Active, EnrollmentStep::Done)]), query),
    ];
    for html in pages {
        let addresses: Vec<_> = ["href=\"/e/", "action=\"/e/", "data-poll=\"/e/"]
            .iter()
            .flat_map(|start| html.split(start).skip(1).filter_map(|rest| rest.split('"').next()))
            .collect();
        assert!(!addresses.is_empty());
        assert!(addresses.iter().all(|address| address.ends_with("lang=de")), "{addresses:?}");
    }
    assert!(query.after_accept("abc").ends_with("&lang=de") && query.incomplete("abc").ends_with("&lang=de"));
}

#[test]
fn the_switch_of_languages_keeps_the_page() {
    let query = LandingQuery::parse(Some("after=1&again=1&lang=cs"));
    let html = render(&landing(Some(Platform::Android), vec![]), query);
    for language in Language::ALL {
        let link = format!("href=\"?after=1&amp;again=1&amp;lang={}\"", language.tag());
        assert_eq!(html.matches(&link).count(), 1, "{link}: {html}");
        assert!(html.contains(&format!("{}</a>", language.own_name())));
    }
    assert_eq!(html.matches("aria-current=\"true\"").count(), 1);
}

#[test]
fn the_status_is_in_the_language_of_its_page() {
    let mut lost = device(DeviceState::PermissionsLost, EnrollmentStep::Done);
    lost.missing = vec!["location".to_owned(), "carrier pigeons".to_owned()];
    let mut invitation = landing(Some(Platform::Android), vec![lost]);
    invitation.locale = Locale::parse("de-AT").unwrap();
    let status_text = |query: &str| status(&invitation, LandingQuery::parse(Some(query))).text;
    assert_eq!(
        status_text(""),
        "Ihr Smartphone ist registriert, aber dem Agenten wurden Berechtigungen entzogen, die er braucht. \
         Es fehlt noch: Standort, carrier pigeons."
    );
    assert_eq!(
        status_text("lang=cs"),
        "Váš telefon je zaregistrován, ale agent přišel o 2 oprávnění, která potřebuje. \
         Ještě chybí 2 věci: poloha, carrier pigeons."
    );
    let gone = status_inactive(DeactivationReason::Expired, LandingQuery::default(), "de");
    assert_eq!(gone.text, "Diese Einladung ist abgelaufen.");
}

#[test]
fn the_script_contains_no_text() {
    let texts = script().lines().filter(|line| line.contains("textContent =") && line.contains('"'));
    assert_eq!(texts.collect::<Vec<_>>(), Vec::<&str>::new());
}
