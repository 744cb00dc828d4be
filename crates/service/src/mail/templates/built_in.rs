//! The built-in templates. Each is made of a form, which is the same for all languages, and the messages of the
//! catalogue.
//!
//! A form contains `[[key]]` in place of a message. Filled in for a language, it is an ordinary template, the same that
//! an operator exports to change it.

use i18n::{Language, Piece};

/// Longest line of a plain text, in characters; `{{ … }}` counts as written.
const LINE_MAX: usize = 70;

macro_rules! forms {
    ($($name:literal),+) => { [$(($name, include_str!(concat!("../../../templates/mail/", $name)))),+] };
}

/// The name of every template, as in the folder of a language, and its form.
pub(super) const FORMS: [(&str, &str); 8] = forms![
    "invitation.subject.txt",
    "invitation.txt",
    "invitation.html",
    "renew.subject.txt",
    "renew.txt",
    "renew.html",
    "frame.html",
    "button.html"
];

/// The placeholders of messages in the catalogue, and the template code for each.
const SLOTS: [(&str, &str); 4] = [
    ("name", "{{ name }}"),
    ("inviter", "{{ inviter }}"),
    ("device", "{{ device }}"),
    ("helper", "{{ helpdesk.name }}"),
];

/// The template made of `form` and the messages of a language.
pub(super) fn template(name: &str, form: &str, language: Language) -> String {
    let is_html = name.rsplit('.').next() == Some("html");
    let is_wrapped = !is_html && !name.contains(".subject.");
    let mut template = String::with_capacity(form.len() * 2);
    for line in form.lines() {
        let line = fill_in(line, language, is_html);
        template.push_str(&if is_wrapped { wrap(&line) } else { line });
        template.push('\n');
    }
    template
}

/// Replaces each `[[key]]` in a line by its message.
fn fill_in(line: &str, language: Language, is_html: bool) -> String {
    let mut parts = line.split("[[");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (key, rest) = part.split_once("]]").unwrap_or((part, ""));
        filled.push_str(&message(key, language, is_html));
        filled.push_str(rest);
    }
    filled
}

/// A message of the catalogue as template code.
fn message(key: &str, language: Language, is_html: bool) -> String {
    let pieces = language.pieces(key, &SLOTS.map(|(slot, _)| slot), &[]);
    let written = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) if is_html => escape(&text),
        Piece::Text(text) => text,
        // Isolated, so that a right-to-left name does not reorder the sentence around it.
        Piece::Placeholder(name) if is_html => format!("<bdi translate=\"no\">{}</bdi>", placeholder(&name)),
        Piece::Placeholder(name) => placeholder(&name).to_owned(),
    });
    written.collect()
}

fn placeholder(slot: &str) -> &'static str {
    SLOTS.iter().find(|(name, _)| *name == slot).map_or("", |(_, placeholder)| placeholder)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Wraps a long line between words. The following lines are indented like the text, also in numbered lists.
fn wrap(line: &str) -> String {
    // The indentation of the following lines: spaces, and the number of a list item.
    let text = line.trim_start();
    let is_number = |start: &str| !start.is_empty() && start.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.split_once(". ").filter(|(start, _)| is_number(start)).map_or(text, |(_, item)| item);
    let indent = if line.contains("{%") { 0 } else { line.len() - text.len() };
    let (start, text) = line.split_at_checked(indent).unwrap_or(("", line));
    // No-break spaces keep a placeholder on one line.
    let text = text.replace("{{ ", "{{\u{A0}").replace(" }}", "\u{A0}}}");
    let mut wrapped = start.to_owned();
    let mut width = indent;
    for (at, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if at > 0 && width + 1 + length > LINE_MAX {
            wrapped.push('\n');
            wrapped.extend(std::iter::repeat_n(' ', indent));
            width = indent;
        } else if at > 0 {
            wrapped.push(' ');
            width += 1;
        }
        wrapped.push_str(word);
        width += length;
    }
    wrapped.replace("{{\u{A0}", "{{ ").replace("\u{A0}}}", " }}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_filled_in_with_the_messages_of_a_language() {
        let html = template("x.html", "<p>[[mail-hello]]</p>\n<i title=\"[[server]]\">", Language::German);
        assert_eq!(html, "<p>Guten Tag, <bdi translate=\"no\">{{ name }}</bdi></p>\n<i title=\"Server\">\n");
        assert_eq!(template("x.subject.txt", "[[renew-subject]]", Language::English), "Reconnect {{ device }}\n");
    }

    #[test]
    fn long_lines_are_wrapped_with_indentation_and_never_within_a_placeholder() {
        let long = "12345678 ".repeat(8);
        assert_eq!(
            wrap(&format!("1. {long}{{{{ name }}}},")),
            format!("1. {}\n   12345678 {{{{ name }}}},", long[..62].trim())
        );
        assert_eq!(wrap("{%- if helpdesk.email %}"), "{%- if helpdesk.email %}");
        assert_eq!(wrap("   {{ url }}"), "   {{ url }}");
    }
}
