//! The ids of requests, by which their lines are found in the log.

use crate::harness::{Server, problem};

#[tokio::test]
async fn a_trusted_proxy_names_requests_and_nobody_else_does() {
    const ID: &str = "0191b7a2-57c8-7000-8000-000000000001";
    let id_of = async |server: &Server, sent: &str| {
        let response = server.get("/api/v1/people").header("x-request-id", sent).send().await.unwrap();
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        problem(response, 401, "token_invalid").await;
        id
    };
    let proxied = Server::start_behind_proxy().await;
    assert_eq!(id_of(&proxied, ID).await, ID);
    let (first, second) = (id_of(&proxied, "not an id").await, id_of(&proxied, "").await);
    assert!(first != second && !first.contains(' ') && !second.is_empty());
    let direct = Server::start().await;
    assert_ne!(id_of(&direct, ID).await, ID);
}
