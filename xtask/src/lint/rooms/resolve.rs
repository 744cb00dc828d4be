//! Finds the file that a path leads to.

use std::collections::HashMap;

use super::scan::Scan;
use super::source::{Module, Source};

/// How many imports are followed for one name: `use time::time` would be followed for ever.
const MAX_HOPS: usize = 8;

/// A use of one file by another one of the same crate.
pub struct Reference {
    /// Index of the file that mentions the other.
    pub from: usize,
    /// Index of the file that is mentioned.
    pub to: usize,
    /// How the path is written.
    pub written: String,
}

/// Knows the modules of a crate and what each of them imports.
pub struct Resolver<'a> {
    source: &'a Source,
    scans: &'a [Scan],
    names: HashMap<(&'a [String], &'a str), &'a [String]>,
    globs: HashMap<&'a [String], Vec<&'a [String]>>,
}

impl<'a> Resolver<'a> {
    /// Prepares for finding paths. `scans` are those of the files of `source`, in the same order.
    pub fn new(source: &'a Source, scans: &'a [Scan]) -> Self {
        let mut resolver = Self { source, scans, names: HashMap::new(), globs: HashMap::new() };
        for import in scans.iter().flat_map(|scan| &scan.imports) {
            match &import.name {
                Some(name) => {
                    resolver.names.insert((&import.scope, name), &import.segments);
                }
                None => resolver.globs.entry(&import.scope).or_default().push(&import.segments),
            }
        }
        resolver
    }

    /// Every reference from one file to another.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        for (from, scan) in self.scans.iter().enumerate() {
            let imports = scan.imports.iter().map(|import| (&import.scope, &import.segments));
            let mentions = scan.mentions.iter().map(|mention| (&mention.scope, &mention.segments));
            for (scope, segments) in imports.chain(mentions) {
                if let Some(to) = self.file(scope, segments).filter(|&to| to != from) {
                    found.push(Reference { from, to, written: segments.join("::") });
                }
            }
        }
        found
    }

    fn file(&self, scope: &[String], segments: &[String]) -> Option<usize> {
        let path = self.absolute(scope, segments, MAX_HOPS)?;
        self.source.file_of(&self.owner(&path, MAX_HOPS))
    }

    /// The path as seen from the root of the crate; nothing if it leads out of the crate.
    fn absolute(&self, scope: &[String], segments: &[String], hops: usize) -> Option<Module> {
        let hops = hops.checked_sub(1)?;
        let (first, rest) = segments.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([scope, rest].concat()),
            "super" => {
                let (_, above) = scope.split_last()?;
                // The next segment may be `super` again, or a name in the module above.
                match rest.first().map(String::as_str) {
                    Some("super") => self.absolute(above, rest, hops),
                    _ => Some([above, rest].concat()),
                }
            }
            name => {
                if let Some(imported) = self.names.get(&(scope, name)) {
                    let path = self.absolute(scope, imported, hops)?;
                    return Some([path.as_slice(), rest].concat());
                }
                // A name without an import is a module below this one, or leads to another crate.
                let path = [scope, segments].concat();
                self.source.file_of(&path[..=scope.len()]).map(|_| path)
            }
        }
    }

    /// The module whose file defines what an absolute path names. Re-exports are followed if they come from a module
    /// below the one that re-exports.
    fn owner(&self, path: &[String], hops: usize) -> Module {
        let mut depth = 0;
        while depth < path.len() && self.source.file_of(&path[..=depth]).is_some() {
            depth += 1;
        }
        let (module, rest) = path.split_at(depth);
        rest.split_first()
            .and_then(|(name, rest)| self.reexported(module, name, rest, hops))
            .unwrap_or_else(|| module.to_vec())
    }

    /// The module below `module` that a re-exported `name` comes from.
    fn reexported(&self, module: &[String], name: &str, rest: &[String], hops: usize) -> Option<Module> {
        let hops = hops.checked_sub(1)?;
        let is_below = |found: &Module| found.len() > module.len() && found.starts_with(module);
        if let Some(imported) = self.names.get(&(module, name)) {
            let path = self.absolute(module, imported, hops)?;
            return Some(self.owner(&[path.as_slice(), rest].concat(), hops)).filter(is_below);
        }
        self.globs.get(module)?.iter().find_map(|glob| {
            let from = self.absolute(module, glob, hops)?;
            let owner = self.owner(&[from.as_slice(), &[name.to_owned()]].concat(), hops);
            let defines = self.source.file_of(&owner).is_some_and(|file| self.scans[file].defined.contains(name));
            Some(owner).filter(is_below).filter(|_| defines)
        })
    }
}
