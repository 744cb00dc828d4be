//! Text about rooms: errors of the lint, and tables for the documentation.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::crowd::MAX_FILES;
use super::graph::{Circle, Room};
use super::{CrateRooms, graph::Graph};

/// The faults of a crate: one line each, and for a circle one more for each arrow.
pub fn faults(rooms: &CrateRooms) -> Vec<String> {
    let crowded = rooms.files.iter().filter(|(_, count)| **count > MAX_FILES);
    let crowded = crowded.map(|(folder, count)| {
        format!("{}: {count} files side by side, {MAX_FILES} are allowed", shown(&rooms.name, folder))
    });
    crowded.chain(rooms.circles.iter().map(|circle| describe(&rooms.name, circle))).collect()
}

fn describe(name: &str, circle: &Circle) -> String {
    let mut arrows: Vec<_> = circle.arrows.iter().collect();
    // The weakest first: that is where a circle is cut most easily.
    arrows.sort_by_key(|(_, arrow)| arrow.count);
    let mut text = format!("{}: circle of {}", shown(name, &circle.folder), names(&circle.rooms));
    for ((from, to), arrow) in arrows {
        let (file, other, written) = &arrow.example;
        let (file, other, count) = (file.display(), other.display(), arrow.count);
        let _ = write!(text, "\n    {} → {} ({count}×): {file} → {other} ({written})", from.name, to.name);
    }
    text
}

/// A table of the rooms of a crate, in Markdown.
pub fn table(rooms: &CrateRooms, graph: &Graph<'_>) -> String {
    let top = Path::new("");
    let largest = rooms.files.iter().max_by_key(|(_, count)| **count);
    let largest =
        largest.map(|(folder, count)| format!("{} ({count})", shown(&rooms.name, folder))).unwrap_or_default();
    let mut text =
        format!("## {}\n\nFullest folder: {largest}\n\n| Room | Files | Uses |\n|---|---:|---|\n", rooms.name);
    let arrows = graph.arrows(top);
    for (room, files) in graph.rooms(top) {
        let uses = arrows.keys().filter(|(from, _)| *from == room).map(|(_, to)| to.clone()).collect::<Vec<_>>();
        let _ = writeln!(text, "| `{}` | {files} | {} |", room.name, names(&uses));
    }
    let _ = writeln!(text, "\nCircles: {}", rooms.circles.len());
    for circle in &rooms.circles {
        let _ = writeln!(text, "- {}", describe(&rooms.name, circle));
    }
    text
}

fn names(rooms: &[Room]) -> String {
    rooms.iter().map(|room| format!("`{}`", room.name)).collect::<Vec<_>>().join(", ")
}

fn shown(name: &str, folder: &Path) -> String {
    PathBuf::from(name).join("src").join(folder).display().to_string().trim_end_matches('/').to_owned()
}
