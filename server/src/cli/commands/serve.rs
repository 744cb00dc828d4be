//! `rollcall serve`.

use super::{CommandError, demo, open, print_line};
use crate::{
    cli::{
        args::ServeArgs,
        logging,
        settings::{DataPaths, service_settings, trusted_proxies},
    },
    http::assets,
    listener::{self, Listening, bounds::Bounds, proxies::TrustedProxies},
    metrics::{self, Requests},
    router::router,
    shutdown::{Shutdown, termination_signal},
    state::AppState,
};
use axum::Router;
use service::Rollcall;
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};
use tokio::net::TcpListener;

/// Open files where the system sets no limit.
const MANY_FILES: usize = 1_048_576;

/// Runs the server until it is asked to stop.
///
/// # Errors
/// A setting cannot be used, the data cannot be opened, or the address is taken.
pub async fn run(args: ServeArgs) -> Result<(), CommandError> {
    // 1. Check the settings, before anything is created.
    let paths = DataPaths::from_args(&args.data)?;
    let settings = service_settings(&args, &paths)?;
    let proxies = trusted_proxies(&args)?;
    logging::init(args.log_format, &args.log);
    let bounds = Bounds::new(allow_many_files(), args.connections_per_network);
    // 2. Open the data, build the routes, take the port.
    let (installation, _lock) = open::open_for_server(&paths, settings).await?;
    installation.rollcall.restore_limits().await?;
    if let Err(error) = installation.rollcall.check_apple_url(args.apple.apple_url_changed).await? {
        installation.store.close().await;
        return Err(CommandError::with_context("--public-url", &error));
    }
    installation.rollcall.check_profile_signing().await;
    let shutdown = Shutdown::new();
    let requests = Arc::new(Requests::default());
    let state = AppState {
        rollcall: Arc::clone(&installation.rollcall),
        leptos: assets::leptos_options(),
        shutdown: shutdown.clone(),
        requests: Arc::clone(&requests),
        proxies: proxies.clone(),
    };
    let routes = router(state).map_err(|error| CommandError::with_context("--public-url", &error))?;
    let listener = bind(args.listen).await?;
    let of_metrics = match args.metrics_listen.0 {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    // 3. Start the background work, and serve until the shutdown.
    installation.rollcall.join_servers().await?;
    let workers = installation.rollcall.spawn_workers();
    if args.demo {
        demo::add_sample_people(&installation.rollcall, &paths).await?;
    }
    if let Some(address) = of_metrics.as_ref().and_then(|listener| listener.local_addr().ok()) {
        print_line(&format!("Metrics are at http://{address}/metrics"));
    }
    // Whoever waits for the address may ask the server to end at once.
    shut_down_on_signal(shutdown.clone())?;
    print_addresses(&installation.rollcall, listener.local_addr().unwrap_or(args.listen)).await?;
    let stop = shutdown.clone();
    let serving = listener::serve(listener, Listening { routes, bounds, proxies, shutdown });
    let measuring = serve_metrics(of_metrics, metrics::router(Arc::clone(&installation.rollcall), requests), &stop);
    let working = async {
        stop.begun().await;
        workers.shutdown().await;
    };
    tokio::join!(serving, measuring, working);
    // 4. Nobody asks and nobody works any more. Close the store last.
    if let Err(error) = installation.rollcall.write_contacts().await {
        tracing::warn!(%error, "The last contacts of devices could not be written");
    }
    installation.rollcall.leave_servers().await;
    installation.store.close().await;
    tracing::info!("Rollcall has stopped");
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener, CommandError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| CommandError::with_context(&format!("cannot listen on {address}"), &error))
}

/// Serves metrics until the shutdown, if they are asked for.
async fn serve_metrics(listener: Option<TcpListener>, routes: Router, shutdown: &Shutdown) {
    let Some(listener) = listener else { return };
    // Few ask, and none of them keeps the server from ending.
    let bounds = Bounds { per_network: 16, total: 32, ..Bounds::new(0, 16) };
    let (proxies, shutdown) = (TrustedProxies::default(), shutdown.clone());
    listener::serve(listener, Listening { routes, bounds, proxies, shutdown }).await;
}

/// Begins the shutdown when the operating system asks the process to stop.
fn shut_down_on_signal(shutdown: Shutdown) -> Result<(), CommandError> {
    let signal =
        termination_signal().map_err(|error| CommandError::with_context("cannot listen for signals", &error))?;
    tokio::spawn(async move {
        signal.await;
        tracing::info!("Shutting down");
        shutdown.begin();
    });
    Ok(())
}

/// Prints the addresses and, as long as there is no account, the link that creates the first one.
async fn print_addresses(rollcall: &Rollcall, listen: SocketAddr) -> Result<(), CommandError> {
    let public = rollcall.settings().public_base();
    print_line(&format!("Rollcall listens on http://{}", local_address(listen)));
    if public != format!("http://{listen}") {
        print_line(&format!("Browsers and devices reach it at {public}"));
    }
    if rollcall.writes_mails_to_files() {
        print_line("No mail server is configured: mails are written to files in the data folder.");
    }
    if let Some(token) = rollcall.setup_link_token().await? {
        print_line(&format!(
            "\nThere is no account yet. Make the first one with this link, which works once:\n\n    {public}/setup/{token}\n"
        ));
    }
    Ok(())
}

/// An address that can be opened: `0.0.0.0` means every address of this computer.
fn local_address(listen: SocketAddr) -> SocketAddr {
    if listen.ip().is_unspecified() { SocketAddr::new(Ipv4Addr::LOCALHOST.into(), listen.port()) } else { listen }
}

/// Raises the soft limit of open files, usually 1024: every waiting poll and every live stream is one. Returns how many
/// there are.
fn allow_many_files() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    let files = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(error) => {
            tracing::warn!(%error, "The limit of open files could not be raised");
            limit.current
        }
    };
    // No limit at all: the system's own bound comes first.
    files.and_then(|files| usize::try_from(files).ok()).unwrap_or(MANY_FILES)
}
