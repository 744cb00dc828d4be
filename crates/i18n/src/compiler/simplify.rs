//! Messages as the little that a phrasebook holds.

use super::read::{DEPTH_MAX, Message, Messages};
use crate::{
    Plural,
    phrasebook::{TOLD, letter},
};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use std::collections::BTreeSet;

/// What a phrase is told is numbered by one digit.
const PARAMS_MAX: usize = 10;
/// In the order in which a phrasebook has them: the form for every number last.
const FORMS: [(&str, Plural); 3] = [("one", Plural::One), ("few", Plural::Few), ("other", Plural::Other)];

/// A phrase of a phrasebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// A text.
    Plain(String),
    /// A text for each plural form.
    Forms {
        /// The place of the number among what the phrase is told.
        number: usize,
        /// The texts, with the letters of their forms.
        forms: Vec<(char, String)>,
    },
}

/// A message with everything put in that is known before it is said. `params` is what it may be told.
pub(super) fn simplify(message: &Message, all: &Messages, params: &[String]) -> Result<Phrase, String> {
    if params.len() > PARAMS_MAX {
        return Err(format!("it is told more than {PARAMS_MAX} things"));
    }
    let flat = |form| {
        let mut writer =
            Writer { all, params, form, chosen_by: BTreeSet::new(), names: BTreeSet::new(), text: String::new() };
        writer.pattern(&message.pattern, 0)?;
        Ok::<_, String>(writer)
    };
    let any = flat("other")?;
    let mut numbers = any.chosen_by.iter();
    let phrase = match (numbers.next(), numbers.next()) {
        (None, _) => Phrase::Plain(any.text.clone()),
        (Some(number), None) => {
            let forms = FORMS.iter().filter(|(name, _)| any.names.contains(name));
            let forms = forms.map(|(name, plural)| Ok((letter(*plural), flat(name)?.text)));
            Phrase::Forms { number: *number, forms: forms.collect::<Result<_, String>>()? }
        }
        (Some(_), Some(_)) => return Err("it chooses by two numbers: quote one of them as a text".to_owned()),
    };
    for (place, param) in params.iter().enumerate() {
        if !phrase.says(place) {
            return Err(format!("it never shows ${param}"));
        }
    }
    Ok(phrase)
}

impl Phrase {
    /// Whether it shows what it is told, or chooses by it.
    fn says(&self, place: usize) -> bool {
        let mark = format!("{TOLD}{place}");
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
    /// The numbers that it chooses by.
    chosen_by: BTreeSet<usize>,
    /// The names of the forms that there are.
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
                        return Err("it chooses by something that is no variable".to_owned());
                    };
                    let number = self.place(&id.name)?;
                    self.chosen_by.insert(number);
                    self.variant(variants, depth)?;
                }
            }
        }
        Ok(())
    }

    fn variant(&mut self, variants: &[Variant<String>], depth: u8) -> Result<(), String> {
        let mut chosen = None;
        for variant in variants {
            let VariantKey::Identifier { name } = &variant.key else {
                return Err("it chooses by a figure: only one, few and other are known".to_owned());
            };
            let (name, _) = FORMS
                .iter()
                .find(|(known, _)| known == name)
                .ok_or_else(|| format!("[{name}] is no plural form: only one, few and other are known"))?;
            if variant.default != (*name == "other") {
                return Err("*[other] has to be there, and no other default".to_owned());
            }
            self.names.insert(name);
            if *name == self.form || (variant.default && chosen.is_none()) {
                chosen = Some(&variant.value);
            }
        }
        chosen.map_or(Ok(()), |pattern| self.pattern(pattern, depth))
    }

    fn inline(&mut self, inline: &InlineExpression<String>, depth: u8) -> Result<(), String> {
        match inline {
            InlineExpression::StringLiteral { value } => self.words(value),
            InlineExpression::VariableReference { id } => {
                let place = self.place(&id.name)?;
                self.text.push(TOLD);
                self.text.push_str(&place.to_string());
                Ok(())
            }
            InlineExpression::MessageReference { id, attribute: None } if depth < DEPTH_MAX => {
                let quoted =
                    self.all.get(&id.name).ok_or_else(|| format!("it quotes {}, which is not there", id.name))?;
                self.pattern(&quoted.pattern, depth + 1)
            }
            _ => Err("it uses something of Fluent that the console does without".to_owned()),
        }
    }

    fn place(&self, name: &str) -> Result<usize, String> {
        let place = self.params.iter().position(|param| param == name);
        place.ok_or_else(|| format!("it speaks of ${name}, which the English message is not told"))
    }

    /// Adds words; lines of a file are no lines of a page.
    fn words(&mut self, words: &str) -> Result<(), String> {
        let line = words.replace('\n', " ");
        if line.chars().any(char::is_control) {
            return Err("it has a control character".to_owned());
        }
        self.text.push_str(&line);
        Ok(())
    }
}
