//! The packed file, read by tools of others: signature, alignment, and what the manifest says.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::notice;
use crate::android::places;
use crate::support::{files, process};

/// Checks the signature with `apksigner` and the alignment with `zipalign`.
pub fn check_packing(apk: &Path) -> Result<()> {
    if process::find("apksigner").is_some() {
        let said = process::output(Command::new("apksigner").args(["verify", "--verbose"]).arg(apk))?;
        signed(&said)?;
        println!("    signed with versions 2 and 3");
    } else {
        notice("the signature; the package apksigner has the tool for it");
    }
    if process::find("zipalign").is_some() {
        process::output(Command::new("zipalign").args(["-c", "4"]).arg(apk)).context("not aligned")?;
        println!("    aligned");
    } else {
        notice("the alignment; the package zipalign has the tool for it");
    }
    Ok(())
}

/// Checks what `apksigner verify --verbose` said: versions 2 and 3, one signer.
fn signed(said: &str) -> Result<()> {
    for wanted in ["(APK Signature Scheme v2): true", "(APK Signature Scheme v3): true", "Number of signers: 1"] {
        ensure!(said.contains(wanted), "apksigner did not say `{wanted}`:\n{said}");
    }
    Ok(())
}

/// Compares what the manifest says with the file that says what is expected.
pub fn check_manifest(apk: &Path) -> Result<()> {
    if process::find("aapt2").is_none() {
        notice("the manifest; the package aapt has the tool for it");
        return Ok(());
    }
    let said = process::output(Command::new("aapt2").args(["dump", "badging"]).arg(apk))?;
    let expected = files::read_text(&places::sources().join("expected-badging.txt"))?;
    let found = steady(&said);
    let differences = differences(&expected, &found);
    ensure!(
        differences.is_empty(),
        "the manifest says something else than agents/android/expected-badging.txt:\n{}",
        differences.join("\n")
    );
    println!("    {} lines as expected", found.lines().count());
    Ok(())
}

/// What does not change with the version of the app.
fn steady(badging: &str) -> String {
    let lines = badging.lines().map(|line| match line.split_once(" versionCode=") {
        Some((package, _)) => package,
        None => line,
    });
    lines.flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// Lines that are in one of both.
fn differences(expected: &str, found: &str) -> Vec<String> {
    let only = |mark: char, one: &str, other: &str| -> Vec<String> {
        let missing = one.lines().filter(|line| !other.lines().any(|there| there == *line));
        missing.map(|line| format!("  {mark} {line}")).collect()
    };
    [only('-', expected, found), only('+', found, expected)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_permission_is_a_difference() {
        let badging = "package: name='a' versionCode='7' versionName='0'\nuses-permission: name='X'\n";
        assert_eq!(steady(badging), "package: name='a'\nuses-permission: name='X'\n");
        let more = format!("{badging}uses-permission: name='Y'\n");
        assert_eq!(differences(&steady(badging), &steady(&more)), ["  + uses-permission: name='Y'"]);
        assert_eq!(differences(&steady(&more), &steady(badging)), ["  - uses-permission: name='Y'"]);
    }

    #[test]
    fn both_versions_of_the_signature_are_needed() {
        let line = |version: u8, is: bool| {
            format!("Verified using v{version} scheme (APK Signature Scheme v{version}): {is}\n")
        };
        let said = |two, three| format!("Verifies\n{}{}Number of signers: 1\n", line(2, two), line(3, three));
        assert!(signed(&said(true, true)).is_ok());
        assert!(signed(&said(true, false)).is_err());
        assert!(signed(&said(false, true)).is_err());
    }
}
