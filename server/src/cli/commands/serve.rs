//! `rollcall serve`.

use super::{CommandError, demo, open, print_line};
use crate::{
    cli::{
        args::ServeArgs,
        logging,
        settings::{DataPaths, service_settings},
    },
    http::assets,
    router::router,
    shutdown::{Shutdown, termination_signal},
    state::AppState,
};
use axum::{Router, serve::ListenerExt as _};
use service::Rollcall;
use std::{
    future::IntoFuture as _,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::net::TcpListener;

/// How long requests may take to end during a shutdown.
const GRACE: Duration = Duration::from_secs(10);

/// Runs the server until it is asked to stop.
///
/// # Errors
/// A setting cannot be used, the data cannot be opened, or the address is taken.
pub async fn run(args: ServeArgs) -> Result<(), CommandError> {
    // 1. Check the settings, before anything is created.
    let paths = DataPaths::from_args(&args.data)?;
    let settings = service_settings(&args, &paths)?;
    logging::init(args.log_format, &args.log);
    allow_many_connections();
    // 2. Open the data, build the routes, take the port.
    let installation = open::open(&paths, settings).await?;
    let shutdown = Shutdown::new();
    let state = AppState {
        rollcall: Arc::clone(&installation.rollcall),
        leptos: assets::leptos_options(),
        shutdown: shutdown.clone(),
        behind_proxy: args.behind_proxy,
    };
    let routes = router(state).map_err(|error| CommandError::with_context("--public-url", &error))?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| CommandError::with_context(&format!("cannot listen on {}", args.listen), &error))?;
    // 3. Start the background work, and serve until the shutdown.
    let workers = installation.rollcall.spawn_workers();
    if args.demo {
        demo::add_sample_people(&installation.rollcall, &paths).await?;
    }
    print_addresses(&installation.rollcall, listener.local_addr().unwrap_or(args.listen)).await?;
    shut_down_on_signal(shutdown.clone())?;
    let served = serve_until_shutdown(listener, routes, shutdown).await;
    // 4. Stop in the opposite order: the workers write until they have stopped.
    workers.shutdown().await;
    installation.store.close().await;
    tracing::info!("Rollcall has stopped");
    served
}

/// Serves requests until the shutdown begins, and lets those under way end.
async fn serve_until_shutdown(listener: TcpListener, routes: Router, shutdown: Shutdown) -> Result<(), CommandError> {
    // Send small answers, such as events of a live stream, without delay.
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let signal = shutdown.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move { signal.begun().await });
    tokio::select! {
        served = serving.into_future() => served.map_err(|error| CommandError::with_context("cannot serve", &error)),
        () = grace_period_over(shutdown) => {
            tracing::warn!("Some requests did not end in time and were cut off");
            Ok(())
        }
    }
}

async fn grace_period_over(shutdown: Shutdown) {
    shutdown.begun().await;
    tokio::time::sleep(GRACE).await;
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

/// Raises the soft limit of open files, usually 1024: every waiting poll and every live stream is one.
fn allow_many_connections() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "The limit of open files could not be raised");
    }
}
