//! What stands in for Apple: push certificates, and the address of the push service that simulated iPhones bring along.

use std::fs::DirBuilder;
use std::net::TcpListener;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::mode::Mode;
use super::{paths, process};

/// A pretended push service, which is not running yet.
pub struct PushService {
    folder: PathBuf,
    listen: String,
}

impl PushService {
    /// Makes a push certificate, with the topic of the last one if there was one, and puts it into the data folder of a
    /// server that is not running.
    pub fn prepare(mode: Mode, data: &Path) -> Result<Self> {
        let folder = data.join("pretended-apple");
        // As the server would make it: nobody else may read what is in there.
        let folder_made = DirBuilder::new().recursive(true).mode(0o700).create(data);
        folder_made.with_context(|| format!("could not make {}", data.display()))?;
        let agent = paths::program(mode, "rollcall-agent");
        process::run(Command::new(agent).args(["pretend-apple", "--folder"]).arg(&folder).current_dir(paths::root()))?;
        let server = paths::program(mode, "rollcall");
        let mut import = Command::new(server);
        import.args(["apple", "push-certificate", "import", "--certificate"]).arg(folder.join("certificate.pem"));
        import.arg("--key").arg(folder.join("key.pem")).arg("--data-dir").arg(data);
        process::output(import.current_dir(paths::root()))?;
        Ok(Self { folder, listen: free_address()? })
    }

    /// The setting of the server that says where pushes go.
    pub fn url(&self) -> String {
        format!("https://{}", self.listen)
    }

    /// The setting of the server that says whom to trust: a file.
    pub fn authority(&self) -> String {
        self.folder.join("authority.pem").to_string_lossy().into_owned()
    }

    /// The folder with its certificates.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where it is to listen.
    pub fn listen(&self) -> &str {
        &self.listen
    }
}

/// A free address of loopback.
pub fn free_address() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}
