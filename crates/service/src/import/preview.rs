//! The preview of an import: compares the lines of a file with the people in the store.

use super::{
    BadLine, LineDoubt, LineError,
    lines::{Lines, Row},
};
use crate::{
    ServiceResult,
    spreadsheet::{Sheet, unescape_formula},
};
use domain::{types::text::Locale, views::PersonRow};
use std::collections::HashMap;
use store::Store;

/// Lines that are looked up in the store at once.
pub(crate) const CHUNK: usize = 500;

/// What importing a line would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowPlan {
    /// Add a person: nobody has the email.
    New,
    /// Nothing: the person exists with the same name and language.
    Unchanged,
    /// The person exists with a different name or language.
    Differs {
        /// The stored name, if it differs.
        name: Option<String>,
        /// The stored language, if it differs.
        locale: Option<String>,
    },
}

impl RowPlan {
    /// Compares a line with the person who has its email.
    pub(crate) fn of(row: &Row, known: Option<&PersonRow>) -> Self {
        let Some(known) = known else { return Self::New };
        let name = (known.name != row.name.as_str()).then(|| known.name.clone());
        let other_locale = row.locale.as_ref().is_some_and(|locale| locale.as_str() != known.locale);
        if name.is_none() && !other_locale {
            return Self::Unchanged;
        }
        Self::Differs { name, locale: other_locale.then(|| known.locale.clone()) }
    }
}

/// A good line and its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    pub(crate) row: Row,
    /// What importing it would do.
    pub plan: RowPlan,
    /// Whether the person has an active invitation.
    pub is_invited: bool,
}

impl PlannedRow {
    /// Line number in the file, from 1.
    pub const fn line(&self) -> usize {
        self.row.line
    }

    /// The name in it.
    pub fn name(&self) -> &str {
        self.row.name.as_str()
    }

    /// The email in it.
    pub fn email(&self) -> &str {
        self.row.email.as_str()
    }

    /// The language in it.
    pub fn locale(&self) -> Option<&str> {
        self.row.locale.as_ref().map(Locale::as_str)
    }

    /// What is doubtful about it.
    pub const fn doubt(&self) -> Option<&LineDoubt> {
        self.row.doubt.as_ref()
    }
}

/// How many good lines have which plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// People to add.
    pub new: usize,
    /// People who exist with the same name and language.
    pub unchanged: usize,
    /// People who exist with a different name or language.
    pub differing: usize,
    /// People who have an active invitation.
    pub invited: usize,
}

/// What importing a file would do.
#[derive(Debug, Default)]
pub struct Preview {
    /// Encoding of the file.
    pub encoding: &'static str,
    /// The headings.
    pub headings: Vec<String>,
    /// Headings of columns that are ignored.
    pub ignored: Vec<String>,
    /// Good lines, in the order of the file.
    pub good: Vec<PlannedRow>,
    /// Lines that cannot be imported, in the order of the file.
    pub bad: Vec<BadLine>,
}

impl Preview {
    /// Of a file that was confirmed: the good lines are imported and not shown.
    pub(crate) fn of_bad(lines: Lines) -> Self {
        let Lines { encoding, headings, ignored, good: _, bad } = lines;
        Self { encoding, headings, ignored, good: Vec::new(), bad }
    }

    /// Good lines about which something is doubtful.
    pub fn doubtful(&self) -> impl Iterator<Item = (usize, &LineDoubt)> {
        self.good.iter().filter_map(|planned| Some((planned.line(), planned.doubt()?)))
    }

    /// Counts the good lines by their plan.
    pub fn plan_counts(&self) -> PlanCounts {
        let mut counts = PlanCounts::default();
        for planned in &self.good {
            match planned.plan {
                RowPlan::New => counts.new += 1,
                RowPlan::Unchanged => counts.unchanged += 1,
                RowPlan::Differs { .. } => counts.differing += 1,
            }
            counts.invited += usize::from(planned.is_invited);
        }
        counts
    }

    /// A copy without the good lines, which take most of the memory.
    pub(crate) fn without_good(&self) -> Self {
        let Self { encoding, headings, ignored, bad, .. } = self;
        Self { encoding, headings: headings.clone(), ignored: ignored.clone(), good: Vec::new(), bad: bad.clone() }
    }

    /// The bad lines as CSV, with a reason for each, formatted by `reason`. Once corrected, the file can be imported.
    pub fn bad_lines_csv(&self, reason: impl Fn(&LineError) -> String) -> Vec<u8> {
        let first = ["line", "reason"].into_iter();
        let headings: Vec<&str> = first.chain(self.headings.iter().map(String::as_str)).collect();
        let mut sheet = Sheet::with_headings(&headings);
        for bad in &self.bad {
            let (line, reason) = (bad.line.to_string(), reason(&bad.error));
            sheet.row(
                [line.as_str(), reason.as_str()].into_iter().chain(bad.cells.iter().map(|cell| unescape_formula(cell))),
            );
        }
        sheet.into_bytes()
    }
}

/// Compares the lines with the people in the store.
pub(crate) async fn plan(store: &dyn Store, lines: Lines) -> ServiceResult<Preview> {
    let Lines { encoding, headings, ignored, good: rows, bad } = lines;
    let mut good = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Row> = rows.by_ref().take(CHUNK).collect();
        let people = people_by_email(store, chunk.iter()).await?;
        for row in chunk {
            let person = people.get(row.email.as_str());
            good.push(PlannedRow {
                plan: RowPlan::of(&row, person),
                is_invited: person.is_some_and(|person| person.invitation.is_some()),
                row,
            });
        }
    }
    Ok(Preview { encoding, headings, ignored, good, bad })
}

/// The people who have the emails of these lines, by email.
pub(crate) async fn people_by_email(
    store: &dyn Store,
    rows: impl Iterator<Item = &Row>,
) -> ServiceResult<HashMap<String, PersonRow>> {
    let emails: Vec<&str> = rows.map(|row| row.email.as_str()).collect();
    let people = store.people_by_email(&emails).await?;
    Ok(people.into_iter().map(|person| (person.email.clone(), person)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::types::text::{EmailAddress, PersonName};

    fn planned(line: usize, plan: RowPlan, is_invited: bool) -> PlannedRow {
        let email = EmailAddress::parse(&format!("p{line}@example.com")).unwrap();
        let name = PersonName::parse("Ada").unwrap();
        PlannedRow { row: Row { line, name, email, locale: None, doubt: None }, plan, is_invited }
    }

    #[test]
    fn good_lines_are_counted_by_their_plan() {
        let differs = || RowPlan::Differs { name: Some("Bo".to_owned()), locale: None };
        let plans = [RowPlan::New, differs(), RowPlan::New, differs(), RowPlan::Unchanged, RowPlan::New, differs()];
        let good: Vec<_> = (1..).zip(plans).map(|(line, plan)| planned(line, plan, line % 2 == 0)).collect();
        assert_eq!((good[1].email(), good[1].name(), good[1].locale()), ("p2@example.com", "Ada", None));
        let counts = Preview { good, ..Preview::default() }.plan_counts();
        assert_eq!(counts, PlanCounts { new: 3, unchanged: 1, differing: 3, invited: 3 });
    }
}
