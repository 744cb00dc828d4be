//! Reports of devices, their secrets, and how admins delete or renew devices.

use crate::{Rollcall, ServiceError, ServiceResult, register::KnownDevice, security::keys::same_hash};
use domain::{
    actor::Actor,
    decide,
    protocol::{Inventory, ProgressReport, RenewReply, StateReply, StateReport},
    types::ids::DeviceId,
};

/// The stored inventory of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredInventory {
    /// Hash of the content: equal inventories have equal tags.
    pub etag: String,
    /// False when the same inventory was already stored.
    pub changed: bool,
}

/// Identifies the content of an inventory. When it was collected is no part of it.
pub(crate) fn content_tag(inventory: &Inventory) -> ServiceResult<String> {
    let content = Inventory { collected_at: None, ..inventory.clone() };
    let doc = serde_json::to_vec(&content).map_err(|e| ServiceError::internal(&e))?;
    Ok(blake3::hash(&doc).to_hex()[..32].to_owned())
}

impl Rollcall {
    /// The device that a bearer token `<device_id>.<device_secret>` belongs to.
    ///
    /// # Errors
    /// [`ServiceError::WrongCredentials`] for any mistake, and when the device was deleted.
    pub async fn authenticate_device(&self, bearer: &str) -> ServiceResult<DeviceId> {
        let (id, secret) = bearer.split_once('.').ok_or(ServiceError::WrongCredentials)?;
        let id: DeviceId = id.parse().map_err(|_| ServiceError::WrongCredentials)?;
        let sent = self.device_secret_hash(secret);
        let place_in = |known: &KnownDevice| known.secrets.iter().position(|secret| same_hash(*secret, sent));
        let mut known = self.known_caller(id).await?;
        if self.servers.has_others() && place_in(&known).is_none() {
            // Another server may have given out this secret a moment ago.
            self.register.forget(id);
            known = self.known_caller(id).await?;
        }
        let place = place_in(&known).ok_or(ServiceError::WrongCredentials)?;
        if place > 0 {
            // The device has switched to a newer secret, so those before it become invalid. No conflict is possible: the
            // change contains no versioned rows.
            self.try_commit(decide::record_used_secret(id, known.secrets[place])).await?;
        }
        Ok(id)
    }

    /// Records the progress of an enrollment.
    ///
    /// # Errors
    /// The device is unenrolled or was deleted.
    pub async fn report_progress(&self, id: DeviceId, report: ProgressReport) -> ServiceResult<()> {
        self.decide_device(Actor::Device, id, |aggregate, _, context| {
            Ok(((), decide::record_progress(aggregate, id, &report, context)?))
        })
        .await
    }

    /// Stores a device's inventory. Idempotent.
    ///
    /// # Errors
    /// The device is unenrolled or was deleted.
    pub async fn put_inventory(&self, id: DeviceId, inventory: Inventory) -> ServiceResult<StoredInventory> {
        let etag = content_tag(&inventory)?;
        let known = move || async move { Ok(self.store.find_inventory(id).await?) };
        let decided = self.decide_device_on(Actor::Device, id, known, |aggregate, known, _, context| {
            let changed = known.as_ref().is_none_or(|known| known.etag != etag);
            let (inventory, etag) = (inventory.clone(), etag.clone());
            let change = decide::record_inventory(aggregate, id, inventory, etag, known.as_ref(), context)?;
            Ok(((changed, !change.hardware.is_empty()), change))
        });
        let (changed, has_new_hardware) = decided.await?;
        if has_new_hardware {
            self.compare_hardware_quietly(id).await;
        }
        Ok(StoredInventory { etag, changed })
    }

    /// Records a heartbeat.
    ///
    /// # Errors
    /// The device is unenrolled or was deleted.
    pub async fn report_state(&self, id: DeviceId, report: StateReport) -> ServiceResult<StateReply> {
        if let Some(reply) = self.take_plain_report(id, &report).await? {
            return Ok(reply);
        }
        let (version, is_report_alone) = self
            .decide_device(Actor::Device, id, |aggregate, _, context| {
                let change = decide::record_state(aggregate, id, report.clone(), context)?;
                let version = aggregate.device(id).map(|device| device.version);
                Ok(((version, change.is_report_alone()), change))
            })
            .await?;
        if let Some(version) = version.filter(|_| is_report_alone) {
            self.settle_facts(id, version, &report).await?;
        }
        let known = self.known_caller(id).await?;
        self.state_reply(id, &known).await
    }

    /// Rotates a device's secret. The last one that was used stays valid until a newer one is used, so that lost answers lock
    /// nobody out, however many there are.
    ///
    /// # Errors
    /// The device is unenrolled or was deleted.
    pub async fn rotate_device_secret(&self, id: DeviceId) -> ServiceResult<RenewReply> {
        let (device_secret, hash) = self.new_device_secret()?;
        self.decide_device(Actor::Device, id, |aggregate, _, context| {
            Ok(((), decide::rotate_secret(aggregate, id, hash, context)?))
        })
        .await?;
        Ok(RenewReply { device_secret })
    }

    /// Unenrolls a device at its own request.
    ///
    /// # Errors
    /// The device was deleted.
    pub async fn unenroll_device(&self, id: DeviceId) -> ServiceResult<()> {
        let others = self.with_same_hardware(&self.known_device(id).await?).await?;
        let open = move || async move { Ok(self.store.open_commands(id).await?) };
        self.decide_device_on(Actor::Device, id, open, |aggregate, open, _, context| {
            Ok(((), decide::unenroll(aggregate, id, &open, context)?))
        })
        .await?;
        self.settle_all(others).await;
        Ok(())
    }

    /// Deletes a device. Its row disappears, or becomes an invitation item again.
    ///
    /// # Errors
    /// The device was already deleted; or a wipe waits for it, unless `cancels_wipe`.
    pub async fn delete_device(&self, actor: Actor, id: DeviceId, cancels_wipe: bool) -> ServiceResult<()> {
        let device = self.known_device(id).await?;
        let others = self.with_same_hardware(&device).await?;
        let open = move || async move { Ok(self.store.open_commands(id).await?) };
        self.decide_person_on(actor, device.person_id, open, |aggregate, open, _, context| {
            Ok(((), decide::delete_device(aggregate, id, &open, cancels_wipe, context)?))
        })
        .await?;
        self.settle_all(others).await;
        Ok(())
    }

    /// Renews a device: mails the person a link that reconnects it.
    ///
    /// # Errors
    /// The device was deleted, works, or was renewed a moment ago.
    pub async fn renew_device(&self, actor: Actor, id: DeviceId) -> ServiceResult<()> {
        let person = self.known_device(id).await?.person_id;
        let sealed = self.new_credentials()?;
        self.decide_person(actor, person, |aggregate, ids, context| {
            Ok(((), decide::renew_device(aggregate, id, sealed.clone(), ids, context)?))
        })
        .await
    }
}
