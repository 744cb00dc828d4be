//! Writes the classes in Java.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::{Class, Member, Shape};

/// The class that records calls and knows the answers.
const FAKE: &str = "net.rollcall.fake.Fake";

/// Types that a cast cannot unwrap.
const WRAPPERS: [(&str, &str); 7] = [
    ("boolean", "Boolean"),
    ("int", "Integer"),
    ("long", "Long"),
    ("float", "Float"),
    ("double", "Double"),
    ("byte", "Byte"),
    ("char", "Character"),
];

/// The source of each class that is in no other, and the path of its file.
pub fn sources(classes: &[Class]) -> Result<Vec<(PathBuf, String)>> {
    let outer = classes.iter().filter(|class| !class.name.contains('.'));
    outer.map(|class| Ok((path(class), source(class, classes)?))).collect()
}

fn path(class: &Class) -> PathBuf {
    PathBuf::from(class.package.replace('.', "/")).join(format!("{}.java", class.name))
}

fn source(class: &Class, all: &[Class]) -> Result<String> {
    let mut source = format!("package {};\n\n", class.package);
    // Its own classes win over imports, and so does its package.
    let own = |other: &Class| other.package == class.package || is_inside(class, all, &other.name);
    for other in all.iter().filter(|other| !other.name.contains('.') && !own(other)) {
        writeln!(source, "import {};", other.full_name())?;
    }
    write_class(&mut source, class, all, "public")?;
    Ok(source)
}

/// Whether `class` has a class of this name in it.
fn is_inside(class: &Class, all: &[Class], name: &str) -> bool {
    let full = format!("{}.{name}", class.name);
    all.iter().any(|other| other.package == class.package && other.name == full)
}

fn write_class(source: &mut String, class: &Class, all: &[Class], modifiers: &str) -> Result<()> {
    let kind = match (class.interface, class.members.iter().any(|member| member.is("abstract"))) {
        (true, _) => "interface",
        (false, true) => "abstract class",
        (false, false) => "class",
    };
    let simple = class.name.rsplit('.').next().unwrap_or(&class.name);
    writeln!(
        source,
        "@SuppressWarnings({{\"unchecked\", \"deprecation\"}})\n{modifiers} {kind} {simple} {} {{",
        class.heritage
    )?;
    let no_arguments = Shape::Method { parameters: Vec::new(), throws: Vec::new() };
    if !class.interface && !class.members.iter().any(|member| member.name == "new" && member.shape == no_arguments) {
        // Classes below it need one; the app cannot call it, because Android does not have it.
        writeln!(source, "protected {simple}() {{}}")?;
    }
    for member in &class.members {
        write_member(source, class, simple, member)
            .with_context(|| format!("{}.{}", class.full_name(), member.name))?;
    }
    for inner in all.iter().filter(|other| is_directly_inside(other, class)) {
        write_class(source, inner, all, "public static")?;
    }
    writeln!(source, "}}")?;
    Ok(())
}

fn is_directly_inside(inner: &Class, class: &Class) -> bool {
    inner.package == class.package && inner.name.rsplit_once('.').is_some_and(|(outer, _)| outer == class.name)
}

fn write_member(source: &mut String, class: &Class, simple: &str, member: &Member) -> Result<()> {
    let access = if member.is("protected") { "protected" } else { "public" };
    let fixed = if member.is("static") { " static" } else { "" };
    match &member.shape {
        Shape::Constant(value) => {
            writeln!(source, "{access} static final {} {} = {value};", member.kind, member.name)?;
        }
        Shape::Field => writeln!(source, "{access}{fixed} {} {};", member.kind, member.name)?,
        Shape::Method { parameters, throws } => {
            let list: Vec<String> = parameters.iter().enumerate().map(|(at, kind)| format!("{kind} p{at}")).collect();
            let throws = if throws.is_empty() { String::new() } else { format!(" throws {}", throws.join(", ")) };
            let head = match member.name.as_str() {
                "new" => simple.to_owned(),
                name => format!("{}{} {name}", member.generics, member.kind),
            };
            write!(source, "{access}{fixed}")?;
            if member.is("abstract") || class.interface {
                writeln!(source, " abstract {head}({}){throws};", list.join(", "))?;
            } else {
                writeln!(
                    source,
                    " {head}({}){throws} {{ {} }}",
                    list.join(", "),
                    body(class, member, parameters.len())
                )?;
            }
        }
    }
    Ok(())
}

/// The code of a method: it tells what was called and answers what it is told to.
fn body(class: &Class, member: &Member, parameters: usize) -> String {
    let this = if member.is("static") { "null" } else { "this" };
    let arguments: Vec<String> = (0..parameters).map(|at| format!("p{at}")).collect();
    let arguments = format!("new Object[] {{{}}}", arguments.join(", "));
    let call = |token: &str| {
        let name = format!("{}.{}", class.full_name(), member.name);
        format!("{FAKE}.call({}, {token}, \"{name}\", {this}, {arguments})", member.level)
    };
    match member.kind.as_str() {
        "" | "void" => format!("{};", call("void.class")),
        kind => match WRAPPERS.iter().find(|(primitive, _)| *primitive == kind) {
            Some((_, wrapper)) => format!("return ({wrapper}) {};", call(&format!("{kind}.class"))),
            None => format!("return ({kind}) {};", call(&token(member, kind))),
        },
    }
}

/// The class of a type, for the answer that is given when a test said nothing.
fn token(member: &Member, kind: &str) -> String {
    let raw = kind.split('<').next().unwrap_or(kind);
    let is_parameter = member.generics.contains(&format!("<{raw}")) || raw.len() == 1;
    if is_parameter { "Object.class".to_owned() } else { format!("{raw}.class") }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::parse;
    use super::*;

    const LIST: &str = "\
class a.b.Outer extends Base
    new(int)
    int X = 1
    static int LEVEL
    @29 boolean ask(String, Outer.Inner) throws Broken
    static <T> T make(Class<T>)
class a.b.Outer.Inner
    new()
    Outer.Inner chain()
interface a.c.Listener
    void on(Outer)
class a.c.Base
    abstract void must()
";

    #[test]
    fn a_class_and_what_is_inside_of_it_are_one_file() -> Result<()> {
        let sources = sources(&parse::classes(LIST)?)?;
        let paths: Vec<&Path> = sources.iter().map(|(path, _)| path.as_path()).collect();
        assert_eq!(paths, ["a/b/Outer.java", "a/c/Listener.java", "a/c/Base.java"].map(Path::new));
        let outer = &sources[0].1;
        for line in [
            "import a.c.Base;",
            "public class Outer extends Base {",
            "protected Outer() {}",
            "public Outer(int p0) { net.rollcall.fake.Fake.call(26, void.class, \"a.b.Outer.new\", this, new Object[] {p0}); }",
            "public static final int X = 1;",
            "public static int LEVEL;",
            "public boolean ask(String p0, Outer.Inner p1) throws Broken { return (Boolean) \
             net.rollcall.fake.Fake.call(29, boolean.class, \"a.b.Outer.ask\", this, new Object[] {p0, p1}); }",
            "public static <T> T make(Class<T> p0) { return (T) net.rollcall.fake.Fake.call(26, Object.class, \
             \"a.b.Outer.make\", null, new Object[] {p0}); }",
            "public static class Inner  {",
        ] {
            assert!(outer.contains(line), "{line}\n{outer}");
        }
        assert!(!outer.contains("import a.b"), "{outer}");
        assert!(sources[1].1.contains("public abstract void on(Outer p0);"));
        assert!(sources[2].1.contains("public abstract class Base"));
        Ok(())
    }
}
