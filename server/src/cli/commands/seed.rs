//! `rollcall seed`: fills an empty database with sample data, for development.

use super::{CommandError, open::open_data, print_line};
use crate::cli::{args::SeedArgs, settings::DataPaths};

/// Fills the database.
///
/// # Errors
/// The data cannot be opened, or it has people already.
pub async fn run(args: SeedArgs) -> Result<(), CommandError> {
    let installation = open_data(&DataPaths::from_args(&args.data)?).await?;
    let report = |rows: u64| print_line(&format!("{rows} rows …"));
    let seeded = installation.rollcall.seed(args.devices, args.seed, report).await;
    installation.store.close().await;
    let seeded = seeded?;
    print_line(&format!("Added {} sample people with {} rows of Mobile devices.", seeded.people, seeded.rows));
    Ok(())
}
