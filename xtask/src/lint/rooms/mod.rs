//! Rooms: the folders below `src` of each crate. None may be crowded, and no two may use each other.
//!
//! The children of a folder are its rooms: a folder with everything in it, or a single file. The folder's own file
//! (`mod.rs`, `lib.rs`, `main.rs`, or `name.rs` beside `name/`) is not one of them: it joins what is in the folder.
//! Rooms that lead to each other are a circle, which is an error if one of them is a folder.

mod crowd;
mod graph;
mod report;
mod resolve;
mod scan;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::layers::Workspace;
use graph::{Circle, Graph};
use resolve::Resolver;
use scan::Scan;
use source::Source;

/// Findings about the rooms of one crate.
pub struct CrateRooms {
    /// The crate's name.
    name: String,
    /// How many files are in each folder.
    files: BTreeMap<PathBuf, usize>,
    /// Rooms that use each other.
    circles: Vec<Circle>,
}

/// Checks the rooms of every crate of the workspace.
pub fn check(root: &Path) -> Result<()> {
    let mut faults = Vec::new();
    for package in Workspace::read(root)?.packages() {
        inspect(&package.name, &package.src(), |rooms, _| faults.extend(report::faults(rooms)))?;
    }
    ensure!(faults.is_empty(), "rooms (`cargo xtask rooms` shows all of them):\n{}", faults.join("\n"));
    Ok(())
}

/// Prints a table of rooms, arrows and circles for every crate.
pub fn print(root: &Path) -> Result<()> {
    for package in Workspace::read(root)?.packages() {
        inspect(&package.name, &package.src(), |rooms, graph| println!("{}", report::table(rooms, graph)))?;
    }
    Ok(())
}

/// Hands the rooms of one crate to `report`.
fn inspect(name: &str, src: &Path, report: impl FnOnce(&CrateRooms, &Graph<'_>)) -> Result<()> {
    let source = Source::read(src)?;
    let scans: Vec<Scan> = source.files.iter().map(Scan::of).collect();
    let graph = Graph::new(&source, Resolver::new(&source, &scans).references());
    let rooms = CrateRooms { name: name.to_owned(), files: crowd::files_per_folder(src)?, circles: graph.circles() };
    report(&rooms, &graph);
    Ok(())
}
