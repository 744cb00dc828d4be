//! One address for several servers: each connection goes to the next of those that run.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Forwards connections.
pub struct Proxy {
    pub base: String,
    servers: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Proxy {
    /// Listens on a free port. There is no server yet.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let servers: Arc<Mutex<Vec<String>>> = Arc::default();
        let (known, next) = (Arc::clone(&servers), AtomicUsize::new(0));
        let serving = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let server = {
                    let servers = known.lock().unwrap();
                    servers.get(number % servers.len().max(1)).cloned()
                };
                let Some(server) = server else { continue };
                tokio::spawn(forward(client, server));
            }
        });
        Self { base, servers, serving }
    }

    /// A server runs, under this URL.
    pub fn add(&self, base: &str) {
        self.servers.lock().unwrap().push(base.trim_start_matches("http://").to_owned());
    }

    /// It does not run any more.
    pub fn remove(&self, base: &str) {
        self.servers.lock().unwrap().retain(|server| !base.ends_with(server.as_str()));
    }
}

/// Forwards until one side hangs up.
async fn forward(mut client: TcpStream, server: String) {
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    // A server that was killed shows to its clients as it does without a proxy.
    let _ = copy_bidirectional(&mut client, &mut server).await;
}
