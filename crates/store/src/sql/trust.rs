//! The key, passwords, and the trail of access.

use super::{
    SqlStore,
    accounts::account,
    damaged::readable,
    database::{Connection, Row, get, query},
    documents::{from_doc, to_doc},
    records, settings,
};
use crate::{Account, ResetLink, StoreResult, StoredPassword, TrustStore};
use async_trait::async_trait;
use domain::{
    Timestamp,
    audit::{AuditEntry, AuditPage, NumberedEntry},
    journal::change::KeyedHash,
    types::ids::{AccountId, SessionId},
};
use uuid::Uuid;

/// The setting that tells which key the database belongs to.
pub const KEY_CHECK: &str = "key_check";
/// Entries that are kept: those that need an account or a token, and those that anybody can cause.
const KEPT: [i64; 2] = [200_000, 50_000];
/// Superfluous entries are dropped whenever so many were added.
const DROP_EVERY: i64 = 256;

#[async_trait]
impl<S: SqlStore> TrustStore for S {
    async fn find_key_check(&self) -> StoreResult<Option<KeyedHash>> {
        let check = settings::find(self.readers(), KEY_CHECK).await?;
        check.map(|bytes| records::keyed_hash(bytes, KEY_CHECK)).transpose()
    }

    async fn save_key_check(&self, check: KeyedHash) -> StoreResult<()> {
        self.writer().write(check, |check, db| Box::pin(settings::save(db, KEY_CHECK, &check.0))).await
    }

    async fn change_password(
        &self,
        account: AccountId,
        old: &StoredPassword,
        new: &StoredPassword,
    ) -> StoreResult<Option<Vec<SessionId>>> {
        let arguments = (account, old.clone(), new.clone());
        self.writer().write(arguments, |(id, old, new), db| Box::pin(change(db, *id, old, new))).await
    }

    async fn upgrade_password(
        &self,
        account: AccountId,
        old: &StoredPassword,
        new: &StoredPassword,
    ) -> StoreResult<()> {
        let arguments = (account, old.clone(), new.clone());
        self.writer().write(arguments, |(id, old, new), db| Box::pin(replace(db, *id, old, new))).await.map(drop)
    }

    async fn save_reset_link(&self, link: &ResetLink) -> StoreResult<()> {
        self.writer().write(link.clone(), |link, db| Box::pin(insert_link(db, link))).await
    }

    async fn find_reset_link(&self, token: KeyedHash, now: Timestamp) -> StoreResult<Option<Account>> {
        let row = query(
            "select a.* from reset_links l join accounts a on a.id = l.account_id where l.token_hash = $1 and l.expires_at > $2",
        )
        .bind(&token.0[..])
        .bind(now.as_millis())
        .fetch_optional(self.readers())
        .await?;
        row.as_ref().map(account).transpose()
    }

    async fn use_reset_link(
        &self,
        token: KeyedHash,
        now: Timestamp,
        new: &StoredPassword,
    ) -> StoreResult<Option<Vec<SessionId>>> {
        let arguments = (token, now, new.clone());
        self.writer().write(arguments, |(token, now, new), db| Box::pin(use_link(db, *token, *now, new))).await
    }

    async fn add_audit_entry(&self, entry: &AuditEntry) -> StoreResult<i64> {
        self.writer().write(entry.clone(), |entry, db| Box::pin(insert_entry(db, entry))).await
    }

    async fn count_audit_entry(&self, seq: i64, times: u64) -> StoreResult<()> {
        self.writer().write((seq, times), |(seq, times), db| Box::pin(count(db, *seq, *times))).await
    }

    async fn list_audit_entries(&self, before: Option<i64>, limit: u32) -> StoreResult<AuditPage> {
        let found = query("select seq, times, doc from audit where seq < $1 order by seq desc limit $2")
            .bind(before.unwrap_or(i64::MAX))
            .bind(i64::from(limit) + 1)
            .fetch_all(self.readers())
            .await?;
        let size = usize::try_from(limit).unwrap_or(usize::MAX);
        let page = &found[..found.len().min(size)];
        // By the row, not by the entry: a damaged one at the end hides nothing of what is before.
        let next = page.last().filter(|_| found.len() > size).map(|row| get(row, "seq")).transpose()?;
        Ok(AuditPage { entries: readable("audit", page, numbered_entry)?, next })
    }

    async fn lock_outs(&self, since: Timestamp) -> StoreResult<Vec<AuditEntry>> {
        let found = query("select seq, times, doc from audit where by_stranger = 1 and at >= $1 order by seq")
            .bind(since.as_millis())
            .fetch_all(self.readers())
            .await?;
        let entries = readable("audit", &found, numbered_entry)?.into_iter().map(|found| found.entry);
        Ok(entries.filter(|entry| !entry.full.is_empty()).collect())
    }
}

/// Replaces a password that is still `old`; false when it is not.
async fn replace(
    db: &mut dyn Connection,
    account: AccountId,
    old: &StoredPassword,
    new: &StoredPassword,
) -> StoreResult<bool> {
    let done =
        query("update accounts set password_hash = $1, password_scheme = $2 where id = $3 and password_hash = $4")
            .bind(&new.hash)
            .bind(new.scheme as i64)
            .bind(account.0)
            .bind(&old.hash)
            .execute(db)
            .await?;
    Ok(done == 1)
}

/// Replaces a password that is still `old`, and ends what it gave access to; `None` when it is not.
async fn change(
    db: &mut dyn Connection,
    account: AccountId,
    old: &StoredPassword,
    new: &StoredPassword,
) -> StoreResult<Option<Vec<SessionId>>> {
    if !replace(db, account, old, new).await? {
        return Ok(None);
    }
    end_access(db, account).await.map(Some)
}

async fn insert_link(db: &mut dyn Connection, link: &ResetLink) -> StoreResult<()> {
    query(
        "insert into reset_links (account_id, token_hash, expires_at) values ($1, $2, $3) \
         on conflict (account_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at",
    )
    .bind(link.account_id.0)
    .bind(&link.token_hash.0[..])
    .bind(link.expires_at.as_millis())
    .execute(db)
    .await?;
    Ok(())
}

async fn use_link(
    db: &mut dyn Connection,
    token: KeyedHash,
    now: Timestamp,
    new: &StoredPassword,
) -> StoreResult<Option<Vec<SessionId>>> {
    let used = query("delete from reset_links where token_hash = $1 and expires_at > $2 returning account_id")
        .bind(&token.0[..])
        .bind(now.as_millis())
        .fetch_optional(&mut *db)
        .await?;
    let Some(used) = used else { return Ok(None) };
    let account = AccountId(get(&used, "account_id")?);
    query("update accounts set password_hash = $1, password_scheme = $2 where id = $3")
        .bind(&new.hash)
        .bind(new.scheme as i64)
        .bind(account.0)
        .execute(&mut *db)
        .await?;
    end_access(db, account).await.map(Some)
}

/// Ends all that the old password gave access to: sessions, and a one-time link.
async fn end_access(db: &mut dyn Connection, account: AccountId) -> StoreResult<Vec<SessionId>> {
    query("delete from reset_links where account_id = $1").bind(account.0).execute(&mut *db).await?;
    let ended: Vec<Uuid> =
        query("delete from sessions where account_id = $1 returning id").bind(account.0).fetch_values(db).await?;
    Ok(ended.into_iter().map(SessionId).collect())
}

async fn insert_entry(db: &mut dyn Connection, entry: &AuditEntry) -> StoreResult<i64> {
    let by_stranger = entry.event.is_by_strangers();
    let seq: i64 = query("insert into audit (at, by_stranger, times, doc) values ($1, $2, $3, $4) returning seq")
        .bind(entry.at.as_millis())
        .bind(by_stranger)
        .bind(i64::try_from(entry.times).unwrap_or(i64::MAX))
        .bind(to_doc(entry)?)
        .fetch_value(&mut *db)
        .await?
        .unwrap_or_default();
    if is_time_to_drop(seq) {
        for (by_stranger, kept) in [(false, KEPT[0]), (true, KEPT[1])] {
            drop_oldest(db, by_stranger, kept).await?;
        }
    }
    Ok(seq)
}

async fn count(db: &mut dyn Connection, seq: i64, times: u64) -> StoreResult<()> {
    query("update audit set times = $1 where seq = $2")
        .bind(i64::try_from(times).unwrap_or(i64::MAX))
        .bind(seq)
        .execute(db)
        .await?;
    Ok(())
}

/// Now and then, so that most entries are written alone.
const fn is_time_to_drop(seq: i64) -> bool {
    seq % DROP_EVERY == 0
}

async fn drop_oldest(db: &mut dyn Connection, by_stranger: bool, kept: i64) -> StoreResult<()> {
    query(
        "delete from audit where by_stranger = $1 and seq <= \
         (select seq from audit where by_stranger = $1 order by seq desc limit 1 offset $2)",
    )
    .bind(by_stranger)
    .bind(kept)
    .execute(db)
    .await?;
    Ok(())
}

fn numbered_entry(row: &Row) -> StoreResult<NumberedEntry> {
    let mut entry: AuditEntry = from_doc(get(row, "doc")?)?;
    entry.times = u64::try_from(get::<i64>(row, "times")?).unwrap_or(1);
    Ok(NumberedEntry { seq: get(row, "seq")?, entry })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_entries_are_dropped_now_and_then() {
        let times: Vec<i64> = (1..=DROP_EVERY * 2).filter(|seq| is_time_to_drop(*seq)).collect();
        assert_eq!(times, [DROP_EVERY, DROP_EVERY * 2]);
    }
}
