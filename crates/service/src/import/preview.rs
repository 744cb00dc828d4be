//! What would be done with each line: the lines of a file beside the people who are known.

use super::{
    BadLine, LineError,
    lines::{Lines, Row},
};
use crate::{
    ServiceResult,
    spreadsheet::{Sheet, undo},
};
use domain::{types::text::Locale, views::PersonRow};
use std::collections::HashMap;
use store::Store;

/// Lines that are looked up at once.
pub(crate) const CHUNK: usize = 500;

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowPlan {
    /// Nobody has the email.
    New,
    /// The person is known just so.
    Unchanged,
    /// The person is known by the email, with another name or language.
    Differs {
        /// The name that is known, when it is another.
        name: Option<String>,
        /// The language that is known, when it is another.
        locale: Option<String>,
    },
}

impl RowPlan {
    /// Compares a line with whoever has its email.
    pub(crate) fn of(row: &Row, known: Option<&PersonRow>) -> Self {
        let Some(known) = known else { return Self::New };
        let name = (known.name != row.name.as_str()).then(|| known.name.clone());
        let other = row.locale.as_ref().is_some_and(|locale| locale.as_str() != known.locale);
        if name.is_none() && !other {
            return Self::Unchanged;
        }
        Self::Differs { name, locale: other.then(|| known.locale.clone()) }
    }
}

/// A good line and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    pub(crate) row: Row,
    /// What becomes of it.
    pub plan: RowPlan,
    /// Whether the person has an active invitation.
    pub is_invited: bool,
}

impl PlannedRow {
    /// Where it begins, counted from 1.
    pub const fn line(&self) -> usize {
        self.row.line
    }

    /// The name that it tells.
    pub fn name(&self) -> &str {
        self.row.name.as_str()
    }

    /// The email that it tells.
    pub fn email(&self) -> &str {
        self.row.email.as_str()
    }

    /// The language that it tells.
    pub fn locale(&self) -> Option<&str> {
        self.row.locale.as_ref().map(Locale::as_str)
    }
}

/// How many lines have which plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// Nobody has the email.
    pub new: usize,
    /// The person is known just so.
    pub unchanged: usize,
    /// The person is known, with another name or language.
    pub differing: usize,
    /// Good lines whose person has an active invitation.
    pub invited: usize,
}

/// What importing a file would do.
#[derive(Debug, Default)]
pub struct Preview {
    /// What the file is written in.
    pub encoding: &'static str,
    /// The headings.
    pub headings: Vec<String>,
    /// Headings of columns that are not read.
    pub ignored: Vec<String>,
    /// Good lines, in the order of the file.
    pub good: Vec<PlannedRow>,
    /// Lines that are left out, in the order of the file.
    pub bad: Vec<BadLine>,
}

impl Preview {
    /// Counts the rows by their plan.
    pub fn plan_counts(&self) -> PlanCounts {
        let mut plan_counts = PlanCounts::default();
        for planned in &self.good {
            match planned.plan {
                RowPlan::New => plan_counts.new += 1,
                RowPlan::Unchanged => plan_counts.unchanged += 1,
                RowPlan::Differs { .. } => plan_counts.differing += 1,
            }
            plan_counts.invited += usize::from(planned.is_invited);
        }
        plan_counts
    }

    /// The same without the good lines, which take most of the memory.
    pub(crate) fn without_good(&self) -> Self {
        let Self { encoding, headings, ignored, bad, .. } = self;
        Self { encoding, headings: headings.clone(), ignored: ignored.clone(), good: Vec::new(), bad: bad.clone() }
    }

    /// The lines that are left out, as a table with a reason for each, in the words of `say`. Corrected, it can be
    /// imported.
    pub fn bad_table(&self, say: impl Fn(&LineError) -> String) -> Vec<u8> {
        let first = ["line", "reason"].into_iter();
        let headings: Vec<&str> = first.chain(self.headings.iter().map(String::as_str)).collect();
        let mut sheet = Sheet::with_headings(&headings);
        for bad in &self.bad {
            let (line, reason) = (bad.line.to_string(), say(&bad.error));
            sheet.row([line.as_str(), reason.as_str()].into_iter().chain(bad.cells.iter().map(|cell| undo(cell))));
        }
        sheet.into_bytes()
    }
}

/// Compares lines with the people who are known.
pub(crate) async fn plan(store: &dyn Store, lines: Lines) -> ServiceResult<Preview> {
    let Lines { encoding, headings, ignored, good: rows, mut bad } = lines;
    let mut good = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Row> = rows.by_ref().take(CHUNK).collect();
        let known = known(store, chunk.iter()).await?;
        for row in chunk {
            let person = known.get(row.email.as_str());
            match unknown_language(&row, person) {
                Some(error) => bad.push(BadLine { line: row.line, error, cells: row.cells }),
                None => good.push(PlannedRow {
                    plan: RowPlan::of(&row, person),
                    is_invited: person.is_some_and(|person| person.invitation.is_some()),
                    row,
                }),
            }
        }
    }
    bad.sort_by_key(|bad| bad.line);
    Ok(Preview { encoding, headings, ignored, good, bad })
}

/// Whoever is known by the emails of these lines.
pub(crate) async fn known(
    store: &dyn Store,
    rows: impl Iterator<Item = &Row>,
) -> ServiceResult<HashMap<String, PersonRow>> {
    let emails: Vec<&str> = rows.map(|row| row.email.as_str()).collect();
    let people = store.people_by_email(&emails).await?;
    Ok(people.into_iter().map(|person| (person.email.clone(), person)).collect())
}

/// Words such as "German" have the letters of a language tag. Where somebody's language is such a word already, it is
/// none of this file's faults.
fn unknown_language(row: &Row, known: Option<&PersonRow>) -> Option<LineError> {
    let locale = row.locale.as_ref()?.as_str();
    let language = locale.split('-').next().unwrap_or_default();
    let is_known = known.is_some_and(|person| person.locale == locale);
    let is_tag = (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_alphabetic());
    (!is_tag && !is_known).then(|| LineError::LocaleUnknown(locale.to_owned()))
}
