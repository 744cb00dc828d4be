//! Push certificates of Apple: requested, in use, replaced.

use super::phones::Phones;
use crate::{Store, StoreError};
use domain::{
    Timestamp,
    apple::{EnrollmentState, PushCertificate, PushCertificateState, Sealed},
    types::ids::PushCertificateId,
};
use std::sync::Arc;
use uuid::Uuid;

const TOPIC: &str = "com.apple.mgmt.External.test";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000).plus_seconds(seconds)
}

/// A key without a certificate.
fn requested(n: u8) -> PushCertificate {
    PushCertificate {
        id: PushCertificateId(Uuid::from_bytes([n; 16])),
        state: PushCertificateState::Requested,
        topic: None,
        certificate: None,
        key: Sealed(vec![n, 9]),
        not_after: None,
        apple_id: None,
        warned_at: None,
        made_at: at(n.into()),
        uploaded_at: None,
        version: 0,
    }
}

/// The same with its certificate, as it is written for the first time.
fn active(n: u8) -> PushCertificate {
    PushCertificate {
        state: PushCertificateState::Active,
        topic: Some(TOPIC.to_owned()),
        certificate: Some(format!("PEM {n}")),
        not_after: Some(at(1000)),
        apple_id: Some("mdm@example.com".to_owned()),
        warned_at: Some(at(500)),
        uploaded_at: Some(at(200)),
        ..requested(n)
    }
}

async fn stored(store: &Arc<dyn Store>, n: u8) -> PushCertificate {
    store.find_push_certificate(PushCertificateId(Uuid::from_bytes([n; 16]))).await.unwrap().unwrap()
}

pub async fn a_push_certificate_is_read_back_as_it_was_written(store: Arc<dyn Store>) {
    assert_eq!(store.list_push_certificates().await.unwrap(), []);
    assert_eq!(store.find_active_push_certificate().await.unwrap(), None);
    assert_eq!(store.find_push_certificate(requested(1).id).await.unwrap(), None);
    store.save_push_certificate(&requested(1)).await.unwrap();
    store.save_push_certificate(&requested(2)).await.unwrap();
    let first = PushCertificate { version: 1, ..requested(1) };
    assert_eq!(
        store.list_push_certificates().await.unwrap(),
        [PushCertificate { version: 1, ..requested(2) }, first.clone()]
    );
    assert_eq!(store.find_active_push_certificate().await.unwrap(), None, "a request is not in use");
    store.save_push_certificate(&PushCertificate { version: 1, ..active(1) }).await.unwrap();
    let taken = PushCertificate { version: 2, ..active(1) };
    assert_eq!(stored(&store, 1).await, taken);
    assert_eq!(store.find_active_push_certificate().await.unwrap(), Some(taken));
    assert_eq!(store.find_apple_topic().await.unwrap().as_deref(), Some(TOPIC));
}

pub async fn one_push_certificate_is_in_use(store: Arc<dyn Store>) {
    store.save_push_certificate(&requested(3)).await.unwrap();
    store.save_push_certificate(&active(1)).await.unwrap();
    store.save_push_certificate(&active(2)).await.unwrap();
    assert_eq!(store.find_active_push_certificate().await.unwrap().map(|it| it.id), Some(active(2).id));
    let before = stored(&store, 1).await;
    assert_eq!(before, PushCertificate { state: PushCertificateState::Replaced, version: 2, ..active(1) });
    assert_eq!(stored(&store, 3).await.state, PushCertificateState::Requested, "requests stay");
    // The one in use is written again.
    let warned = PushCertificate { warned_at: Some(at(700)), version: 1, ..active(2) };
    store.save_push_certificate(&warned).await.unwrap();
    assert_eq!(store.find_active_push_certificate().await.unwrap().and_then(|it| it.warned_at), Some(at(700)));
}

pub async fn a_stale_push_certificate_is_refused_and_replaces_nothing(store: Arc<dyn Store>) {
    store.save_push_certificate(&active(1)).await.unwrap();
    store.save_push_certificate(&requested(2)).await.unwrap();
    let stale = PushCertificate { version: 7, ..active(2) };
    assert!(matches!(store.save_push_certificate(&stale).await, Err(StoreError::Conflict)));
    assert_eq!(stored(&store, 1).await, PushCertificate { version: 1, ..active(1) }, "it is in use as before");
    assert_eq!(stored(&store, 2).await, PushCertificate { version: 1, ..requested(2) });
}

pub async fn phones_are_counted_by_their_topic(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 3).await;
    for device in 0..3 {
        phones.enroll(&phones.enrollment(device)).await.unwrap();
    }
    assert_eq!(store.count_phones_of_topic(TOPIC).await.unwrap(), 3);
    assert_eq!(store.count_phones_of_topic("com.apple.mgmt.External.other").await.unwrap(), 0);
    let mut left = phones.stored(1).await;
    left.state = EnrollmentState::Ended;
    phones.enroll(&left).await.unwrap();
    assert_eq!(store.count_phones_of_topic(TOPIC).await.unwrap(), 2, "one that left is not lost");
}
