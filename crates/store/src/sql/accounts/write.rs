//! The statements that write accounts, sessions and API tokens.

use super::SETUP;
use crate::{
    Account, ApiToken, LastUses, Session, StoreResult,
    sql::database::{Connection, query},
};
use domain::{
    Timestamp,
    journal::change::KeyedHash,
    types::ids::{AccountId, SessionId},
};

pub(super) async fn account(db: &mut dyn Connection, account: &Account) -> StoreResult<()> {
    query("insert into accounts (id, email, password_hash, password_scheme, created_at) values ($1, $2, $3, $4, $5)")
        .bind(account.id.0)
        .bind(&account.email)
        .bind(&account.password.hash)
        .bind(account.password.scheme as i64)
        .bind(account.created_at.as_millis())
        .execute(db)
        .await?;
    Ok(())
}

/// False, and nothing written, when there is an account already or `setup` is not the link's hash.
pub(super) async fn first_account(db: &mut dyn Connection, first: &Account, setup: KeyedHash) -> StoreResult<bool> {
    let used = query("delete from settings where name = $1 and value = $2 and not exists (select 1 from accounts)")
        .bind(SETUP)
        .bind(&setup.0[..])
        .execute(&mut *db)
        .await?;
    if used != 1 {
        return Ok(false);
    }
    account(db, first).await?;
    Ok(true)
}

pub(super) async fn language(db: &mut dyn Connection, id: AccountId, language: Option<&str>) -> StoreResult<()> {
    query("update accounts set language = $1 where id = $2").bind(language).bind(id.0).execute(db).await?;
    Ok(())
}

pub(super) async fn session(db: &mut dyn Connection, session: &Session) -> StoreResult<()> {
    query(
        "insert into sessions (id, token_hash, account_id, user_agent, created_at, last_seen_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(session.id.0)
    .bind(&session.token_hash.0[..])
    .bind(session.account_id.0)
    .bind(&session.user_agent)
    .bind(session.created_at.as_millis())
    .bind(session.last_seen_at.as_millis())
    .bind(session.expires_at.as_millis())
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn end_session(db: &mut dyn Connection, account: AccountId, id: SessionId) -> StoreResult<bool> {
    let done =
        query("delete from sessions where account_id = $1 and id = $2").bind(account.0).bind(id.0).execute(db).await?;
    Ok(done > 0)
}

pub(super) async fn end_expired_sessions(db: &mut dyn Connection, now: Timestamp) -> StoreResult<()> {
    query("delete from sessions where expires_at <= $1").bind(now.as_millis()).execute(db).await?;
    Ok(())
}

pub(super) async fn uses(db: &mut dyn Connection, uses: &LastUses) -> StoreResult<()> {
    for (id, at, expires_at) in &uses.sessions {
        query("update sessions set last_seen_at = $1, expires_at = $2 where id = $3 and last_seen_at < $1")
            .bind(at.as_millis())
            .bind(expires_at.as_millis())
            .bind(id.0)
            .execute(&mut *db)
            .await?;
    }
    for (id, at) in &uses.api_tokens {
        query("update api_tokens set last_used_at = $1 where id = $2 and coalesce(last_used_at, 0) < $1")
            .bind(at.as_millis())
            .bind(id.0)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

pub(super) async fn api_token(db: &mut dyn Connection, token: &ApiToken) -> StoreResult<()> {
    query("insert into api_tokens (id, name, token_hash, created_at) values ($1, $2, $3, $4)")
        .bind(token.id.0)
        .bind(&token.name)
        .bind(&token.token_hash.0[..])
        .bind(token.created_at.as_millis())
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn revoke_api_token(db: &mut dyn Connection, name: &str) -> StoreResult<bool> {
    let done = query("delete from api_tokens where name = $1").bind(name).execute(db).await?;
    Ok(done > 0)
}
