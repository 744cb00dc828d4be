//! The names of commands.

use crate::text;

/// The name of a command as it is shown.
pub fn command_name(word: &str) -> &str {
    match word {
        "lock" => text::command_lock(),
        "wipe" => text::command_wipe(),
        "locate" => text::command_locate(),
        "ring" => text::command_ring(),
        "message" => text::command_message(),
        "lost_mode" => text::command_lost_mode(),
        "end_lost_mode" => text::command_end_lost_mode(),
        "inventory" => text::command_refresh(),
        "renew" => text::command_secret(),
        "unenroll" => text::command_unenroll(),
        other => other,
    }
}
