//! The app for Android phones: the file, and what Android, the setup wizard and the page of a person are told about it.

use crate::harness::Server;
use domain::actor::Actor;
use reqwest::{StatusCode, header};
use serde_json::Value;
use service::android::AndroidApp;
use std::sync::Arc;

/// A stand-in for an app: as much of an APK as the server reads.
const APP: &[u8] = include_bytes!("files/app.apk");
const CHROME: &str = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36";

async fn with_app() -> Server {
    Server::start_set(|settings| settings.android_app = Some(Arc::new(AndroidApp::read(APP).unwrap()))).await
}

#[tokio::test]
async fn a_phone_downloads_the_app_and_asks_whether_it_has_changed() {
    let server = with_app().await;
    let answer = server.get("/android/rollcall.apk").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let header = |name| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header(header::CONTENT_TYPE), "application/vnd.android.package-archive");
    assert_eq!(header(header::CONTENT_DISPOSITION), "attachment; filename=\"rollcall.apk\"");
    let tag = header(header::ETAG);
    assert_eq!(answer.bytes().await.unwrap(), APP);
    let again = server.get("/android/rollcall.apk").header(header::IF_NONE_MATCH, tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn android_is_told_which_app_may_open_links() {
    let server = with_app().await;
    let links: Value = server.get("/.well-known/assetlinks.json").send().await.unwrap().json().await.unwrap();
    assert_eq!(links[0]["target"]["package_name"], "net.rollcall.agent");
}

#[tokio::test]
async fn without_an_app_it_is_said_and_nobody_is_sent_to_it() {
    let server = Server::start().await;
    for path in ["/android/rollcall.apk", "/.well-known/assetlinks.json"] {
        let answer = server.get(path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().await.unwrap().contains("--android-app"), "{path}");
    }
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "personal", "android").await;
    let page = server.get(&format!("/e/{}", invited.token)).header("user-agent", CHROME).send().await.unwrap();
    assert!(!page.text().await.unwrap().contains("rollcall.apk"));
    let shown = server.rollcall.credentials(Actor::System, invited.invitation).await.unwrap();
    assert_eq!(shown.provisioning, None);
}

#[tokio::test]
async fn the_page_of_a_person_offers_the_app() {
    let server = with_app().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "personal", "android").await;
    let page = server.get(&format!("/e/{}", invited.token)).header("user-agent", CHROME).send().await.unwrap();
    let html = page.text().await.unwrap();
    assert!(html.contains("href=\"/android/rollcall.apk\""), "{html}");
    assert!(html.contains(&format!("/e/{}?ownership=personal\"", invited.token)), "{html}");
}

#[tokio::test]
async fn the_setup_wizard_of_a_company_phone_gets_the_app_over_https_alone() {
    let server = with_app().await;
    let invited = server.invite("p@example.com").await;
    let shown = server.rollcall.credentials(Actor::System, invited.invitation).await.unwrap();
    assert_eq!(shown.provisioning, None);

    let https = Server::start_set(|settings| {
        settings.android_app = Some(Arc::new(AndroidApp::read(APP).unwrap()));
        settings.public_url = "https://mdm.example.com".parse().unwrap();
    })
    .await;
    let invited = https.invite("p@example.com").await;
    let shown = https.rollcall.credentials(Actor::System, invited.invitation).await.unwrap();
    let code: Value = serde_json::from_str(&shown.provisioning.unwrap()).unwrap();
    let extras = &code["android.app.extra.PROVISIONING_ADMIN_EXTRAS_BUNDLE"];
    assert_eq!(extras["rollcall.url"], format!("https://mdm.example.com/e/{}", invited.token));
}
