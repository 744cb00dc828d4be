//! Devices with the same hardware.

use super::fixture::Fixture;
use crate::Store;
use domain::{
    decide::{delete_device, note_twin, replace_same_hardware},
    types::ids::DeviceId,
};
use std::sync::Arc;

async fn find(store: &Arc<dyn Store>, id: DeviceId) -> Vec<DeviceId> {
    let Some(aggregate) = store.load_device(id).await.unwrap() else { return Vec::new() };
    let keys = aggregate.device(id).unwrap().hardware_keys();
    store.devices_with_hardware(&keys, 10).await.unwrap().iter().map(|device| device.id).collect()
}

pub async fn devices_are_found_by_their_hardware(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let (ada, bob) = (f.person("ada@example.com").await, f.person("bob@example.com").await);
    f.invitation(ada, false).await;
    f.invitation(bob, false).await;
    let mut devices = Vec::new();
    for (person, installation) in [(ada, 1), (ada, 2), (bob, 3)] {
        devices.push(f.device(person, installation).await);
        f.now = f.now.plus_seconds(1);
    }
    let [old, new, other] = devices[..] else { unreachable!("three were made") };
    assert_eq!(find(&store, old).await, [other, new, old]);
    assert_eq!(store.devices_with_shared_hardware(10).await.unwrap(), [old, new, other]);
    assert!(store.devices_with_hardware(&["serial ELSE".to_owned()].into(), 10).await.unwrap().is_empty());
    // A replaced device is not found, a deleted one neither.
    let change = replace_same_hardware(&f.load(ada).await, new, &[], &f.context()).unwrap();
    store.commit(change).await.unwrap();
    assert_eq!(find(&store, new).await, [other, new]);
    // A twin that does not know of it, or is gone, is doubtful.
    assert!(store.devices_with_doubtful_twin(10).await.unwrap().is_empty());
    for (device, twin, doubtful) in [(new, other, vec![new]), (other, new, vec![])] {
        let (aggregate, twin) =
            (store.load_device(device).await.unwrap().unwrap(), store.load_device(twin).await.unwrap().unwrap());
        let change = note_twin(&aggregate, device, twin.devices.first(), &f.context()).unwrap();
        store.commit(change).await.unwrap();
        assert_eq!(store.devices_with_doubtful_twin(10).await.unwrap(), doubtful);
    }
    store.commit(delete_device(&f.load(bob).await, other, &[], false, &f.context()).unwrap()).await.unwrap();
    assert_eq!(store.devices_with_doubtful_twin(10).await.unwrap(), [new]);
    assert_eq!(find(&store, new).await, [new]);
    assert!(store.devices_with_shared_hardware(10).await.unwrap().is_empty());
}
