//! A way to the server that can be closed: as if the server, or the network, went away and came back.

use std::net::SocketAddr;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The way.
pub struct Gate {
    place: SocketAddr,
    server: SocketAddr,
    open: Option<JoinHandle<()>>,
}

impl Gate {
    /// An open one to the server of `url`, and the URL that leads through it.
    pub async fn to(url: &str) -> (Self, String) {
        let after_user = url.find('@').or_else(|| url.find("//").map(|slashes| slashes + 1)).unwrap() + 1;
        let end = url[after_user..].find('/').map_or(url.len(), |slash| after_user + slash);
        let server = tokio::net::lookup_host(&url[after_user..end]).await.unwrap().next().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap();
        let through = format!("{}{place}{}", &url[..after_user], &url[end..]);
        (Self { place, server, open: Some(tokio::spawn(serve(listener, server))) }, through)
    }

    /// Ends all connections, and refuses new ones.
    pub async fn close(&mut self) {
        if let Some(open) = self.open.take() {
            open.abort();
            let _ = open.await;
        }
    }

    /// Opens it again.
    pub async fn open(&mut self) {
        let listener = TcpListener::bind(self.place).await.unwrap();
        self.open = Some(tokio::spawn(serve(listener, self.server)));
    }
}

async fn serve(listener: TcpListener, server: SocketAddr) {
    // Dropped with this task, and with them what they do.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let (mut client, _) = listener.accept().await.unwrap();
        connections.spawn(async move {
            if let Ok(mut server) = TcpStream::connect(server).await {
                let _ = copy_bidirectional(&mut client, &mut server).await;
            }
        });
    }
}
