//! RSA keys. Making one takes a tenth of a second, so phones share a few.

use crate::rng::Rng;
use apple::{
    authority::{AuthorityError, make_key},
    random::{Random, random},
};
use rsa::PrivateKey;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OnceCell;

/// How many different keys there are.
const KEYS: u64 = 16;

/// Keys that are made when they are first needed. A seed always gives the same ones.
pub struct Keys {
    seed: u64,
    keys: Mutex<HashMap<u64, Arc<OnceCell<Arc<PrivateKey>>>>>,
}

impl Keys {
    /// Keys of the fleet of `seed`.
    pub fn new(seed: u64) -> Self {
        Self { seed, keys: Mutex::default() }
    }

    /// One of them.
    pub async fn pick(&self, rng: &mut Rng) -> Result<Arc<PrivateKey>, AuthorityError> {
        let number = rng.next_u64() % KEYS;
        let mut random = seeded(&mut Rng::substream(self.seed ^ 4, number));
        let make = || async {
            // On a thread of its own: this one has other phones to serve.
            let made = tokio::task::spawn_blocking(move || make_key(&mut random)).await;
            made.unwrap_or_else(|panicked| std::panic::resume_unwind(panicked.into_panic())).map(Arc::new)
        };
        let cell = self.keys.lock().unwrap_or_else(PoisonError::into_inner).entry(number).or_default().clone();
        cell.get_or_try_init(make).await.cloned()
    }
}

/// A generator for one purpose of the crate `apple`.
pub fn seeded(rng: &mut Rng) -> Random {
    let mut seed = [0; 32];
    for bytes in seed.as_chunks_mut::<8>().0 {
        *bytes = rng.next_u64().to_be_bytes();
    }
    random(seed)
}
