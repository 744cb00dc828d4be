//! What may be asked of a phone under Apple's MDM protocol.

use crate::device::{
    capabilities::{Capabilities, Support},
    limit::Limit,
};

/// The access rights of a profile that decide about commands, as Apple numbers them (`com.apple.mdm.yaml`, `AccessRights`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessRights(pub u32);

impl AccessRights {
    const LOCK: u32 = 4;
    const ERASE: u32 = 8;

    const fn has(self, right: u32) -> bool {
        self.0 & right != 0
    }
}

/// What a phone can be asked for, in the form in which an agent reports it. Until a phone said that it is supervised, it is not.
pub fn capabilities(rights: AccessRights, is_supervised: bool, is_lost: bool) -> Capabilities {
    let only_if = |possible: bool, limit| if possible { Support::yes() } else { Support::no(limit) };
    let in_lost_mode = only_if(is_supervised && is_lost, Limit::NeedsLostMode);
    let supervised = only_if(is_supervised, Limit::NotSupervised);
    let commands = [
        ("lock", only_if(rights.has(AccessRights::LOCK), Limit::NoLockRight)),
        ("wipe", only_if(rights.has(AccessRights::ERASE), Limit::NoEraseRight)),
        ("locate", in_lost_mode.clone()),
        ("ring", in_lost_mode),
        ("message", Support::no(Limit::NoMessages)),
        ("lost_mode", supervised.clone()),
        ("end_lost_mode", supervised),
        ("inventory", Support::yes()),
        ("renew", Support::yes()),
        ("unenroll", Support::yes()),
    ];
    let commands = commands.into_iter().map(|(name, support)| (name.to_owned(), support)).collect();
    Capabilities { commands, permissions: Some(Vec::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::capabilities::Limitation;

    const COMPANY: AccessRights = AccessRights(7487);
    const PERSONAL: AccessRights = AccessRights(1079);

    fn refused(capabilities: &Capabilities) -> Vec<(&str, Limitation)> {
        let limited =
            capabilities.commands.keys().filter_map(|name| Some((name.as_str(), capabilities.limitation(name)?)));
        limited.collect()
    }

    #[test]
    fn what_a_phone_refuses_follows_from_its_rights_and_whether_it_is_supervised_and_lost() {
        let limit = |name, limit| (name, Limitation::Limit(limit));
        let (locate, ring) = (limit("locate", Limit::NeedsLostMode), limit("ring", Limit::NeedsLostMode));
        let message = limit("message", Limit::NoMessages);
        let (on, off) = (limit("lost_mode", Limit::NotSupervised), limit("end_lost_mode", Limit::NotSupervised));
        let wipe = limit("wipe", Limit::NoEraseRight);
        let lock = limit("lock", Limit::NoLockRight);
        let unsupervised = vec![off.clone(), locate.clone(), on.clone(), message.clone(), ring.clone()];
        assert_eq!(refused(&capabilities(COMPANY, false, false)), unsupervised);
        assert_eq!(refused(&capabilities(COMPANY, false, true)), unsupervised, "lost, as it says, but not supervised");
        assert_eq!(refused(&capabilities(COMPANY, true, false)), [locate.clone(), message.clone(), ring.clone()]);
        assert_eq!(refused(&capabilities(COMPANY, true, true)), std::slice::from_ref(&message));
        assert_eq!(refused(&capabilities(PERSONAL, true, true)), [message.clone(), wipe.clone()]);
        assert_eq!(refused(&capabilities(AccessRights(0), true, true)), [lock, message, wipe]);
    }
}
