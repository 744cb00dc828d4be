//! The state of a list is in the URL. Here URLs become queries, and changes become URLs. Unknown parameters are
//! ignored, and bad values fall back to the default.

use domain::list::{InvitationQuery, PAGE_SIZES, PersonQuery, SlotQuery};
use leptos_router::params::ParamsMap;
use std::fmt::Write as _;
use std::str::FromStr;

/// Search text.
pub const SEARCH: &str = "q";
/// Status of the rows of the Mobile devices view.
pub const STATUS: &str = "status";
/// Platform of the devices.
pub const PLATFORM: &str = "platform";
/// Ownership of the devices.
pub const OWNERSHIP: &str = "ownership";
/// Why the rows need attention: `any`, or one cause.
pub const ATTENTION: &str = "attention";
/// How long the devices have been out of contact.
pub const CONTACT: &str = "contact";
/// State of the rows of the Invitations view.
pub const STATE: &str = "state";
/// Order of the rows.
pub const SORT: &str = "sort";
/// The person whose rows are shown.
pub const PERSON: &str = "person";
/// Rows on a page.
pub const SIZE: &str = "size";
/// Cursor: rows after it.
pub const AFTER: &str = "after";
/// Cursor: rows before it.
pub const BEFORE: &str = "before";

/// Every parameter, in the order of a URL.
const KEYS: [&str; 12] =
    [SEARCH, STATUS, PLATFORM, OWNERSHIP, ATTENTION, CONTACT, STATE, SORT, PERSON, SIZE, AFTER, BEFORE];

/// A change of one parameter; `None` or an empty text removes it.
pub type Setting = (&'static str, Option<String>);

/// Reads a list's query from the parameters of a URL.
pub trait FromParams: Sized {
    /// The query of these parameters.
    fn from_params(params: &ParamsMap) -> Self;
}

impl FromParams for SlotQuery {
    fn from_params(params: &ParamsMap) -> Self {
        Self {
            search: search(params),
            status: parsed(params, STATUS),
            platform: parsed(params, PLATFORM),
            ownership: parsed(params, OWNERSHIP),
            attention: parsed(params, ATTENTION),
            contact: parsed(params, CONTACT),
            sort: parsed(params, SORT),
            person_id: parsed(params, PERSON),
            after: params.get(AFTER),
            before: params.get(BEFORE),
            size: size(params),
        }
    }
}

impl FromParams for InvitationQuery {
    fn from_params(params: &ParamsMap) -> Self {
        Self {
            search: search(params),
            state: parsed(params, STATE),
            sort: parsed(params, SORT),
            after: params.get(AFTER),
            before: params.get(BEFORE),
            size: size(params),
        }
    }
}

impl FromParams for PersonQuery {
    fn from_params(params: &ParamsMap) -> Self {
        Self { search: search(params), after: params.get(AFTER), before: params.get(BEFORE), size: size(params) }
    }
}

/// The query of a list in a URL's parameters, for exports in the server.
#[cfg(feature = "ssr")]
pub fn query_of<T: FromParams>(pairs: Vec<(String, String)>) -> T {
    let mut params = ParamsMap::new();
    for (key, value) in pairs {
        params.insert(key, value);
    }
    T::from_params(&params)
}

fn search(params: &ParamsMap) -> String {
    params.get(SEARCH).unwrap_or_default()
}

/// The value of a parameter, when it is a valid one.
pub fn parsed<T: FromStr>(params: &ParamsMap, key: &str) -> Option<T> {
    params.get_str(key)?.parse().ok()
}

fn size(params: &ParamsMap) -> Option<u32> {
    parsed(params, SIZE).filter(|size| PAGE_SIZES.contains(size))
}

/// The query part of the URL, with `?`, after `changes`. Every change but that of a cursor leads back to the first
/// page.
pub fn changed(params: &ParamsMap, changes: &[Setting]) -> String {
    let mut text = String::new();
    for key in KEYS {
        let change = changes.iter().find(|(changed, _)| *changed == key);
        let value = match change {
            Some((_, value)) => value.clone(),
            None if key == AFTER || key == BEFORE => None,
            None => params.get(key),
        };
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(key);
            text.push('=');
            text.push_str(&encoded(&value));
        }
    }
    text
}

/// Percent-encoding of everything but unreserved characters (RFC 3986, section 2.3).
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;
    use domain::{
        device::{Ownership, Platform},
        list::{AttentionFilter, ContactFilter, SlotSort},
        slot::{SlotStatus, attention::Cause},
    };
    use leptos_router::location::RequestUrl;

    fn params(query: &str) -> ParamsMap {
        let url = RequestUrl::new(&format!("/devices{query}")).parse().unwrap();
        url.search_params().clone()
    }

    #[test]
    fn every_part_of_a_query_survives_the_url() {
        let changes = [
            (SEARCH, Some("Zoë & Søn + 1/2 #?".to_owned())),
            (STATUS, Some(SlotStatus::Pending.to_string())),
            (PLATFORM, Some(Platform::Ipados.to_string())),
            (OWNERSHIP, Some(Ownership::Company.to_string())),
            (ATTENTION, Some(AttentionFilter::Cause(Cause::MailFailed).to_string())),
            (CONTACT, Some(ContactFilter::Week.to_string())),
            (SORT, Some(SlotSort::ContactDesc.to_string())),
            (SIZE, Some("100".to_owned())),
            (AFTER, Some("a.b_c-d".to_owned())),
        ];
        let query = SlotQuery::from_params(&params(&changed(&ParamsMap::new(), &changes)));
        let expected = SlotQuery {
            search: "Zoë & Søn + 1/2 #?".to_owned(),
            status: Some(SlotStatus::Pending),
            platform: Some(Platform::Ipados),
            ownership: Some(Ownership::Company),
            attention: Some(AttentionFilter::Cause(Cause::MailFailed)),
            contact: Some(ContactFilter::Week),
            sort: Some(SlotSort::ContactDesc),
            person_id: None,
            after: Some("a.b_c-d".to_owned()),
            before: None,
            size: Some(100),
        };
        assert_eq!(query, expected);
    }

    #[test]
    fn unknown_parameters_and_bad_values_fall_back() {
        let query = SlotQuery::from_params(&params("?status=none&sort=random&size=7&person=x&utm_source=mail"));
        assert_eq!(query, SlotQuery::default());
    }

    #[test]
    fn a_filter_leads_back_to_the_first_page_and_keeps_the_rest() {
        let here = params("?q=ada&size=50&after=abc&utm_source=mail");
        let next = changed(&here, &[(STATUS, Some("sent".to_owned()))]);
        assert_eq!(next, "?q=ada&status=sent&size=50");
        assert_eq!(changed(&here, &[(SEARCH, None)]), "?size=50");
    }

    #[test]
    fn empty_parameters_are_left_out_of_the_query() {
        assert_eq!(changed(&ParamsMap::new(), &[(SEARCH, Some(String::new()))]), "");
    }
}
