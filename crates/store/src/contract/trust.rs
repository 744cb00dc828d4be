//! The key, passwords, and the trail of access.

use super::accounts::{account, session};
use crate::{PasswordScheme, ResetLink, Store, StoredPassword};
use domain::{
    Timestamp,
    audit::{AuditActor, AuditEntry, AuditEvent, FullBucket},
    journal::change::KeyedHash,
};
use std::sync::Arc;

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn password(hash: &str) -> StoredPassword {
    StoredPassword { hash: hash.to_owned(), scheme: PasswordScheme::Prepared }
}

fn entry(event: AuditEvent, subject: &str, at: Timestamp) -> AuditEntry {
    let actor = AuditActor::Account("a@example.com".to_owned());
    let address = Some([198, 51, 100, 7].into());
    AuditEntry { at, event, actor, address, subject: subject.to_owned(), times: 1, full: Vec::new() }
}

pub async fn the_key_of_the_database_is_remembered(store: Arc<dyn Store>) {
    assert_eq!(store.find_key_check().await.unwrap(), None);
    store.save_key_check(KeyedHash([3; 32])).await.unwrap();
    assert_eq!(store.find_key_check().await.unwrap(), Some(KeyedHash([3; 32])));
}

pub async fn a_new_password_ends_the_sessions_and_the_link_of_its_account_alone(store: Arc<dyn Store>) {
    let (mine, other) = (account(1, "a@example.com"), account(2, "b@example.com"));
    for (n, account) in [(1, &mine), (2, &other)] {
        store.create_account(account).await.unwrap();
        store.create_session(&session(n, account)).await.unwrap();
        let (token_hash, expires_at) = (KeyedHash([n; 32]), NOW.plus_seconds(60));
        store.save_reset_link(&ResetLink { token_hash, account_id: account.id, expires_at }).await.unwrap();
    }
    assert_eq!(store.change_password(mine.id, &password("not the old one"), &password("new")).await.unwrap(), None);
    assert!(store.find_session(session(1, &mine).token_hash).await.unwrap().is_some());
    let ended = store.change_password(mine.id, &mine.password, &password("new")).await.unwrap().unwrap();
    assert_eq!(ended, [session(1, &mine).id]);
    assert_eq!(store.find_account("a@example.com").await.unwrap().unwrap().password.hash, "new");
    assert_eq!(store.find_session(session(1, &mine).token_hash).await.unwrap(), None);
    assert_eq!(store.find_reset_link(KeyedHash([1; 32]), NOW).await.unwrap(), None);
    assert!(store.find_session(session(2, &other).token_hash).await.unwrap().is_some());
    assert!(store.find_reset_link(KeyedHash([2; 32]), NOW).await.unwrap().is_some());
}

pub async fn a_password_is_upgraded_while_it_is_the_same(store: Arc<dyn Store>) {
    let mut owner = account(1, "a@example.com");
    owner.password = StoredPassword { hash: "typed".to_owned(), scheme: PasswordScheme::AsTyped };
    store.create_account(&owner).await.unwrap();
    store.create_session(&session(1, &owner)).await.unwrap();
    assert_eq!(store.find_account("a@example.com").await.unwrap().unwrap().password, owner.password);
    store.upgrade_password(owner.id, &owner.password, &password("prepared")).await.unwrap();
    store.upgrade_password(owner.id, &owner.password, &password("too late")).await.unwrap();
    assert_eq!(store.find_account("a@example.com").await.unwrap().unwrap().password, password("prepared"));
    assert!(store.find_session(session(1, &owner).token_hash).await.unwrap().is_some());
}

pub async fn a_reset_link_works_once_until_its_time(store: Arc<dyn Store>) {
    let owner = account(1, "a@example.com");
    store.create_account(&owner).await.unwrap();
    store.create_session(&session(1, &owner)).await.unwrap();
    let link = |n| ResetLink { token_hash: KeyedHash([n; 32]), account_id: owner.id, expires_at: NOW.plus_seconds(60) };
    store.save_reset_link(&link(1)).await.unwrap();
    store.save_reset_link(&link(2)).await.unwrap();
    let (old, new, late) = (KeyedHash([1; 32]), KeyedHash([2; 32]), NOW.plus_seconds(60));
    assert_eq!(store.use_reset_link(old, NOW, &password("x")).await.unwrap(), None, "replaced by the second");
    assert_eq!(store.use_reset_link(new, late, &password("x")).await.unwrap(), None, "too late");
    assert_eq!(store.find_reset_link(new, NOW).await.unwrap().map(|account| account.id), Some(owner.id));
    assert_eq!(store.use_reset_link(new, NOW, &password("x")).await.unwrap(), Some(vec![session(1, &owner).id]));
    assert_eq!(store.find_account("a@example.com").await.unwrap().unwrap().password, password("x"));
    assert_eq!(store.use_reset_link(new, NOW, &password("y")).await.unwrap(), None, "used");
}

pub async fn the_audit_log_is_read_from_its_end(store: Arc<dyn Store>) {
    let mut seqs = Vec::new();
    for n in 0..5 {
        let entry = entry(AuditEvent::SignedIn, &format!("{n}"), NOW.plus_seconds(n));
        seqs.push(store.add_audit_entry(&entry).await.unwrap());
    }
    store.count_audit_entry(seqs[4], 8).await.unwrap();
    let latest = store.list_audit_entries(None, 2).await.unwrap();
    let read: Vec<_> =
        latest.entries.iter().map(|found| (found.seq, found.entry.subject.as_str(), found.entry.times)).collect();
    assert_eq!(read, [(seqs[4], "4", 8), (seqs[3], "3", 1)]);
    assert_eq!(latest.next, Some(seqs[3]));
    let earlier = store.list_audit_entries(latest.next, 3).await.unwrap();
    assert_eq!(earlier.next, None);
    let earlier = earlier.entries;
    assert_eq!(earlier.iter().map(|found| found.seq).collect::<Vec<_>>(), [seqs[2], seqs[1], seqs[0]]);
    assert_eq!(earlier[0].entry, entry(AuditEvent::SignedIn, "2", NOW.plus_seconds(2)));
}

pub async fn lock_outs_are_found_after_a_restart(store: Arc<dyn Store>) {
    let full = FullBucket { bucket: "00".repeat(16), since: NOW, failures: 5, window_s: 900 };
    let mut lock = entry(AuditEvent::PinLocked, "p@example.com", NOW);
    lock.full.push(full);
    store.add_audit_entry(&lock).await.unwrap();
    store.add_audit_entry(&entry(AuditEvent::SignInFailed, "", NOW)).await.unwrap();
    assert_eq!(store.lock_outs(NOW).await.unwrap(), [lock]);
    assert_eq!(store.lock_outs(NOW.plus_seconds(1)).await.unwrap(), []);
}
