//! Waits until a connection says something.

use std::time::Duration;
use tokio::net::TcpStream;

/// What an HTTP/2 connection begins with (RFC 9113, 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Pause before looking for the rest of a preface.
const PAUSE: Duration = Duration::from_millis(50);

/// Waits until the first bytes tell HTTP/1 from HTTP/2, without taking them; false when they do not come within `limit`.
/// Telling the two apart has no time limit in `hyper-util`: a client that says nothing would stay for ever.
pub(super) async fn have_come(stream: &TcpStream, limit: Duration) -> bool {
    tokio::time::timeout(limit, tell_apart(stream)).await.unwrap_or(false)
}

async fn tell_apart(stream: &TcpStream) -> bool {
    let mut first = [0; PREFACE.len()];
    loop {
        match stream.peek(&mut first).await {
            Ok(0) | Err(_) => return false,
            Ok(length) if length == PREFACE.len() || !PREFACE.starts_with(&first[..length]) => return true,
            // A part of the preface. The socket stays readable, so there is no event to wait for.
            Ok(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
