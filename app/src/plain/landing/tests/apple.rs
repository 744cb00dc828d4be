//! The pages of iPhones and iPads.

use super::*;

const MAIL: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148";
const DESKTOP_SAFARI: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15";

fn render_on(user_agent: &str, landing: &LandingInvitation, query: LandingQuery) -> String {
    render_active(landing, &helpdesk(), Browser::of(user_agent), query)
}

/// Every page of an iPhone under a name of its own. In front of the colon of one that follows the phone is nothing else.
pub(super) fn pages(query: LandingQuery) -> Vec<(String, String)> {
    let ios = |apple, devices| LandingInvitation { apple: Some(apple), ..landing(Some(Platform::Ios), devices) };
    let progress = [
        AppleProgress::Nothing,
        AppleProgress::Fetched { minutes_left: 1 },
        AppleProgress::Fetched { minutes_left: 7 },
        AppleProgress::Lapsed,
        AppleProgress::Issued,
        AppleProgress::Unfinished,
    ];
    let mut pages = progress
        .map(|progress| {
            let page = render_on(SAFARI, &ios(AppleSteps { progress, ..READY }, vec![]), query);
            (format!("iPhone: {progress:?}"), page)
        })
        .to_vec();
    for (name, user_agent) in [("mail program", MAIL), ("Mac", DESKTOP_SAFARI)] {
        pages.push((format!("iPhone: {name}"), render_on(user_agent, &ios(READY, vec![]), query)));
    }
    for state in [DeviceState::Pending, DeviceState::NotSynchronizing] {
        let page = render_on(SAFARI, &ios(READY, vec![device(state, EnrollmentStep::Contacted)]), query);
        pages.push((format!("iPhone: {state}"), page));
    }
    let not_ready = AppleSteps { is_ready: false, ..READY };
    for platform in [Platform::Ios, Platform::Ipados] {
        let landing = LandingInvitation { apple: Some(not_ready), ..landing(Some(platform), vec![]) };
        pages.push((format!("not ready for {platform}"), render_on(SAFARI, &landing, query)));
    }
    pages
}

#[test]
fn a_mac_is_told_which_device_to_take_and_gets_the_way_to_it() {
    for (platform, name) in [(Platform::Ios, "iPhone"), (Platform::Ipados, "iPad")] {
        let html = render_on(DESKTOP_SAFARI, &landing(Some(platform), vec![]), LandingQuery::default());
        assert!(html.contains(&format!("A Mac cannot be enrolled. Open this page on your {name}.")), "{html}");
        assert!(html.contains("id=\"mac\" hidden") && html.contains("class=\"qr\""), "{html}");
    }
}

#[test]
fn an_iphone_gets_its_profile_by_a_link_and_the_way_through_settings() {
    for platform in [Platform::Ios, Platform::Ipados] {
        for language in Language::ALL.iter().copied() {
            let query = LandingQuery { lang: Some(language), ..LandingQuery::default() };
            let html = render_on(SAFARI, &landing(Some(platform), vec![]), query);
            let profile = format!("href=\"/e/abcdefghijklmnopqrstuvwxyz234567/profile?lang={}\"", language.tag());
            assert!(html.contains(&profile), "{html}");
            assert_eq!(html.matches("<li><h2>").count(), 4, "{language:?}");
            assert!(!html.contains("x-safari") && !html.contains("rollcall-agent") && !html.contains("class=\"qr\""));
        }
    }
}

#[test]
fn another_browser_on_an_iphone_leads_to_safari_and_keeps_the_steps() {
    let html = render_on(MAIL, &landing(Some(Platform::Ios), vec![]), LandingQuery::default());
    assert!(html.contains(&format!("href=\"x-safari-{URL}\"")) && html.contains(&format!(">{URL}<")));
    assert!(html.contains("/profile\"") && !html.contains("id=\"mac\""));
}

#[test]
fn a_computer_shows_the_way_to_the_iphone_and_a_mac_may_be_a_tablet() {
    let html = render(&landing(Some(Platform::Ios), vec![]), LandingQuery::default());
    assert!(html.contains("class=\"qr\"") && html.contains(&format!(">{URL}<")) && !html.contains("/profile"));
    let html = render_on(DESKTOP_SAFARI, &landing(Some(Platform::Ipados), vec![]), LandingQuery::default());
    assert!(html.contains("id=\"mac\"") && html.contains("/profile\""));
}

#[test]
fn without_a_push_certificate_the_page_says_whom_to_ask() {
    for platform in [Platform::Ios, Platform::Ipados] {
        let mut landing = landing(Some(platform), vec![]);
        landing.apple = Some(AppleSteps { is_ready: false, ..READY });
        let html = render_on(SAFARI, &landing, LandingQuery::default());
        assert!(html.contains("cannot be enrolled at the moment") && html.contains("help@example.com"));
        assert!(!html.contains("/profile") && !html.contains("data-poll"));
    }
}

#[test]
fn the_profile_has_a_status_before_there_is_a_device() {
    let says = |progress| {
        let mut landing = landing(Some(Platform::Ios), vec![]);
        landing.apple = Some(AppleSteps { progress, ..READY });
        status(&landing, LandingQuery::default()).text
    };
    assert!(says(AppleProgress::Nothing).starts_with("Waiting for your iPhone"));
    assert!(says(AppleProgress::Fetched { minutes_left: 7 }).contains("within 7 minutes"));
    assert!(says(AppleProgress::Fetched { minutes_left: 1 }).contains("within one minute"));
    assert!(says(AppleProgress::Lapsed).contains("Get it again"));
    assert!(says(AppleProgress::Issued).contains("is installing the profile"));
    assert!(says(AppleProgress::Unfinished).contains("Get it again"));
    let stopped = landing(Some(Platform::Ios), vec![device(DeviceState::Pending, EnrollmentStep::Contacted)]);
    let text = status(&stopped, LandingQuery::default()).text;
    assert!(text.contains("Unlock it") && !text.contains("agent"), "{text}");
}
