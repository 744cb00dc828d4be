//! What Android has, by a description of all its classes that others keep: type stubs for Python.
//!
//! Only the names and types are compared. A stand-in with a wrong type would compile, and end the app on the phone.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::dex::Reference;
use crate::support::files;

/// A class as it is described.
#[derive(Debug, Default)]
struct Class {
    bases: Vec<String>,
    /// Names of fields.
    fields: Vec<String>,
    methods: Vec<Method>,
}

#[derive(Debug)]
struct Method {
    name: String,
    parameters: Vec<Pattern>,
    kind: Pattern,
}

/// A type, as far as the description tells.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    /// This descriptor.
    Exactly(String),
    /// One of these descriptors: Python has fewer kinds of numbers.
    OneOf(&'static [&'static str]),
    /// Any class: a parameter of a generic type.
    AnyClass,
}

/// All classes, by their full names.
#[derive(Debug, Default)]
pub struct Described(BTreeMap<String, Class>);

impl Described {
    /// Reads a folder with a folder `…-stubs` for each first word of a package.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut described = Self::default();
        for file in files::list(folder)? {
            let parts: Vec<String> = file.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let [first, middle @ .., last] = parts.as_slice() else { continue };
            if let (Some(first), "__init__.pyi") = (first.strip_suffix("-stubs"), last.as_str()) {
                let module =
                    std::iter::once(first).chain(middle.iter().map(String::as_str)).collect::<Vec<_>>().join(".");
                described.add(&module, &files::read_text(&folder.join(&file))?);
            }
        }
        Ok(described)
    }

    fn add(&mut self, module: &str, text: &str) {
        // Classes around the current line, with the indentation of each.
        let mut around: Vec<(usize, String)> = Vec::new();
        for line in text.lines() {
            let trimmed = line.trim_start();
            let indentation = line.len() - trimmed.len();
            if trimmed.is_empty() || trimmed.starts_with(['@', '#']) {
                continue;
            }
            while around.last().is_some_and(|(outer, _)| *outer >= indentation) {
                around.pop();
            }
            if let Some(rest) = trimmed.strip_prefix("class ") {
                let end = rest.find(['(', ':']).unwrap_or(rest.len());
                let outer = around.last().map_or(module, |(_, name)| name.as_str());
                let name = format!("{outer}.{}", &rest[..end]);
                let inner =
                    rest[end..].strip_prefix('(').and_then(|list| list.rsplit_once("):")).map_or("", |(list, _)| list);
                let bases = split(inner).into_iter().map(|base| qualified(base, module)).collect();
                self.0.insert(name.clone(), Class { bases, ..Class::default() });
                around.push((indentation, name));
            } else if let Some(class) = around.last().and_then(|(_, name)| self.0.get_mut(name)) {
                class.add(trimmed, module);
            }
        }
    }

    /// Whether Android has this member, in its class or one above it.
    pub fn has(&self, wanted: &Reference) -> bool {
        let mut names = vec![dotted(&wanted.class)];
        let mut seen = Vec::new();
        while let Some(name) = names.pop() {
            let Some(class) = self.0.get(&name) else { continue };
            if class.has(wanted) {
                return true;
            }
            // Constructors are not inherited.
            if wanted.name != "<init>" {
                names.extend(class.bases.iter().filter(|base| !seen.contains(*base)).cloned());
            }
            seen.push(name);
            if names.is_empty() && !seen.iter().any(|name| name == "java.lang.Object") {
                names.push("java.lang.Object".to_owned());
            }
        }
        false
    }
}

impl Class {
    fn add(&mut self, line: &str, module: &str) {
        let Some(rest) = line.strip_prefix("def ") else {
            if let Some((name, _)) = line.split_once(": ") {
                self.fields.push(name.to_owned());
            }
            return;
        };
        let Some((name, rest)) = rest.split_once('(') else { return };
        let Some((list, kind)) = rest.rsplit_once(") -> ") else { return };
        let kind = kind.trim_end_matches(": ...");
        let parameters = split(list).into_iter().filter(|part| *part != "self" && *part != "/").filter_map(|part| {
            let (name, kind) = part.split_once(": ")?;
            Some(if name.starts_with('*') { array(&pattern(kind, module)) } else { pattern(kind, module) })
        });
        let parameters = parameters.collect();
        let (name, kind) = match name {
            "__init__" => ("<init>", Pattern::Exactly("V".to_owned())),
            name => (name, answer(kind, module)),
        };
        // Python's own words have a line behind them.
        self.methods.push(Method { name: name.trim_end_matches('_').to_owned(), parameters, kind });
    }

    fn has(&self, wanted: &Reference) -> bool {
        let Some(parameters) = &wanted.parameters else { return self.fields.contains(&wanted.name) };
        self.methods.iter().any(|method| {
            method.name == wanted.name
                && method.parameters.len() == parameters.len()
                && method.parameters.iter().zip(parameters).all(|(pattern, given)| pattern.fits(given))
                && method.kind.fits(&wanted.kind)
        })
    }
}

impl Pattern {
    fn fits(&self, descriptor: &str) -> bool {
        match self {
            Self::Exactly(exactly) => exactly == descriptor,
            Self::OneOf(some) => some.contains(&descriptor),
            Self::AnyClass => descriptor.starts_with(['L', '[']),
        }
    }
}

/// What a method answers: an object stands for the bound of a generic type, too.
fn answer(text: &str, module: &str) -> Pattern {
    match pattern(text, module) {
        Pattern::Exactly(object) if object == "Ljava/lang/Object;" => Pattern::AnyClass,
        other => other,
    }
}

fn array(of: &Pattern) -> Pattern {
    match of {
        Pattern::Exactly(inner) => Pattern::Exactly(format!("[{inner}")),
        _ => Pattern::AnyClass,
    }
}

/// Types of Java that Python knows by other names.
const PRIMITIVES: [(&str, &str); 8] = [
    ("jboolean", "Z"),
    ("jbyte", "B"),
    ("jchar", "C"),
    ("jshort", "S"),
    ("jint", "I"),
    ("jlong", "J"),
    ("jfloat", "F"),
    ("jdouble", "D"),
];

/// What the description of a type allows. Parameters of primitive types name the type exactly, answers do not.
fn pattern(text: &str, module: &str) -> Pattern {
    let parts: Vec<&str> = split_at(text, '|').into_iter().filter(|part| *part != "None").collect();
    let exact = |name: &str| PRIMITIVES.iter().find(|(python, _)| *python == name).map(|(_, letter)| *letter);
    if let Some(letter) = parts.iter().find_map(|part| exact(part.strip_prefix("java.")?)) {
        return Pattern::Exactly(letter.to_owned());
    }
    let Some(first) = parts.first() else { return Pattern::Exactly("V".to_owned()) };
    match *first {
        "int" => Pattern::OneOf(&["I", "J", "S", "B", "Ljava/lang/Integer;", "Ljava/lang/Long;"]),
        "float" => Pattern::OneOf(&["F", "D", "Ljava/lang/Float;", "Ljava/lang/Double;"]),
        "bool" => Pattern::OneOf(&["Z", "Ljava/lang/Boolean;"]),
        "str" if parts.len() == 1 => Pattern::OneOf(&["Ljava/lang/String;", "C"]),
        "str" => Pattern::Exactly("Ljava/lang/String;".to_owned()),
        class => of_class(class, module),
    }
}

fn of_class(text: &str, module: &str) -> Pattern {
    let bare = text.split('[').next().unwrap_or(text);
    if bare == "java.chaquopy.JavaArray" {
        let inner = text[bare.len()..].trim_start_matches('[');
        return array(&pattern(inner.strip_suffix(']').unwrap_or(inner), module));
    }
    if let Some(name) = bare.strip_prefix("java.chaquopy.JavaArrayJ") {
        let wanted = format!("j{}", name.to_lowercase());
        let letter = PRIMITIVES.iter().find(|(python, _)| *python == wanted).map_or("?", |(_, letter)| *letter);
        return Pattern::Exactly(format!("[{letter}"));
    }
    match bare {
        "typing.Type" => Pattern::Exactly("Ljava/lang/Class;".to_owned()),
        "typing.Any" => Pattern::AnyClass,
        name if name.starts_with('_') => Pattern::AnyClass,
        name => Pattern::Exactly(descriptor(&qualified(name, module))),
    }
}

/// A class by its full name: those without a package are of this module.
fn qualified(name: &str, module: &str) -> String {
    let bare = name.split('[').next().unwrap_or(name);
    if bare.starts_with(|character: char| character.is_ascii_uppercase()) {
        format!("{module}.{bare}")
    } else {
        bare.to_owned()
    }
}

/// `android.app.Notification.Builder` as `Landroid/app/Notification$Builder;`.
fn descriptor(name: &str) -> String {
    let mut descriptor = String::from("L");
    let mut in_class = false;
    for part in name.split('.') {
        if descriptor.len() > 1 {
            descriptor.push(if in_class { '$' } else { '/' });
        }
        in_class |= part.starts_with(|character: char| character.is_ascii_uppercase());
        descriptor.push_str(part);
    }
    descriptor.push(';');
    descriptor
}

fn dotted(descriptor: &str) -> String {
    descriptor.trim_start_matches('L').trim_end_matches(';').replace(['/', '$'], ".")
}

/// Splits at commas outside of brackets.
fn split(list: &str) -> Vec<&str> {
    split_at(list, ',')
}

fn split_at(list: &str, separator: char) -> Vec<&str> {
    let mut depth = 0_usize;
    let parts = list.split(|character| {
        match character {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == separator && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = "\
class Base(java.lang.Object):
    def close(self) -> None: ...

class Service(Base):
    START: typing.ClassVar[int] = ...
    class Inner(java.lang.Object):
        def __init__(self, service: Service, flags: java.chaquopy.JavaArrayJByte, /) -> None: ...

    @typing.overload
    def start(self, id: int | java.jint | java.lang.Integer, what: Service.Inner, /) -> bool: ...
    @typing.overload
    def start(self, names: java.chaquopy.JavaArray[java.lang.String], text: str | java.lang.String, /) -> str | None: ...
    def get(self, kind: typing.Type[_get_0__T], /) -> _get_0__T: ...
";

    fn method(class: &str, name: &str, parameters: &[&str], kind: &str) -> Reference {
        let parameters = Some(parameters.iter().map(|&part| part.to_owned()).collect());
        Reference { class: class.to_owned(), name: name.to_owned(), parameters, kind: kind.to_owned() }
    }

    #[test]
    fn members_are_found_by_their_exact_types() {
        let mut described = Described::default();
        described.add("a.b", MODULE);
        let (service, inner) = ("La/b/Service;", "La/b/Service$Inner;");
        for there in [
            method(service, "start", &["I", inner], "Z"),
            method(service, "start", &["[Ljava/lang/String;", "Ljava/lang/String;"], "Ljava/lang/String;"),
            method(service, "get", &["Ljava/lang/Class;"], "Ljava/lang/Object;"),
            method(service, "close", &[], "V"),
            method(inner, "<init>", &[service, "[B"], "V"),
            Reference { parameters: None, ..method(service, "START", &[], "I") },
        ] {
            assert!(described.has(&there), "{there:?}");
        }
        for missing in [
            method(service, "start", &["J", inner], "Z"),
            method(service, "start", &["I", inner], "V"),
            method(service, "start", &["I"], "Z"),
            method(service, "stop", &[], "V"),
            method(service, "<init>", &[service, "[B"], "V"),
            Reference { parameters: None, ..method(service, "STOP", &[], "I") },
        ] {
            assert!(!described.has(&missing), "{missing:?}");
        }
    }
}
