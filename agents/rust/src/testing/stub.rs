//! A server for tests: answers each request as the test wants, or hangs up.

use crate::{
    protocol::{bearer::Bearer, client::Client},
    state::agent_state::{AgentState, Enrollment},
};
use domain::{
    device::{Ownership, Platform},
    protocol::{EnrollReply, PollSettings},
};
use std::{
    fmt::Write,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// A request that the stub received.
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    /// Method.
    pub method: String,
    /// Path with query.
    pub target: String,
    /// Request line and headers; the names in lower case.
    pub head: String,
    /// The body.
    pub body: serde_json::Value,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl ReceivedRequest {
    /// The value of a header.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(named, _)| named.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    /// Method and path below the protocol's, such as `PUT /progress`.
    pub fn call(&self) -> String {
        format!("{} {}", self.method, self.target.trim_start_matches("/base/agent/v1"))
    }
}

/// What the stub answers; status 0 hangs up.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Reply {
    /// An answer without a body.
    pub fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// No answer at all.
    pub fn hang_up() -> Self {
        Self::new(0)
    }

    /// An answer in JSON.
    pub fn json(status: u16, body: &str) -> Self {
        Self::new(status).header("Content-Type", "application/json").body(body)
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let _ = write!(self.headers, "{name}: {value}\r\n");
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl AsRef<[u8]>) -> Self {
        self.body = body.as_ref().to_vec();
        self
    }
}

type Script = Arc<dyn Fn(usize, &ReceivedRequest) -> Reply + Send + Sync>;

/// A server on loopback, below the path `/base`.
pub struct StubServer {
    /// Its address.
    pub server: Url,
    requests: Arc<Mutex<Vec<ReceivedRequest>>>,
}

impl StubServer {
    /// Starts a server; the script gets the request's number, counted from 0, and the request.
    pub async fn start(script: impl Fn(usize, &ReceivedRequest) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = format!("http://{}/base", listener.local_addr().unwrap()).parse().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (script, log): (Script, _) = (Arc::new(script), requests.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, script.clone(), log.clone()));
            }
        });
        Self { server, requests }
    }

    /// The requests received so far.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.lock().unwrap().clone()
    }

    /// The calls received so far, such as `PUT /progress`.
    pub fn calls(&self) -> Vec<String> {
        self.requests().iter().map(ReceivedRequest::call).collect()
    }

    /// A client for it.
    pub fn client(&self) -> Client {
        Client::new(&self.server).unwrap()
    }
}

async fn serve(mut stream: TcpStream, script: Script, log: Arc<Mutex<Vec<ReceivedRequest>>>) {
    let mut bytes = Vec::new();
    let (head, start) = loop {
        if stream.read_buf(&mut bytes).await.unwrap() == 0 {
            return;
        }
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break (String::from_utf8(bytes[..end].to_vec()).unwrap(), end + 4);
        }
    };
    let length =
        head.to_lowercase().lines().find_map(|l| l.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    while bytes.len() < start + length {
        stream.read_buf(&mut bytes).await.unwrap();
    }
    let bytes = bytes[start..].to_vec();
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    let mut words = head.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let request = ReceivedRequest { method, target, head, body, bytes };
    let number = {
        let mut requests = log.lock().unwrap();
        requests.push(request.clone());
        requests.len() - 1
    };
    let reply = script(number, &request);
    if reply.status != 0 {
        let head =
            format!("HTTP/1.1 {} X\r\nConnection: close\r\nContent-Length: {}\r\n", reply.status, reply.body.len());
        let head = format!("{head}{}\r\n", reply.headers);
        let _ = stream.write_all(&[head.as_bytes(), &reply.body].concat()).await;
    }
}

/// The answer of a server that enrolls any device.
pub const ENROLL_REPLY: &str = r#"{
    "device_id": "00000000-0000-4000-8000-00000000000d", "device_secret": "secret",
    "poll": {"wait_s": 50, "heartbeat_s": 900}, "required_permissions": [], "inventory_schema": 1, "support": {}
}"#;

/// The memory of an agent that enrolled with `server`.
pub fn enrolled_state(server: &str) -> AgentState {
    let reply: EnrollReply = serde_json::from_str(ENROLL_REPLY).unwrap();
    assert_eq!(reply.poll, PollSettings { wait_s: 50, heartbeat_s: 900 });
    let enrollment = Enrollment::new(server.parse().unwrap(), Platform::Linux, Ownership::Personal, reply);
    let mut state = AgentState::new("00000000-0000-4000-8000-000000000001".parse().unwrap());
    state.enrollment = Some(enrollment);
    state
}

/// The bearer token of that agent.
pub fn bearer() -> Bearer {
    enrolled_state("http://127.0.0.1:1").enrollment.unwrap().bearer()
}
