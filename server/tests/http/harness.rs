//! Starts a server and speaks to it.

use domain::{
    Timestamp,
    actor::Actor,
    invitation::InvitationState,
    types::ids::{DeviceId, InvitationId, SlotId},
};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use server::{
    http::assets,
    listener::{self, Listening, bounds::Bounds, proxies::TrustedProxies},
    metrics::{self, Requests},
    router::router,
    shutdown::Shutdown,
    state::AppState,
};
use service::{
    Invite, LiveEvent, NewPerson, Rollcall, Settings, Workers,
    environment::{Environment, ManualClock},
    security::keys::Keys,
};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{net::SocketAddr, sync::Arc};
use store::Store;
use store_sqlite::SqliteStore;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

/// When every test begins.
pub const BEGIN: &str = "2026-06-01T08:00:00Z";
/// Password of the account that tests sign in with.
pub const PASSWORD: &str = "correct horse battery staple";
/// Email of that account.
pub const ADMIN: &str = "admin@example.com";

/// A running server.
pub struct Server {
    pub base: String,
    pub address: SocketAddr,
    pub client: Client,
    pub clock: ManualClock,
    pub rollcall: Arc<Rollcall>,
    pub shutdown: Shutdown,
    pub serving: JoinHandle<()>,
    requests: Arc<Requests>,
    workers: Option<Workers>,
    store: Arc<dyn Store>,
    dir: TempDir,
}

/// An invitation with its credentials.
pub struct Invited {
    pub invitation: InvitationId,
    pub slot: SlotId,
    pub token: String,
    pub pin: String,
    pub email: String,
}

/// An enrolled device.
pub struct Phone {
    pub id: DeviceId,
    pub bearer: String,
}

impl Server {
    pub async fn start() -> Self {
        Self::start_as(Bounds::new(4096, 512), "", |_| {}).await
    }

    /// Starts one that takes the client's address from `X-Forwarded-For`.
    pub async fn start_behind_proxy() -> Self {
        Self::start_with(Bounds::new(4096, 512), "127.0.0.1").await
    }

    /// With other bounds of connections, and trusted proxies.
    pub async fn start_with(bounds: Bounds, proxies: &str) -> Self {
        Self::start_as(bounds, proxies, |_| {}).await
    }

    /// Starts with settings of its own.
    pub async fn start_set(change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_as(Bounds::new(4096, 512), "", change).await
    }

    async fn start_as(bounds: Bounds, proxies: &str, change: impl FnOnce(&mut Settings)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let base = format!("http://{address}");
        let clock = ManualClock::new(Timestamp::parse_rfc3339(BEGIN).unwrap());
        let edge = Environment::with_clock(clock.clone());
        let keys = Keys::load_or_create(&dir.path().join("secret.key"), &edge).unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&dir.path().join("rollcall.db")).await.unwrap());
        let mail_from = "Rollcall <rollcall@localhost>".parse().unwrap();
        let mut settings = Settings::new(base.parse().unwrap(), mail_from, dir.path().join("mail"));
        change(&mut settings);
        let rollcall = Rollcall::new(Arc::clone(&store), edge, keys, settings);
        let workers = Some(rollcall.spawn_workers());
        let shutdown = Shutdown::new();
        let requests = Arc::new(Requests::default());
        let state = AppState {
            rollcall: Arc::clone(&rollcall),
            leptos: assets::leptos_options(),
            shutdown: shutdown.clone(),
            requests: Arc::clone(&requests),
            proxies: TrustedProxies::parse(proxies).unwrap(),
        };
        let serving = serve(listener, state, bounds);
        Self { base, address, client: client(), clock, rollcall, shutdown, serving, requests, workers, store, dir }
    }

    /// Serves metrics, and returns their address.
    pub async fn serve_metrics(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = metrics::router(Arc::clone(&self.rollcall), Arc::clone(&self.requests));
        let (bounds, proxies) = (Bounds::new(4096, 512), TrustedProxies::default());
        tokio::spawn(listener::serve(listener, Listening { routes, bounds, proxies, shutdown: self.shutdown.clone() }));
        format!("http://{address}/metrics")
    }

    /// Stops the server as SIGTERM does.
    pub async fn stop(mut self) {
        self.shutdown.begin();
        self.serving.await.unwrap();
        self.workers.take().unwrap().shutdown().await;
        self.store.close().await;
    }

    /// How many bytes the database has written since it was opened.
    pub fn bytes_written(&self) -> u64 {
        std::fs::metadata(self.dir.path().join("rollcall.db-wal")).unwrap().len()
    }

    /// The files of the database, by their names.
    pub fn stored_files(&self) -> Vec<(String, Vec<u8>)> {
        let files = std::fs::read_dir(self.dir.path()).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.to_str().unwrap().contains("rollcall.db"));
        files.map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
    }

    /// A connection to the database beside the server.
    pub async fn connection(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.dir.path().join("rollcall.db"));
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    /// Changes the database beside the server, and returns how many rows.
    pub async fn sql(&self, statement: &'static str) -> u64 {
        let mut connection = self.connection().await;
        let done = sqlx::query(statement).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        done.rows_affected()
    }

    /// Stops the background workers: from now on the server does nothing by itself.
    pub async fn stop_workers(&mut self) {
        if let Some(workers) = self.workers.take() {
            workers.shutdown().await;
        }
    }

    /// Stops the background workers and starts them again, as a restart of the program does.
    pub async fn restart_workers(&mut self) {
        self.stop_workers().await;
        self.workers = Some(self.rollcall.spawn_workers());
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// Creates an invitation without a mail.
    pub async fn invite(&self, email: &str) -> Invited {
        self.invite_with(email, Invite::default()).await
    }

    pub async fn invite_with(&self, email: &str, how: Invite) -> Invited {
        let new = NewPerson { name: String::new(), email: email.to_owned(), locale: None };
        let made = self.rollcall.invite_by_email(Actor::System, &new, how).await.unwrap();
        let credentials = self.rollcall.credentials(Actor::System, made.invitation_id).await.unwrap();
        Invited {
            invitation: made.invitation_id,
            slot: made.slot_id,
            token: credentials.url.rsplit('/').next().unwrap().to_owned(),
            pin: credentials.pin,
            email: credentials.email,
        }
    }

    /// Creates an invitation and waits until its mail is written.
    pub async fn invite_by_mail(&self, email: &str) -> Invited {
        let mut live = self.rollcall.live();
        let invited = self.invite_with(email, Invite { send: true, expires_at: None }).await;
        while !matches!(live.recv().await.unwrap(), LiveEvent::Changed(change) if change.kind == "mail_sent") {}
        invited
    }

    /// The state of an invitation.
    pub async fn state_of(&self, invitation: InvitationId) -> InvitationState {
        self.rollcall.invitation(invitation).await.unwrap().invitation.state
    }

    /// When a device was last in contact, as far as it is stored.
    pub async fn stored_contact(&self, device: DeviceId) -> Timestamp {
        self.store.load_device(device).await.unwrap().unwrap().device(device).unwrap().last_contact_at
    }

    /// The status of a row, as the console shows it.
    pub async fn status_of(&self, slot: SlotId) -> String {
        self.rollcall.slot(slot).await.unwrap().item.row.status.to_string()
    }

    pub async fn try_enroll(&self, body: &Value) -> Response {
        self.post("/agent/v1/enroll").json(body).send().await.unwrap()
    }

    /// Enrolls a new phone.
    pub async fn enroll(&self, token: &str, installation: u128) -> Phone {
        let reply = self.try_enroll(&by_token(token, installation)).await;
        assert_eq!(reply.status(), StatusCode::CREATED);
        Phone::of(&reply.json().await.unwrap())
    }

    /// A call of an enrolled phone.
    pub fn as_phone(&self, phone: &Phone, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).bearer_auth(&phone.bearer)
    }

    /// Reports with a heartbeat.
    pub async fn beat(&self, phone: &Phone, body: &Value) -> Response {
        self.as_phone(phone, Method::POST, "/agent/v1/state").json(body).send().await.unwrap()
    }

    pub async fn progress(&self, phone: &Phone, body: &Value) -> StatusCode {
        self.as_phone(phone, Method::PUT, "/agent/v1/progress").json(body).send().await.unwrap().status()
    }

    pub async fn inventory(&self, phone: &Phone, body: &Value) -> Response {
        self.as_phone(phone, Method::PUT, "/agent/v1/inventory").json(body).send().await.unwrap()
    }

    /// Signs in; returns the `Cookie` header of the session.
    pub async fn signed_in(&self) -> String {
        self.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
        cookie_of(&self.sign_in(ADMIN, PASSWORD).await)
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Response {
        self.post("/fn/account/sign-in")
            .header("sec-fetch-site", "same-origin")
            .header("accept", "text/html")
            .form(&[("email", email), ("password", password), ("next", "/people")])
            .send()
            .await
            .unwrap()
    }

    /// Creates an API token.
    pub async fn api_token(&self) -> String {
        self.rollcall.create_api_token("script").await.unwrap()
    }
}

impl Phone {
    pub fn of(reply: &Value) -> Self {
        let id = text(reply, "device_id");
        Self { id: id.parse().unwrap(), bearer: format!("{id}.{}", text(reply, "device_secret")) }
    }
}

fn serve(listener: TcpListener, state: AppState, bounds: Bounds) -> JoinHandle<()> {
    let (proxies, shutdown) = (state.proxies.clone(), state.shutdown.clone());
    let routes = router(state).unwrap();
    tokio::spawn(listener::serve(listener, Listening { routes, bounds, proxies, shutdown }))
}

pub fn client() -> Client {
    // Another test of this process may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

pub fn cookie_of(response: &Response) -> String {
    let cookie = response.headers().get("set-cookie").unwrap().to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// A field of a JSON object, as text.
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("{field} is missing in {value}")).to_owned()
}

/// Checks a problem and returns its JSON.
pub async fn problem(response: Response, status: u16, code: &str) -> Value {
    assert_eq!(response.status().as_u16(), status, "{code}");
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["code"], code);
    assert_eq!(body["status"], status);
    assert!(!text(&body, "detail").is_empty());
    body
}

/// What a phone sends to enroll with a token.
pub fn by_token(token: &str, installation: u128) -> Value {
    enrollment(json!({"method": "token", "token": token}), installation)
}

/// What a phone sends to enroll with PIN and email.
pub fn by_pin(email: &str, pin: &str, installation: u128) -> Value {
    enrollment(json!({"method": "pin", "email": email, "pin": pin}), installation)
}

fn enrollment(mut credential: Value, installation: u128) -> Value {
    let device = json!({
        "platform": "linux",
        "ownership": "company",
        "installation_id": uuid::Uuid::from_u128(installation),
        "agent_version": "1.0.0",
        "device": {"manufacturer": "Example", "model": "One", "os_version": "1", "serial": "S1"},
    });
    credential.as_object_mut().unwrap().extend(device.as_object().unwrap().clone());
    credential
}

/// A small inventory.
pub fn facts() -> Value {
    json!({"schema_version": 1, "groups": {"hardware": {"cores": 8}}})
}
