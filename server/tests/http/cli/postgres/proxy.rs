//! One address for several servers: each connection goes to the next of those that run.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// A server that runs, and how many connections it has.
#[derive(Clone)]
struct Target {
    address: String,
    connections: usize,
    /// Whether it gets no more of them.
    is_draining: bool,
}

/// Forwards connections.
pub struct Proxy {
    pub base: String,
    targets: watch::Sender<Vec<Target>>,
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
        let targets = watch::Sender::new(Vec::new());
        let known = targets.clone();
        let serving = tokio::spawn(async move {
            for number in 0.. {
                let Ok((client, _)) = listener.accept().await else { return };
                let Some(address) = choose(&known, number) else { continue };
                let known = known.clone();
                tokio::spawn(async move {
                    forward(client, &address).await;
                    count(&known, &address, |target| target.connections -= 1);
                });
            }
        });
        Self { base, targets, serving }
    }

    /// A server runs, under this URL.
    pub fn add(&self, base: &str) {
        let address = base.trim_start_matches("http://").to_owned();
        self.targets.send_modify(|targets| targets.push(Target { address, connections: 0, is_draining: false }));
    }

    /// It gets no more connections.
    pub fn remove(&self, base: &str) {
        count(&self.targets, base.trim_start_matches("http://"), |target| target.is_draining = true);
    }

    /// Waits until it has no connections left, as a proxy does before a server is replaced.
    pub async fn drained(&self, base: &str) {
        let is_left = |target: &Target| base.ends_with(&target.address) && target.connections > 0;
        self.targets.subscribe().wait_for(|targets| !targets.iter().any(is_left)).await.unwrap();
    }
}

/// The next server that takes connections.
fn choose(targets: &watch::Sender<Vec<Target>>, number: usize) -> Option<String> {
    let mut chosen = None;
    targets.send_modify(|targets| {
        let mut open: Vec<_> = targets.iter_mut().filter(|target| !target.is_draining).collect();
        let place = number % open.len().max(1);
        chosen = open.get_mut(place).map(|target| {
            target.connections += 1;
            target.address.clone()
        });
    });
    chosen
}

fn count(targets: &watch::Sender<Vec<Target>>, address: &str, change: impl Fn(&mut Target)) {
    targets.send_modify(|targets| targets.iter_mut().filter(|target| target.address == address).for_each(&change));
}

/// Forwards until one side hangs up.
async fn forward(mut client: TcpStream, server: &str) {
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    // A server that was killed shows to its clients as it does without a proxy.
    let _ = copy_bidirectional(&mut client, &mut server).await;
}
