//! Who invites, and how to reach them.

use super::{
    enrollment_url::host,
    parts::{name_view, with_view},
};
use domain::protocol::Helpdesk;
use i18n::Language;
use leptos::prelude::*;
use std::fmt::Write as _;

/// Who invites: the helpdesk's name, or else the server's host.
pub(super) fn inviter<'a>(helpdesk: &'a Helpdesk, url: &'a str) -> &'a str {
    helpdesk.name.as_deref().unwrap_or_else(|| host(url))
}

/// How to reach the helpdesk, on every page in the same place.
pub(super) fn contact(helpdesk: &Helpdesk, language: Language) -> impl IntoView + use<> {
    let Helpdesk { name, email, phone } = helpdesk.clone();
    let known = email.is_some() || phone.is_some();
    let who = name.unwrap_or_else(|| language.text(if known { "helper-helpdesk" } else { "helper-inviter" }));
    let mail = email.map(|email| {
        let href = format!("mailto:{}", mailto(&email));
        view! { <a href=href>{email}</a> }
    });
    let call = phone.map(|phone| {
        let href = format!("tel:{}", dialled(&phone));
        view! { <a href=href>{phone}</a> }
    });
    view! {
        <section class="help" aria-labelledby="help">
            <h2 id="help">{language.text("help-heading")}</h2>
            <p>{with_view(language, "help-ask", &[], "who", name_view(who))}</p>
            {known.then(|| view! { <p class="contacts">{mail}{call}</p> })}
        </section>
    }
}

/// An address as `mailto:` wants it: everything but the plainest characters is percent-encoded (RFC 6068).
fn mailto(email: &str) -> String {
    email.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"@.-_+".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// The digits of a telephone number, with the plus before the country code.
fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_add_fields_to_the_new_mail() {
        assert_eq!(mailto("help?bcc=x@example.com"), "help%3Fbcc%3Dx@example.com");
    }

    #[test]
    fn a_number_is_dialled_without_spaces() {
        assert_eq!(dialled("+49 (30) 1234-56"), "+4930123456");
    }
}
