//! Places for connections: a share for each network, and a bound on all.

use ipnet::IpNet;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// All places.
#[derive(Debug)]
pub(super) struct Places {
    per_network: usize,
    total: usize,
    taken: Mutex<Taken>,
    refused: AtomicU64,
}

#[derive(Debug, Default)]
struct Taken {
    total: usize,
    networks: HashMap<IpNet, usize>,
}

/// The place of one connection; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    network: Option<IpNet>,
    /// How many connections of this network were open before it.
    pub(super) before: usize,
}

impl Places {
    pub(super) fn new(per_network: usize, total: usize) -> Arc<Self> {
        Arc::new(Self { per_network, total, taken: Mutex::default(), refused: AtomicU64::new(0) })
    }

    /// Takes a place; `None` when the network, or the server, has none left. `network` is `None` for a trusted proxy.
    pub(super) fn take(self: &Arc<Self>, network: Option<IpNet>) -> Option<Place> {
        let mut taken = self.lock();
        let before = network.and_then(|network| taken.networks.get(&network).copied()).unwrap_or(0);
        if taken.total >= self.total || before >= self.per_network {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        taken.total += 1;
        if let Some(network) = network {
            taken.networks.insert(network, before + 1);
        }
        Some(Place { places: Arc::clone(self), network, before })
    }

    /// How many connections were refused since this was called last.
    pub(super) fn refused_since_last(&self) -> u64 {
        self.refused.swap(0, Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        taken.total = taken.total.saturating_sub(1);
        let Some(network) = self.network else { return };
        match taken.networks.get_mut(&network) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(taken.networks.remove(&network)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listener::proxies::network_of;

    /// A place for an address.
    fn take(places: &Arc<Places>, address: &str) -> Option<Place> {
        places.take(Some(network_of(address.parse().unwrap())))
    }

    #[test]
    fn a_network_has_its_share_and_leaves_the_rest_to_others() {
        let places = Places::new(2, 4);
        let first = take(&places, "2001:db8::1").unwrap();
        let second = take(&places, "2001:db8::2").unwrap();
        assert_eq!((first.before, second.before), (0, 1));
        assert!(take(&places, "2001:db8::3").is_none(), "the same 64 bits");
        let other = take(&places, "2001:db8:0:1::1");
        assert!(other.is_some());
        // A proxy needs no share, only a place.
        let proxy = places.take(None);
        assert!(proxy.is_some());
        assert!(take(&places, "192.0.2.1").is_none(), "all are taken");
        assert_eq!(places.refused_since_last(), 2);
        drop(first);
        assert!(take(&places, "2001:db8::3").is_some());
    }

    #[test]
    fn a_network_without_connections_is_forgotten() {
        let places = Places::new(2, 4);
        drop((take(&places, "192.0.2.1"), take(&places, "192.0.2.1")));
        assert!(places.lock().networks.is_empty());
        assert_eq!(places.lock().total, 0);
    }
}
