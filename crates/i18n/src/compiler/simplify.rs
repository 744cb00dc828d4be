//! Reduces messages to what a phrasebook can hold.

use super::read::{DEPTH_MAX, Message, Messages};
use crate::{
    Plural,
    phrasebook::{PARAM, letter},
};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use std::collections::BTreeSet;

/// A parameter is numbered by one digit.
const PARAMS_MAX: usize = 10;
/// In the order of a phrasebook: the form that fits every number is last.
const FORMS: [(&str, Plural); 3] = [("one", Plural::One), ("few", Plural::Few), ("other", Plural::Other)];

/// A phrase of a phrasebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// A text.
    Plain(String),
    /// A text for each plural form.
    Forms {
        /// The index of the number among the parameters.
        number: usize,
        /// The texts, with the letters of their forms.
        forms: Vec<(char, String)>,
    },
}

/// Resolves everything in a message that is known at build time. `params` are its parameters.
pub(super) fn simplify(message: &Message, all: &Messages, params: &[String]) -> Result<Phrase, String> {
    if params.len() > PARAMS_MAX {
        return Err(format!("it has more than {PARAMS_MAX} parameters"));
    }
    let flat = |form| {
        let mut writer =
            Writer { all, params, form, selected_by: BTreeSet::new(), names: BTreeSet::new(), text: String::new() };
        writer.pattern(&message.pattern, 0)?;
        Ok::<_, String>(writer)
    };
    let any = flat("other")?;
    let mut numbers = any.selected_by.iter();
    let phrase = match (numbers.next(), numbers.next()) {
        (None, _) => Phrase::Plain(any.text.clone()),
        (Some(number), None) => {
            let forms = FORMS.iter().filter(|(name, _)| any.names.contains(name));
            let forms = forms.map(|(name, plural)| Ok((letter(*plural), flat(name)?.text)));
            Phrase::Forms { number: *number, forms: forms.collect::<Result<_, String>>()? }
        }
        (Some(_), Some(_)) => return Err("it selects by two numbers: make one of them a text".to_owned()),
    };
    for (place, param) in params.iter().enumerate() {
        if !phrase.uses(place) {
            return Err(format!("it never shows ${param}"));
        }
    }
    Ok(phrase)
}

impl Phrase {
    /// Whether it shows this parameter, or selects by it.
    fn uses(&self, place: usize) -> bool {
        let mark = format!("{PARAM}{place}");
        match self {
            Self::Plain(text) => text.contains(&mark),
            Self::Forms { number, forms } => *number == place || forms.iter().any(|(_, text)| text.contains(&mark)),
        }
    }
}

/// Writes the text of one plural form.
struct Writer<'a> {
    all: &'a Messages,
    params: &'a [String],
    form: &'a str,
    /// The numbers that it selects by.
    selected_by: BTreeSet<usize>,
    /// The names of the plural forms it has.
    names: BTreeSet<&'static str>,
    text: String,
}

impl Writer<'_> {
    fn pattern(&mut self, pattern: &Pattern<String>, depth: u8) -> Result<(), String> {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words(value)?,
                PatternElement::Placeable { expression: Expression::Inline(inline) } => self.inline(inline, depth)?,
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                    let InlineExpression::VariableReference { id } = selector else {
                        return Err("it selects by something other than a variable".to_owned());
                    };
                    let number = self.place(&id.name)?;
                    self.selected_by.insert(number);
                    self.variant(variants, depth)?;
                }
            }
        }
        Ok(())
    }

    fn variant(&mut self, variants: &[Variant<String>], depth: u8) -> Result<(), String> {
        let mut selected = None;
        for variant in variants {
            let VariantKey::Identifier { name } = &variant.key else {
                return Err("it selects by a figure: only one, few and other are supported".to_owned());
            };
            let (name, _) = FORMS
                .iter()
                .find(|(known, _)| known == name)
                .ok_or_else(|| format!("[{name}] is not a plural form: only one, few and other are supported"))?;
            if variant.default != (*name == "other") {
                return Err("*[other] is required, and has to be the default".to_owned());
            }
            self.names.insert(name);
            if *name == self.form || (variant.default && selected.is_none()) {
                selected = Some(&variant.value);
            }
        }
        selected.map_or(Ok(()), |pattern| self.pattern(pattern, depth))
    }

    fn inline(&mut self, inline: &InlineExpression<String>, depth: u8) -> Result<(), String> {
        match inline {
            InlineExpression::StringLiteral { value } => self.words(value),
            InlineExpression::VariableReference { id } => {
                let place = self.place(&id.name)?;
                self.text.push(PARAM);
                self.text.push_str(&place.to_string());
                Ok(())
            }
            InlineExpression::MessageReference { id, attribute: None } if depth < DEPTH_MAX => {
                let referenced =
                    self.all.get(&id.name).ok_or_else(|| format!("it refers to {}, which does not exist", id.name))?;
                self.pattern(&referenced.pattern, depth + 1)
            }
            _ => Err("it uses a feature of Fluent that is not supported in the console".to_owned()),
        }
    }

    fn place(&self, name: &str) -> Result<usize, String> {
        let place = self.params.iter().position(|param| param == name);
        place.ok_or_else(|| format!("it uses ${name}, which the English message does not have"))
    }

    /// Adds text. A line break in a file is a space on a page.
    fn words(&mut self, words: &str) -> Result<(), String> {
        let line = words.replace('\n', " ");
        if line.chars().any(char::is_control) {
            return Err("it has a control character".to_owned());
        }
        self.text.push_str(&line);
        Ok(())
    }
}
