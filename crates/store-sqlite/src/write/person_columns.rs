//! What is computed of a person and of an account: the one form of name and email, and the column that a search looks
//! through. All of it is recomputed at the next start when the way it is computed changes.

use super::recompute::{self, BATCH};
use crate::{fault::fault, rows::get};
use domain::{
    person::search_text,
    types::text::{EmailAddress, PersonName},
};
use sqlx::{Connection as _, SqliteConnection};
use store::StoreResult;

/// Version of what is computed. Raise it when [`search_text`] or the form of names and emails changes.
const VERSION: u8 = 2;
/// The setting that holds the file's version for people.
const SETTING: &str = "person_columns";
/// The same for accounts.
const ACCOUNTS_SETTING: &str = "account_columns";

/// Recomputes everything if the file has another version of it.
pub(crate) async fn bring_up_to_date(db: &mut SqliteConnection) -> StoreResult<()> {
    recompute::bring_up_to_date(db, ACCOUNTS_SETTING, VERSION, recompute_accounts).await?;
    recompute::bring_up_to_date(db, SETTING, VERSION, recompute_batch).await
}

/// A person as stored.
struct Stored {
    id: Vec<u8>,
    name: String,
    email: String,
}

/// Recomputes the people after a key; returns the key of the last one, `None` when there were none.
async fn recompute_batch(db: &mut SqliteConnection, after: i64) -> StoreResult<Option<i64>> {
    let mut transaction = db.begin_with("begin immediate").await.map_err(fault)?;
    let found = sqlx::query(
        "select k.key, p.id, p.name, p.email from people_keys k cross join people p on p.id = k.id \
         where k.key > ? order by k.key limit ?",
    )
    .bind(after)
    .bind(BATCH)
    .fetch_all(&mut *transaction)
    .await
    .map_err(fault)?;
    for row in &found {
        let stored = Stored { id: get(row, "id")?, name: get(row, "name")?, email: get(row, "email")? };
        recompute_person(&mut transaction, stored).await?;
    }
    transaction.commit().await.map_err(fault)?;
    found.last().map(|row| get(row, "key")).transpose()
}

async fn recompute_person(db: &mut SqliteConnection, stored: Stored) -> StoreResult<()> {
    let Stored { id, name, email } = stored;
    let email_form = email_form(&mut *db, "select 1 from people where email = ? and id <> ?", &email, &id).await?;
    let name_form = name_form(&name, &email_form);
    sqlx::query("update people set name = ?, name_key = ?, email = ?, search = ? where id = ?")
        .bind(&name_form)
        .bind(name_form.to_lowercase())
        .bind(&email_form)
        .bind(search_text(&name_form, &email_form))
        .bind(&id)
        .execute(&mut *db)
        .await
        .map_err(fault)?;
    if (&name_form, &email_form) != (&name, &email) {
        // Rows of the Mobile devices view have a copy; their columns are recomputed from it.
        sqlx::query(
            "update slot_docs set row_doc = json_set(row_doc, '$.person_name', ?, '$.email', ?) \
             where slot_key in (select key from slots where person_id = ?)",
        )
        .bind(&name_form)
        .bind(&email_form)
        .bind(&id)
        .execute(&mut *db)
        .await
        .map_err(fault)?;
        sqlx::query("update slots set name_key = ? where person_id = ?")
            .bind(name_form.to_lowercase())
            .bind(&id)
            .execute(db)
        .await
        .map_err(fault)?;
    }
    Ok(())
}

/// Accounts are few: all of them at once.
async fn recompute_accounts(db: &mut SqliteConnection, _after: i64) -> StoreResult<Option<i64>> {
    let mut transaction = db.begin_with("begin immediate").await.map_err(fault)?;
    let found = sqlx::query("select id, email from accounts").fetch_all(&mut *transaction).await.map_err(fault)?;
    for row in &found {
        let (id, email): (Vec<u8>, String) = (get(row, "id")?, get(row, "email")?);
        let taken = "select 1 from accounts where email = ? and id <> ?";
        let form = email_form(&mut transaction, taken, &email, &id).await?;
        sqlx::query("update accounts set email = ? where id = ?")
            .bind(form)
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(fault)?;
    }
    transaction.commit().await.map_err(fault)?;
    Ok(None)
}

/// The form of an email in which new ones are stored. An older version may have stored one mailbox twice, in two forms:
/// then the second keeps its form until an admin corrects it, since each has invitations and devices of its own.
async fn email_form(db: &mut SqliteConnection, taken: &'static str, stored: &str, id: &[u8]) -> StoreResult<String> {
    let Ok(form) = EmailAddress::parse(stored) else { return Ok(stored.to_owned()) };
    if form.as_str() == stored {
        return Ok(form.into());
    }
    let twin: Option<i64> =
        sqlx::query_scalar(taken).bind(form.as_str()).bind(id).fetch_optional(db).await.map_err(fault)?;
    if twin.is_some() {
        let id = uuid::Uuid::from_slice(id).unwrap_or_default();
        tracing::warn!(%id, "The mailbox of {id} is also that of another, in another form of its domain: correct one of them");
        return Ok(stored.to_owned());
    }
    Ok(form.into())
}

/// The form of a name in which new ones are stored; one of nothing visible is replaced by one made of the email.
fn name_form(stored: &str, email: &str) -> String {
    let form = PersonName::parse(stored);
    form.map_or_else(
        |_| match EmailAddress::parse(email) {
            Ok(email) => PersonName::of_email(&email).into(),
            Err(_) => stored.to_owned(),
        },
        String::from,
    )
}
