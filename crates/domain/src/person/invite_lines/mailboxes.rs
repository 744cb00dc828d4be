//! Finds the mailboxes in a line, in the forms that people paste: `Berg, Anna <anna@example.com>; …` as Outlook copies it,
//! `Anna Berg <anna@example.com>, …` as other mail programs do, addresses alone, and fields of a table.
//!
//! Nobody is lost without a word: a part that names nobody is an error, and so are several addresses whose names cannot be
//! told apart.

use super::LineError;

/// A name, which may be empty, and an address; neither is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mailbox {
    /// The name.
    pub(super) name: String,
    /// What stands where an address is.
    pub(super) email: String,
}

type Found = Vec<Result<Mailbox, LineError>>;

/// The mailboxes of a line, in its order; at least one, or an error.
pub(super) fn find(line: &str) -> Found {
    let line = without_label(line);
    let mut found = if line.contains('<') { in_brackets(line) } else { in_fields(line) };
    if found.is_empty() {
        found.push(Err(LineError::NoEmail));
    }
    found
}

/// The line without a word such as `To:` or `Komu:` before the first address.
fn without_label(line: &str) -> &str {
    match line.trim().split_once(':') {
        Some((label, rest)) if label.chars().all(char::is_alphabetic) && !label.eq_ignore_ascii_case("mailto") => rest,
        _ => line,
    }
}

/// Mailboxes of which some have the address in angle brackets.
fn in_brackets(line: &str) -> Found {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((before, email, after)) = next_bracket(rest) {
        rest = after;
        take_name(before, email, &mut found);
    }
    // Behind the last bracket: more addresses, a remark, or someone without an address.
    if rest.chars().any(char::is_alphanumeric) && !is_remark(rest) {
        found.extend(if rest.contains('@') { in_fields(rest) } else { vec![Err(LineError::NoEmail)] });
    }
    found
}

fn is_remark(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('(') && text.ends_with(')')
}

/// What stands before the next pair of brackets with an address, the address, and what stands behind them.
fn next_bracket(line: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + line[from..].find('<')?;
        let close = open + line[open..].find('>').unwrap_or(line.len() - open);
        let email = &line[open + 1..close];
        if email.contains('@') {
            return Some((&line[..open], email, line.get(close + 1..).unwrap_or_default()));
        }
        from = open + 1;
    }
}

/// The name in front of an address, and the mailboxes in front of that name.
fn take_name(before: &str, email: &str, found: &mut Found) {
    let mut parts = split(before, &[';', '\t']);
    let mut name = parts.pop().unwrap_or_default();
    // `Anna Berg;<anna@example.com>`: the name is a field of its own.
    if name.is_empty() && parts.last().is_some_and(|part| !part.contains('@')) {
        name = parts.pop().unwrap_or_default();
    }
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        found.extend(if part.contains('@') { in_fields(&part) } else { vec![Err(LineError::NoEmail)] });
    }
    // Commas stand between mailboxes, and between surname and first name.
    let mut words = split(&name, &[',']);
    let last = words.pop().filter(|word| !word.is_empty());
    words.retain(|word| !word.is_empty());
    let others = words.iter().rposition(|word| word.contains('@')).map_or(0, |at| at + 1);
    if others > 0 {
        found.extend(in_fields(&words.drain(..others).collect::<Vec<_>>().join(",")));
    }
    words.extend(last);
    found.push(named(&words.join(", "), bare_address(email)));
}

/// A mailbox with what stands in front of its brackets. The same address there says nothing; another one is a riddle.
fn named(name: &str, email: String) -> Result<Mailbox, LineError> {
    let (addresses, words): (Vec<&str>, Vec<&str>) = name.split_whitespace().partition(|word| word.contains('@'));
    if addresses.into_iter().any(|other| !bare_address(other).eq_ignore_ascii_case(&email)) {
        return Err(LineError::SeveralAddresses);
    }
    Ok(Mailbox { name: bare_name(&words.join(" ")), email })
}

/// A field of a line: the words in it that are addresses, each with the words before it, and the words behind the last.
struct Field {
    mailboxes: Vec<Mailbox>,
    text: String,
}

impl Field {
    fn of(text: &str) -> Self {
        let (mut mailboxes, mut words) = (Vec::new(), Vec::new());
        for word in text.split_whitespace() {
            if word.contains('@') {
                let name = bare_name(&std::mem::take(&mut words).join(" "));
                mailboxes.push(Mailbox { name, email: bare_address(word) });
            } else {
                words.push(word);
            }
        }
        let mut text = bare_name(&words.join(" "));
        // `anna@example.com (Anna Berg)`
        if let [Mailbox { name, .. }] = &mut mailboxes[..]
            && name.is_empty()
        {
            *name = std::mem::take(&mut text);
        }
        Self { mailboxes, text }
    }
}

/// Mailboxes in fields that comma, semicolon or tab separate.
fn in_fields(line: &str) -> Found {
    let fields: Vec<Field> = split(line, &[',', ';', '\t']).iter().map(|field| Field::of(field)).collect();
    let addresses: usize = fields.iter().map(|field| field.mailboxes.len()).sum();
    let texts = fields.iter().filter(|field| !field.text.is_empty()).count();
    match (addresses, texts) {
        (0, _) => Vec::new(),
        (1, _) => vec![Ok(one_person(fields))],
        // A list of addresses, with or without a name in the field of each.
        (_, 0) => fields.into_iter().flat_map(|field| field.mailboxes).map(Ok).collect(),
        _ => several_people(line, &fields),
    }
}

/// One address, and texts around it: the first that is not empty is the name. Two single words before the address are the
/// parts of a name.
fn one_person(fields: Vec<Field>) -> Mailbox {
    let at = fields.iter().position(|field| !field.mailboxes.is_empty()).unwrap_or_default();
    let before: Vec<&str> =
        fields[..at].iter().map(|field| field.text.as_str()).filter(|text| !text.is_empty()).collect();
    let name = match before[..] {
        [one, two] if !one.contains(' ') && !two.contains(' ') => format!("{one} {two}"),
        _ => {
            fields.iter().map(|field| field.text.as_str()).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
        }
    };
    let mailbox = fields.into_iter().flat_map(|field| field.mailboxes).next();
    let mailbox = mailbox.unwrap_or_else(|| Mailbox { name: String::new(), email: String::new() });
    if mailbox.name.is_empty() { Mailbox { name, ..mailbox } } else { mailbox }
}

/// Several addresses, and texts between them: each person ends with a semicolon, or names and addresses take turns.
fn several_people(line: &str, fields: &[Field]) -> Found {
    let people: Vec<Vec<Field>> = split(line, &[';'])
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| split(part, &[',', '\t']).iter().map(|field| Field::of(field)).collect())
        .collect();
    let addresses = |fields: &Vec<Field>| fields.iter().map(|field| field.mailboxes.len()).sum::<usize>();
    if people.len() > 1 && people.iter().all(|person| addresses(person) == 1) {
        return people.into_iter().map(|person| Ok(one_person(person))).collect();
    }
    // Only pairs of one text and one bare address, always in the same order.
    let filled: Vec<&Field> =
        fields.iter().filter(|field| !field.text.is_empty() || !field.mailboxes.is_empty()).collect();
    let pair = |two: &[&Field]| match two {
        [Field { text: name, mailboxes: none }, Field { text: empty, mailboxes: one }]
        | [Field { text: empty, mailboxes: one }, Field { text: name, mailboxes: none }]
            if none.is_empty() && empty.is_empty() && one.len() == 1 && one[0].name.is_empty() =>
        {
            Some(Mailbox { name: name.clone(), email: one[0].email.clone() })
        }
        _ => None,
    };
    let starts_with_text = |two: &[&Field]| two.first().is_some_and(|first| first.mailboxes.is_empty());
    let order = filled.first().is_some_and(|first| first.mailboxes.is_empty());
    let pairs: Option<Vec<Mailbox>> =
        filled.chunks(2).map(|two| pair(two).filter(|_| starts_with_text(two) == order)).collect();
    pairs.map_or_else(|| vec![Err(LineError::SeveralAddresses)], |pairs| pairs.into_iter().map(Ok).collect())
}

/// The parts of a text between separators that stand outside quotation marks, trimmed. Marks are kept, and one that is
/// never closed is none.
fn split(text: &str, separators: &[char]) -> Vec<String> {
    let is_balanced = text.matches('"').count().is_multiple_of(2);
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"' && is_balanced;
        if !quoted && separators.contains(&c) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// A name without the marks around it.
fn bare_name(name: &str) -> String {
    let mut name = name.trim();
    for (open, close) in [('"', '"'), ('\'', '\''), ('(', ')'), ('“', '”'), ('„', '“'), ('‘', '’')] {
        let inner = name.strip_prefix(open).and_then(|name| name.strip_suffix(close));
        name = inner.unwrap_or(name).trim();
    }
    // A doubled mark inside of marks is one (RFC 4180).
    name.replace("\"\"", "\"")
}

/// An address without the marks around it and `mailto:` before it.
fn bare_address(address: &str) -> String {
    let marks = ['"', '\'', '(', ')', '[', ']', '<', '>', ',', ';', ':', '‘', '’', '“', '”', '„'];
    let address = address.trim().trim_matches(marks);
    let address = match address.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &address[7..],
        _ => address,
    };
    address.split('?').next().unwrap_or_default().trim_end_matches('.').to_owned()
}
