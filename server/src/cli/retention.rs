//! What is not kept for ever.

use clap::Args;
use service::{Retention, Settings};

/// A century: what is meant to be longer is for ever.
const DAYS_MAX: i64 = 36_500;

/// For how long is kept what would otherwise only grow.
#[derive(Clone, Debug, Args)]
pub struct RetentionArgs {
    /// For how many days entries of the journal are kept, which the timelines of devices show; 0 for ever.
    #[arg(
        long,
        env = "ROLLCALL_KEEP_JOURNAL_DAYS",
        default_value_t = Retention::default().journal_days,
        value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(..=DAYS_MAX)
    )]
    pub keep_journal_days: u32,
    /// For how many days the outbox keeps mails that were sent, failed or not needed any more; 0 for ever.
    #[arg(
        long,
        env = "ROLLCALL_KEEP_MAILS_DAYS",
        default_value_t = Retention::default().mails_days,
        value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(..=DAYS_MAX)
    )]
    pub keep_mails_days: u32,
    /// For how many days the last position of a device is kept; 0 for ever.
    #[arg(
        long,
        env = "ROLLCALL_KEEP_POSITIONS_DAYS",
        default_value_t = Retention::default().positions_days,
        value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(..=DAYS_MAX)
    )]
    pub keep_positions_days: u32,
}

impl RetentionArgs {
    /// Sets how long things are kept.
    pub fn apply(&self, settings: &mut Settings) {
        settings.retention = Retention {
            journal_days: self.keep_journal_days,
            mails_days: self.keep_mails_days,
            positions_days: self.keep_positions_days,
        };
    }
}
