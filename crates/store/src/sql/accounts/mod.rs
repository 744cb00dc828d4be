//! Accounts, sessions and API tokens.

mod write;

use crate::{
    Account, AccountAddress, AccountStore, ApiToken, LastUses, PasswordScheme, Session, StoreError, StoreResult,
    StoredPassword,
    sql::{
        SqlStore,
        damaged::readable,
        database::{Row, get, query},
        records, settings,
    },
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    journal::change::KeyedHash,
    types::ids::{AccountId, ApiTokenId, SessionId},
};

/// The setting that holds the hash of the one-time link.
const SETUP: &str = "setup";

pub(crate) fn account(row: &Row) -> StoreResult<Account> {
    Ok(Account {
        id: AccountId(get(row, "id")?),
        email: get(row, "email")?,
        password: password(row)?,
        created_at: records::time(row, "created_at")?,
    })
}

fn address(row: &Row) -> StoreResult<AccountAddress> {
    Ok(AccountAddress { id: AccountId(get(row, "id")?), email: get(row, "email")?, language: get(row, "language")? })
}

fn password(row: &Row) -> StoreResult<StoredPassword> {
    let scheme = match get::<i64>(row, "password_scheme")? {
        1 => PasswordScheme::AsTyped,
        2 => PasswordScheme::Prepared,
        other => return Err(StoreError::Damaged(format!("unknown password scheme {other}"))),
    };
    Ok(StoredPassword { hash: get(row, "password_hash")?, scheme })
}

fn session(row: &Row) -> StoreResult<Session> {
    Ok(Session {
        id: SessionId(get(row, "id")?),
        token_hash: records::hash(row, "token_hash")?,
        account_id: AccountId(get(row, "account_id")?),
        email: get(row, "email")?,
        language: get(row, "language")?,
        user_agent: get(row, "user_agent")?,
        created_at: records::time(row, "created_at")?,
        last_seen_at: records::time(row, "last_seen_at")?,
        expires_at: records::time(row, "expires_at")?,
    })
}

fn api_token(row: &Row) -> StoreResult<ApiToken> {
    Ok(ApiToken {
        id: ApiTokenId(get(row, "id")?),
        name: get(row, "name")?,
        token_hash: records::hash(row, "token_hash")?,
        created_at: records::time(row, "created_at")?,
        last_used_at: records::optional_time(row, "last_used_at")?,
    })
}

#[async_trait]
impl<S: SqlStore> AccountStore for S {
    async fn has_accounts(&self) -> StoreResult<bool> {
        Ok(query("select id from accounts limit 1").fetch_optional(self.readers()).await?.is_some())
    }

    async fn create_account(&self, account: &Account) -> StoreResult<()> {
        self.writer().write(account.clone(), |account, db| Box::pin(write::account(db, account))).await
    }

    async fn create_first_account(&self, account: &Account, setup: KeyedHash) -> StoreResult<bool> {
        let arguments = (account.clone(), setup);
        self.writer().write(arguments, |(account, setup), db| Box::pin(write::first_account(db, account, *setup))).await
    }

    async fn set_account_language(&self, account: AccountId, language: Option<&str>) -> StoreResult<()> {
        let arguments = (account, language.map(str::to_owned));
        self.writer()
            .write(arguments, |(id, language), db| Box::pin(write::language(db, *id, language.as_deref())))
            .await
    }

    async fn find_account(&self, email: &str) -> StoreResult<Option<Account>> {
        let row = query("select * from accounts where email = $1").bind(email).fetch_optional(self.readers()).await?;
        row.as_ref().map(account).transpose()
    }

    async fn account_addresses(&self) -> StoreResult<Vec<AccountAddress>> {
        let found = query("select id, email, language from accounts order by email").fetch_all(self.readers()).await?;
        readable("accounts", &found, address)
    }

    async fn save_setup(&self, hash: KeyedHash) -> StoreResult<()> {
        self.writer().write(hash, |hash, db| Box::pin(settings::save(db, SETUP, &hash.0))).await
    }

    async fn find_setup(&self) -> StoreResult<Option<KeyedHash>> {
        let hash = settings::find(self.readers(), SETUP).await?;
        hash.map(|bytes| records::keyed_hash(bytes, SETUP)).transpose()
    }

    async fn create_session(&self, session: &Session) -> StoreResult<()> {
        self.writer().write(session.clone(), |session, db| Box::pin(write::session(db, session))).await
    }

    async fn find_session(&self, token: KeyedHash) -> StoreResult<Option<Session>> {
        let row = query(
            "select s.*, a.email, a.language from sessions s join accounts a on a.id = s.account_id where s.token_hash = $1",
        )
        .bind(&token.0[..])
        .fetch_optional(self.readers())
        .await?;
        row.as_ref().map(session).transpose()
    }

    async fn record_uses(&self, uses: LastUses) -> StoreResult<()> {
        self.writer().write(uses, |uses, db| Box::pin(write::uses(db, uses))).await
    }

    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> StoreResult<Vec<Session>> {
        let found = query(
            "select s.*, a.email, a.language from sessions s join accounts a on a.id = s.account_id \
             where s.account_id = $1 and s.expires_at > $2 order by s.last_seen_at desc",
        )
        .bind(account.0)
        .bind(now.as_millis())
        .fetch_all(self.readers())
        .await?;
        readable("sessions", &found, session)
    }

    async fn delete_session(&self, account: AccountId, id: SessionId) -> StoreResult<bool> {
        self.writer().write((account, id), |(account, id), db| Box::pin(write::end_session(db, *account, *id))).await
    }

    async fn delete_expired_sessions(&self, now: Timestamp) -> StoreResult<()> {
        self.writer().write(now, |now, db| Box::pin(write::end_expired_sessions(db, *now))).await
    }

    async fn create_api_token(&self, token: &ApiToken) -> StoreResult<()> {
        self.writer().write(token.clone(), |token, db| Box::pin(write::api_token(db, token))).await
    }

    async fn find_api_token(&self, token: KeyedHash) -> StoreResult<Option<ApiToken>> {
        let row = query("select * from api_tokens where token_hash = $1")
            .bind(&token.0[..])
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(api_token).transpose()
    }

    async fn list_api_tokens(&self) -> StoreResult<Vec<ApiToken>> {
        let found = query("select * from api_tokens order by name").fetch_all(self.readers()).await?;
        readable("api_tokens", &found, api_token)
    }

    async fn delete_api_token(&self, name: &str) -> StoreResult<bool> {
        self.writer().write(name.to_owned(), |name, db| Box::pin(write::revoke_api_token(db, name))).await
    }
}
