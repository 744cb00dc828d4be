//! Files of values: `<resources>` with a `<string>` or a `<color>` for each.

use anyhow::{Context as _, Result, bail};
use apk::res::{ResourceType, Value};
use apk::xml::{Document, Element, Node};

/// One value of a file.
pub struct NamedValue {
    /// A string or a colour.
    pub kind: ResourceType,
    /// What the code calls it.
    pub name: String,
    /// The value itself.
    pub value: Value,
}

/// The values of a file.
pub fn read(document: &Document) -> Result<Vec<NamedValue>> {
    let mut values = Vec::new();
    for child in &document.root.children {
        match child {
            Node::Element(element) => values.push(value(element).with_context(|| format!("<{}>", element.name))?),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(text) => bail!("text outside of a value: {text}"),
        }
    }
    Ok(values)
}

fn value(element: &Element) -> Result<NamedValue> {
    let attribute = element.attributes.iter().find(|attribute| attribute.name.name == "name");
    let name = attribute.and_then(|attribute| attribute.value.as_str()).context("it has no name")?.to_owned();
    let [Node::Text(text)] = element.children.as_slice() else { bail!("{name} is not plain text") };
    let (kind, value) = match element.name.as_str() {
        "string" => (ResourceType::String, Value::String(unescape(text).with_context(|| name.clone())?)),
        "color" => (ResourceType::Color, Value::Color(text.trim().parse().with_context(|| name.clone())?)),
        _ => bail!("values of this kind are not known"),
    };
    Ok(NamedValue { kind, name, value })
}

/// The text that Android's tools would store: runs of white space are one space, and a backslash stands before
/// apostrophes, quotation marks and itself.
fn unescape(text: &str) -> Result<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => plain.push('\n'),
                Some(escaped @ ('\'' | '"' | '\\' | '@' | '?')) => plain.push(escaped),
                other => bail!("a backslash before {other:?}"),
            },
            '\'' | '"' => bail!("{character} needs a backslash before it"),
            other => plain.push(other),
        }
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_stored_without_their_backslashes() -> Result<()> {
        assert_eq!(unescape("It\\'s\n    fine\\n\\\"x\\\" \\\\")?, "It's fine\n\"x\" \\");
        assert!(unescape("It's").is_err());
        assert!(unescape("\\x").is_err());
        Ok(())
    }

    #[test]
    fn a_value_needs_a_known_kind_and_a_name() -> Result<()> {
        let values = |text: &str| read(&Document::parse(text)?);
        let two = values("<resources><string name=\"a\">A</string><color name=\"b\">#ff0000</color></resources>")?;
        assert_eq!(two.iter().map(|value| value.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert!(values("<resources><string>A</string></resources>").is_err());
        assert!(values("<resources><style name=\"a\">A</style></resources>").is_err());
        assert!(values("<resources>loose</resources>").is_err());
        Ok(())
    }
}
