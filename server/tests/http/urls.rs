//! Malformed and unknown URLs: never 500.

use crate::harness::{Server, problem};
use proptest::{prelude::*, test_runner::TestRunner};
use reqwest::StatusCode;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

#[tokio::test]
async fn a_url_that_is_not_utf8_is_refused_everywhere() {
    let server = Server::start().await;
    for path in ["/devices/%ff", "/e/%C3%28", "/people?search=%ff", "/agent/v1/commands/%ff/result", "/pkg/%80", "/%00"]
    {
        problem(server.get(path).send().await.unwrap(), 400, "url_malformed").await;
    }
}

/// Sends a request line as it is, and returns the status of the answer.
async fn raw_status(server: &Server, path: &str, cookie: &str) -> String {
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_url_causes_a_server_error() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let starts = prop_oneof![
        Just("/"),
        Just("/devices"),
        Just("/devices/"),
        Just("/devices?"),
        Just("/people?search="),
        Just("/invitations?after="),
        Just("/devices?sort="),
        Just("/devices?size="),
        Just("/e/"),
        Just("/setup/"),
        Just("/sign-in?next="),
        Just("/pkg/"),
        Just("/pkg/../"),
        Just("/api/v1/slots?status="),
        Just("/fn/"),
    ];
    let paths = (starts, "[ -~&&[^ #]]{0,40}").prop_map(|(start, rest)| format!("{start}{rest}"));
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() });
    let handle = tokio::runtime::Handle::current();
    let outcome = tokio::task::block_in_place(|| {
        runner.run(&paths, |path| {
            let status = handle.block_on(raw_status(&server, &path, &cookie));
            prop_assert!(status.starts_with("HTTP/1.1 ") && !status.starts_with("HTTP/1.1 5"), "{} {}", path, status);
            Ok(())
        })
    });
    outcome.unwrap();
}

#[tokio::test]
async fn a_path_cannot_leave_the_folder_of_the_site() {
    let server = Server::start().await;
    for path in
        ["/pkg/../hash.txt", "/pkg/%2e%2e/hash.txt", "/pkg/..%2fhash.txt", "/pkg//etc/passwd", "/pkg/%2fetc%2fpasswd"]
    {
        let status = raw_status(&server, path, "").await;
        assert!(!status.contains("200"), "{path}: {status}");
    }
    assert_eq!(server.get("/robots.txt").send().await.unwrap().status(), StatusCode::OK);
}
