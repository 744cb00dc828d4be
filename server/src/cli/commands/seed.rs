//! `rollcall seed`: fills an empty database with sample data, for development.

use super::{CommandError, open::open_data, say};
use crate::cli::{args::SeedArgs, settings::Places};

/// Fills the database.
///
/// # Errors
/// The data cannot be opened, or there are people in it.
pub async fn run(args: SeedArgs) -> Result<(), CommandError> {
    let opened = open_data(&Places::of(&args.data)?).await?;
    let report = |rows: u64| say(&format!("{rows} rows …"));
    let made = opened.rollcall.seed(args.devices, args.seed, report).await;
    opened.store.close().await;
    let made = made?;
    say(&format!("Added {} sample people with {} rows of Mobile devices.", made.people, made.rows));
    Ok(())
}
