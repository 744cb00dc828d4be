//! That one server works on a database. Two would hand out the same mails, and each would count wrong passwords for itself.
//!
//! The claim is a lock of PostgreSQL, which ends with its connection. When the connection is lost, the claim is taken again.

use crate::{
    OpenError,
    connection::in_time,
    open::{address, connect},
};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::time::Duration;
use tokio::{task::JoinHandle, time::sleep};

/// Names the lock: "rollcall" in ASCII.
const LOCK: i64 = 0x726f_6c6c_6361_6c6c;
/// How often it is looked whether the connection lives, and how long is waited before it is opened again.
const LOOK: Duration = Duration::from_secs(5);

/// The claim of a running server; given up when it is dropped.
#[derive(Debug)]
pub struct ServerClaim(JoinHandle<()>);

impl ServerClaim {
    /// Claims the database at an address.
    ///
    /// # Errors
    /// Another server has it, or it cannot be reached.
    pub async fn take(url: &str) -> Result<Self, OpenError> {
        let (options, name) = address(url)?;
        let opened = |source| OpenError::Open { name: name.clone(), source };
        let mut db = connect(&options).await.map_err(opened)?;
        if !try_lock(&mut db).await.map_err(opened)? {
            return Err(OpenError::Taken { name });
        }
        Ok(Self(tokio::spawn(keep(db, options, name))))
    }
}

impl Drop for ServerClaim {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn try_lock(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select pg_try_advisory_lock($1)").bind(LOCK).fetch_one(db).await
}

/// Holds the lock, and takes it again after the connection was lost.
async fn keep(mut db: PgConnection, options: PgConnectOptions, name: String) {
    loop {
        while in_time(db.ping()).await.is_ok() {
            sleep(LOOK).await;
        }
        db = take_again(&options, &name).await;
    }
}

async fn take_again(options: &PgConnectOptions, name: &str) -> PgConnection {
    loop {
        sleep(LOOK).await;
        let Ok(mut db) = connect(options).await else { continue };
        match try_lock(&mut db).await {
            Ok(true) => return db,
            Ok(false) => tracing::error!("Another Rollcall server works on the database {name}: stop one of them"),
            Err(error) => tracing::debug!(%error, "The database cannot be claimed"),
        }
    }
}
