//! A PostgreSQL of the distribution's packages, for the time of the tests: in a folder of its own, on a free port of loopback,
//! with a password that nobody else knows.

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
use crate::support::process;

/// Where Debian and Ubuntu put the programs, in a folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// The user whom the packages make: PostgreSQL refuses to run as root.
const USER: &str = "postgres";
/// Pause between two looks whether it is ready, and how often it is looked: for a minute.
const READY_PAUSE: Duration = Duration::from_millis(50);
const READY_TRIES: u32 = 1200;

/// How many were started.
static STARTED: AtomicU32 = AtomicU32::new(0);

/// A running PostgreSQL; ended when it is dropped.
pub struct Postgres {
    folder: PathBuf,
    address: String,
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
    /// Makes an empty cluster and starts it.
    ///
    /// # Errors
    /// It is not installed, or does not start.
    pub fn start() -> Result<Self> {
        let programs = programs().context("PostgreSQL is not installed")?;
        // Short: the path of a socket has 107 bytes at most.
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("rollcall-postgres-{}-{number}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        fs::set_permissions(&folder, Permissions::from_mode(0o700))?;
        if is_root() {
            let number =
                |flag: &str| -> Result<u32> { Ok(process::output(Command::new("id").args([flag, USER]))?.parse()?) };
            chown(&folder, Some(number("-u")?), Some(number("-g")?))?;
        }
        let address = free_address()?;
        let made = fill(&programs, &folder).and_then(|()| serve(&programs, &folder, &address));
        let server = made.inspect_err(|_| drop(fs::remove_dir_all(&folder)))?;
        let mut postgres = Self { folder, address, password: random_digits()?, server };
        postgres.wait_until_ready(&programs)?;
        let set = format!("alter user {USER} password '{}'", postgres.password);
        let mut psql = Command::new(programs.join("psql"));
        process::output(psql.arg("-h").arg(&postgres.folder).args(["-p", postgres.port(), "-U", USER, "-qc", &set]))?;
        Ok(postgres)
    }

    /// The URL of its database for maintenance, whose user may create others.
    pub fn url(&self) -> String {
        format!("postgres://{USER}:{}@{}/postgres", self.password, self.address)
    }

    /// A command, a line for each word, that takes `stop` or `start`.
    ///
    /// # Errors
    /// The programs are gone.
    pub fn control(&self) -> Result<String> {
        let programs = programs().context("PostgreSQL is not installed")?;
        let mut control = as_user(&programs.join("pg_ctl"));
        // Errors that tests provoke are not worth a line.
        let options = settings(&self.folder, &self.address)?.join(" ");
        control.arg("-D").arg(self.folder.join("data")).arg("-l").arg("/dev/null").arg("-o").arg(options);
        let words = std::iter::once(control.get_program()).chain(control.get_args());
        Ok(words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join("\n"))
    }

    fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap_or_default()
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        for _ in 0..READY_TRIES {
            let mut ask = Command::new(programs.join("pg_isready"));
            if ask.arg("-q").arg("-h").arg(&self.folder).args(["-p", self.port()]).status()?.success() {
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
            stop.args(["stop", "--silent", "--mode=fast", "-D"]).arg(self.folder.join("data")).status()
        });
        if !matches!(stopped, Some(Ok(status)) if status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn fill(programs: &Path, folder: &Path) -> Result<()> {
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
    process::output(init.arg(folder.join("data")).current_dir("/")).map(drop)
}

/// Who can open the folder, or knows the password, can connect. Nothing has to survive a power cut.
fn serve(programs: &Path, folder: &Path, address: &str) -> Result<Child> {
    let mut serve = as_user(&programs.join("postgres"));
    serve.arg("-D").arg(folder.join("data")).args(settings(folder, address)?);
    serve.current_dir("/").stdin(Stdio::null()).spawn().context("could not start PostgreSQL")
}

/// Where it listens, and what suits tests.
fn settings(folder: &Path, address: &str) -> Result<Vec<String>> {
    let (host, port) = address.rsplit_once(':').context("an address without a port")?;
    let listen = format!("listen_addresses={host}");
    let settings = [&listen, "fsync=off", "max_connections=500", "log_min_messages=fatal"];
    let settings = settings.into_iter().flat_map(|setting| ["-c".to_owned(), setting.to_owned()]);
    let place = ["-k".to_owned(), folder.display().to_string(), "-p".to_owned(), port.to_owned()];
    Ok(place.into_iter().chain(settings).collect())
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

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
