//! Files of people that are imported.

use crate::{Confirmation, Store, StoredImport};
use domain::{Timestamp, types::ids::ImportId};
use std::sync::Arc;
use uuid::Uuid;

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn owner(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn uploaded(id: u128, owner: Uuid) -> StoredImport {
    StoredImport {
        id: ImportId(Uuid::from_u128(id)),
        owner,
        file: "Mitarbeiter – Köln.csv".to_owned(),
        encoding: "windows-1250".to_owned(),
        uploaded_at: NOW,
        confirmed_at: None,
        ended_at: None,
        is_cancelled: false,
        doc: "\"previewed\"".to_owned(),
    }
}

pub async fn an_owner_has_one_file_at_a_time(store: Arc<dyn Store>) {
    let (ada, bo) = (owner(1), owner(2));
    let (first, second, other) = (uploaded(11, ada), uploaded(12, ada), uploaded(13, bo));
    let bytes = vec![0, 255, 10, 0];
    for import in [&first, &other, &second] {
        assert!(store.put_import(import, bytes.clone()).await.unwrap());
    }
    assert_eq!(store.find_import(ada).await.unwrap(), Some(second.clone()));
    assert_eq!(store.find_import(bo).await.unwrap(), Some(other.clone()));
    assert_eq!(store.import_content(first.id).await.unwrap(), None);
    assert_eq!(store.import_content(second.id).await.unwrap(), Some(bytes));
    store.forget_import(bo, second.id).await.unwrap();
    assert!(store.find_import(ada).await.unwrap().is_some(), "somebody else's");
    store.forget_import(ada, second.id).await.unwrap();
    assert_eq!(store.find_import(ada).await.unwrap(), None);
    assert_eq!(store.find_import(bo).await.unwrap(), Some(other));
}

pub async fn a_file_is_confirmed_once_and_alone(store: Arc<dyn Store>) {
    let (ada, bo) = (owner(1), owner(2));
    let (import, other) = (uploaded(11, ada), uploaded(12, bo));
    for import in [&import, &other] {
        assert!(store.put_import(import, Vec::new()).await.unwrap());
    }
    let confirm = |owner, id, doc: &str| store.confirm_import(owner, id, doc.to_owned(), NOW.plus_seconds(1));
    assert_eq!(store.next_import().await.unwrap(), None);
    assert_eq!(confirm(bo, import.id, "1").await.unwrap(), Confirmation::Gone, "somebody else's");
    assert_eq!(confirm(ada, import.id, "2").await.unwrap(), Confirmation::Confirmed);
    assert_eq!(confirm(ada, import.id, "3").await.unwrap(), Confirmation::Gone, "a second click");
    assert_eq!(confirm(bo, other.id, "4").await.unwrap(), Confirmation::AnotherRuns);
    let running = StoredImport { confirmed_at: Some(NOW.plus_seconds(1)), doc: "2".to_owned(), ..import.clone() };
    assert_eq!(store.next_import().await.unwrap(), Some(running));
    store.end_import(import.id, "5".to_owned(), NOW.plus_seconds(2)).await.unwrap();
    assert_eq!(store.next_import().await.unwrap(), None);
    assert_eq!(confirm(ada, import.id, "6").await.unwrap(), Confirmation::Gone, "it has ended");
    assert_eq!(confirm(bo, other.id, "7").await.unwrap(), Confirmation::Confirmed);
    assert_eq!(store.find_import(ada).await.unwrap().unwrap().doc, "5");
}

pub async fn a_running_import_is_kept_and_can_be_cancelled(store: Arc<dyn Store>) {
    let ada = owner(1);
    let (import, next) = (uploaded(11, ada), uploaded(12, ada));
    assert!(store.put_import(&import, vec![1]).await.unwrap());
    store.confirm_import(ada, import.id, "0".to_owned(), NOW).await.unwrap();
    assert!(!store.put_import(&next, vec![2]).await.unwrap());
    store.forget_import(ada, import.id).await.unwrap();
    store.prune_imports(NOW.plus_seconds(9), NOW.plus_seconds(9)).await.unwrap();
    assert_eq!(store.import_content(import.id).await.unwrap(), Some(vec![1]));
    assert!(!store.save_import(import.id, "1".to_owned()).await.unwrap());
    store.cancel_import(owner(2), import.id).await.unwrap();
    assert!(!store.save_import(import.id, "2".to_owned()).await.unwrap(), "somebody else asked");
    store.cancel_import(ada, import.id).await.unwrap();
    assert!(store.save_import(import.id, "3".to_owned()).await.unwrap());
    store.end_import(import.id, "4".to_owned(), NOW).await.unwrap();
    assert!(store.save_import(import.id, "5".to_owned()).await.unwrap(), "whoever was late stops");
    store.end_import(import.id, "6".to_owned(), NOW).await.unwrap();
    let ended = store.find_import(ada).await.unwrap().unwrap();
    assert_eq!((ended.doc.as_str(), ended.is_cancelled, ended.is_running()), ("4", true, false));
    assert!(store.put_import(&next, vec![2]).await.unwrap());
    assert_eq!(store.find_import(ada).await.unwrap(), Some(next));
}

pub async fn files_and_results_are_deleted_by_their_age(store: Arc<dyn Store>) {
    let (ada, bo) = (owner(1), owner(2));
    let (ended, waiting) = (uploaded(11, ada), uploaded(12, bo));
    for import in [&ended, &waiting] {
        assert!(store.put_import(import, Vec::new()).await.unwrap());
    }
    store.confirm_import(ada, ended.id, String::new(), NOW).await.unwrap();
    store.end_import(ended.id, String::new(), NOW.plus_seconds(5)).await.unwrap();
    store.prune_imports(NOW, NOW.plus_seconds(5)).await.unwrap();
    assert!(store.find_import(ada).await.unwrap().is_some());
    assert!(store.find_import(bo).await.unwrap().is_some());
    store.prune_imports(NOW.plus_seconds(1), NOW.plus_seconds(5)).await.unwrap();
    assert!(store.find_import(ada).await.unwrap().is_some(), "a result is kept from its end on");
    assert!(store.find_import(bo).await.unwrap().is_none());
    store.prune_imports(NOW, NOW.plus_seconds(6)).await.unwrap();
    assert!(store.find_import(ada).await.unwrap().is_none());
}
