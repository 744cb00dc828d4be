//! Accounts, sessions and API tokens.

use crate::{Account, AccountAddress, ApiToken, LastUses, PasswordScheme, Session, Store, StoreError, StoredPassword};
use domain::{
    Timestamp,
    journal::change::KeyedHash,
    types::ids::{AccountId, ApiTokenId, SessionId},
};
use std::sync::Arc;
use uuid::Uuid;

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

pub(super) fn account(n: u128, email: &str) -> Account {
    Account {
        id: AccountId(Uuid::from_u128(n)),
        email: email.to_owned(),
        password: StoredPassword { hash: "$argon2id$".to_owned(), scheme: PasswordScheme::Prepared },
        created_at: NOW,
    }
}

pub(super) fn session(n: u8, owner: &Account) -> Session {
    Session {
        id: SessionId(Uuid::from_u128(n.into())),
        token_hash: KeyedHash([n; 32]),
        account_id: owner.id,
        email: owner.email.clone(),
        language: None,
        user_agent: "Browser".to_owned(),
        created_at: NOW,
        last_seen_at: NOW,
        expires_at: NOW.plus_seconds(100),
    }
}

pub async fn the_first_account_is_made_once(store: Arc<dyn Store>) {
    let (right, wrong) = (KeyedHash([1; 32]), KeyedHash([2; 32]));
    store.save_setup(wrong).await.unwrap();
    store.save_setup(right).await.unwrap();
    assert!(!store.create_first_account(&account(1, "a@example.com"), wrong).await.unwrap());
    assert!(!store.has_accounts().await.unwrap());
    assert!(store.create_first_account(&account(1, "a@example.com"), right).await.unwrap());
    assert!(!store.create_first_account(&account(2, "b@example.com"), right).await.unwrap());
    assert_eq!(store.find_setup().await.unwrap(), None);
    assert!(matches!(store.create_account(&account(3, "a@example.com")).await, Err(StoreError::EmailTaken)));
    assert!(store.has_accounts().await.unwrap());
}

pub async fn all_accounts_are_reached_in_their_languages(store: Arc<dyn Store>) {
    assert_eq!(store.account_addresses().await.unwrap(), []);
    let (b, a) = (account(1, "b@example.com"), account(2, "a@example.com"));
    store.create_account(&b).await.unwrap();
    store.create_account(&a).await.unwrap();
    store.set_account_language(b.id, Some("cs")).await.unwrap();
    let expected = [
        AccountAddress { id: a.id, email: a.email, language: None },
        AccountAddress { id: b.id, email: b.email, language: Some("cs".to_owned()) },
    ];
    assert_eq!(store.account_addresses().await.unwrap(), expected);
}

pub async fn a_session_ends_when_it_is_deleted(store: Arc<dyn Store>) {
    let owner = account(1, "a@example.com");
    store.create_account(&owner).await.unwrap();
    let session = session(7, &owner);
    store.create_session(&session).await.unwrap();
    assert_eq!(store.find_session(session.token_hash).await.unwrap(), Some(session.clone()));
    store.set_account_language(owner.id, Some("cs")).await.unwrap();
    let chosen = store.find_session(session.token_hash).await.unwrap().unwrap();
    assert_eq!(chosen.language.as_deref(), Some("cs"));
    store.set_account_language(owner.id, None).await.unwrap();
    assert_eq!(store.find_session(session.token_hash).await.unwrap(), Some(session.clone()));
    let used = |at: i64| LastUses {
        sessions: vec![(session.id, NOW.plus_seconds(at), NOW.plus_seconds(at + 100))],
        api_tokens: vec![],
    };
    store.record_uses(used(50)).await.unwrap();
    store.record_uses(used(-50)).await.unwrap();
    store.delete_expired_sessions(NOW.plus_seconds(120)).await.unwrap();
    assert_eq!(store.list_sessions(owner.id, NOW.plus_seconds(120)).await.unwrap().len(), 1);
    assert!(!store.delete_session(AccountId(Uuid::from_u128(9)), session.id).await.unwrap(), "someone else's");
    assert!(store.delete_session(owner.id, session.id).await.unwrap());
    assert!(!store.delete_session(owner.id, session.id).await.unwrap(), "it is gone");
    assert_eq!(store.find_session(session.token_hash).await.unwrap(), None);
}

pub async fn sessions_that_ended_are_deleted_and_no_others(store: Arc<dyn Store>) {
    let owner = account(1, "a@example.com");
    store.create_account(&owner).await.unwrap();
    let (ends_first, ends_later) = (session(1, &owner), session(2, &owner));
    let ends_later = Session { expires_at: NOW.plus_seconds(101), ..ends_later };
    store.create_session(&ends_first).await.unwrap();
    store.create_session(&ends_later).await.unwrap();
    let left = async || {
        let mut left = Vec::new();
        for session in [&ends_first, &ends_later] {
            left.push(store.find_session(session.token_hash).await.unwrap().is_some());
        }
        left
    };
    store.delete_expired_sessions(NOW.plus_seconds(99)).await.unwrap();
    assert_eq!(left().await, [true, true]);
    store.delete_expired_sessions(NOW.plus_seconds(100)).await.unwrap();
    assert_eq!(left().await, [false, true]);
}

pub async fn an_api_token_is_found_until_it_is_deleted(store: Arc<dyn Store>) {
    let token = ApiToken {
        id: ApiTokenId(Uuid::from_u128(5)),
        name: "ci".to_owned(),
        token_hash: KeyedHash([5; 32]),
        created_at: NOW,
        last_used_at: None,
    };
    store.create_api_token(&token).await.unwrap();
    assert!(matches!(
        store
            .create_api_token(&ApiToken {
                id: ApiTokenId(Uuid::from_u128(6)),
                token_hash: KeyedHash([6; 32]),
                ..token.clone()
            })
            .await,
        Err(StoreError::NameTaken)
    ));
    for at in [9, 5] {
        let uses = LastUses { sessions: vec![], api_tokens: vec![(token.id, NOW.plus_seconds(at))] };
        store.record_uses(uses).await.unwrap();
    }
    assert_eq!(store.find_api_token(token.token_hash).await.unwrap().unwrap().last_used_at, Some(NOW.plus_seconds(9)));
    assert!(!store.delete_api_token("other").await.unwrap());
    assert!(store.delete_api_token("ci").await.unwrap());
    assert_eq!(store.find_api_token(token.token_hash).await.unwrap(), None);
}

/// Texts that mean something to one engine or another.
const HOSTILE: [&str; 7] = [
    "'; drop table accounts; --",
    "100%_\\",
    "\"quoted\" $1 ?1 :a @b",
    "\\x00 \\u0000",
    "{\"a\": null}",
    "\u{202e}\u{1}\u{7f}",
    "🏳️‍🌈\u{10ffff}",
];

pub async fn texts_that_mean_something_to_an_engine_are_only_texts(store: Arc<dyn Store>) {
    let owner = account(1, "a@example.com");
    store.create_account(&owner).await.unwrap();
    for (n, text) in (1_u8..).zip(HOSTILE) {
        let session = Session { user_agent: text.to_owned(), ..session(n, &owner) };
        store.create_session(&session).await.unwrap();
        assert_eq!(store.find_session(session.token_hash).await.unwrap(), Some(session), "{text}");
        let token = api_token(n, text);
        store.create_api_token(&token).await.unwrap();
        assert_eq!(store.find_api_token(token.token_hash).await.unwrap(), Some(token), "{text}");
        assert_eq!(store.find_account(text).await.unwrap(), None, "{text}");
    }
    for text in HOSTILE {
        assert!(store.delete_api_token(text).await.unwrap(), "{text}");
    }
    assert_eq!(store.list_api_tokens().await.unwrap(), []);
    // Not every engine can store a NUL. It may be replaced, but keeps nothing from being written.
    let session = Session { user_agent: "a\0b".to_owned(), ..session(100, &owner) };
    store.create_session(&session).await.unwrap();
    let found = store.find_session(session.token_hash).await.unwrap().unwrap();
    assert!(["a\0b", "a\u{fffd}b"].contains(&found.user_agent.as_str()), "{:?}", found.user_agent);
    assert_eq!(store.find_account("a\0b").await.unwrap(), None);
}

fn api_token(n: u8, name: &str) -> ApiToken {
    ApiToken {
        id: ApiTokenId(Uuid::from_u128(n.into())),
        name: name.to_owned(),
        token_hash: KeyedHash([n; 32]),
        created_at: NOW,
        last_used_at: None,
    }
}
