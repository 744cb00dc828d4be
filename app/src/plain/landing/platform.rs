//! The platform that a page is opened on, and the names of platforms.

use domain::device::Platform;
use i18n::{Arg, Language};

/// What is known of the browser that opens the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Browser {
    /// The platform to preselect.
    pub(super) suggested: Platform,
    /// Whether it can install a profile.
    pub(super) place: Place,
    /// Whether it can install an app for Android.
    pub(super) android: AndroidPlace,
}

/// Where the page is opened, as far as installing an app for Android goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AndroidPlace {
    /// A browser on an Android phone or tablet.
    Browser,
    /// Another program on one, such as a mail program, which shows the page in itself.
    WebView,
    /// Another device.
    Elsewhere,
}

impl AndroidPlace {
    fn of(user_agent: &str) -> Self {
        match user_agent.contains("Android") {
            // The word by which web views have told themselves from Chrome since Android 5.
            true if user_agent.contains("; wv)") => Self::WebView,
            true => Self::Browser,
            false => Self::Elsewhere,
        }
    }
}

/// Where the page is opened, as far as enrolling an iPhone or iPad goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Safari on an iPhone or iPad.
    Safari,
    /// Safari on a Mac, or on an iPad, which calls itself one.
    DesktopSafari,
    /// Another browser on an iPhone or iPad, such as the one of a mail program: it cannot install a profile.
    OtherBrowser,
    /// Another device.
    Elsewhere,
}

/// What the user agents of browsers on iOS say that are not Safari, though all of them are built on it.
const OTHER_BROWSERS: [&str; 8] = ["CriOS", "FxiOS", "EdgiOS", "OPiOS", "OPT/", "DuckDuckGo", "GSA/", "YaBrowser"];

/// What browsers of a Mac say that no browser of an iPad does.
const MAC_BROWSERS: [&str; 3] = ["Chrome/", "Firefox/", "Edg/"];

impl Browser {
    /// The browser with this `user_agent`.
    pub fn of(user_agent: &str) -> Self {
        let is = |word| user_agent.contains(word);
        // Web views of programs leave out the version of Safari.
        let is_safari = is("Version/") && is("Safari") && !OTHER_BROWSERS.iter().any(|name| is(name));
        let place = match (is("iPhone") || is("iPad") || is("iPod"), is_safari) {
            (true, true) => Place::Safari,
            (true, false) => Place::OtherBrowser,
            (false, true) if is("Macintosh") => Place::DesktopSafari,
            // Browsers and web views of an iPad pose as those of a Mac, too.
            (false, false) if is("Macintosh") && !MAC_BROWSERS.iter().any(|name| is(name)) => Place::OtherBrowser,
            (false, _) => Place::Elsewhere,
        };
        Self { suggested: suggested_platform(user_agent), place, android: AndroidPlace::of(user_agent) }
    }
}

/// The platform to preselect for a browser with this `user_agent`. A guess that the person can change: iPads pose as
/// Macs by default. Macs cannot be enrolled.
fn suggested_platform(user_agent: &str) -> Platform {
    let is = |word| user_agent.contains(word);
    if is("Android") {
        Platform::Android
    } else if is("iPhone") || is("iPod") {
        Platform::Ios
    } else if is("iPad") || is("Macintosh") {
        Platform::Ipados
    } else if is("Linux") || is("CrOS") || is("X11") {
        Platform::Linux
    } else {
        Platform::Android
    }
}

/// The label of a platform in the choice.
pub(super) fn choice_label(platform: Platform, language: Language) -> String {
    language.text(&format!("platform-{}", platform.as_str()))
}

/// The argument by which messages call the person's device "phone", "iPad", or else "device".
pub(super) fn noun(platform: Option<Platform>) -> (&'static str, Arg<'static>) {
    ("platform", Arg::Text(platform.map_or("other", Platform::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safari_installs_a_profile() {
        const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15";
        const MAC: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let places = [
            (format!("{IPHONE} (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"), Place::Safari),
            (format!("{IPHONE} (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1"), Place::OtherBrowser),
            (format!("{IPHONE} (KHTML, like Gecko) Version/18.5 DuckDuckGo/7 Safari/605.1.15"), Place::OtherBrowser),
            (format!("{IPHONE} (KHTML, like Gecko) Mobile/15E148"), Place::OtherBrowser),
            (format!("{MAC} Version/18.1 Safari/605.1.15"), Place::DesktopSafari),
            (format!("{MAC} CriOS/130 Version/11.1.1 Safari/605.1.15"), Place::OtherBrowser),
            (MAC.to_owned(), Place::OtherBrowser),
            (format!("{MAC} Chrome/130.0 Safari/537.36"), Place::Elsewhere),
            (format!("{MAC} Gecko/20100101 Firefox/130.0"), Place::Elsewhere),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0".to_owned(), Place::Elsewhere),
            (String::new(), Place::Elsewhere),
        ];
        for (user_agent, place) in places {
            assert_eq!(Browser::of(&user_agent).place, place, "{user_agent}");
        }
    }

    #[test]
    fn a_browser_on_android_installs_an_app_and_a_web_view_may_not() {
        let pixel =
            |rest| format!("Mozilla/5.0 (Linux; Android 15; Pixel 9{rest}) AppleWebKit/537.36 Chrome/130.0 Mobile");
        for (user_agent, place) in [
            (pixel(""), AndroidPlace::Browser),
            (pixel(" Build/AP3A; wv"), AndroidPlace::WebView),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0".to_owned(),
                AndroidPlace::Elsewhere,
            ),
            (String::new(), AndroidPlace::Elsewhere),
        ] {
            assert_eq!(Browser::of(&user_agent).android, place, "{user_agent}");
        }
    }

    #[test]
    fn the_user_agent_suggests_the_platform() {
        let known = [
            ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/130.0 Mobile", Platform::Android),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15", Platform::Ios),
            ("Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) AppleWebKit/605.1.15", Platform::Ipados),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", Platform::Ipados),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", Platform::Linux),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", Platform::Android),
            ("", Platform::Android),
        ];
        for (user_agent, platform) in known {
            assert_eq!(suggested_platform(user_agent), platform, "{user_agent}");
        }
    }
}
