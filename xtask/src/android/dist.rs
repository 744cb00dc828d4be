//! The app for `cargo xtask dist`: signed with the publisher's key, where the server's program takes it from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::key::Key;
use super::{build, places};
use crate::support::files;
use crate::support::process::Missing;
use crate::support::steps::Steps;

/// How many steps [`hand_over`] takes.
pub fn step_count() -> usize {
    if Key::is_chosen() { build::STEPS } else { 0 }
}

/// Builds the app for the server's program, which then hands it out, and returns where it is. Without the publisher's key, or
/// where a tool is missing, the program is made without it: prints why, and returns `None`.
pub fn hand_over(steps: &mut Steps) -> Result<Option<PathBuf>> {
    let place = places::target().join("dist/rollcall.apk");
    let built = if Key::is_chosen() { build::apk(steps).map(Some) } else { Ok(None) };
    let app = match built {
        Ok(Some(app)) => app,
        Ok(None) => {
            println!("    No Android app: ROLLCALL_ANDROID_KEY names no key to sign it with (docs/android.md)");
            return without(&place);
        }
        Err(error) if error.is::<Missing>() => {
            println!("    No Android app: {error:#}");
            return without(&place);
        }
        Err(error) => return Err(error),
    };
    let bytes = files::read(&app)?;
    // A file that is the same is not touched: the server would be compiled again.
    if !files::read(&place).is_ok_and(|known| known == bytes) {
        files::write(&place, bytes)?;
    }
    Ok(Some(place))
}

/// What was put there before was signed at another time.
fn without(place: &Path) -> Result<Option<PathBuf>> {
    if place.exists() {
        fs::remove_file(place).with_context(|| format!("could not remove {}", place.display()))?;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_made_without_the_app_does_not_get_an_earlier_one() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let place = folder.path().join("rollcall.apk");
        fs::write(&place, "an app")?;
        assert_eq!(without(&place)?, None);
        assert!(!place.exists());
        assert_eq!(without(&place)?, None, "there was none");
        Ok(())
    }
}
