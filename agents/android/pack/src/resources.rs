//! The folder of resources: strings and colours in `values*`, documents in `xml*`, `drawable*` and `mipmap*`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use apk::res::{Config, ResourceType, Resources};
use apk::xml::Document;
use apk::{ApiLevel, PackageName};

use crate::values;

/// The package of the class that names the resources.
const PACKAGE: &str = "net.rollcall.agent";

/// The resources of a folder.
#[derive(Default)]
pub struct Folder {
    /// For the APK.
    pub resources: Resources,
    /// What there is, by kind and name.
    names: BTreeSet<(ResourceType, String)>,
}

/// Reads a folder of resources, in the order of their names.
pub fn read(folder: &Path) -> Result<Folder> {
    let mut all = Folder::default();
    for below in sorted(folder)? {
        let name = name(&below)?;
        let (kind, qualifiers) = name.split_once('-').unwrap_or((&name, ""));
        let config: Config = match qualifiers {
            "" => Config::default(),
            words => words.parse().with_context(|| format!("the folder {name}"))?,
        };
        for file in sorted(&below)? {
            all.add(kind, config, &file).with_context(|| format!("{}", file.display()))?;
        }
    }
    Ok(all)
}

impl Folder {
    fn add(&mut self, kind: &str, config: Config, file: &Path) -> Result<()> {
        let document = Document::parse(&fs::read_to_string(file)?)?;
        if kind == "values" {
            for value in values::read(&document)? {
                self.resources.value(value.kind, &value.name, config, value.value)?;
                self.names.insert((value.kind, value.name));
            }
            return Ok(());
        }
        let kind = match kind {
            "xml" => ResourceType::Xml,
            "drawable" => ResourceType::Drawable,
            "mipmap" => ResourceType::Mipmap,
            _ => bail!("a folder of this kind is not known"),
        };
        let name = name(file)?;
        let name = name.strip_suffix(".xml").context("only .xml files are known")?;
        self.resources.xml(kind, name, config, document)?;
        self.names.insert((kind, name.to_owned()));
        Ok(())
    }

    /// The source of the class `R`, as Android's own tools write it.
    pub fn constants(&self) -> Result<String> {
        // Numbers depend on the names alone, so any package and level will do.
        let compiled = self.resources.compile(&PackageName::try_new(PACKAGE)?, ApiLevel::try_new(26)?)?;
        let mut source =
            format!("package {PACKAGE};\n\n/** Numbers of the resources. */\nfinal class R {{\n    private R() {{}}\n");
        let kinds: BTreeSet<ResourceType> = self.names.iter().map(|(kind, _)| *kind).collect();
        for kind in kinds {
            writeln!(source, "\n    static final class {kind} {{\n        private {kind}() {{}}")?;
            for (_, name) in self.names.iter().filter(|(of, _)| *of == kind) {
                let id = compiled.id(kind, name).with_context(|| format!("{kind}/{name} has no number"))?;
                writeln!(source, "        static final int {name} = 0x{:08x};", id.0)?;
            }
            writeln!(source, "    }}")?;
        }
        writeln!(source, "}}")?;
        Ok(source)
    }
}

/// What is in a folder, by name.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// The last part of a path.
fn name(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.map(str::to_owned).with_context(|| format!("the name of {}", path.display()))
}
