//! The statements that write accounts, sessions and API tokens.

use super::SETUP;
use crate::fault::fault;
use domain::{
    Timestamp,
    journal::change::KeyedHash,
    types::ids::{AccountId, SessionId},
};
use sqlx::SqliteConnection;
use store::{Account, ApiToken, LastUses, Session, StoreResult};

pub(super) async fn account(db: &mut SqliteConnection, account: &Account) -> StoreResult<()> {
    sqlx::query("insert into accounts (id, email, password_hash, password_scheme, created_at) values (?, ?, ?, ?, ?)")
        .bind(account.id.0)
        .bind(&account.email)
        .bind(&account.password.hash)
        .bind(account.password.scheme as i64)
        .bind(account.created_at.as_millis())
        .execute(db)
        .await
        .map_err(fault)?;
    Ok(())
}

/// False, and nothing written, when there is an account already or `setup` is not the link's hash.
pub(super) async fn first_account(db: &mut SqliteConnection, first: &Account, setup: KeyedHash) -> StoreResult<bool> {
    let used = sqlx::query("delete from settings where name = ? and value = ? and not exists (select 1 from accounts)")
        .bind(SETUP)
        .bind(&setup.0[..])
        .execute(&mut *db)
        .await
        .map_err(fault)?;
    if used.rows_affected() != 1 {
        return Ok(false);
    }
    account(db, first).await?;
    Ok(true)
}

pub(super) async fn language(db: &mut SqliteConnection, id: AccountId, language: Option<&str>) -> StoreResult<()> {
    sqlx::query("update accounts set language = ? where id = ?")
        .bind(language)
        .bind(id.0)
        .execute(db)
        .await
        .map_err(fault)?;
    Ok(())
}

pub(super) async fn session(db: &mut SqliteConnection, session: &Session) -> StoreResult<()> {
    sqlx::query(
        "insert into sessions (id, token_hash, account_id, user_agent, created_at, last_seen_at, expires_at) \
         values (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(session.id.0)
    .bind(&session.token_hash.0[..])
    .bind(session.account_id.0)
    .bind(&session.user_agent)
    .bind(session.created_at.as_millis())
    .bind(session.last_seen_at.as_millis())
    .bind(session.expires_at.as_millis())
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

pub(super) async fn end_session(db: &mut SqliteConnection, account: AccountId, id: SessionId) -> StoreResult<bool> {
    let done = sqlx::query("delete from sessions where account_id = ? and id = ?")
        .bind(account.0)
        .bind(id.0)
        .execute(db)
        .await
        .map_err(fault)?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn end_expired_sessions(db: &mut SqliteConnection, now: Timestamp) -> StoreResult<()> {
    sqlx::query("delete from sessions where expires_at <= ?").bind(now.as_millis()).execute(db).await.map_err(fault)?;
    Ok(())
}

pub(super) async fn uses(db: &mut SqliteConnection, uses: &LastUses) -> StoreResult<()> {
    for (id, at, expires_at) in &uses.sessions {
        sqlx::query("update sessions set last_seen_at = ?1, expires_at = ?2 where id = ?3 and last_seen_at < ?1")
            .bind(at.as_millis())
            .bind(expires_at.as_millis())
            .bind(id.0)
            .execute(&mut *db)
            .await
            .map_err(fault)?;
    }
    for (id, at) in &uses.api_tokens {
        sqlx::query("update api_tokens set last_used_at = ?1 where id = ?2 and coalesce(last_used_at, 0) < ?1")
            .bind(at.as_millis())
            .bind(id.0)
            .execute(&mut *db)
            .await
            .map_err(fault)?;
    }
    Ok(())
}

pub(super) async fn api_token(db: &mut SqliteConnection, token: &ApiToken) -> StoreResult<()> {
    sqlx::query("insert into api_tokens (id, name, token_hash, created_at) values (?, ?, ?, ?)")
        .bind(token.id.0)
        .bind(&token.name)
        .bind(&token.token_hash.0[..])
        .bind(token.created_at.as_millis())
        .execute(db)
        .await
        .map_err(fault)?;
    Ok(())
}

pub(super) async fn revoke_api_token(db: &mut SqliteConnection, name: &str) -> StoreResult<bool> {
    let done = sqlx::query("delete from api_tokens where name = ?").bind(name).execute(db).await.map_err(fault)?;
    Ok(done.rows_affected() > 0)
}
