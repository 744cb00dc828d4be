//! Whether the key file and the database belong together.

use super::credentials::TOKEN;
use crate::{
    Rollcall, ServiceResult,
    security::keys::{Keys, same_hash},
};
use store::KeyEvidence;

impl Keys {
    /// Whether a database belongs to this key, by what it tells before it is opened. One of an older version tells by the links
    /// that it has sealed: one that opens is enough, since others may be damaged. Where there is none, nothing speaks against
    /// the key.
    pub fn fit(&self, database: &KeyEvidence) -> bool {
        let opens = |sealed: &Vec<u8>| self.unseal(TOKEN, sealed).is_ok();
        match database.check {
            Some(check) => same_hash(check, self.check_value()),
            None => database.sealed_tokens.is_empty() || database.sealed_tokens.iter().any(opens),
        }
    }
}

impl Rollcall {
    /// Binds a database that belongs to no key yet to the one it was opened with.
    pub async fn bind_key(&self) -> ServiceResult<()> {
        if self.store.find_key_check().await?.is_none() {
            self.store.save_key_check(self.keys.check_value()).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::Environment;

    #[test]
    fn a_database_of_an_older_version_tells_its_key_by_what_it_has_sealed() {
        let (own, other) = (Keys::derive(&[1; 32]), Keys::derive(&[2; 32]));
        let sealed = own.seal(TOKEN, "token", &Environment::system()).unwrap();
        let of = |check, sealed_tokens| KeyEvidence { check, sealed_tokens };
        assert!(own.fit(&of(None, vec![vec![7; 50], sealed.clone()])), "a damaged one beside it");
        assert!(!other.fit(&of(None, vec![sealed.clone()])));
        assert!(other.fit(&of(None, vec![])));
        assert!(own.fit(&of(Some(own.check_value()), vec![])));
        assert!(!own.fit(&of(Some(other.check_value()), vec![sealed])));
    }
}
