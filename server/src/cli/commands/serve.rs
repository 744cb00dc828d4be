//! `rollcall serve`.

use super::{CommandError, demo, open, say};
use crate::{
    cli::{
        args::ServeArgs,
        logging,
        settings::{Places, service_settings},
    },
    http::assets,
    router::router,
    shutdown::{Shutdown, asked_to_end},
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

/// How long requests may take to end once the server was asked to.
const GRACE: Duration = Duration::from_secs(10);

/// Runs the server until it is asked to end.
///
/// # Errors
/// A setting cannot be used, the data cannot be opened, or the address is taken.
pub async fn run(args: ServeArgs) -> Result<(), CommandError> {
    let places = Places::of(&args.data)?;
    let settings = service_settings(&args, &places)?;
    logging::begin(args.log_format, &args.log);
    allow_many_connections();
    let opened = open::open(&places, settings).await?;
    let shutdown = Shutdown::new();
    let state = AppState {
        rollcall: Arc::clone(&opened.rollcall),
        leptos: assets::leptos_options(),
        shutdown: shutdown.clone(),
        behind_proxy: args.behind_proxy,
    };
    let routes = router(state).map_err(|error| CommandError::while_doing("--public-url", &error))?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| CommandError::while_doing(&format!("cannot listen on {}", args.listen), &error))?;
    let workers = opened.rollcall.spawn_workers();
    if args.demo {
        demo::add_sample_people(&opened.rollcall, &places).await?;
    }
    greet(&opened.rollcall, listener.local_addr().unwrap_or(args.listen)).await?;
    end_when_asked(shutdown.clone())?;
    let served = answer(listener, routes, shutdown).await;
    workers.shutdown().await;
    opened.store.close().await;
    tracing::info!("Rollcall has ended");
    served
}

/// Answers requests until the signal was given, and a little longer for those that are under way.
async fn answer(listener: TcpListener, routes: Router, shutdown: Shutdown) -> Result<(), CommandError> {
    // Small answers, such as events of a live stream, are not held back to be sent together.
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let ending = shutdown.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move { ending.begun().await });
    tokio::select! {
        served = serving.into_future() => served.map_err(|error| CommandError::while_doing("cannot serve", &error)),
        () = grace_is_over(shutdown) => {
            tracing::warn!("Some requests did not end in time");
            Ok(())
        }
    }
}

async fn grace_is_over(shutdown: Shutdown) {
    shutdown.begun().await;
    tokio::time::sleep(GRACE).await;
}

/// Gives the signal when the operating system asks the process to end.
fn end_when_asked(shutdown: Shutdown) -> Result<(), CommandError> {
    let asked = asked_to_end().map_err(|error| CommandError::while_doing("signals cannot be heard", &error))?;
    tokio::spawn(async move {
        asked.await;
        tracing::info!("Asked to end");
        shutdown.begin();
    });
    Ok(())
}

/// Tells where the server is, and at the first start how to make an account.
async fn greet(rollcall: &Rollcall, listen: SocketAddr) -> Result<(), CommandError> {
    let public = rollcall.settings().public_base();
    say(&format!("Rollcall listens on http://{}", reachable(listen)));
    if public != format!("http://{listen}") {
        say(&format!("Browsers and devices reach it at {public}"));
    }
    if rollcall.writes_mails_to_files() {
        say("No mail server is configured: mails are written to files in the data folder.");
    }
    if let Some(token) = rollcall.setup_link_token().await? {
        say(&format!(
            "\nThere is no account yet. Make the first one with this link, which works once:\n\n    {public}/setup/{token}\n"
        ));
    }
    Ok(())
}

/// An address that can be opened: `0.0.0.0` means every address of this computer.
fn reachable(listen: SocketAddr) -> SocketAddr {
    if listen.ip().is_unspecified() { SocketAddr::new(Ipv4Addr::LOCALHOST.into(), listen.port()) } else { listen }
}

/// Every parked poll and every live stream is an open file; the usual soft limit of 1024 is for other programs.
fn allow_many_connections() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "The limit of open files was not raised");
    }
}
