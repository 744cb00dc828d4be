//! How a device stops being in use: it falls silent, is wiped, is deleted, or stands for hardware that is enrolled anew.

mod delete;
mod hardware;
mod silence;

pub use delete::delete_device;
pub use hardware::{note_twin, replace_same_hardware};
pub use silence::{ERASED_AFTER_S, Thresholds, record_silence};
