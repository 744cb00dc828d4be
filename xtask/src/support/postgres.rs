//! A PostgreSQL of the distribution's packages, for the time of the tests or of a bench: in a folder of its own, on a free port
//! of loopback, with a password that nobody else knows.

use std::fs::{self, File, Permissions};
use std::io::Read as _;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::support::apple::free_address;
use crate::support::{files, process};

/// Where Debian and Ubuntu put the programs, in a folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// The user whom the packages make: PostgreSQL refuses to run as root.
const USER: &str = "postgres";
/// Pause between two looks whether it is ready, and how often it is looked: for a minute.
const READY_PAUSE: Duration = Duration::from_millis(50);
const READY_TRIES: u32 = 1200;

/// How many were started.
static STARTED: AtomicU32 = AtomicU32::new(0);
/// For tests: nothing has to survive a power cut.
const FOR_TESTS: &[&str] = &["fsync=off", "max_connections=500"];
/// For benches: as in use, with room for what they read, and for what they write between two checkpoints.
const FOR_BENCHES: &[&str] = &["shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=15min"];

/// A running PostgreSQL; ended when it is dropped.
pub struct Postgres {
    /// Of its socket, and of its data if that is not kept.
    folder: PathBuf,
    data: PathBuf,
    address: String,
    /// What it is started with, besides its data.
    arguments: Vec<String>,
    password: String,
    server: Child,
}

/// The folder of the programs: that of the newest version of the packages, or one on `PATH`.
pub fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).into_iter().flatten();
    let versions = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    let number = |path: &PathBuf| path.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    let packaged = versions.filter(|folder| has_all(folder)).max_by_key(number);
    packaged.or_else(|| Some(process::find("initdb")?.parent()?.to_owned()).filter(|folder| has_all(folder)))
}

fn has_all(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "pg_isready", "postgres", "psql"].iter().all(|program| folder.join(program).is_file())
}

impl Postgres {
    /// Makes an empty cluster for tests and starts it.
    ///
    /// # Errors
    /// It is not installed, or does not start.
    pub fn start() -> Result<Self> {
        Self::start_with(None, FOR_TESTS)
    }

    /// Starts the cluster in `data`, which is made if there is none, and stays: for benches that count, or for a try of them.
    ///
    /// # Errors
    /// It is not installed, or does not start.
    pub fn start_kept(data: &Path, counts: bool) -> Result<Self> {
        Self::start_with(Some(data), if counts { FOR_BENCHES } else { FOR_TESTS })
    }

    fn start_with(kept: Option<&Path>, settings: &[&str]) -> Result<Self> {
        let programs = programs().context("PostgreSQL is not installed")?;
        // Short: the path of a socket has 107 bytes at most.
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("rollcall-postgres-{}-{number}", std::process::id()));
        make_private(&folder)?;
        let data = kept.map_or_else(|| folder.join("data"), Path::to_owned);
        let address = free_address()?;
        let arguments = arguments(&folder, &address, settings)?;
        let made = fill(&programs, &data).and_then(|()| serve(&programs, &data, &arguments));
        let server = made.inspect_err(|_| drop(fs::remove_dir_all(&folder)))?;
        let mut postgres = Self { folder, data, address, arguments, password: random_digits()?, server };
        postgres.wait_until_ready(&programs)?;
        postgres.set_password()?;
        Ok(postgres)
    }

    /// By a file in the folder, which is private: everybody sees command lines.
    fn set_password(&self) -> Result<()> {
        let file = self.folder.join("password.sql");
        fs::write(&file, format!("alter user {USER} password '{}'", self.password))?;
        process::output(self.psql("postgres")?.arg("-Xqf").arg(&file))?;
        fs::remove_file(file).context("could not remove the file with the password")
    }

    /// The URL of its database for maintenance, whose user may create others.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// The URL of another database.
    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://{USER}:{}@{}/{database}", self.password, self.address)
    }

    /// Runs statements in a database; what they print, without anything around it.
    pub fn query(&self, database: &str, statements: &str) -> Result<String> {
        process::output(self.psql(database)?.args(["-XqAtc", statements]))
    }

    fn psql(&self, database: &str) -> Result<Command> {
        let programs = programs().context("PostgreSQL is not installed")?;
        let mut psql = Command::new(programs.join("psql"));
        psql.arg("-h").arg(&self.folder).args(["-p", self.port(), "-U", USER, "-d", database]);
        psql.args(["-v", "ON_ERROR_STOP=1"]);
        Ok(psql)
    }

    /// The process that starts all others.
    pub fn id(&self) -> Result<u32> {
        let lines = files::read_text(&self.data.join("postmaster.pid"))?;
        let first = lines.lines().next().and_then(|line| line.trim().parse().ok());
        first.context("postmaster.pid does not begin with a number")
    }

    /// A command, a line for each word, that takes `stop` or `start`.
    ///
    /// # Errors
    /// The programs are gone.
    pub fn control(&self) -> Result<String> {
        let programs = programs().context("PostgreSQL is not installed")?;
        let mut control = as_user(&programs.join("pg_ctl"));
        // Errors that tests provoke are not worth a line.
        control.arg("-D").arg(&self.data).arg("-l").arg("/dev/null").arg("-o").arg(self.arguments.join(" "));
        let words = std::iter::once(control.get_program()).chain(control.get_args());
        Ok(words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join("\n"))
    }

    fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap_or_default()
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        for _ in 0..READY_TRIES {
            let mut ask = Command::new(programs.join("pg_isready"));
            if ask.arg("-q").arg("-h").arg(&self.folder).args(["-p", self.port(), "-U", USER]).status()?.success() {
                return Ok(());
            }
            if let Some(status) = self.server.try_wait()? {
                bail!("PostgreSQL ended by itself ({status})");
            }
            sleep(READY_PAUSE);
        }
        bail!("PostgreSQL was not ready within a minute")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = programs().map(|programs| {
            let mut stop = as_user(&programs.join("pg_ctl"));
            stop.args(["stop", "--silent", "--mode=fast", "-D"]).arg(&self.data).current_dir("/").status()
        });
        if !matches!(stopped, Some(Ok(status)) if status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Makes a folder that only PostgreSQL's user can open.
fn make_private(folder: &Path) -> Result<()> {
    fs::create_dir(folder).with_context(|| format!("could not make {}", folder.display()))?;
    fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    if is_root() {
        let number =
            |flag: &str| -> Result<u32> { Ok(process::output(Command::new("id").args([flag, USER]))?.parse()?) };
        chown(folder, Some(number("-u")?), Some(number("-g")?))?;
    }
    Ok(())
}

/// Makes a cluster, unless there is one.
fn fill(programs: &Path, data: &Path) -> Result<()> {
    if data.join("PG_VERSION").is_file() {
        return Ok(());
    }
    if !data.exists() {
        make_private(data)?;
    }
    let mut init = as_user(&programs.join("initdb"));
    init.args([
        "--no-sync",
        "--auth-local=trust",
        "--auth-host=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--username",
        USER,
        "-D",
    ]);
    process::output(init.arg(data).current_dir("/")).map(drop)
}

/// Who can open the folder, or knows the password, can connect.
fn serve(programs: &Path, data: &Path, arguments: &[String]) -> Result<Child> {
    let mut serve = bound(&programs.join("postgres"));
    serve.arg("-D").arg(data).args(arguments);
    serve.current_dir("/").stdin(Stdio::null()).spawn().context("could not start PostgreSQL")
}

/// Where it listens, and its settings.
fn arguments(folder: &Path, address: &str, settings: &[&str]) -> Result<Vec<String>> {
    let (host, port) = address.rsplit_once(':').context("an address without a port")?;
    let listen = format!("listen_addresses={host}");
    let place = ["-k".to_owned(), folder.display().to_string(), "-p".to_owned(), port.to_owned()];
    let settings = [&listen, "log_min_messages=fatal"].into_iter().chain(settings.iter().copied());
    Ok(place.into_iter().chain(settings.flat_map(|setting| ["-c".to_owned(), setting.to_owned()])).collect())
}

/// 32 hexadecimal digits.
fn random_digits() -> Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_le_bytes(bytes)))
}

fn as_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", USER, "--"]).arg(program);
    command
}

/// A program of PostgreSQL that ends with this one, however this one ends.
fn bound(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args(["--reuid", USER, "--regid", USER, "--init-groups"]);
    }
    command.args(["--pdeathsig", "INT", "--"]).arg(program);
    command
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
