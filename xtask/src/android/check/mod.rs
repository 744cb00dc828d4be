//! `cargo xtask android check`: whether what came out is what phones accept.

mod apk;
mod dex;
mod reference;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use self::dex::{Dex, Reference};
use self::reference::Described;
use super::{build, places};
use crate::support::steps::Steps;
use crate::support::{files, process};

/// A budget, so that growth is seen: half of it is code, a quarter are texts.
const MAX_BYTES: usize = 96 * 1024;

/// Builds the app twice and runs every check, then fails if one of them did.
pub fn run() -> Result<()> {
    let mut steps = Steps::new(2 * build::STEPS + 5);
    let path = build::apk(&mut steps)?;
    let first = files::read(&path)?;
    build::apk(&mut steps)?;
    steps.run("Same bytes, small enough", || {
        ensure!(first == files::read(&path)?, "two builds of the same source differ");
        ensure!(first.len() <= MAX_BYTES, "the app has {} bytes, and {MAX_BYTES} are allowed", first.len());
        println!("    {} bytes", first.len());
        Ok(())
    })?;
    steps.run("Signature and alignment", || apk::check_packing(&path))?;
    steps.run("Manifest", || apk::check_manifest(&path))?;
    steps.run("Members of Android", || check_members(&places::target().join("dex/classes.dex")))?;
    steps.run("The packer", build::check_packer)?;
    steps.print_summary();
    Ok(())
}

/// One line that nobody overlooks.
fn notice(text: &str) {
    println!("\n    !!! NOT CHECKED: {text} !!!\n");
}

fn check_members(file: &Path) -> Result<()> {
    let dex = dex::read(&files::read(file)?)?;
    ensure!(!dex.invokes_custom, "the code has lambdas or references to methods, which phones cannot run");
    let used = used(&dex);
    ensure!(!used.is_empty(), "the code uses nothing of Android");
    let Some(folder) = description()? else {
        notice("members of Android; pip, of the package python3-pip, could not download their description");
        return Ok(());
    };
    let described = Described::read(&folder)?;
    let missing: Vec<String> =
        used.iter().filter(|used| !described.has(used)).map(|used| format!("{used:?}")).collect();
    ensure!(missing.is_empty(), "Android does not have:\n{}", missing.join("\n"));
    println!("    {} members, all of them known", used.len());
    Ok(())
}

/// What the code uses that is not its own, each through the class that it comes from.
fn used(dex: &Dex) -> Vec<Reference> {
    let mut used: Vec<Reference> = Vec::new();
    for reference in dex.references.iter().filter(|reference| !reference.class.starts_with('[')) {
        let mut outside = reference.clone();
        // A method of the app, or one that the app's class inherits from Android.
        while let Some(class) = dex.classes.iter().find(|class| class.name == outside.class) {
            match &class.parent {
                Some(parent) if !dex.own.contains(&outside) => outside.class.clone_from(parent),
                _ => break,
            }
        }
        if !dex.classes.iter().any(|class| class.name == outside.class) {
            used.push(outside);
        }
    }
    used.sort();
    used.dedup();
    used
}

/// The folder with the description, downloaded once. None without pip or network.
fn description() -> Result<Option<PathBuf>> {
    let folder = places::target().join("described");
    let pinned = places::sources().join("stubs/requirements.txt");
    let stamp = folder.join("requirements.txt");
    let wanted = files::read_text(&pinned)?;
    if files::read_text(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(Some(folder));
    }
    let pip = Command::new("python3").args(["-m", "pip", "--version"]).output();
    if !pip.is_ok_and(|output| output.status.success()) {
        return Ok(None);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    let mut command = Command::new("python3");
    command
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--root-user-action=ignore",
            "--no-deps",
            "--require-hashes",
            "--target",
        ])
        .arg(&folder);
    if !process::status(command.arg("-r").arg(&pinned))?.success() {
        return Ok(None);
    }
    files::write(&stamp, wanted)?;
    Ok(Some(folder))
}

#[cfg(test)]
mod tests {
    use super::dex::Defined;
    use super::*;

    fn reference(class: &str, name: &str) -> Reference {
        Reference { class: class.to_owned(), name: name.to_owned(), parameters: Some(Vec::new()), kind: "V".to_owned() }
    }

    #[test]
    fn what_the_app_inherits_counts_as_androids() {
        let own = reference("La/Main;", "own");
        let dex = Dex {
            references: vec![own.clone(), reference("La/Main;", "getString"), reference("Landroid/X;", "y")],
            classes: vec![
                Defined { name: "La/Main;".to_owned(), parent: Some("La/Base;".to_owned()) },
                Defined { name: "La/Base;".to_owned(), parent: Some("Landroid/app/Activity;".to_owned()) },
            ],
            own: vec![own],
            invokes_custom: false,
        };
        assert_eq!(used(&dex), [reference("Landroid/X;", "y"), reference("Landroid/app/Activity;", "getString")]);
    }
}
