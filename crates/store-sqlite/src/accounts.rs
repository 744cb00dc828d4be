//! Accounts, sessions and API tokens.

use crate::{
    SqliteStore,
    fault::fault,
    rows::{self, get},
    settings,
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    journal::change::KeyedHash,
    types::ids::{AccountId, ApiTokenId, SessionId},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};
use store::{Account, AccountStore, ApiToken, Session, StoreResult};

/// The setting that holds the hash of the one-time link.
const SETUP: &str = "setup";

fn account(row: &SqliteRow) -> StoreResult<Account> {
    Ok(Account {
        id: AccountId(get(row, "id")?),
        email: get(row, "email")?,
        password_hash: get(row, "password_hash")?,
        created_at: rows::time(row, "created_at")?,
    })
}

fn session(row: &SqliteRow) -> StoreResult<Session> {
    Ok(Session {
        id: SessionId(get(row, "id")?),
        token_hash: rows::hash(row, "token_hash")?,
        account_id: AccountId(get(row, "account_id")?),
        email: get(row, "email")?,
        language: get(row, "language")?,
        user_agent: get(row, "user_agent")?,
        created_at: rows::time(row, "created_at")?,
        last_seen_at: rows::time(row, "last_seen_at")?,
        expires_at: rows::time(row, "expires_at")?,
    })
}

fn api_token(row: &SqliteRow) -> StoreResult<ApiToken> {
    Ok(ApiToken {
        id: ApiTokenId(get(row, "id")?),
        name: get(row, "name")?,
        token_hash: rows::hash(row, "token_hash")?,
        created_at: rows::time(row, "created_at")?,
        last_used_at: rows::optional_time(row, "last_used_at")?,
    })
}

async fn insert_account(db: &mut SqliteConnection, account: &Account) -> StoreResult<()> {
    sqlx::query("insert into accounts (id, email, password_hash, created_at) values (?, ?, ?, ?)")
        .bind(account.id.0)
        .bind(&account.email)
        .bind(&account.password_hash)
        .bind(account.created_at.as_millis())
        .execute(db)
        .await
        .map_err(fault)?;
    Ok(())
}

#[async_trait]
impl AccountStore for SqliteStore {
    async fn has_accounts(&self) -> StoreResult<bool> {
        Ok(sqlx::query_scalar("select exists (select 1 from accounts)")
            .fetch_one(&self.readers)
            .await
            .map_err(fault)?)
    }

    async fn create_account(&self, account: &Account) -> StoreResult<()> {
        let mut db = self.writing.begin_with("begin immediate").await.map_err(fault)?;
        insert_account(&mut db, account).await?;
        Ok(db.commit().await.map_err(fault)?)
    }

    async fn create_first_account(&self, account: &Account, setup: KeyedHash) -> StoreResult<bool> {
        let mut db = self.writing.begin_with("begin immediate").await.map_err(fault)?;
        let is_first: bool = sqlx::query_scalar("select not exists (select 1 from accounts)")
            .fetch_one(&mut *db)
            .await
            .map_err(fault)?;
        let used = sqlx::query("delete from settings where name = ? and value = ?")
            .bind(SETUP)
            .bind(&setup.0[..])
            .execute(&mut *db)
            .await
            .map_err(fault)?;
        if !is_first || used.rows_affected() != 1 {
            return Ok(false);
        }
        insert_account(&mut db, account).await?;
        db.commit().await.map_err(fault)?;
        Ok(true)
    }

    async fn set_account_language(&self, account: AccountId, language: Option<&str>) -> StoreResult<()> {
        sqlx::query("update accounts set language = ? where id = ?")
            .bind(language)
            .bind(account.0)
            .execute(&self.writing)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn find_account(&self, email: &str) -> StoreResult<Option<Account>> {
        let row = sqlx::query("select * from accounts where email = ?")
            .bind(email)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(account).transpose()
    }

    async fn save_setup(&self, hash: KeyedHash) -> StoreResult<()> {
        settings::save(&self.writing, SETUP, &hash.0).await
    }

    async fn find_setup(&self) -> StoreResult<Option<KeyedHash>> {
        let hash = settings::find(&self.readers, SETUP).await?;
        hash.map(|bytes| rows::keyed_hash(bytes, SETUP)).transpose()
    }

    async fn create_session(&self, session: &Session) -> StoreResult<()> {
        sqlx::query(
            "insert into sessions (id, token_hash, account_id, user_agent, created_at, last_seen_at, expires_at) values (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(session.id.0)
        .bind(&session.token_hash.0[..])
        .bind(session.account_id.0)
        .bind(&session.user_agent)
        .bind(session.created_at.as_millis())
        .bind(session.last_seen_at.as_millis())
        .bind(session.expires_at.as_millis())
        .execute(&self.writing)
        .await
        .map_err(fault)?;
        Ok(())
    }

    async fn find_session(&self, token: KeyedHash) -> StoreResult<Option<Session>> {
        let row = sqlx::query(
            "select s.*, a.email, a.language from sessions s join accounts a on a.id = s.account_id where s.token_hash = ?",
        )
        .bind(&token.0[..])
        .fetch_optional(&self.readers)
        .await
        .map_err(fault)?;
        row.as_ref().map(session).transpose()
    }

    async fn touch_session(&self, id: SessionId, now: Timestamp, expires_at: Timestamp) -> StoreResult<()> {
        sqlx::query("update sessions set last_seen_at = ?, expires_at = ? where id = ?")
            .bind(now.as_millis())
            .bind(expires_at.as_millis())
            .bind(id.0)
            .execute(&self.writing)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> StoreResult<Vec<Session>> {
        let found = sqlx::query(
            "select s.*, a.email, a.language from sessions s join accounts a on a.id = s.account_id \
             where s.account_id = ? and s.expires_at > ? order by s.last_seen_at desc",
        )
        .bind(account.0)
        .bind(now.as_millis())
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        found.iter().map(session).collect()
    }

    async fn delete_session(&self, account: AccountId, id: SessionId) -> StoreResult<bool> {
        let done = sqlx::query("delete from sessions where account_id = ? and id = ?")
            .bind(account.0)
            .bind(id.0)
            .execute(&self.writing)
            .await
            .map_err(fault)?;
        Ok(done.rows_affected() > 0)
    }

    async fn delete_expired_sessions(&self, now: Timestamp) -> StoreResult<()> {
        sqlx::query("delete from sessions where expires_at <= ?")
            .bind(now.as_millis())
            .execute(&self.writing)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn create_api_token(&self, token: &ApiToken) -> StoreResult<()> {
        sqlx::query("insert into api_tokens (id, name, token_hash, created_at) values (?, ?, ?, ?)")
            .bind(token.id.0)
            .bind(&token.name)
            .bind(&token.token_hash.0[..])
            .bind(token.created_at.as_millis())
            .execute(&self.writing)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn find_api_token(&self, token: KeyedHash) -> StoreResult<Option<ApiToken>> {
        let row = sqlx::query("select * from api_tokens where token_hash = ?")
            .bind(&token.0[..])
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(api_token).transpose()
    }

    async fn touch_api_token(&self, id: ApiTokenId, now: Timestamp) -> StoreResult<()> {
        sqlx::query("update api_tokens set last_used_at = ? where id = ?")
            .bind(now.as_millis())
            .bind(id.0)
            .execute(&self.writing)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn list_api_tokens(&self) -> StoreResult<Vec<ApiToken>> {
        let found =
            sqlx::query("select * from api_tokens order by name").fetch_all(&self.readers).await.map_err(fault)?;
        found.iter().map(api_token).collect()
    }

    async fn delete_api_token(&self, name: &str) -> StoreResult<bool> {
        let done = sqlx::query("delete from api_tokens where name = ?")
            .bind(name)
            .execute(&self.writing)
            .await
            .map_err(fault)?;
        Ok(done.rows_affected() > 0)
    }
}
