//! The templates of mails: the built-in ones, and those with which an operator overrides them.

mod built_in;
mod check;
mod render;
#[cfg(test)]
mod tests;

pub(super) use render::Rendered;

use built_in::{FORMS, template};
use i18n::Language;
use minijinja::{Environment, UndefinedBehavior};
use std::{
    collections::BTreeMap,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

/// The templates of all mails. The default are the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct MailTemplates {
    overrides: BTreeMap<(Language, &'static str), Override>,
}

/// A file that replaces a built-in template.
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
        /// Its path.
        path: PathBuf,
        /// The operating system's error.
        reason: String,
    },
    /// Something in the folder that would never be used: a misspelt name, or a language that is not supported.
    #[error("{} is not a mail template: expected {expected}", path.display())]
    Unknown {
        /// Its path.
        path: PathBuf,
        /// The names that are allowed there.
        expected: String,
    },
    /// A template that cannot be rendered.
    #[error("{}:{line}: {reason}", path.display())]
    Broken {
        /// Its path.
        path: PathBuf,
        /// Line number, from 1; 0 for the file as a whole.
        line: usize,
        /// Why it cannot be rendered.
        reason: String,
    },
    /// A file that would be written already exists.
    #[error("{} already exists; nothing was written", path.display())]
    Exists {
        /// Its path.
        path: PathBuf,
    },
}

impl TemplateError {
    fn file(path: &Path, error: &io::Error) -> Self {
        Self::File { path: path.to_owned(), reason: error.to_string() }
    }
}

impl MailTemplates {
    /// Reads the templates of a folder, such as `de/invitation.html`; the built-in ones are used for those that are
    /// missing. Each is compiled and rendered with samples. Names that begin with a dot are ignored.
    ///
    /// # Errors
    /// The first problem in the folder, with file and line.
    pub fn from_folder(folder: &Path) -> Result<Self, TemplateError> {
        let mut overrides = BTreeMap::new();
        for path in entries(folder)? {
            let language = find_name(&path, Language::ALL.iter().map(|language| (language.tag(), *language)))?;
            for path in entries(&path)? {
                let name = find_name(&path, FORMS.iter().map(|(name, _)| (*name, *name)))?;
                let source = fs::read_to_string(&path).map_err(|error| TemplateError::file(&path, &error))?;
                overrides.insert((language, name), Override { path, source });
            }
        }
        let templates = Self { overrides };
        templates.check()?;
        Ok(templates)
    }

    /// Writes the built-in templates of all languages to a folder, as a starting point for changes, and returns how
    /// many.
    ///
    /// # Errors
    /// One of the files already exists (then nothing is written), or cannot be written.
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

    /// The template engine with the templates of a language, by their names without the folder. By the engine's own
    /// rule, templates whose name ends in `.html` escape their variables.
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

/// The entries of a folder, sorted by name, without hidden ones.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    let failed = |error| TemplateError::file(folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The value of the name that is the last part of a path.
fn find_name<T>(path: &Path, names: impl Iterator<Item = (&'static str, T)>) -> Result<T, TemplateError> {
    let mut expected = Vec::new();
    for (name, value) in names {
        if path.file_name().is_some_and(|it| it == name) {
            return Ok(value);
        }
        expected.push(name);
    }
    Err(TemplateError::Unknown { path: path.to_owned(), expected: expected.join(", ") })
}

/// Writes a new file; an existing one is not overwritten.
fn write_new(path: &Path, text: &str) -> Result<(), TemplateError> {
    let write = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::File::create_new(path)?.write_all(text.as_bytes())
    };
    write().map_err(|error| TemplateError::file(path, &error))
}
