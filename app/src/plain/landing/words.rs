//! Text that several pages share.

use domain::protocol::Helpdesk;
use i18n::{Arg, Language, Piece};
use leptos::prelude::*;
use std::fmt::Write as _;

/// The host (with its port) of a web address; empty when it has none.
pub(super) fn host(url: &str) -> &str {
    url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// The part of an enrollment URL before `/e/`: what an agent asks for as the server's address.
pub(super) fn server(url: &str) -> &str {
    url.rsplit_once("/e/").map_or(url, |(server, _)| server)
}

/// The token of an enrollment URL.
pub(super) fn token(url: &str) -> &str {
    url.rsplit_once("/e/").map_or("", |(_, token)| token)
}

/// Who invites: the helpdesk's name, or else the server's host.
pub(super) fn inviter<'a>(helpdesk: &'a Helpdesk, url: &'a str) -> &'a str {
    helpdesk.name.as_deref().unwrap_or_else(|| host(url))
}

/// What a person or a device is called, set apart so that its direction of writing does not turn the text around it.
pub(super) fn name_view(name: String) -> AnyView {
    view! { <bdi>{name}</bdi> }.into_any()
}

/// The text of a message around an element in the place of `slot`.
pub(super) fn with_view(
    language: Language,
    key: &str,
    args: &[(&str, Arg<'_>)],
    slot: &str,
    element: AnyView,
) -> Vec<AnyView> {
    let mut element = Some(element);
    let pieces = language.pieces(key, &[slot], args).into_iter();
    let view = |piece| match piece {
        Piece::Text(text) => Some(text.into_any()),
        Piece::Placeholder(_) => element.take(),
    };
    pieces.filter_map(view).collect()
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
    fn an_enrollment_url_is_taken_apart() {
        let url = "https://mdm.example.com:8443/e/abc234";
        assert_eq!(host(url), "mdm.example.com:8443");
        assert_eq!(server(url), "https://mdm.example.com:8443");
        assert_eq!(token(url), "abc234");
    }

    #[test]
    fn an_address_cannot_add_fields_to_the_mail_that_is_started() {
        assert_eq!(mailto("help?bcc=x@example.com"), "help%3Fbcc%3Dx@example.com");
    }

    #[test]
    fn a_number_is_dialled_without_its_spaces() {
        assert_eq!(dialled("+49 (30) 1234-56"), "+4930123456");
    }
}
