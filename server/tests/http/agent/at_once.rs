//! Many devices at once, the same call again because its answer was lost, and commands of devices that go away.

use crate::harness::{Phone, Server, by_token, problem, text};
use domain::{actor::Actor, device::command::CommandKind, list::SlotQuery};
use futures::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_devices_enroll_by_one_code_in_one_moment() {
    let server = Server::start().await;
    let invited = server.invite("depot@example.com").await;
    let bodies: Vec<Value> = (0..80).map(|n| by_token(&invited.token, n)).collect();
    let replies = join_all(bodies.iter().map(|body| server.try_enroll(body))).await;
    let mut devices = Vec::new();
    for reply in replies {
        assert_eq!(reply.status(), StatusCode::CREATED);
        devices.push(text(&reply.json().await.unwrap(), "device_id"));
    }
    devices.sort();
    devices.dedup();
    assert_eq!(devices.len(), 80);
    assert_eq!(server.rollcall.list_slots(SlotQuery::default()).await.unwrap().total, 80);
}

async fn renew(server: &Server, phone: &Phone) -> Phone {
    let reply = server.as_phone(phone, Method::POST, "/agent/v1/renew").send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    let secret = text(&reply.json().await.unwrap(), "device_secret");
    Phone { id: phone.id, bearer: format!("{}.{secret}", phone.id) }
}

async fn works(server: &Server, phone: &Phone) -> bool {
    server.beat(phone, &json!({"seq": 1})).await.status() == StatusCode::OK
}

#[tokio::test]
async fn answers_to_renew_that_get_lost_lock_no_device_out() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    // None of these arrives, so the phone asks with the secret that it has.
    for _ in 0..20 {
        renew(&server, &phone).await;
    }
    let (earlier, latest) = (renew(&server, &phone).await, renew(&server, &phone).await);
    // Answers arrive in any order: the phone may keep any of the latest.
    assert!(works(&server, &phone).await);
    assert!(works(&server, &earlier).await);
    assert!(works(&server, &latest).await);
    for gone in [&phone, &earlier] {
        problem(server.beat(gone, &json!({"seq": 1})).await, 401, "device_unknown").await;
    }
    assert!(works(&server, &latest).await);
}

#[tokio::test]
async fn answers_to_enroll_that_get_lost_lock_no_device_out() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    for _ in 0..3 {
        assert_eq!(server.enroll(&invited.token, 1).await.id, phone.id);
    }
    assert!(works(&server, &phone).await);
    let again = server.enroll(&invited.token, 1).await;
    assert!(works(&server, &again).await);
    assert!(!works(&server, &phone).await, "it was replaced by the one that is used");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_command_stays_open_when_its_device_goes_in_the_same_moment() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    for n in 0..10 {
        let phone = server.enroll(&invited.token, n).await;
        let ring = || server.rollcall.request_command(Actor::System, phone.id, CommandKind::Ring { seconds: 5 });
        let unenroll = async {
            if n % 2 == 0 {
                server.rollcall.delete_device(Actor::System, phone.id, false).await.unwrap();
            } else {
                let reply = server.as_phone(&phone, Method::POST, "/agent/v1/unenroll").send().await.unwrap();
                assert_eq!(reply.status(), StatusCode::NO_CONTENT);
            }
        };
        tokio::join!(join_all((0..8).map(|_| ring())), unenroll, join_all((0..8).map(|_| ring())));
        let commands = server.rollcall.device_commands(phone.id).await.unwrap();
        assert!(commands.iter().all(|command| command.state.is_final()), "{commands:?}");
    }
}
