//! What mails say: the program's own templates, and those that an operator put in their place.

use super::built_in::{FORMS, template};
use i18n::Language;
use minijinja::{Environment, UndefinedBehavior};
use std::{
    collections::BTreeMap,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

mod check;

#[cfg(test)]
mod tests;

/// The templates of all mails. The default are the program's own.
#[derive(Clone, Debug, Default)]
pub struct MailTemplates {
    overrides: BTreeMap<(Language, &'static str), Override>,
}

/// A file in place of a template.
#[derive(Clone, Debug)]
struct Override {
    path: PathBuf,
    source: String,
}

/// Why templates cannot be used or written. The message is for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A file or folder cannot be read or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// In the words of the operating system.
        reason: String,
    },
    /// Something in the folder that would never be used: a misspelt name, or a language that is not spoken.
    #[error("{} is no mail template: expected {expected}", path.display())]
    Unknown {
        /// What was found.
        path: PathBuf,
        /// What could stand there.
        expected: String,
    },
    /// A template that cannot be rendered.
    #[error("{}:{line}: {reason}", path.display())]
    Broken {
        /// Which.
        path: PathBuf,
        /// Where in it, counted from 1; 0 when the whole of it is meant.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A file is where one would be written.
    #[error("{} is there already; nothing was written", path.display())]
    Exists {
        /// Which.
        path: PathBuf,
    },
}

impl TemplateError {
    fn file(path: &Path, error: &io::Error) -> Self {
        Self::File { path: path.to_owned(), reason: error.to_string() }
    }
}

impl MailTemplates {
    /// The templates of a folder, such as `de/invitation.html`; those that are not there are the program's own. Each is
    /// compiled and rendered with samples. Names that begin with a dot are left alone.
    ///
    /// # Errors
    /// The first thing that is wrong in the folder, with its file and line.
    pub fn from_folder(folder: &Path) -> Result<Self, TemplateError> {
        let mut overrides = BTreeMap::new();
        for path in entries(folder)? {
            let language = known(&path, Language::ALL.iter().map(|language| (language.tag(), *language)))?;
            for path in entries(&path)? {
                let name = known(&path, FORMS.iter().map(|(name, _)| (*name, *name)))?;
                let source = fs::read_to_string(&path).map_err(|error| TemplateError::file(&path, &error))?;
                overrides.insert((language, name), Override { path, source });
            }
        }
        let templates = Self { overrides };
        templates.check()?;
        Ok(templates)
    }

    /// Writes the program's own templates of all languages into a folder, as a start for one's own, and tells how many.
    ///
    /// # Errors
    /// One of the files is there already, in which case nothing is written, or cannot be written.
    pub fn export(folder: &Path) -> Result<usize, TemplateError> {
        let all = Language::ALL.iter().flat_map(|language| FORMS.map(|(name, form)| (*language, name, form)));
        let path = |language: Language, name| folder.join(language.tag()).join(name);
        let taken = all.clone().map(|(language, name, _)| path(language, name)).find(|path| path.exists());
        if let Some(path) = taken {
            return Err(TemplateError::Exists { path });
        }
        let mut written = 0;
        for (language, name, form) in all {
            write_new(&path(language, name), &template(name, form, language))?;
            written += 1;
        }
        Ok(written)
    }

    /// The templates of a language, by their names without the folder. Those whose name ends with `.html` escape what is
    /// put into them; that is the engine's own rule.
    pub(super) fn environment(&self, language: Language) -> Result<Environment<'static>, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, form) in FORMS {
            let source = match self.overrides.get(&(language, name)) {
                Some(file) => file.source.clone(),
                None => template(name, form, language),
            };
            environment.add_template_owned(name, source)?;
        }
        Ok(environment)
    }
}

/// What a folder holds, in the order of names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    let fault = |error| TemplateError::file(folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The value of the name that a path ends with.
fn known<T>(path: &Path, names: impl Iterator<Item = (&'static str, T)>) -> Result<T, TemplateError> {
    let mut expected = Vec::new();
    for (name, value) in names {
        if path.file_name().is_some_and(|it| it == name) {
            return Ok(value);
        }
        expected.push(name);
    }
    Err(TemplateError::Unknown { path: path.to_owned(), expected: expected.join(", ") })
}

fn write_new(path: &Path, text: &str) -> Result<(), TemplateError> {
    let written = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::File::create_new(path)?.write_all(text.as_bytes())
    };
    written().map_err(|error| TemplateError::file(path, &error))
}
