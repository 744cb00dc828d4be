//! Which crate of the workspace may use which.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use serde::Deserialize;

use crate::support::process;

/// A crate of the workspace and those of its other crates that it may use.
struct Layer {
    name: &'static str,
    may_use: &'static [&'static str],
    /// What its tests may use besides.
    tests_may_use: &'static [&'static str],
}

const fn layer(name: &'static str, may_use: &'static [&'static str], tests_may_use: &'static [&'static str]) -> Layer {
    Layer { name, may_use, tests_may_use }
}

/// The layers from the bottom up. Each may use those named beside it and no others.
const LAYERS: [Layer; 14] = [
    layer("apple", &[], &["pretended-apns"]),
    layer("pretended-apns", &["apple"], &[]),
    layer("domain", &[], &[]),
    layer("i18n", &[], &[]),
    layer("meters", &[], &[]),
    layer("store", &["domain", "meters"], &[]),
    layer("store-sqlite", &["store", "domain"], &[]),
    layer("store-postgres", &["store", "domain"], &[]),
    layer("service", &["store", "domain", "i18n", "apple", "meters"], &["store-sqlite", "pretended-apns"]),
    layer("app", &["service", "domain", "i18n"], &[]),
    layer("frontend", &["app"], &[]),
    layer(
        "server",
        &["app", "service", "store", "store-sqlite", "store-postgres", "domain", "i18n", "apple", "meters"],
        &["agent", "pretended-apns"],
    ),
    layer("agent", &["domain", "apple", "pretended-apns"], &[]),
    layer("xtask", &[], &[]),
];

/// The part of the output of `cargo metadata` that is needed here.
#[derive(Deserialize)]
pub struct Workspace {
    packages: Vec<Package>,
}

/// One crate of the workspace.
#[derive(Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build`, or none.
    kind: Option<String>,
    /// The folder of a dependency that comes from no registry.
    path: Option<PathBuf>,
}

impl Package {
    /// The folder with its source.
    pub fn src(&self) -> PathBuf {
        self.manifest_path.with_file_name("src")
    }
}

impl Workspace {
    /// Reads the manifests of the workspace at `root`.
    pub fn read(root: &Path) -> Result<Self> {
        let mut cargo = process::cargo();
        cargo.args(["metadata", "--format-version", "1", "--no-deps", "--manifest-path"]).arg(root.join("Cargo.toml"));
        Self::parse(&process::output(&mut cargo)?)
    }

    fn parse(metadata: &str) -> Result<Self> {
        let mut workspace: Self = serde_json::from_str(metadata)?;
        workspace.packages.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(workspace)
    }

    /// The crates, sorted by name.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// An error if a crate uses one that it may not use.
    pub fn check(&self) -> Result<()> {
        let wrong: Vec<String> = self.packages.iter().flat_map(wrong_arrows).collect();
        ensure!(
            wrong.is_empty(),
            "arrows against the layers (table in xtask/src/lint/layers.rs):\n{}",
            wrong.join("\n")
        );
        Ok(())
    }
}

/// What is wrong with the dependencies of one crate, one line each.
fn wrong_arrows(package: &Package) -> Vec<String> {
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == package.name) else {
        return vec![format!("  {}: a new crate; add it to the table of layers", package.name)];
    };
    let ours = package.dependencies.iter().filter(|dependency| dependency.path.is_some());
    let wrong = ours.filter(|dependency| !layer.allows(dependency));
    wrong.map(|dependency| format!("  {} → {}", package.name, dependency.name)).collect()
}

impl Layer {
    fn allows(&self, dependency: &Dependency) -> bool {
        let name = dependency.name.as_str();
        self.may_use.contains(&name) || dependency.kind.as_deref() == Some("dev") && self.tests_may_use.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace with one crate and one dependency.
    fn check(name: &str, dependency: &str, kind: &str) -> Result<()> {
        let metadata = format!(
            r#"{{"packages":[{{"name":"{name}","manifest_path":"/{name}/Cargo.toml","dependencies":[
                {{"name":"serde","kind":null,"path":null}},
                {{"name":"{dependency}","kind":{kind},"path":"/{dependency}"}}]}}]}}"#
        );
        Workspace::parse(&metadata)?.check()
    }

    #[test]
    fn arrows_down_are_allowed() -> Result<()> {
        check("frontend", "app", "null")?;
        check("app", "i18n", r#""build""#)?;
        check("server", "store-sqlite", "null")?;
        check("store-sqlite", "store", "null")
    }

    #[test]
    fn arrows_up_and_past_a_layer_are_refused_by_name() {
        for (name, dependency) in
            [("domain", "service"), ("service", "app"), ("app", "store"), ("frontend", "domain"), ("agent", "service")]
        {
            let error = check(name, dependency, "null").map_err(|error| error.to_string());
            assert!(error.is_err_and(|error| error.contains(&format!("{name} → {dependency}"))), "{name} {dependency}");
        }
    }

    #[test]
    fn tests_may_use_what_the_table_says_and_nothing_else_may() {
        assert!(check("service", "store-sqlite", r#""dev""#).is_ok());
        assert!(check("service", "store-sqlite", "null").is_err());
        assert!(check("service", "server", r#""dev""#).is_err());
    }

    #[test]
    fn a_new_crate_has_to_be_added_to_the_table() {
        let error = check("windows", "domain", "null").map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.contains("windows: a new crate; add it to the table of layers")));
    }
}
