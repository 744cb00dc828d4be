//! The audit log over REST.

use crate::{
    api::rest::Script,
    harness::{ADMIN, Server},
};

#[tokio::test]
async fn a_script_reads_the_audit_log_page_by_page() {
    let server = Server::start().await;
    server.signed_in().await;
    server.sign_in("bob@example.com", "wrong wrong wrong").await;
    let script = Script::of(&server).await;
    let latest = script.get("/audit?size=2").await;
    let events: Vec<_> = latest["items"].as_array().unwrap().iter().map(|entry| entry["event"].clone()).collect();
    assert_eq!(events, ["token_created", "sign_in_failed"]);
    let failed = &latest["items"][1];
    assert_eq!((&failed["who"], &failed["subject"]), (&"stranger".into(), &"bob@example.com".into()));
    assert_eq!((&failed["address"], &failed["times"]), (&"127.0.0.1".into(), &1.into()));
    let earlier = script.get(&format!("/audit?size=2&before={}", latest["next"])).await;
    assert_eq!((&earlier["items"][0]["who"], &earlier["items"][0]["name"]), (&"account".into(), &ADMIN.into()));
    assert_eq!(earlier["items"][1]["event"], "account_created");
    assert!(earlier.get("next").is_none());
}
