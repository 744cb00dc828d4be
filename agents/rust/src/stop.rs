//! Requests to stop: Ctrl-C, or SIGTERM from a service manager.

use tokio::signal::unix::{SignalKind, signal};

/// Waits until the program is asked to stop.
pub async fn stop_requested() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
