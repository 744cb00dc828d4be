//! The platform that a page is opened on, and the names of platforms.

use domain::device::Platform;
use i18n::{Arg, Language};

/// The platform to preselect for a browser with this `user_agent`. A guess that the person can change: iPads pose as
/// Macs by default. Macs cannot be enrolled.
pub fn suggested_platform(user_agent: &str) -> Platform {
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

/// Whether this version has an agent for the platform.
pub(super) const fn can_enroll(platform: Platform) -> bool {
    matches!(platform, Platform::Android | Platform::Linux)
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
