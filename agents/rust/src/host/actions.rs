//! Commands on a real host, carried out by the programs that are installed there.

use crate::{
    clock,
    host::{
        outcome::{Outcome, error, unsupported},
        programs,
    },
    terminal::plain,
};
use domain::{
    Timestamp,
    device::{command::CommandKind, lost::LostText},
    protocol::Location,
};
use serde_json::{Value, json};
use std::{io::Write, time::Duration};
use tokio::time::sleep;

/// Time limit of programs that show or lock something.
const SHORT: Duration = Duration::from_secs(10);
/// Time limit for the position in a heartbeat in lost mode, in seconds.
pub const REPORT_LOCATE_S: u32 = 30;
/// Where distributions put the sound of an alarm (the freedesktop.org sound theme).
const ALARM: &str = "/usr/share/sounds/freedesktop/stereo/alarm-clock-elapsed.oga";
/// Identifies the notification of lost mode on Android, so that it can be removed.
const LOST_NOTE: &str = "rollcall-lost";
const TITLE: &str = "Message from your administrator";

/// A program that commands use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Shows a notification on Android.
    TermuxNotification,
    /// Locates an Android phone.
    TermuxLocation,
    /// Vibrates.
    TermuxVibrate,
    /// Shows a notification on a Linux desktop.
    NotifySend,
    /// The session manager of systemd.
    Loginctl,
    /// Asks the desktop to lock the screen.
    XdgScreensaver,
    /// Locates a Linux host (`GeoClue`).
    WhereAmI,
}

/// The programs and where they are: on the PATH, or where distributions install them.
pub const ALL_PROGRAMS: [(Tool, &str); 8] = [
    (Tool::TermuxNotification, "termux-notification"),
    (Tool::TermuxLocation, "termux-location"),
    (Tool::TermuxVibrate, "termux-vibrate"),
    (Tool::NotifySend, "notify-send"),
    (Tool::Loginctl, "loginctl"),
    (Tool::XdgScreensaver, "xdg-screensaver"),
    (Tool::WhereAmI, "/usr/libexec/geoclue-2.0/demos/where-am-i"),
    (Tool::WhereAmI, "/usr/lib/geoclue-2.0/demos/where-am-i"),
];

/// Carries out a command. The agent handles `inventory` and `renew` itself.
pub async fn carry_out(kind: &CommandKind) -> Outcome {
    match kind {
        CommandKind::Message { text } => show(text).await,
        CommandKind::Ring { seconds } => ring(*seconds).await,
        CommandKind::Locate { high_accuracy, timeout_s } => {
            let place = locate(*high_accuracy, *timeout_s).await?;
            Ok(serde_json::to_value(place).ok())
        }
        CommandKind::Lock {} => lock().await,
        CommandKind::LostMode(text) => begin_lost_mode(text).await,
        CommandKind::EndLostMode {} => end_lost_mode().await,
        CommandKind::Wipe { .. } => {
            unsupported("This agent is an ordinary program and does not own the host, so it cannot erase it.")
        }
        CommandKind::Inventory {} | CommandKind::Renew {} | CommandKind::Unenroll {} => {
            unsupported("This agent does not know the command.")
        }
    }
}

fn print_banner(title: &str, text: &str) {
    let _ = writeln!(std::io::stdout(), "\n*** {title} ***\n{text}\n");
}

async fn show(text: &str) -> Outcome {
    let text = plain(text);
    print_banner(TITLE, &text);
    let is_notified = run("termux-notification", &["--title", TITLE, "--content", &text]).await
        || run("notify-send", &["--", TITLE, &text]).await;
    Ok(Some(json!({ "terminal": true, "notification": is_notified })))
}

async fn run(program: &str, arguments: &[&str]) -> bool {
    programs::run(program, arguments, SHORT).await.is_ok()
}

/// Shows a permanent message, and locks the screen if possible.
async fn begin_lost_mode(text: &LostText) -> Outcome {
    let words = lost_screen_text(text);
    let title = "This device is lost";
    print_banner(title, &words);
    let note = ["--id", LOST_NOTE, "--ongoing", "--priority", "max", "--title", title, "--content", &words];
    let is_notified = run("termux-notification", &note).await
        || run("notify-send", &["--urgency", "critical", "--expire-time", "0", "--", title, &words]).await;
    let is_locked = lock().await.is_ok();
    Ok(Some(json!({ "terminal": true, "notification": is_notified, "locked": is_locked })))
}

/// The text on the screen of a lost device.
fn lost_screen_text(text: &LostText) -> String {
    let message = plain(&text.message);
    match text.phone.as_deref().map(plain) {
        Some(phone) if message.is_empty() => format!("Please call {phone}"),
        Some(phone) => format!("{message}\nPlease call {phone}"),
        None => message,
    }
}

async fn end_lost_mode() -> Outcome {
    print_banner("Lost mode has ended", "");
    let is_removed = run("termux-notification-remove", &[LOST_NOTE]).await;
    Ok(Some(json!({ "notification_removed": is_removed })))
}

/// Rings the bell of the terminal every second, and vibrates or plays a sound if possible.
async fn ring(seconds: u32) -> Outcome {
    for second in 0..seconds.clamp(1, 600) {
        let mut terminal = std::io::stdout();
        let _ = terminal.write_all(b"\x07").and_then(|()| terminal.flush());
        if second % 3 == 0 {
            // Both end by themselves; if they fail, the bell still rings.
            let _ = programs::run("termux-vibrate", &["-f", "-d", "1500"], Duration::from_secs(2)).await;
            let _ = programs::run("paplay", &[ALARM], Duration::from_secs(2)).await;
        }
        sleep(Duration::from_secs(1)).await;
    }
    Ok(None)
}

/// Locates the host: with Termux, else with `GeoClue`.
pub async fn locate(high_accuracy: bool, timeout_s: u32) -> Result<Location, domain::device::AgentError> {
    let seconds = timeout_s.clamp(1, 600);
    let limit = Duration::from_secs(u64::from(seconds));
    let missing = |program: &str| error("location_unavailable", &format!("{program} gave no position"));
    if programs::find("termux-location").is_some() {
        let provider = if high_accuracy { "gps" } else { "network" };
        let answer = programs::json("termux-location", &["-p", provider, "-r", "once"], limit).await;
        let answer = answer.map_err(|reason| error("location_unavailable", &reason))?;
        return parse_termux_location(&answer, clock::now()).ok_or_else(|| missing("termux-location"));
    }
    let geoclue = ALL_PROGRAMS.iter().find(|(tool, path)| *tool == Tool::WhereAmI && programs::find(path).is_some());
    let Some((_, program)) = geoclue else {
        let reason = "This host has no source for its position that the agent can ask (termux-location, GeoClue).";
        return Err(error("unsupported", reason));
    };
    let asked = programs::run(program, &["-t", &seconds.to_string()], limit + SHORT).await;
    let output = asked.map_err(|reason| error("location_unavailable", &reason))?;
    parse_geoclue_location(&String::from_utf8_lossy(&output.stdout), clock::now()).ok_or_else(|| missing("GeoClue"))
}

/// Reads the output of `termux-location`.
fn parse_termux_location(answer: &Value, at: Timestamp) -> Option<Location> {
    let number = |name: &str| answer.get(name).and_then(Value::as_f64);
    Some(Location {
        latitude: number("latitude")?,
        longitude: number("longitude")?,
        accuracy_m: number("accuracy"),
        at,
    })
}

/// Reads the last position in the output of `where-am-i` of `GeoClue`, such as `Latitude:    50.075500°`.
fn parse_geoclue_location(text: &str, at: Timestamp) -> Option<Location> {
    let number = |name: &str| {
        let mut lines = text.lines().filter_map(|line| line.trim().strip_prefix(name));
        let value = lines.next_back()?.trim().trim_end_matches('°');
        value.split_whitespace().next()?.parse::<f64>().ok()
    };
    let (latitude, longitude) = (number("Latitude:")?, number("Longitude:")?);
    Some(Location { latitude, longitude, accuracy_m: number("Accuracy:"), at })
}

/// Asks the session manager or the desktop to lock the screen; this works if the desktop's screen locker takes part.
async fn lock() -> Outcome {
    let mut last_failure = None;
    for (program, argument) in [("loginctl", "lock-session"), ("xdg-screensaver", "lock")] {
        if programs::find(program).is_none() {
            continue;
        }
        match programs::run(program, &[argument], SHORT).await {
            Ok(_) => return Ok(Some(json!({ "asked": program }))),
            Err(reason) => last_failure = Some(reason),
        }
    }
    match last_failure {
        Some(reason) => Err(error("lock_failed", &reason)),
        None => unsupported("This host has no session manager that the agent can ask to lock the screen."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_ordinary_agent_says_why_it_does_not_wipe() {
        let refused = carry_out(&CommandKind::Wipe { external: true }).await.unwrap_err();
        assert_eq!(refused.code, "unsupported");
        assert!(refused.message.contains("does not own"));
    }

    #[test]
    fn a_position_is_read_from_the_output_of_termux() {
        let at = Timestamp::from_millis(5);
        let answer =
            json!({"latitude": 50.1, "longitude": 14.4, "altitude": 200.0, "accuracy": 12.5, "provider": "gps"});
        let place = parse_termux_location(&answer, at).unwrap();
        assert_eq!(place, Location { latitude: 50.1, longitude: 14.4, accuracy_m: Some(12.5), at });
        assert_eq!(parse_termux_location(&json!({"API_ERROR": "no"}), at), None);
    }

    #[test]
    fn the_last_position_is_read_from_the_output_of_geoclue() {
        let at = Timestamp::from_millis(5);
        let text = "Client object: /org/freedesktop/GeoClue2/Client/1\n\nNew location:\nLatitude:    50.000000°\n\
                    Longitude:   14.000000°\nAccuracy:    25000.000000 meters\n\nNew location:\n\
                    Latitude:    50.075500°\nLongitude:   -14.437800°\nAccuracy:    35.500000 meters\n";
        let place = parse_geoclue_location(text, at).unwrap();
        assert_eq!(place, Location { latitude: 50.0755, longitude: -14.4378, accuracy_m: Some(35.5), at });
        assert_eq!(parse_geoclue_location("Failed to connect to GeoClue2 service", at), None);
    }

    #[test]
    fn a_lost_screen_shows_the_message_and_the_number() {
        let text = |message: &str, phone: Option<&str>| {
            lost_screen_text(&LostText { message: message.to_owned(), phone: phone.map(str::to_owned) })
        };
        assert_eq!(text("Lost.", Some("+420 1")), "Lost.\nPlease call +420 1");
        assert_eq!(text("", Some("+420 1")), "Please call +420 1");
        assert_eq!(text("Lost.", None), "Lost.");
    }
}
