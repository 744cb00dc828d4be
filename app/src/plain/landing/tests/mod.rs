//! What must hold for every landing page.

mod android;
mod apple;
mod language;

use super::*;
use domain::{
    Timestamp,
    device::{DeviceState, EnrollmentStep, Ownership, Platform},
    invitation::Acceptance,
    types::{ids::InvitationId, text::Locale},
};
use service::enrollment::landing::{AppleProgress, AppleSteps, LandingDevice};
use std::collections::BTreeSet;

const URL: &str = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";
const HOSTILE: &str = "</title></textarea><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";

fn helpdesk() -> Helpdesk {
    Helpdesk {
        name: Some("Example Helpdesk".to_owned()),
        email: Some("help@example.com".to_owned()),
        phone: Some("+49 30 1234".to_owned()),
    }
}

fn landing(platform: Option<Platform>, devices: Vec<LandingDevice>) -> LandingInvitation {
    LandingInvitation {
        invitation_id: InvitationId("00000000-0000-0000-0000-000000000001".parse().unwrap()),
        person_name: "Ada Lovelace".to_owned(),
        locale: Locale::default(),
        acceptance: platform.map(|platform| Acceptance {
            at: Timestamp::from_millis(0),
            ownership: Ownership::Company,
            platform,
        }),
        url: URL.to_owned(),
        pin: "1234 5678".to_owned(),
        email: "ada@example.com".to_owned(),
        devices,
        apple: platform.filter(|platform| platform.is_apple()).map(|_| READY),
        has_android_app: false,
    }
}

/// An organisation that can enroll iPhones.
const READY: AppleSteps = AppleSteps { is_ready: true, progress: AppleProgress::Nothing };
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1";

fn device(state: DeviceState, step: EnrollmentStep) -> LandingDevice {
    LandingDevice { name: Some("Example Phone 9".to_owned()), state, step, missing: Vec::new() }
}

fn render(landing: &LandingInvitation, query: LandingQuery) -> String {
    render_active(landing, &helpdesk(), Browser::of("Android"), query)
}

/// Every page there is in English, under a name of its own.
fn all_pages() -> Vec<(String, String)> {
    all_pages_in(Language::English)
}

fn all_pages_in(language: Language) -> Vec<(String, String)> {
    let query = LandingQuery { lang: Some(language), ..LandingQuery::default() };
    let incomplete = LandingQuery { incomplete: true, ..query };
    let mut pages = vec![
        ("choose".to_owned(), render(&landing(None, vec![]), query)),
        ("choose, incomplete".to_owned(), render(&landing(None, vec![]), incomplete)),
        ("unknown".to_owned(), render_unknown(&helpdesk(), query, "")),
        ("unavailable".to_owned(), render_unavailable(&helpdesk(), query, "")),
    ];
    for platform in Platform::ALL {
        let page = render(&landing(Some(*platform), vec![]), query);
        pages.push((format!("steps for {platform}"), page));
    }
    pages.extend(apple::pages(query));
    pages.extend(android::pages(query));
    // A phone that was wiped has to enroll again, as one that was unenrolled, and the page says the same.
    for state in DeviceState::ALL.iter().filter(|state| state.is_in_use() || **state == DeviceState::Unenrolled) {
        let landing = landing(Some(Platform::Android), vec![device(*state, EnrollmentStep::Inventory)]);
        pages.push((format!("device {state}"), render(&landing, query)));
    }
    for reason in DeactivationReason::ALL {
        pages.push((format!("inactive {reason}"), render_inactive(*reason, &helpdesk(), query, "")));
    }
    pages
}

#[test]
fn every_state_has_a_page_of_its_own() {
    let pages = all_pages();
    let distinct: BTreeSet<_> = pages.iter().map(|(_, html)| html).collect();
    assert_eq!(distinct.len(), pages.len());
}

#[test]
fn every_page_with_all_it_loads_stays_below_30_kb() {
    for (name, html) in Language::ALL.iter().flat_map(|language| all_pages_in(*language)) {
        let bytes = html.len() + stylesheet().len() + script().len();
        assert!(bytes <= 30_000, "{name}: {bytes} bytes");
    }
}

#[test]
fn no_page_contains_inline_code_that_its_policy_forbids() {
    for (name, html) in all_pages() {
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{name}");
        assert!(!html.contains(" style=") && !html.contains("<style"), "{name}");
        assert!(!html.contains("javascript:") && !html.contains(" onclick"), "{name}");
        assert_eq!(html.matches("<script").count(), 1, "{name}");
        assert!(html.contains("<script src=\"/landing.js?v="), "{name}");
        assert!(html.contains("noindex") && html.contains("no-referrer"), "{name}");
    }
}

#[test]
fn a_page_that_a_device_changes_reloads_without_javascript_and_no_other_does() {
    for (name, html) in all_pages() {
        let waits = name.starts_with("device") && !name.ends_with("active")
            || name.starts_with("steps for")
            || name.starts_with("iPhone:");
        let refresh = "<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>";
        assert_eq!(html.contains(refresh), waits, "{name}");
        assert_eq!(html.contains("data-poll"), waits, "{name}");
    }
}

#[test]
fn hostile_text_is_shown_and_never_run() {
    let mut hostile = landing(Some(Platform::Android), vec![]);
    hostile.person_name = HOSTILE.to_owned();
    hostile.email = format!("{HOSTILE}@example.com");
    let mut done = landing(Some(Platform::Linux), vec![device(DeviceState::Active, EnrollmentStep::Done)]);
    done.devices[0].name = Some(HOSTILE.to_owned());
    let mut lost = landing(Some(Platform::Android), vec![device(DeviceState::PermissionsLost, EnrollmentStep::Done)]);
    lost.devices[0].missing = vec![HOSTILE.to_owned()];
    let helpdesk =
        Helpdesk { name: Some(HOSTILE.to_owned()), email: Some(HOSTILE.to_owned()), phone: Some(HOSTILE.to_owned()) };
    let choose = LandingQuery { change: true, ..LandingQuery::default() };
    let pages = [
        render_active(&hostile, &helpdesk, Browser::of("Android"), LandingQuery::default()),
        render_active(&hostile, &helpdesk, Browser::of("Android"), choose),
        render_active(&done, &helpdesk, Browser::of("Android"), LandingQuery::default()),
        render_active(&lost, &helpdesk, Browser::of("Android"), LandingQuery::default()),
        render_inactive(DeactivationReason::Manual, &helpdesk, LandingQuery::default(), ""),
        render_unknown(&helpdesk, LandingQuery::default(), ""),
    ];
    for html in pages {
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(!html.contains("<img"), "{html}");
        assert!(!html.contains("\"'>"), "{html}");
        assert!(html.contains("&lt;img src=x onerror=alert(2)&gt;"), "{html}");
    }
}

#[test]
fn pages_without_an_active_invitation_name_the_helpdesk_and_nobody_else() {
    for (name, html) in all_pages().into_iter().filter(|(name, _)| name.starts_with("inactive") || name == "unknown") {
        assert!(html.contains("Example Helpdesk") && html.contains("href=\"mailto:help@example.com\""), "{name}");
        assert!(!html.contains("<form") && !html.contains("/e/"), "{name}");
    }
}

#[test]
fn without_a_configured_helpdesk_the_inviter_is_the_host() {
    let html =
        render_active(&landing(None, vec![]), &Helpdesk::default(), Browser::of(SAFARI), LandingQuery::default());
    assert!(html.contains("<bdi translate=\"no\">mdm.example.com</bdi> invites you"));
    assert!(html.contains("the person who invited you"));
}

#[test]
fn the_suggested_platform_is_preselected_until_one_was_selected() {
    let checked = |html: &str, word: &str| html.contains(&format!("value=\"{word}\" checked"));
    let fresh = render_active(&landing(None, vec![]), &helpdesk(), Browser::of(SAFARI), LandingQuery::default());
    assert!(checked(&fresh, "ios") && !checked(&fresh, "company"));
    let change = LandingQuery { change: true, ..LandingQuery::default() };
    let linux = landing(Some(Platform::Linux), vec![]);
    let html = render_active(&linux, &helpdesk(), Browser::of(SAFARI), change);
    assert!(checked(&html, "linux") && checked(&html, "company") && !checked(&html, "ios"));
}

#[test]
fn a_page_waits_for_a_second_device_although_the_first_is_enrolled() {
    let first = device(DeviceState::Active, EnrollmentStep::Done);
    let query = LandingQuery { after: 1, ..LandingQuery::default() };
    let mut landing = landing(Some(Platform::Android), vec![first]);
    assert_eq!(status(&landing, LandingQuery::default()).state, LandingState::Done);
    assert_eq!(status(&landing, query).state, LandingState::Waiting);
    assert!(render(&landing, query).contains("Waiting for your phone…"));
    // The first one reported a moment ago.
    landing.devices.push(device(DeviceState::Enrolling, EnrollmentStep::Inventory));
    let answer = status(&landing, query);
    assert_eq!((answer.state, answer.step, answer.steps), (LandingState::Enrolling, 4, 5));
    assert!(answer.text.starts_with("Your phone is connected: step 4 of 5"), "{}", answer.text);
}

#[test]
fn a_second_phone_is_not_told_that_it_is_done() {
    let landing = landing(Some(Platform::Android), vec![device(DeviceState::Active, EnrollmentStep::Done)]);
    let opened = render(&landing, LandingQuery::default());
    assert!(!opened.contains("You’re done") && opened.contains("Example Phone 9"), "{opened}");
    assert!(opened.contains("?after=1&amp;change=1"), "{opened}");
    // The page that was followed from here waits for the second phone, and then it is done.
    let followed = LandingQuery::parse(Some("after=1&mine=1"));
    assert_eq!(status(&landing, followed).state, LandingState::Waiting);
    let both = LandingInvitation { devices: vec![landing.devices[0].clone(); 2], ..landing };
    assert!(render(&both, followed).contains("You’re done"));
}

#[test]
fn an_enrolled_device_can_be_set_up_again() {
    let landing = landing(Some(Platform::Android), vec![device(DeviceState::Active, EnrollmentStep::Done)]);
    let done = render(&landing, LandingQuery { mine: true, ..LandingQuery::default() });
    assert!(done.contains("You’re done") && done.contains("again=1") && done.contains("after=1"));
    let again = render(&landing, LandingQuery { again: true, ..LandingQuery::default() });
    assert!(again.contains("Install the agent") && !again.contains("data-poll"));
}

#[test]
fn the_json_of_the_status_has_fixed_words() {
    let enrolling = landing(Some(Platform::Android), vec![device(DeviceState::Enrolling, EnrollmentStep::Contacted)]);
    let json = serde_json::to_value(status(&enrolling, LandingQuery::default())).unwrap();
    assert_eq!(json["state"], "enrolling");
    assert_eq!(json["step"], 1);
    for reason in DeactivationReason::ALL {
        assert_eq!(
            serde_json::to_value(status_inactive(*reason, LandingQuery::default(), "")).unwrap()["state"],
            "inactive"
        );
    }
}
