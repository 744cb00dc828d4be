use super::*;
use domain::{
    mail::MailKind,
    protocol::Helpdesk,
    types::{ids::MailId, text::EmailAddress},
};
use i18n::Language;
use lettre::message::header::{self, Header};

const URL: &str = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";

fn content(kind: MailKind) -> MailContent {
    MailContent {
        kind,
        language: Language::English,
        mail_id: MailId("00000000-0000-4000-8000-000000000007".parse().unwrap()),
        person_name: "Ada Lovelace".to_owned(),
        to: EmailAddress::parse("ada@example.com").unwrap(),
        url: URL.to_owned(),
        pin_grouped: "1234 5678".to_owned(),
        public_url: "https://mdm.example.com".to_owned(),
        helpdesk: Helpdesk {
            name: Some("Example Helpdesk".to_owned()),
            email: Some("help@example.com".to_owned()),
            phone: Some("+49 30 123456".to_owned()),
        },
        device_name: (kind == MailKind::Renew).then(|| "Example Phone 9".to_owned()),
        now: Timestamp::parse_rfc3339("2026-01-31T09:30:00Z").unwrap(),
    }
}

fn sender() -> Mailbox {
    "Rollcall <rollcall@example.com>".parse().unwrap()
}

fn formatted(content: &MailContent) -> String {
    String::from_utf8(render(content, &sender(), &MailTemplates::default()).unwrap().formatted()).unwrap()
}

/// The headers of the message and of its parts.
fn skeleton(message: &str) -> String {
    let is_header = |line: &&str| {
        line.starts_with("--")
            || line.split_once(": ").is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_alphabetic() || c == '-'))
    };
    let known = ["Content", "Date", "From", "To", "Subject", "Message", "MIME", "Auto", "X-", "--"];
    let lines: Vec<_> =
        message.lines().filter(is_header).filter(|line| known.iter().any(|name| line.starts_with(name))).collect();
    lines.join("\n")
}

fn rendered(content: &MailContent) -> Result<Rendered, minijinja::Error> {
    MailTemplates::default().render(content)
}

#[test]
fn every_mail_reads_as_before_in_every_language() {
    for kind in MailKind::ALL {
        for language in Language::ALL {
            let content = MailContent { language: *language, ..content(*kind) };
            let mail = rendered(&content).unwrap();
            let name = format!("{kind}_{}", language.tag());
            insta::assert_snapshot!(format!("{name}_text"), format!("Subject: {}\n\n{}", mail.subject, mail.text));
            insta::assert_snapshot!(format!("{name}_html"), mail.html);
        }
        insta::assert_snapshot!(format!("{kind}_headers"), skeleton(&formatted(&content(*kind))));
    }
}

#[test]
fn every_word_of_a_mail_is_from_the_catalogue() {
    for kind in MailKind::ALL {
        let full = MailContent { language: Language::Pseudo, ..content(*kind) };
        let bare = MailContent { helpdesk: Helpdesk::default(), device_name: None, ..content(*kind) };
        for content in [full, MailContent { language: Language::Pseudo, ..bare }] {
            let Rendered { subject, text, html } = rendered(&content).unwrap();
            let body = html.split_once("<body").unwrap().1;
            let shown =
                body.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect::<String>();
            for part in [subject, text, shown.replace("&nbsp;", "")] {
                assert_eq!(outside_brackets(&part), "", "{part}");
            }
            for name in ["alt", "title", "aria-label"] {
                let attribute = format!(" {name}=\"");
                let values = html.split(&attribute).skip(1).filter_map(|rest| rest.split('"').next());
                assert!(values.clone().all(|value| value.starts_with('⟦') && value.ends_with('⟧')), "{html}");
            }
        }
    }
    assert_eq!(outside_brackets("⟦translated⟧ forgotten 1"), "forgotten");
}

/// Words outside the brackets of the pseudo language that are not data of the sample.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for c in text.chars() {
        match c {
            '⟦' => depth += 1,
            '⟧' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let data = [
        "Rollcall",
        URL,
        "https://mdm.example.com",
        "mdm.example.com",
        "ada@example.com",
        "help@example.com",
        "Example Helpdesk",
    ];
    let rest = data.iter().fold(outside, |text, data| text.replace(data, ""));
    rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_mail_names_its_language_and_uses_the_words_of_the_landing_page() {
    for language in Language::ALL {
        let mail = rendered(&MailContent { language: *language, ..content(MailKind::Invitation) }).unwrap();
        assert!(mail.html.contains(&format!("<html lang=\"{}\">", language.tag())));
        // The text part is wrapped, so a sentence may span lines.
        let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [&text, &mail.html] {
            assert!(
                part.contains(&language.text("choose-accept")) && part.contains(&language.text("title-done")),
                "{part}"
            );
            assert!(!part.contains("[[") && !part.contains("{{") && !part.contains("{$"), "{part}");
        }
    }
}

#[test]
fn a_mail_works_without_a_helpdesk_and_without_a_device_name() {
    for kind in MailKind::ALL {
        let bare = MailContent { helpdesk: Helpdesk::default(), device_name: None, ..content(*kind) };
        let mail = rendered(&bare).unwrap();
        assert!(mail.text.contains("mdm.example.com"), "{}", mail.text);
        assert!(mail.text.contains("Ask the person who invited you."), "{}", mail.text);
        assert!(!mail.html.contains("Phone:") && !mail.text.contains("none"), "{}", mail.html);
    }
}

#[test]
fn both_parts_contain_the_link_the_pin_and_the_email() {
    for kind in MailKind::ALL {
        let mail = rendered(&content(*kind)).unwrap();
        for part in [mail.text, mail.html] {
            for expected in [URL, "1234 5678", "ada@example.com", "help@example.com"] {
                assert!(part.contains(expected), "{expected} is not in {part}");
            }
        }
    }
}

#[test]
fn no_program_translates_the_credentials_or_takes_them_for_a_telephone_number() {
    for kind in MailKind::ALL {
        let html = rendered(&content(*kind)).unwrap().html;
        let (_, detected) = html.split_once("<meta name=\"format-detection\" content=\"").unwrap();
        let detected: Vec<_> = detected.split('"').next().unwrap().split(", ").collect();
        assert_eq!(detected, ["telephone=no", "date=no", "address=no", "email=no", "url=no"]);
        for secret in ["1234 5678", "ada@example.com", "Ada Lovelace", &format!("{URL}</a>")] {
            let (before, _) = html.split_once(secret).unwrap_or_else(|| panic!("{secret} is not in {html}"));
            let tag = before.rsplit('<').next().unwrap();
            assert!(tag.contains("translate=\"no\""), "{secret}: <{tag}");
        }
    }
}

#[test]
fn no_program_answers_a_mail_by_itself() {
    for kind in MailKind::ALL {
        let message = render(&content(*kind), &sender(), &MailTemplates::default()).unwrap();
        for (name, value) in [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")] {
            assert_eq!(message.headers().get_raw(name), Some(value), "{kind}");
        }
        let text = String::from_utf8(message.formatted()).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(head.lines().any(|line| line == "X-Auto-Response-Suppress: All"), "{head}");
    }
}

#[test]
fn every_link_is_the_enrollment_url() {
    for kind in MailKind::ALL {
        let html = rendered(&content(*kind)).unwrap().html;
        let links: Vec<_> = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() >= 2);
        assert!(links.iter().all(|link| *link == URL), "{links:?}");
    }
}

#[test]
fn markup_in_names_is_shown_and_never_run() {
    let hostile = "</title><script>alert(1)</script>\"'><img src=x>{{ url }}";
    for (kind, language) in MailKind::ALL.iter().flat_map(|kind| Language::ALL.iter().map(move |it| (*kind, *it))) {
        let mail = rendered(&MailContent {
            language,
            person_name: hostile.to_owned(),
            device_name: Some(hostile.to_owned()),
            helpdesk: Helpdesk {
                name: Some(hostile.to_owned()),
                email: Some(hostile.to_owned()),
                phone: Some(hostile.to_owned()),
            },
            ..content(kind)
        })
        .unwrap();
        assert!(!mail.html.contains("<script"), "{}", mail.html);
        assert_eq!(mail.html.matches("<img").count(), 1);
        assert!(mail.html.contains("&lt;script&gt;"));
        assert!(mail.text.contains(hostile));
    }
}

#[test]
fn no_name_can_inject_a_header() {
    for (break_, name) in
        [("\r\n", "crlf"), ("\n", "lf"), ("\r", "cr"), ("\u{2028}", "ls"), ("\u{85}", "nel"), ("\0", "nul")]
    {
        let hostile = format!("Ada{break_}Bcc: victim@example.com{break_}{break_}body");
        let helpdesk = Helpdesk { name: Some(hostile.clone()), email: None, phone: None };
        for kind in MailKind::ALL {
            let mail = MailContent {
                person_name: hostile.clone(),
                device_name: Some(hostile.clone()),
                helpdesk: helpdesk.clone(),
                ..content(*kind)
            };
            let message = render(&mail, &sender(), &MailTemplates::default()).unwrap();
            assert!(message.headers().get::<header::Bcc>().is_none(), "{name}");
            assert_eq!(message.envelope().to().len(), 1, "{name}");
            let text = String::from_utf8(message.formatted()).unwrap();
            let head = text.split("\r\n\r\n").next().unwrap();
            assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{name}: {head}");
        }
    }
}

#[test]
fn a_name_in_any_script_is_encoded_in_the_header() {
    let name = "Жанна д’Арк, \"die Ältere\" <x@y> 李";
    let mail = MailContent { person_name: name.to_owned(), ..content(MailKind::Invitation) };
    let message = render(&mail, &sender(), &MailTemplates::default()).unwrap();
    let to = message.headers().get::<header::To>().unwrap();
    let mailboxes = lettre::message::Mailboxes::from(to);
    let first = mailboxes.into_single().unwrap();
    assert_eq!(first.name.as_deref(), Some(name));
    assert_eq!(first.email.to_string(), "ada@example.com");
    assert!(message.formatted().is_ascii());
}

#[test]
fn rendering_a_mail_twice_gives_the_same_bytes() {
    let content = content(MailKind::Invitation);
    assert_eq!(formatted(&content), formatted(&content));
}

#[test]
fn the_message_id_is_the_mail_id_at_the_host() {
    let id = |public_url: &str| {
        let mail = MailContent { public_url: public_url.to_owned(), ..content(MailKind::Invitation) };
        let message = render(&mail, &sender(), &MailTemplates::default()).unwrap();
        message.headers().get_raw(header::MessageId::name().to_string().as_str()).unwrap().to_owned()
    };
    assert_eq!(id("https://mdm.example.com:8443/"), "<00000000-0000-4000-8000-000000000007@mdm.example.com>");
    assert_eq!(id("http://localhost:3000"), "<00000000-0000-4000-8000-000000000007@localhost>");
}

#[test]
fn the_html_refers_to_the_qr_code_by_its_content_id() {
    let content = content(MailKind::Invitation);
    let html = rendered(&content).unwrap().html;
    assert!(html.contains(&format!("cid:{}", qr_content_id(&content))));
    assert!(formatted(&content).contains(&format!("Content-ID: <{}>", qr_content_id(&content))));
}

#[test]
fn a_url_too_long_for_a_qr_code_is_an_error_that_does_not_contain_it() {
    let secret = format!("{URL}{}", "x".repeat(5000));
    let error =
        render(&MailContent { url: secret, ..content(MailKind::Invitation) }, &sender(), &MailTemplates::default())
            .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("abcdef"));
}
