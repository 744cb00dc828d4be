//! Commands on a real host, with the programs that it has.

use crate::{
    commands::{Outcome, error, unsupported},
    edge,
    log::plain,
    programs,
};
use domain::{Timestamp, command::CommandKind, protocol::Location};
use serde_json::{Value, json};
use std::{io::Write, time::Duration};
use tokio::time::sleep;

/// How long a program may take that shows or locks something.
const SHORT: Duration = Duration::from_secs(10);
/// Where distributions put the sound of an alarm (the freedesktop.org sound theme).
const ALARM: &str = "/usr/share/sounds/freedesktop/stereo/alarm-clock-elapsed.oga";

/// Carries out a command. `inventory` and `renew` are the agent's own and do not come here.
pub async fn carry_out(kind: &CommandKind) -> Outcome {
    match kind {
        CommandKind::Message { text } => show(text).await,
        CommandKind::Ring { seconds } => ring(*seconds).await,
        CommandKind::Locate { high_accuracy, timeout_s } => locate(*high_accuracy, *timeout_s).await,
        CommandKind::Lock {} => lock().await,
        CommandKind::Wipe { .. } => {
            unsupported("This agent is an ordinary program and does not own the host, so it cannot erase it.")
        }
        CommandKind::Inventory {} | CommandKind::Renew {} => unsupported("This agent does not know the command."),
    }
}

async fn show(text: &str) -> Outcome {
    let text = plain(text);
    let _ = writeln!(std::io::stdout(), "\n*** Message from your administrator ***\n{text}\n");
    let title = "Message from your administrator";
    let is_notified =
        programs::run("termux-notification", &["--title", title, "--content", &text], SHORT).await.is_ok()
            || programs::run("notify-send", &["--", title, &text], SHORT).await.is_ok();
    Ok(Some(json!({ "terminal": true, "notification": is_notified })))
}

/// The bell of the terminal every second, and what else can be heard or felt.
async fn ring(seconds: u32) -> Outcome {
    for second in 0..seconds.clamp(1, 600) {
        let mut terminal = std::io::stdout();
        let _ = terminal.write_all(b"\x07").and_then(|()| terminal.flush());
        if second % 3 == 0 {
            // Both end by themselves; a failure leaves the bell.
            let _ = programs::run("termux-vibrate", &["-f", "-d", "1500"], Duration::from_secs(2)).await;
            let _ = programs::run("paplay", &[ALARM], Duration::from_secs(2)).await;
        }
        sleep(Duration::from_secs(1)).await;
    }
    Ok(None)
}

async fn locate(high_accuracy: bool, timeout_s: u32) -> Outcome {
    if programs::find("termux-location").is_none() {
        return unsupported("This host has no receiver for its position that the agent can ask (termux-location).");
    }
    let provider = if high_accuracy { "gps" } else { "network" };
    let limit = Duration::from_secs(u64::from(timeout_s.clamp(1, 600)));
    let answer = programs::json("termux-location", &["-p", provider, "-r", "once"], limit).await;
    let answer = answer.map_err(|reason| error("location_unavailable", &reason))?;
    let place = location_of(&answer, edge::now())
        .ok_or_else(|| error("location_unavailable", "termux-location gave no position"))?;
    Ok(serde_json::to_value(place).ok())
}

/// Reads what `termux-location` writes.
fn location_of(answer: &Value, at: Timestamp) -> Option<Location> {
    let number = |name: &str| answer.get(name).and_then(Value::as_f64);
    Some(Location {
        latitude: number("latitude")?,
        longitude: number("longitude")?,
        accuracy_m: number("accuracy").unwrap_or(0.0),
        at,
    })
}

/// Asks the session manager; the screen locker of the desktop has to listen to it.
async fn lock() -> Outcome {
    if programs::find("loginctl").is_none() {
        return unsupported("This host has no session manager that the agent can ask to lock the screen (loginctl).");
    }
    match programs::run("loginctl", &["lock-session"], SHORT).await {
        Ok(_) => Ok(Some(json!({ "asked": "loginctl" }))),
        Err(reason) => Err(error("lock_failed", &reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_plain_agent_says_why_it_does_not_wipe() {
        let refused = carry_out(&CommandKind::Wipe { external: true }).await.unwrap_err();
        assert_eq!(refused.code, "unsupported");
        assert!(refused.message.contains("does not own"));
    }

    #[test]
    fn a_position_is_read_from_what_termux_tells() {
        let at = Timestamp::from_millis(5);
        let answer =
            json!({"latitude": 50.1, "longitude": 14.4, "altitude": 200.0, "accuracy": 12.5, "provider": "gps"});
        let place = location_of(&answer, at).unwrap();
        assert_eq!(place, Location { latitude: 50.1, longitude: 14.4, accuracy_m: 12.5, at });
        assert_eq!(location_of(&json!({"API_ERROR": "no"}), at), None);
    }
}
