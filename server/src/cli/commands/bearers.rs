//! `rollcall bearers`: secrets for devices of `rollcall seed`, which have none that anybody knows. It asks for nothing that a
//! device could not ask for itself, and is compiled in for benches only.

use super::{CommandError, open::open_data, print_line};
use crate::cli::{args::BearersArgs, settings::DataPaths};
use domain::{
    device::Platform,
    list::{PAGE_SIZES, SlotQuery},
    slot::SlotStatus,
    types::ids::DeviceId,
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use service::{Rollcall, ServiceError};

/// Changes that wait for the writer at the same time; it writes them together.
const AT_ONCE: usize = 256;

/// Prints a line `<device_id>.<device_secret>` for each device.
///
/// # Errors
/// The data cannot be opened or written.
pub async fn run(args: BearersArgs) -> Result<(), CommandError> {
    let installation = open_data(&DataPaths::from_args(&args.data)?).await?;
    let bearers = bearers(&installation.rollcall, args.devices).await;
    installation.store.close().await;
    for bearer in bearers? {
        print_line(&bearer);
    }
    Ok(())
}

async fn bearers(rollcall: &Rollcall, count: usize) -> Result<Vec<String>, ServiceError> {
    let devices = spread(&active_devices(rollcall).await?, count);
    let renewed = stream::iter(devices).map(|id| async move {
        let reply = rollcall.rotate_device_secret(id).await?;
        Ok(format!("{id}.{}", reply.device_secret))
    });
    renewed.buffered(AT_ONCE).try_collect().await
}

/// Every active device that speaks the agent protocol, newest first.
async fn active_devices(rollcall: &Rollcall) -> Result<Vec<DeviceId>, ServiceError> {
    let [.., size] = PAGE_SIZES;
    let mut query = SlotQuery {
        status: Some(SlotStatus::Active),
        platform: Some(Platform::Android),
        size: Some(size),
        ..SlotQuery::default()
    };
    let mut devices = Vec::new();
    loop {
        let page = rollcall.list_slots(query.clone()).await?;
        devices.extend(page.rows.iter().filter_map(|item| item.row.device.as_ref()).map(|device| device.id));
        let Some(next) = page.next else { return Ok(devices) };
        query.after = Some(next);
    }
}

/// At most `count` of them, with the same distance between each two.
fn spread<T: Copy>(all: &[T], count: usize) -> Vec<T> {
    let count = count.min(all.len());
    (0..count).filter_map(|place| all.get(place * all.len() / count)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_taken_from_everywhere_and_none_twice() {
        assert_eq!(spread(&[0, 1, 2, 3, 4, 5, 6, 7, 8], 3), [0, 3, 6]);
        assert_eq!(spread(&[0, 1, 2], 7), [0, 1, 2]);
        assert!(spread::<u8>(&[], 7).is_empty());
        assert!(spread(&[0, 1, 2], 0).is_empty());
    }
}
