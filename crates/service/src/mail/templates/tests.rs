use super::*;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn error_of(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    let error = MailTemplates::from_folder(folder.path()).unwrap_err().to_string();
    error.replace(&folder.path().display().to_string(), "DIR")
}

fn subject(templates: &MailTemplates, language: Language) -> String {
    let environment = templates.environment(language).unwrap();
    let variables = minijinja::context! { device => "Example Phone 9" };
    environment.get_template("renew.subject.txt").unwrap().render(variables).unwrap()
}

#[test]
fn one_file_replaces_one_template_of_one_language() {
    let folder = folder(&[("de/renew.subject.txt", "Los: {{ device }}\n"), (".git/anything", "")]);
    let templates = MailTemplates::from_folder(folder.path()).unwrap();
    assert_eq!(subject(&templates, Language::German), "Los: Example Phone 9");
    assert_eq!(subject(&templates, Language::English), "Reconnect Example Phone 9");
}

#[test]
fn a_broken_template_is_reported_with_file_line_and_reason() {
    let twice = "{{ url }}\n{{ url }}\n";
    for (name, text, expected) in [
        ("de/invitation.txt", format!("{twice}{{% if %}}"), "DIR/de/invitation.txt:3: syntax error: "),
        ("cs/renew.html", format!("{twice}\n{{{{ nobody }}}}"), "DIR/cs/renew.html:4: undefined value"),
        ("en/frame.html", format!("{twice}{{{{ helpdesk.fax }}}}"), "DIR/en/frame.html:3: undefined value"),
        ("en/button.html", "\n{{ label | shout }}".to_owned(), "DIR/en/button.html:2: unknown filter"),
        (
            "en/invitation.html",
            "\n{% include 'logo.html' %}".to_owned(),
            "DIR/en/invitation.html:2: template not found",
        ),
        ("en/renew.txt", "Call us!".to_owned(), "DIR/en/renew.txt:0: the link is missing"),
        ("en/renew.subject.txt", " \n".to_owned(), "DIR/en/renew.subject.txt:0: the subject is empty"),
    ] {
        let error = error_of(&[(name, &text)]);
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn a_template_must_not_rely_on_optional_data() {
    // Without a helpdesk there is no phone number.
    let error = error_of(&[("en/invitation.txt", "{{ url }}\n{{ helpdesk.phone | length }}")]);
    assert!(error.starts_with("DIR/en/invitation.txt:2: "), "{error}");
}

#[test]
fn a_file_that_would_never_be_used_is_an_error() {
    for (name, expected) in [
        ("fr/invitation.html", "DIR/fr is not a mail template: expected en, de, cs"),
        ("de/invitation.htm", "DIR/de/invitation.htm is not a mail template: expected invitation.subject.txt, "),
        ("invitation.html", "DIR/invitation.html is not a mail template: expected en, de, cs"),
    ] {
        let error = error_of(&[(name, "{{ url }}")]);
        assert!(error.starts_with(expected), "{error}");
    }
    assert!(MailTemplates::from_folder(Path::new("/nowhere/at/all")).is_err());
}

#[test]
fn exported_templates_work_unchanged_and_are_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("templates");
    assert_eq!(MailTemplates::export(&place), Ok(Language::ALL.len() * FORMS.len()));
    let templates = MailTemplates::from_folder(&place).unwrap();
    assert_eq!(templates.overrides.len(), Language::ALL.len() * FORMS.len());
    for ((language, name), file) in &templates.overrides {
        let (_, form) = FORMS.iter().find(|(known, _)| known == name).unwrap();
        assert_eq!(file.source, template(name, form, *language));
    }
    let changed = place.join("cs/renew.txt");
    fs::write(&changed, "mine").unwrap();
    fs::remove_file(place.join("en/frame.html")).unwrap();
    assert!(matches!(MailTemplates::export(&place), Err(TemplateError::Exists { .. })));
    assert_eq!(fs::read_to_string(&changed).unwrap(), "mine");
    assert!(!place.join("en/frame.html").exists());
}
