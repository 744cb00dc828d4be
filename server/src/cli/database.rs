//! Which database an installation uses, and how it is opened.

use crate::cli::secret::Secret;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{KeyEvidence, Store};
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

/// Why a database cannot be used, as a sentence without its password.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct DatabaseError(String);

/// Where everything is stored.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server: its URL, which may have a password in it.
    Postgres(Secret),
}

impl Database {
    /// From `sqlite:PATH` or `postgres://…`; `None` when it is neither.
    pub fn from_url(url: &Secret) -> Option<Self> {
        let text = url.expose();
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Some(Self::Postgres(url.clone()));
        }
        let path = text.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        (!path.is_empty() && path != ":memory:").then(|| Self::Sqlite(PathBuf::from(path)))
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }

    /// What the database tells of the key that it belongs to; `None` when there is none yet, or an empty one. Nothing is
    /// written.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn key_evidence(&self) -> Result<Option<KeyEvidence>, DatabaseError> {
        match self {
            Self::Sqlite(path) if !fs::metadata(path).is_ok_and(|file| file.len() > 0) => Ok(None),
            Self::Sqlite(path) => store_sqlite::key_evidence(path).await.map(Some).map_err(failed),
            Self::Postgres(url) => {
                let evidence = store_postgres::key_evidence(url.expose()).await.map_err(failed)?;
                Ok((evidence != KeyEvidence::default()).then_some(evidence))
            }
        }
    }

    /// Opens it, and brings its tables up to date.
    ///
    /// # Errors
    /// It cannot be opened, or belongs to a newer version.
    pub async fn open(&self) -> Result<Arc<dyn Store>, DatabaseError> {
        Ok(match self {
            Self::Sqlite(path) => Arc::new(SqliteStore::open(path).await.map_err(failed)?),
            Self::Postgres(url) => Arc::new(PostgresStore::open(url.expose()).await.map_err(failed)?),
        })
    }
}

fn failed(error: impl std::fmt::Display) -> DatabaseError {
    DatabaseError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(url: &str) -> Option<Database> {
        Database::from_url(&url.parse().unwrap())
    }

    #[test]
    fn the_scheme_says_which_database_it_is() {
        for url in ["sqlite:data/r.db", "sqlite://data/r.db"] {
            assert_eq!(parsed(url).unwrap().file(), Some(Path::new("data/r.db")));
        }
        for url in ["postgres://rollcall@db.example.com/rollcall", "postgresql:///rollcall?host=/run/postgresql"] {
            assert!(matches!(parsed(url), Some(Database::Postgres(_))), "{url}");
        }
        for url in ["mysql://localhost/x", "sqlite:", "sqlite::memory:", "data/r.db"] {
            assert!(parsed(url).is_none(), "{url}");
        }
    }

    #[test]
    fn a_password_in_the_url_never_shows() {
        let shown = format!("{:?}", parsed("postgres://rollcall:hunter2@localhost/rollcall"));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
