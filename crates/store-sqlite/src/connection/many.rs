//! Statements for many rows of values: each is handed to the thread of the connection and back, which takes longer than what it
//! does with one row.

use store::sql::database::{RowStatement, Statement, Values};

/// Rows of a statement. Few sizes, so that few texts are prepared and kept.
const PIECES: [usize; 3] = [64, 16, 4];

/// The statement for pieces of the rows, and for each row that is left.
pub(super) fn in_pieces<'q>(statement: &RowStatement, rows: Vec<Values<'q>>) -> Vec<Statement<'q>> {
    let mut rows = rows.into_iter();
    let mut statements = Vec::new();
    while let left = rows.len()
        && left > 0
    {
        let size = PIECES.into_iter().find(|size| *size <= left && !statement.is_delete()).unwrap_or(1);
        let mut piece: Vec<Values<'q>> = rows.by_ref().take(size).collect();
        statements.push(match size {
            1 => Statement::new(statement.for_one(), piece.pop().unwrap_or_default()),
            _ => Statement::new(text(statement, &piece), piece.into_iter().flatten().collect()),
        });
    }
    statements
}

/// `with new (c1, …) as (values ($1, …), …)`, and the statement about these rows.
fn text(statement: &RowStatement, piece: &[Values<'_>]) -> String {
    let width = piece.first().map_or(0, Vec::len);
    let columns = list(1, width, "c");
    let rows = (0..piece.len()).map(|row| format!("({})", list(row * width + 1, width, "$")));
    format!("with new ({columns}) as (values {}) {}", rows.collect::<Vec<_>>().join(", "), statement.for_many("new"))
}

/// Numbers with a sign before each.
fn list(first: usize, count: usize, sign: &str) -> String {
    (first..first + count).map(|number| format!("{sign}{number}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(statement: &RowStatement, rows: i64) -> Vec<String> {
        let rows = (0..rows).map(|row| vec![row.into(), (row * 10).into()]).collect();
        in_pieces(statement, rows).iter().map(|statement| statement.text().to_owned()).collect()
    }

    #[test]
    fn rows_are_written_in_pieces_of_few_sizes() {
        let update = RowStatement::update("update t set a = $1", "where b = $2");
        let one = "update t set a = $1 where b = $2";
        let four = "with new (c1, c2) as (values ($1, $2), ($3, $4), ($5, $6), ($7, $8)) \
                    update t set a = new.c1 from new where b = new.c2";
        assert_eq!(texts(&update, 6), [four, one, one]);
        assert_eq!(texts(&update, 0), [""; 0]);
        let sizes: Vec<usize> =
            in_pieces(&update, (0..85_i64).map(|row| vec![row.into(), row.into()]).collect::<Vec<_>>())
                .into_iter()
                .map(|statement| statement.into_parts().1.len() / 2)
                .collect();
        assert_eq!(sizes, [64, 16, 4, 1]);
    }

    #[test]
    fn what_is_deleted_is_deleted_row_by_row() {
        let delete = RowStatement::delete("delete from t", "where b = $1");
        assert_eq!(texts(&delete, 5), ["delete from t where b = $1"; 5]);
    }
}
