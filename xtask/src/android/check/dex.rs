//! Reads what a dex file names: the tables at its start, as Android's documentation of the format describes them.

use anyhow::{Context as _, Result, ensure};

/// A method or field that the code names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The class through which it is named, as a descriptor such as `Landroid/app/Activity;`.
    pub class: String,
    /// Its name; `<init>` for a constructor.
    pub name: String,
    /// Descriptors of what a method takes; none for a field.
    pub parameters: Option<Vec<String>>,
    /// The descriptor of what it answers or holds.
    pub kind: String,
}

/// A class that the file defines.
#[derive(Debug)]
pub struct Defined {
    /// Its descriptor.
    pub name: String,
    /// The descriptor of the class that it extends.
    pub parent: Option<String>,
}

/// The content of a dex file.
pub struct Dex {
    /// All methods and fields that it names, its own too.
    pub references: Vec<Reference>,
    /// Classes that it defines.
    pub classes: Vec<Defined>,
    /// Those of its references that it defines itself.
    pub own: Vec<Reference>,
    /// Whether it calls through `invoke-custom`, as lambdas do.
    pub invokes_custom: bool,
}

/// Offsets in the header.
const STRINGS: usize = 0x38;
const TYPES: usize = 0x40;
const PROTOTYPES: usize = 0x48;
const FIELDS: usize = 0x50;
const METHODS: usize = 0x58;
const CLASSES: usize = 0x60;
const MAP: usize = 0x34;
/// The section of places that call through `invoke-custom`.
const CALL_SITES: u16 = 0x0007;
/// An index that names nothing.
const NOTHING: u32 = u32::MAX;

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Dex> {
    ensure!(bytes.starts_with(b"dex\n"), "not a dex file");
    let reader = Reader { bytes };
    let strings = reader.strings()?;
    let types = reader.table(TYPES, 4, |at| Ok(pick(&strings, reader.word(at)?)?.clone()))?;
    let prototypes = reader.table(PROTOTYPES, 12, |at| {
        let kind = pick(&types, reader.word(at + 4)?)?.clone();
        Ok((reader.type_list(reader.word(at + 8)?, &types)?, kind))
    })?;
    let fields = reader.table(FIELDS, 8, |at| {
        let (class, kind) = (pick(&types, reader.half(at)?)?, pick(&types, reader.half(at + 2)?)?);
        let name = pick(&strings, reader.word(at + 4)?)?.clone();
        Ok(Reference { class: class.clone(), name, parameters: None, kind: kind.clone() })
    })?;
    let methods = reader.table(METHODS, 8, |at| {
        let class = pick(&types, reader.half(at)?)?.clone();
        let (parameters, kind) = pick(&prototypes, reader.half(at + 2)?)?.clone();
        let name = pick(&strings, reader.word(at + 4)?)?.clone();
        Ok(Reference { class, name, parameters: Some(parameters), kind })
    })?;
    let definitions = reader.table(CLASSES, 32, |at| {
        let parent = match reader.word(at + 8)? {
            NOTHING => None,
            index => Some(pick(&types, index)?.clone()),
        };
        let own = reader.members(reader.word(at + 24)?, &fields, &methods)?;
        Ok((Defined { name: pick(&types, reader.word(at)?)?.clone(), parent }, own))
    })?;
    let (classes, own): (Vec<Defined>, Vec<Vec<Reference>>) = definitions.into_iter().unzip();
    Ok(Dex {
        references: [fields, methods].concat(),
        classes,
        own: own.concat(),
        invokes_custom: reader.has_section(CALL_SITES)?,
    })
}

fn pick<T>(table: &[T], index: u32) -> Result<&T> {
    table.get(usize::try_from(index)?).context("an index outside of its table")
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn half(&self, at: usize) -> Result<u32> {
        let bytes = self.bytes.get(at..at + 2).context("the file is cut off")?;
        Ok(u32::from(u16::from_le_bytes(bytes.try_into()?)))
    }

    fn word(&self, at: usize) -> Result<u32> {
        let bytes = self.bytes.get(at..at + 4).context("the file is cut off")?;
        Ok(u32::from_le_bytes(bytes.try_into()?))
    }

    /// Reads the entries of a table, whose length and place are in the header.
    fn table<T>(&self, header: usize, size: usize, read: impl Fn(usize) -> Result<T>) -> Result<Vec<T>> {
        let count = usize::try_from(self.word(header)?)?;
        let start = usize::try_from(self.word(header + 4)?)?;
        (0..count).map(|index| read(start + index * size)).collect()
    }

    fn strings(&self) -> Result<Vec<String>> {
        self.table(STRINGS, 4, |at| {
            let mut start = usize::try_from(self.word(at)?)?;
            self.number(&mut start)?; // the length in UTF-16
            let rest = self.bytes.get(start..).context("the file is cut off")?;
            let end = rest.iter().position(|byte| *byte == 0).context("a string without an end")?;
            // Names are ASCII; texts may hold Java's own form of UTF-8, which does not matter here.
            Ok(String::from_utf8_lossy(&rest[..end]).into_owned())
        })
    }

    fn type_list(&self, at: u32, types: &[String]) -> Result<Vec<String>> {
        if at == 0 {
            return Ok(Vec::new());
        }
        let at = usize::try_from(at)?;
        let count = usize::try_from(self.word(at)?)?;
        (0..count).map(|index| Ok(pick(types, self.half(at + 4 + index * 2)?)?.clone())).collect()
    }

    /// The members that a class defines.
    fn members(&self, at: u32, fields: &[Reference], methods: &[Reference]) -> Result<Vec<Reference>> {
        let mut found = Vec::new();
        if at == 0 {
            return Ok(found);
        }
        let mut at = usize::try_from(at)?;
        let counts = [self.number(&mut at)?, self.number(&mut at)?, self.number(&mut at)?, self.number(&mut at)?];
        for (kind, count) in counts.into_iter().enumerate() {
            let mut index = 0;
            for _ in 0..count {
                index += self.number(&mut at)?; // each index counts from the last
                self.number(&mut at)?; // access
                if kind < 2 {
                    found.push(pick(fields, index)?.clone());
                } else {
                    self.number(&mut at)?; // the place of the code
                    found.push(pick(methods, index)?.clone());
                }
            }
        }
        Ok(found)
    }

    /// A number of seven bits in each byte, the lowest first.
    fn number(&self, at: &mut usize) -> Result<u32> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = *self.bytes.get(*at).context("the file is cut off")?;
            *at += 1;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        anyhow::bail!("a number without an end")
    }

    fn has_section(&self, wanted: u16) -> Result<bool> {
        let map = usize::try_from(self.word(MAP)?)?;
        let count = usize::try_from(self.word(map)?)?;
        for index in 0..count {
            if self.half(map + 4 + index * 12)? == u32::from(wanted) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_dex_file_is_refused() {
        assert!(read(b"PK").is_err());
        assert!(read(b"dex\n035\0").is_err());
    }
}
