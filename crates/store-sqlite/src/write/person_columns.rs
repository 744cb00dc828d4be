//! What is computed of a person and of an account: the one form of name and email, and the column that a search looks
//! through. All of it is recomputed at the next start when the way it is computed changes.

use super::recompute::{self, BATCH};
use crate::connection::Link;
use domain::types::text::{EmailAddress, PersonName};
use store::{
    StoreResult,
    sql::{
        database::{Connection, get, query},
        write::person_columns::{PersonColumns, SETTING, VERSION},
    },
};

/// The setting that holds the file's version for accounts.
pub(super) const ACCOUNTS_SETTING: &str = "account_columns";

/// Recomputes everything if the file has another version of it.
pub(crate) async fn bring_up_to_date(db: &mut Link) -> StoreResult<()> {
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
async fn recompute_batch(db: &mut Link, after: i64) -> StoreResult<Option<i64>> {
    recompute::begin(db).await?;
    let found = query(
        "select k.key, p.id, p.name, p.email from people_keys k cross join people p on p.id = k.id \
         where k.key > $1 order by k.key limit $2",
    )
    .bind(after)
    .bind(BATCH)
    .fetch_all(db as &mut dyn Connection)
    .await?;
    for row in &found {
        let stored = Stored { id: get(row, "id")?, name: get(row, "name")?, email: get(row, "email")? };
        recompute_person(db, stored).await?;
    }
    recompute::commit(db).await?;
    found.last().map(|row| get(row, "key")).transpose()
}

async fn recompute_person(db: &mut Link, stored: Stored) -> StoreResult<()> {
    let Stored { id, name, email } = stored;
    let email_form = email_form(db, "select 1 from people where email = $1 and id <> $2", &email, &id).await?;
    let name_form = name_form(&name, &email_form);
    let PersonColumns { name_key, search } = PersonColumns::of(&name_form, &email_form);
    query("update people set name = $1, name_key = $2, email = $3, search = $4 where id = $5")
        .bind(&name_form)
        .bind(&name_key)
        .bind(&email_form)
        .bind(search)
        .bind(&id)
        .execute(db)
        .await?;
    if (&name_form, &email_form) != (&name, &email) {
        // Rows of the Mobile devices view have a copy; their columns are recomputed from it.
        query(
            "update slot_docs set row_doc = json_set(row_doc, '$.person_name', $1, '$.email', $2) \
             where slot_key in (select key from slots where person_id = $3)",
        )
        .bind(&name_form)
        .bind(&email_form)
        .bind(&id)
        .execute(db)
        .await?;
        query("update slots set name_key = $1 where person_id = $2").bind(&name_key).bind(&id).execute(db).await?;
    }
    Ok(())
}

/// Accounts are few: all of them at once.
async fn recompute_accounts(db: &mut Link, _after: i64) -> StoreResult<Option<i64>> {
    recompute::begin(db).await?;
    let found = query("select id, email from accounts").fetch_all(db as &mut dyn Connection).await?;
    for row in &found {
        let (id, email): (Vec<u8>, String) = (get(row, "id")?, get(row, "email")?);
        let taken = "select 1 from accounts where email = $1 and id <> $2";
        let form = email_form(db, taken, &email, &id).await?;
        query("update accounts set email = $1 where id = $2")
            .bind(form)
            .bind(id)
            .execute(db as &mut dyn Connection)
            .await?;
    }
    recompute::commit(db).await?;
    Ok(None)
}

/// The form of an email in which new ones are stored. An older version may have stored one mailbox twice, in two forms:
/// then the second keeps its form until an admin corrects it, since each has invitations and devices of its own.
async fn email_form(db: &mut Link, taken: &'static str, stored: &str, id: &[u8]) -> StoreResult<String> {
    let Ok(form) = EmailAddress::parse(stored) else { return Ok(stored.to_owned()) };
    if form.as_str() == stored {
        return Ok(form.into());
    }
    let twin = query(taken).bind(form.as_str()).bind(id).fetch_optional(db as &mut dyn Connection).await?;
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
