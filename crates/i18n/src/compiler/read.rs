//! The files of a language as messages.

use super::Fault;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use std::{fs, path::Path};

/// A message of a file.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// Its name.
    pub key: String,
    /// Its text.
    pub pattern: Pattern<String>,
}

/// The messages of a language, in the order of the files.
#[derive(Clone, Debug, Default)]
pub(super) struct Messages(Vec<Message>);

impl Messages {
    pub(super) fn all(&self) -> impl Iterator<Item = &Message> {
        self.0.iter()
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|message| &message.key)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Message> {
        self.0.iter().find(|message| message.key == key)
    }
}

/// Reads every `.ftl` file of a folder, in the order of their names.
pub(super) fn read_folder(folder: &Path) -> Result<Messages, Vec<Fault>> {
    let unreadable = |error: std::io::Error| vec![Fault(format!("{}: {error}", folder.display()))];
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    paths.sort();
    let (mut messages, mut faults) = (Messages::default(), Vec::new());
    for path in paths {
        let text = fs::read_to_string(&path).map_err(unreadable)?;
        if let Err(reason) = read(&text, &mut messages) {
            faults.push(Fault(format!("{}: {reason}", path.display())));
        }
    }
    if faults.is_empty() { Ok(messages) } else { Err(faults) }
}

/// Adds the messages of a file.
pub(super) fn read(text: &str, messages: &mut Messages) -> Result<(), String> {
    let resource = parser::parse(text.to_owned()).map_err(|(_, errors)| {
        errors.first().map(|error| format!("at byte {}: {error}", error.pos.start)).unwrap_or_default()
    })?;
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let key = message.id.name;
                let pattern = message.value.ok_or_else(|| format!("{key} has no text"))?;
                if !message.attributes.is_empty() {
                    return Err(format!("{key} has attributes"));
                }
                if messages.get(&key).is_some() {
                    return Err(format!("{key} is there twice"));
                }
                messages.0.push(Message { key, pattern });
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Term(term) => return Err(format!("-{} is a term", term.id.name)),
            Entry::Junk { content } => return Err(format!("not understood: {content}")),
        }
    }
    Ok(())
}

impl Message {
    /// The parameters of the message in the order in which it uses them, including those of messages it refers to.
    pub(super) fn params(&self, all: &Messages) -> Vec<String> {
        let mut params = Vec::new();
        collect(&self.pattern, all, &mut params, 0);
        params
    }
}

/// The longest chain of references between messages.
pub(super) const DEPTH_MAX: u8 = 8;

fn collect(pattern: &Pattern<String>, all: &Messages, params: &mut Vec<String>, depth: u8) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => collect_inline(inline, all, params, depth),
            Expression::Select { selector, variants } => {
                collect_inline(selector, all, params, depth);
                for variant in variants {
                    collect(&variant.value, all, params, depth);
                }
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<String>, all: &Messages, params: &mut Vec<String>, depth: u8) {
    match inline {
        InlineExpression::VariableReference { id } if !params.contains(&id.name) => params.push(id.name.clone()),
        InlineExpression::MessageReference { id, .. } if depth < DEPTH_MAX => {
            if let Some(referenced) = all.get(&id.name) {
                collect(&referenced.pattern, all, params, depth + 1);
            }
        }
        _ => {}
    }
}
