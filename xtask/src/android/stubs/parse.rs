//! Reads the list of Android's members.
//!
//! ```text
//! class android.app.Service extends ContextWrapper      a class; `interface` begins an interface
//!     new()                                             a constructor
//!     int START_STICKY = 1                              a constant
//!     abstract IBinder onBind(Intent)                   a method, with the types of its parameters
//!     @29 void startForeground(int, Notification, int)  a method that Android 10 (API level 29) brought
//! ```
//! Classes of the list are named without their package. Members without a level are as old as the oldest version of
//! Android that the app runs on, or older.

use anyhow::{Context as _, Result, bail, ensure};

use super::{Class, Member, Shape};

/// The level of everything without one.
const OLDEST: u32 = 26;

/// What may stand before the type of a member.
const MODIFIERS: [&str; 3] = ["protected", "static", "abstract"];

/// The classes of a list.
pub fn classes(list: &str) -> Result<Vec<Class>> {
    let mut classes: Vec<Class> = Vec::new();
    for (number, line) in list.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default();
        if line.trim().is_empty() {
            continue;
        }
        let at = || format!("line {}: {}", number + 1, line.trim());
        if line.starts_with(' ') {
            let class = classes.last_mut().with_context(at)?;
            let own = member(line.trim(), class.level).with_context(at)?;
            class.members.push(own);
        } else {
            classes.push(class(line).with_context(at)?);
        }
    }
    Ok(classes)
}

fn class(line: &str) -> Result<Class> {
    let (level, line) = level(line, OLDEST)?;
    let (kind, line) = line.split_once(' ').context("no name")?;
    ensure!(["class", "interface"].contains(&kind), "neither a class nor an interface");
    let (name, heritage) = line.split_once(' ').unwrap_or((line, ""));
    let start = name.find(|character: char| character.is_ascii_uppercase()).context("no class in the name")?;
    let package = name[..start].strip_suffix('.').context("no package")?;
    Ok(Class {
        package: package.to_owned(),
        name: name[start..].to_owned(),
        level,
        interface: kind == "interface",
        heritage: heritage.trim().to_owned(),
        members: Vec::new(),
    })
}

fn member(line: &str, class_level: u32) -> Result<Member> {
    let (level, mut line) = level(line, class_level)?;
    let mut modifiers = Vec::new();
    while let Some((word, rest)) = line.split_once(' ').filter(|(word, _)| MODIFIERS.contains(word)) {
        modifiers.push(word.to_owned());
        line = rest.trim_start();
    }
    let (head, shape) = shape(line)?;
    let (generics, head) = match head.strip_prefix('<').and_then(|rest| rest.split_once("> ")) {
        Some((inner, rest)) => (format!("<{inner}> "), rest),
        None => (String::new(), head),
    };
    let (kind, name) = match head.rsplit_once(' ') {
        Some((kind, name)) => (kind, name),
        None if head == "new" => ("", head),
        None => bail!("no type"),
    };
    Ok(Member { level, modifiers, generics, kind: kind.trim().to_owned(), name: name.to_owned(), shape })
}

/// What stands before the parameters or the value, and these.
fn shape(line: &str) -> Result<(&str, Shape)> {
    if let Some((head, value)) = line.split_once(" = ") {
        return Ok((head, Shape::Constant(value.trim().to_owned())));
    }
    let Some((head, rest)) = line.split_once('(') else { return Ok((line, Shape::Field)) };
    let (inner, rest) = rest.rsplit_once(')').context("no `)`")?;
    let throws = rest.trim().strip_prefix("throws ").unwrap_or_default();
    ensure!(!throws.is_empty() || rest.trim().is_empty(), "text after `)`");
    let throws = split(throws);
    Ok((head, Shape::Method { parameters: split(inner), throws }))
}

/// Splits at commas that are not inside of `<…>`.
fn split(list: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let parts = list.split(|character| {
        match character {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ',' && depth == 0
    });
    parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The level in front of a line, if there is one, and the rest.
fn level(line: &str, otherwise: u32) -> Result<(u32, &str)> {
    let Some(rest) = line.strip_prefix('@') else { return Ok((otherwise, line)) };
    let (number, rest) = rest.split_once(' ').context("nothing after the level")?;
    Ok((number.parse().context("the level is not a number")?, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_have_the_level_of_their_class_unless_they_have_their_own() -> Result<()> {
        let list = "@28 class a.b.C extends D implements E, F  # a class\n    void f()\n    @30 void g()\nclass a.b.G\n    int X = 1\n";
        let classes = classes(list)?;
        assert_eq!(classes[0].members.iter().map(|member| member.level).collect::<Vec<_>>(), [28, 30]);
        assert_eq!((classes[0].package.as_str(), classes[0].name.as_str()), ("a.b", "C"));
        assert_eq!(classes[0].heritage, "extends D implements E, F");
        assert_eq!(classes[1].members[0].level, OLDEST);
        assert_eq!(classes[1].members[0].shape, Shape::Constant("1".to_owned()));
        Ok(())
    }

    #[test]
    fn methods_have_modifiers_generic_types_and_exceptions() -> Result<()> {
        let member = member("protected static <T> Map<K, T> get(Class<T>, Map<A, B>) throws X, Y", OLDEST)?;
        assert_eq!(member.modifiers, ["protected", "static"]);
        assert_eq!(
            (member.generics.as_str(), member.kind.as_str(), member.name.as_str()),
            ("<T> ", "Map<K, T>", "get")
        );
        let parameters = vec!["Class<T>".to_owned(), "Map<A, B>".to_owned()];
        assert_eq!(member.shape, Shape::Method { parameters, throws: vec!["X".to_owned(), "Y".to_owned()] });
        Ok(())
    }

    #[test]
    fn a_line_that_makes_no_sense_is_named() {
        for list in
            ["    void f()", "klass a.B", "class a.b", "class a.B\n    f()", "class a.B\n    void f(", "@x class a.B"]
        {
            let error = classes(list).expect_err(list);
            assert!(format!("{error:#}").starts_with("line "), "{error:#}");
        }
    }
}
