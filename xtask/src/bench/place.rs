//! Where databases of a bench are: files, or a PostgreSQL of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};

use super::figures;
use super::options::{Engine, Options};
use super::samples::now;
use crate::support::postgres::Postgres;
use crate::support::{files, process};

/// Age at which sample data is made anew: its phones count as silent a day after they reported.
const MAX_AGE: Duration = Duration::from_hours(20);

/// The database in its folder.
const DATABASE_FILE: &str = "rollcall.db";
/// The key beside it.
const KEY_FILE: &str = "secret.key";

/// Where databases are.
pub enum Place {
    /// In files.
    Files,
    /// In PostgreSQL, which runs for as long as this is there.
    Cluster(Postgres),
}

/// One database, with the folder of its key.
#[derive(Clone, Debug)]
pub struct Data {
    /// The folder of the key, and of the database if it is a file.
    pub folder: PathBuf,
    /// How PostgreSQL calls it.
    database: String,
}

impl Place {
    /// Starts what is needed.
    pub fn of(options: &Options) -> Result<Self> {
        match options.engine {
            Engine::Sqlite => Ok(Self::Files),
            Engine::Postgres => {
                files::make_folder(&figures::folder())?;
                let name = if options.counts() { "postgres" } else { "postgres-short" };
                Ok(Self::Cluster(Postgres::start_kept(&figures::folder().join(name), options.counts())?))
            }
        }
    }

    /// PostgreSQL, unless databases are files.
    pub const fn postgres(&self) -> Option<&Postgres> {
        match self {
            Self::Files => None,
            Self::Cluster(postgres) => Some(postgres),
        }
    }

    /// What programs have to be told to find the data, as environment variables.
    pub fn settings(&self, data: &Data) -> Vec<(&'static str, String)> {
        let folder = ("ROLLCALL_DATA_DIR", data.folder.display().to_string());
        let database = self.postgres().map(|postgres| ("ROLLCALL_DATABASE", postgres.url_of(&data.database)));
        [folder].into_iter().chain(database).collect()
    }

    /// Sample data, which is made if there is none or if it is too old.
    pub fn samples(&self, program: &Path, rows: u64) -> Result<Data> {
        let data = self.samples_of(rows);
        let complete = data.folder.join("complete");
        if is_fresh(&complete) && self.is_there(&data)? {
            println!("Sample data: {} (made before)", data.folder.display());
            return Ok(data);
        }
        self.empty(&data)?;
        let begin = now();
        match self.postgres() {
            None => process::run(
                Command::new(program).args(["seed", "--devices", &rows.to_string()]).envs(self.settings(&data)),
            )?,
            Some(postgres) => copy_samples(program, &Self::Files.samples(program, rows)?, &data, postgres)?,
        }
        println!("Sample data: {}, made in {:.1} s", data.folder.display(), begin.elapsed().as_secs_f64());
        self.tidy(&data)?;
        files::write(&complete, "")?;
        Ok(data)
    }

    /// Makes sample data anew the next time.
    pub fn forget_samples(&self, rows: u64) -> Result<()> {
        let complete = self.samples_of(rows).folder.join("complete");
        fs::remove_file(&complete).with_context(|| format!("could not remove {}", complete.display()))?;
        // Those of PostgreSQL are a copy of the file's.
        if self.postgres().is_some() { Self::Files.forget_samples(rows) } else { Ok(()) }
    }

    /// A copy of the data, which replaces an earlier one of this name.
    pub fn copy(&self, from: &Data, name: &str) -> Result<Data> {
        let to = self.data(name);
        files::empty_folder(&to.folder)?;
        for file in files::list(&from.folder)? {
            let (old, new) = (from.folder.join(&file), to.folder.join(&file));
            if let Some(folder) = new.parent() {
                files::make_folder(folder)?;
            }
            fs::copy(&old, &new).with_context(|| format!("could not copy {}", old.display()))?;
        }
        if let Some(postgres) = self.postgres() {
            drop_database(postgres, &to.database)?;
            // Written as files, not as entries of the log.
            let how = format!("create database {} template {} strategy file_copy", to.database, from.database);
            postgres.query("postgres", &how)?;
            postgres.query(&to.database, "checkpoint")?;
        }
        Ok(to)
    }

    /// Removes a database.
    pub fn remove(&self, data: &Data) -> Result<()> {
        if let Some(postgres) = self.postgres() {
            drop_database(postgres, &data.database)?;
        }
        fs::remove_dir_all(&data.folder).with_context(|| format!("could not remove {}", data.folder.display()))
    }

    /// Whether PostgreSQL has the database: the mark beside its key may be of another cluster.
    fn is_there(&self, data: &Data) -> Result<bool> {
        let Some(postgres) = self.postgres() else { return Ok(true) };
        let count = format!("select count(*) from pg_database where datname = '{}'", data.database);
        Ok(postgres.query("postgres", &count)? == "1")
    }

    fn samples_of(&self, rows: u64) -> Data {
        let name = if self.postgres().is_some() { "rows" } else { "list" };
        self.data(&format!("{name}-{rows}"))
    }

    fn data(&self, name: &str) -> Data {
        let suffix = if self.postgres().is_some() { "-postgres" } else { "" };
        Data { folder: figures::folder().join(format!("{name}{suffix}")), database: name.replace('-', "_") }
    }

    fn empty(&self, data: &Data) -> Result<()> {
        files::empty_folder(&data.folder)?;
        let Some(postgres) = self.postgres() else { return Ok(()) };
        drop_database(postgres, &data.database)?;
        postgres.query("postgres", &format!("create database {}", data.database)).map(drop)
    }

    /// What PostgreSQL does by itself some minutes later.
    fn tidy(&self, data: &Data) -> Result<()> {
        self.postgres().map_or(Ok(()), |postgres| postgres.query(&data.database, "vacuum analyze").map(drop))
    }
}

/// Copies a file into an empty database of PostgreSQL: both engines are measured with the same rows, and seeding them one by
/// one would take many times as long.
fn copy_samples(program: &Path, from: &Data, to: &Data, postgres: &Postgres) -> Result<()> {
    let mut copy = Command::new(program);
    copy.arg("copy").arg("--from").arg(from.folder.join(DATABASE_FILE));
    process::run(copy.env("ROLLCALL_COPY_TO", postgres.url_of(&to.database)))?;
    let key = from.folder.join(KEY_FILE);
    fs::copy(&key, to.folder.join(KEY_FILE)).with_context(|| format!("could not copy {}", key.display())).map(drop)
}

fn drop_database(postgres: &Postgres, name: &str) -> Result<()> {
    postgres.query("postgres", &format!("drop database if exists {name} with (force)")).map(drop)
}

#[expect(clippy::disallowed_methods, reason = "sample data grows old by the calendar")]
fn is_fresh(file: &Path) -> bool {
    let made = fs::metadata(file).and_then(|data| data.modified());
    made.is_ok_and(|made| SystemTime::now().duration_since(made).is_ok_and(|age| age < MAX_AGE))
}
