//! Rooms as a graph: the children of one folder, the arrows between them, and the circles that these form.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::resolve::Reference;
use super::source::{Source, is_own_file_of_folder};

/// A direct child of a folder: a file by its name without extension, or a folder with everything in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Room {
    /// The name, with a slash behind that of a folder.
    pub name: String,
}

impl Room {
    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// That one room uses another.
#[derive(Clone, Debug, Default)]
pub struct Arrow {
    /// How many references it combines.
    pub count: usize,
    /// One of them: file, file, and the path as it is written.
    pub example: (PathBuf, PathBuf, String),
}

/// Rooms that use each other, directly or through each other.
pub struct Circle {
    /// The folder that the rooms are in, below `src`.
    pub folder: PathBuf,
    /// The rooms, sorted.
    pub rooms: Vec<Room>,
    /// The arrows between them.
    pub arrows: BTreeMap<(Room, Room), Arrow>,
}

/// The folders of a crate, and what their children use.
pub struct Graph<'a> {
    source: &'a Source,
    references: Vec<Reference>,
    /// The folders that hold more than their own file. One with only `mod.rs` and tests counts as a file.
    folders: BTreeSet<PathBuf>,
}

impl<'a> Graph<'a> {
    /// The graph of a crate.
    pub fn new(source: &'a Source, references: Vec<Reference>) -> Self {
        // `mod.rs` alone does not make its folder one.
        let above = |file: &'a Path| file.ancestors().skip(if is_own_file_of_folder(file) { 2 } else { 1 });
        let folders = source.files.iter().flat_map(|file| above(&file.path)).map(Path::to_path_buf).collect();
        Self { source, references, folders }
    }

    /// The rooms of a folder with the number of files in each.
    pub fn rooms(&self, folder: &Path) -> BTreeMap<Room, usize> {
        let mut rooms = BTreeMap::new();
        for file in &self.source.files {
            if let Some(room) = self.room(folder, &file.path) {
                *rooms.entry(room).or_default() += 1;
            }
        }
        rooms
    }

    /// The arrows between the rooms of a folder.
    pub fn arrows(&self, folder: &Path) -> BTreeMap<(Room, Room), Arrow> {
        let mut arrows = BTreeMap::<_, Arrow>::new();
        for reference in &self.references {
            let (from, to) = (&self.source.files[reference.from].path, &self.source.files[reference.to].path);
            if let (Some(one), Some(other)) = (self.room(folder, from), self.room(folder, to))
                && one != other
            {
                let arrow = arrows.entry((one, other)).or_default();
                if arrow.count == 0 {
                    arrow.example = (from.clone(), to.clone(), reference.written.clone());
                }
                arrow.count += 1;
            }
        }
        arrows
    }

    /// The circles in every folder of the crate. At least one room of a circle is a folder: files of one folder may use
    /// each other.
    pub fn circles(&self) -> Vec<Circle> {
        self.folders.iter().flat_map(|folder| self.circles_in(folder)).collect()
    }

    fn circles_in(&self, folder: &Path) -> Vec<Circle> {
        let arrows = self.arrows(folder);
        let mut groups = groups(arrows.keys());
        groups.retain(|rooms| rooms.iter().any(Room::is_folder));
        let circle = |rooms: Vec<Room>| {
            let inside = arrows.iter().filter(|((from, to), _)| rooms.contains(from) && rooms.contains(to));
            let arrows = inside.map(|(ends, arrow)| (ends.clone(), arrow.clone())).collect();
            Circle { folder: folder.to_path_buf(), rooms, arrows }
        };
        groups.into_iter().map(circle).collect()
    }

    /// The room of `folder` that a file is in; none for files elsewhere and for the folder's own file.
    fn room(&self, folder: &Path, file: &Path) -> Option<Room> {
        let below = file.strip_prefix(folder).ok()?;
        let first = Path::new(below.iter().next()?);
        if first == below && is_own_file_of_folder(below) {
            return None;
        }
        let name = first.with_extension("");
        let slash = if self.folders.contains(&folder.join(&name)) { "/" } else { "" };
        Some(Room { name: format!("{}{slash}", name.display()) })
    }
}

/// Groups of rooms in which every room leads to every other (strongly connected components).
fn groups<'a>(arrows: impl Iterator<Item = &'a (Room, Room)>) -> Vec<Vec<Room>> {
    let mut reach = BTreeMap::<&Room, BTreeSet<&Room>>::new();
    for (from, to) in arrows {
        reach.entry(from).or_default().insert(to);
    }
    // There are few rooms, so a walk from each of them is quick enough.
    let all: BTreeMap<&Room, BTreeSet<&Room>> = reach.keys().map(|&room| (room, reachable(room, &reach))).collect();
    let mut groups = BTreeSet::new();
    for (room, others) in &all {
        let group: Vec<Room> = others
            .iter()
            .filter(|&&other| all.get(other).is_some_and(|back| back.contains(room)))
            .map(|&other| other.clone())
            .collect();
        if group.len() > 1 {
            groups.insert(group);
        }
    }
    groups.into_iter().collect()
}

/// Every room that arrows lead to from `start`.
fn reachable<'a>(start: &'a Room, arrows: &BTreeMap<&'a Room, BTreeSet<&'a Room>>) -> BTreeSet<&'a Room> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(room) = waiting.pop() {
        for &next in arrows.get(room).into_iter().flatten() {
            if found.insert(next) {
                waiting.push(next);
            }
        }
    }
    found
}
