//! Programs of the host: whether they are installed, and what they print.

use std::{
    env,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Output, Stdio},
    time::Duration,
};
use tokio::process::Command;

/// Where a program is, if it is on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let is_program = |file: &PathBuf| file.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0);
    env::split_paths(&path).map(|dir| dir.join(name)).find(is_program)
}

/// Runs a program to its end, for at most `limit`. No shell is involved.
///
/// # Errors
/// The program is missing, takes too long or fails; the text says which.
pub async fn run(name: &str, arguments: &[&str], limit: Duration) -> Result<Output, String> {
    let program = find(name).ok_or_else(|| format!("{name} is not installed"))?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    let output = match tokio::time::timeout(limit, command.output()).await {
        Ok(ended) => ended.map_err(|e| format!("{name} cannot be started: {e}"))?,
        Err(_) => return Err(format!("{name} did not answer in {} s", limit.as_secs())),
    };
    if output.status.success() {
        return Ok(output);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let first = words.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
    Err(format!("{name} failed: {}", first.trim()))
}

/// The output of a program, without the white space around it; `None` when it fails or prints nothing.
pub async fn text(name: &str, arguments: &[&str]) -> Option<String> {
    let output = run(name, arguments, Duration::from_secs(5)).await.ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The output of a program, parsed as JSON.
///
/// # Errors
/// As [`run`], or the output is not JSON.
pub async fn json(name: &str, arguments: &[&str], limit: Duration) -> Result<serde_json::Value, String> {
    let output = run(name, arguments, limit).await?;
    serde_json::from_slice(&output.stdout).map_err(|_| format!("{name} gave no usable answer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_program_that_is_missing_fails_or_never_ends_is_an_error_with_its_reason() {
        let limit = Duration::from_secs(5);
        assert!(run("no-such-program-here", &[], limit).await.unwrap_err().contains("not installed"));
        let failed = run("sh", &["-c", "echo; echo no luck >&2; exit 3"], limit).await.unwrap_err();
        assert_eq!(failed, "sh failed: no luck");
        let endless = run("sh", &["-c", "exec sleep 60"], Duration::ZERO).await.unwrap_err();
        assert!(endless.contains("did not answer"), "{endless}");
        assert_eq!(text("sh", &["-c", "echo ' yes '"]).await.as_deref(), Some("yes"));
    }
}
