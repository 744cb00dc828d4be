//! The pages of Android phones and tablets when the server has the app.

use super::*;

const CHROME: &str = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36";
const MAIL: &str = "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP3A; wv) AppleWebKit/537.36 Chrome/138.0 Mobile";
const COMPUTER: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/138.0";

fn render_on(user_agent: &str, query: LandingQuery) -> String {
    let landing = LandingInvitation { has_android_app: true, ..landing(Some(Platform::Android), vec![]) };
    render_active(&landing, &helpdesk(), Browser::of(user_agent), query)
}

/// Every page under a name of its own.
pub(super) fn pages(query: LandingQuery) -> Vec<(String, String)> {
    let places = [("browser", CHROME), ("web view", MAIL), ("computer", COMPUTER)];
    places.map(|(name, user_agent)| (format!("steps for the app: {name}"), render_on(user_agent, query))).to_vec()
}

#[test]
fn a_phone_gets_the_app_and_opens_it_with_the_link_and_whose_device_it_is() {
    for language in Language::ALL.iter().copied() {
        let html = render_on(CHROME, LandingQuery { lang: Some(language), ..LandingQuery::default() });
        assert!(html.contains("href=\"/android/rollcall.apk\""), "{html}");
        let open = URL.replace("https://", "rollcall://");
        assert!(html.contains(&format!("href=\"{open}?ownership=company\"")), "{html}");
        assert_eq!(html.matches("<li><h2>").count(), 3, "{language:?}");
        assert!(html.contains(">1234 5678<") && html.contains(">ada@example.com<"), "the PIN instead");
        assert!(!html.contains("Termux") && !html.contains("rollcall-agent") && !html.contains("class=\"qr\""));
    }
}

#[test]
fn each_figure_shows_a_page_of_the_app_on_a_screen() {
    let html = render_on(CHROME, LandingQuery::default());
    let figures: Vec<_> = html.split("<svg").skip(1).filter_map(|rest| rest.split_once("</svg>")).collect();
    let figures: Vec<_> = figures.iter().filter(|(svg, _)| svg.contains("class=\"figure\"")).collect();
    assert_eq!(figures.len(), 2, "{html}");
    for (svg, _) in figures {
        let at = |class: &str| svg.find(&format!("class=\"{class}\"")).unwrap_or_else(|| panic!("no {class}: {svg}"));
        assert!(svg.contains("aria-hidden=\"true\""), "{svg}");
        // Later shapes are drawn over earlier ones.
        assert!(at("screen") < at("app") && at("app") < at("line") && at("app") < at("here"), "{svg}");
    }
}

#[test]
fn a_program_that_shows_the_page_in_itself_is_left_by_the_link() {
    let html = render_on(MAIL, LandingQuery::default());
    assert!(html.contains("Open this page in your browser") && html.contains(&format!(">{URL}<")), "{html}");
    assert!(html.contains("/android/rollcall.apk"));
}

#[test]
fn a_computer_shows_the_way_to_the_phone_and_not_the_app() {
    let html = render_on(COMPUTER, LandingQuery::default());
    assert!(html.contains("class=\"qr\"") && html.contains(&format!(">{URL}<")), "{html}");
    assert!(!html.contains("/android/rollcall.apk") && !html.contains("Safari"));
}

#[test]
fn without_the_app_nobody_is_sent_to_it() {
    let html = render_active(
        &landing(Some(Platform::Android), vec![]),
        &helpdesk(),
        Browser::of(CHROME),
        LandingQuery::default(),
    );
    assert!(!html.contains("/android/rollcall.apk") && !html.contains("rollcall://"), "{html}");
}
