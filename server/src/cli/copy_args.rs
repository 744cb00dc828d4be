//! From where to where an installation moves.

use crate::cli::secret::Secret;
use clap::Args;

/// The two ends of a copy.
#[derive(Clone, Debug, Args)]
pub struct CopyArgs {
    /// The database file, such as `/var/lib/rollcall/rollcall.db`. No server may run on it.
    #[arg(long, value_name = "FILE")]
    pub from: String,
    /// The empty database: `postgres://USER:PASSWORD@HOST/NAME`. Other users of this computer do not see it in the variable.
    #[arg(long, env = "ROLLCALL_COPY_TO", hide_env_values = true, value_name = "URL")]
    pub to: Secret,
}
