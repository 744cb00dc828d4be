//! Stand-ins for the classes of Android.
//!
//! The app is compiled without Android's own library: `agents/android/stubs/api.txt` names the members that it uses, and
//! the classes made of it have these members and no code of Android. In tests they record calls and answer what a test
//! tells them to, and a call that the pretended version of Android does not have yet ends the test.

mod java;
mod parse;

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::support::files;

/// A class or interface of Android.
#[derive(Debug)]
pub struct Class {
    /// Its package, such as `android.app`.
    pub package: String,
    /// Its name below the package: `Notification`, or `Notification.Builder` of a class in a class.
    pub name: String,
    /// The first version of Android that has it, as an API level.
    pub level: u32,
    /// Whether it is an interface.
    pub interface: bool,
    /// ` extends …` and ` implements …`, as they are written.
    pub heritage: String,
    /// What the app uses of it.
    pub members: Vec<Member>,
}

/// A method, constructor or field.
#[derive(Debug)]
pub struct Member {
    /// The first version of Android that has it, as an API level.
    pub level: u32,
    /// `protected`, `static` and `abstract`, as they are written.
    pub modifiers: Vec<String>,
    /// The parameters of its type, such as `<T>`, or nothing.
    pub generics: String,
    /// Its type; nothing for a constructor.
    pub kind: String,
    /// Its name; `new` for a constructor.
    pub name: String,
    /// What it takes or holds.
    pub shape: Shape,
}

/// What tells methods and fields apart.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape {
    /// A method or constructor, with the types of its parameters and of what it throws.
    Method { parameters: Vec<String>, throws: Vec<String> },
    /// A constant with its value, which the compiler puts into the code of the app.
    Constant(String),
    /// A field that is read when the app runs.
    Field,
}

impl Class {
    /// Its full name, as it is written in Java.
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.package, self.name)
    }
}

impl Member {
    fn is(&self, modifier: &str) -> bool {
        self.modifiers.iter().any(|word| word == modifier)
    }
}

/// Reads the list of members.
pub fn read(list: &Path) -> Result<Vec<Class>> {
    parse::classes(&files::read_text(list)?).with_context(|| format!("{}", list.display()))
}

/// Makes `folder` hold the source of the classes.
pub fn write(classes: &[Class], folder: &Path) -> Result<()> {
    files::empty_folder(folder)?;
    for (path, source) in java::sources(classes)? {
        files::write(&folder.join(path), source)?;
    }
    Ok(())
}
