//! Connections: how long they may wait, how many there may be, and how they end.

use crate::harness::{Server, by_pin, problem};
use domain::types::ids::SessionId;
use reqwest::{Method, StatusCode};
use server::listener::bounds::Bounds;
use service::Shown;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use uuid::Uuid;

/// Bounds that a test can wait for.
fn short() -> Bounds {
    let moment = Duration::from_millis(200);
    Bounds { first_bytes: moment, headers: moment, grace: moment, ..Bounds::new(4096, 512) }
}

/// Connects and sends the begin of something.
async fn say(server: &Server, words: &str) -> TcpStream {
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(words.as_bytes()).await.unwrap();
    connection
}

/// What the server sends until it closes the connection.
async fn until_closed(mut connection: TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset is an end as well.
    let _ = connection.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

const WHOLE: &str = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

#[tokio::test]
async fn a_connection_that_owes_something_is_closed() {
    let server = Server::start_with(short(), "").await;
    let cases = [
        "",
        "PRI * HTTP/2.0\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r",
        "P",
        "GET /healthz HTTP/1.1\r\nHos",
        "POST /agent/v1/enroll HTTP/1.1\r\nHost: x\r\n",
    ];
    for case in cases {
        let connection = say(&server, case).await;
        let answer = until_closed(connection).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{case}: {answer}");
    }
    // One that was answered may stay for a while, not for ever.
    assert!(until_closed(say(&server, WHOLE).await).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn bytes_that_come_one_by_one_are_a_request_all_the_same() {
    let server = Server::start().await;
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    for byte in WHOLE.bytes() {
        connection.write_all(&[byte]).await.unwrap();
        tokio::task::yield_now().await;
    }
    let mut begin = [0; 12];
    connection.read_exact(&mut begin).await.unwrap();
    assert_eq!(&begin, b"HTTP/1.1 200");
}

#[tokio::test]
async fn a_network_has_its_share_of_connections() {
    let server = Server::start_with(Bounds { per_network: 2, ..Bounds::new(4096, 512) }, "").await;
    let answer = async |connection: &mut TcpStream| {
        let mut begin = [0; 12];
        connection.write_all(WHOLE.as_bytes()).await?;
        connection.read_exact(&mut begin).await.map(|_| String::from_utf8_lossy(&begin).into_owned())
    };
    let mut first = say(&server, "").await;
    let mut second = say(&server, "").await;
    for connection in [&mut first, &mut second] {
        assert_eq!(answer(connection).await.unwrap(), "HTTP/1.1 200");
    }
    assert_eq!(until_closed(say(&server, "").await).await, "");
    // A place is free again as soon as its connection has ended.
    drop(first);
    loop {
        let mut third = say(&server, "").await;
        if answer(&mut third).await.is_ok_and(|begin| begin == "HTTP/1.1 200") {
            break;
        }
    }
}

#[tokio::test]
async fn the_stop_is_bounded_whatever_clients_do() {
    let server = Server::start_with(short(), "").await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let upload =
        "POST /agent/v1/enroll HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{";
    let stuck = [say(&server, "").await, say(&server, upload).await, say(&server, WHOLE).await];
    let session = SessionId(Uuid::nil());
    let browser = server.rollcall.watch_rows(session);
    assert!(server.rollcall.show_rows(browser.id(), session, Shown::rows([invited.slot])));
    let poll = tokio::spawn(server.as_phone(&phone, Method::GET, "/agent/v1/commands?wait=55").send());
    // The poll has been noted.
    while browser.take_contacts().is_empty() {
        tokio::task::yield_now().await;
    }
    server.stop().await;
    problem(poll.await.unwrap().unwrap(), 503, "unavailable").await;
    for connection in stuck {
        until_closed(connection).await;
    }
}

#[tokio::test]
async fn http_2_is_served_within_its_bounds() {
    let server = Server::start().await;
    let client = reqwest::Client::builder().http2_prior_knowledge().no_proxy().build().unwrap();
    let requests = (0..100).map(|_| client.get(format!("{}/healthz", server.base)).send());
    for reply in futures::future::join_all(requests).await {
        let reply = reply.unwrap();
        assert_eq!((reply.version(), reply.status()), (reqwest::Version::HTTP_2, StatusCode::OK));
    }
}

/// Guesses a PIN through a proxy, for a client that the proxy names.
async fn guess(server: &Server, client: &str, email: &str) -> StatusCode {
    let guess = server.post("/agent/v1/enroll").header("x-forwarded-for", client).json(&by_pin(email, "0000 0000", 1));
    guess.send().await.unwrap().status()
}

#[tokio::test]
async fn a_trusted_proxy_names_its_clients_and_nobody_else_does() {
    let behind = Server::start_with(Bounds::new(4096, 512), "127.0.0.1").await;
    let mut guesses = 0;
    while guess(&behind, "[2001:db8::1]:4711", &format!("p{guesses}@example.com")).await
        != StatusCode::TOO_MANY_REQUESTS
    {
        guesses += 1;
        assert!(guesses < 1000, "nobody stops it");
    }
    assert_eq!(guess(&behind, "[2001:db8:0:1::1]:4711", "q@example.com").await, StatusCode::UNAUTHORIZED);
    // Without a trusted proxy, another address in the header is no way around the limit.
    let open = Server::start().await;
    for n in 0..=guesses {
        guess(&open, &format!("192.0.2.{n}"), &format!("p{n}@example.com")).await;
    }
    assert_eq!(guess(&open, "198.51.100.1", "q@example.com").await, StatusCode::TOO_MANY_REQUESTS);
}
