//! Workers of which one works at a time, whichever server it is on.

use crate::{Rollcall, ServiceResult, supervision::stopped};
use std::sync::Arc;
use tokio::sync::watch;

/// Runs a worker while this server leads, until `stop` is set. When the lead is lost, the worker is asked to stop, and begins
/// anew once this server leads again.
pub(crate) async fn on_duty<F: Future<Output = ServiceResult<()>> + Send>(
    rollcall: Arc<Rollcall>,
    mut stop: watch::Receiver<bool>,
    mut worker: impl FnMut(Arc<Rollcall>, watch::Receiver<bool>) -> F + Send,
) -> ServiceResult<()> {
    let mut lead = rollcall.servers.watch_lead();
    loop {
        tokio::select! {
            // First: a server that stops may still lead, and begins nothing.
            biased;
            () = stopped(&mut stop) => return Ok(()),
            _ = lead.wait_for(|leads| *leads) => {}
        }
        let (end, ended) = watch::channel(false);
        let work = worker(Arc::clone(&rollcall), ended);
        tokio::pin!(work);
        tokio::select! {
            result = &mut work => return result,
            _ = lead.wait_for(|leads| !*leads) => {}
            () = stopped(&mut stop) => {}
        }
        end.send_replace(true);
        work.await?;
    }
}
