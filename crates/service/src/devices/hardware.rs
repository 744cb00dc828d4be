//! The same hardware twice: what follows when a device says which hardware it is, or leaves.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{
    actor::Actor,
    decide,
    device::Device,
    types::ids::{DeviceId, PersonId},
};
use std::collections::BTreeSet;

/// Most devices that one is compared with: anyone can claim a number, again and again.
const COMPARED_AT_MOST: u32 = 20;

impl Rollcall {
    /// Compares a device with all that have its hardware: older ones of the same person are replaced by it, and with those
    /// of other people both sides are told.
    ///
    /// # Errors
    /// The device was deleted.
    pub(crate) async fn compare_hardware(&self, id: DeviceId) -> ServiceResult<()> {
        let device = self.known_device(id).await?;
        let others = self.with_same_hardware(&device).await?;
        if others.iter().any(|other| other.person_id == device.person_id) {
            self.replace_older(device.person_id, id).await?;
        }
        self.settle_twins(id).await?;
        self.settle_all(others).await;
        Ok(())
    }

    /// As [`Rollcall::compare_hardware`], for a use case that is done: what fails here is made up for at the next start.
    pub(crate) async fn compare_hardware_quietly(&self, id: DeviceId) {
        if let Err(error) = self.compare_hardware(id).await {
            tracing::warn!(%error, device = %id, "A device was not compared with others");
        }
    }

    async fn replace_older(&self, person: PersonId, id: DeviceId) -> ServiceResult<()> {
        let open = move || async move {
            let mut open = Vec::new();
            for other in self.with_same_hardware(&self.known_device(id).await?).await? {
                open.extend(self.store.open_commands(other.id).await?);
            }
            Ok(open)
        };
        self.decide_person_on(Actor::System, person, open, |aggregate, open, _, context| {
            Ok(((), decide::replace_same_hardware(aggregate, id, &open, context)?))
        })
        .await
    }

    /// The devices with the same hardware, before `device` leaves; [`Rollcall::settle_all`] takes them afterwards.
    pub(crate) async fn with_same_hardware(&self, device: &Device) -> ServiceResult<Vec<Device>> {
        let keys: BTreeSet<String> = device.hardware_keys();
        let mut found = self.store.devices_with_hardware(&keys, COMPARED_AT_MOST).await?;
        found.retain(|other| other.id != device.id && other.is_same_hardware(device));
        Ok(found)
    }

    /// Settles the twin of each device. What fails here is made up for by the next sweep.
    pub(crate) async fn settle_all(&self, devices: Vec<Device>) {
        for device in devices {
            if let Err(error) = self.settle_twins(device.id).await {
                tracing::warn!(%error, device = %device.id, "A device was not compared with others");
            }
        }
    }

    /// Settles the twins of a device and of all that have its hardware.
    pub(crate) async fn settle_pair(&self, id: DeviceId) -> ServiceResult<()> {
        let others = self.with_same_hardware(&self.known_device(id).await?).await?;
        self.settle_twins(id).await?;
        self.settle_all(others).await;
        Ok(())
    }

    /// Notes whether there is another device in use with the same hardware.
    pub(crate) async fn settle_twins(&self, id: DeviceId) -> ServiceResult<()> {
        let twin = move || async move {
            let others = self.with_same_hardware(&self.known_device(id).await?).await?;
            Ok(others.into_iter().find(|other| other.state.is_in_use()))
        };
        let settled = self
            .decide_device_on(Actor::System, id, twin, |aggregate, twin, _, context| {
                Ok(((), decide::note_twin(aggregate, id, twin.as_ref(), context)?))
            })
            .await;
        match settled {
            // Deleted in the meantime, so that there is nothing to note.
            Err(ServiceError::NotFound) => Ok(()),
            settled => settled,
        }
    }

    pub(crate) async fn known_device(&self, id: DeviceId) -> ServiceResult<Device> {
        let aggregate = self.store.load_device(id).await?.ok_or(ServiceError::NotFound)?;
        aggregate.device(id).cloned().ok_or(ServiceError::NotFound)
    }
}
