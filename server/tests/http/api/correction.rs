//! A corrected email: what becomes of the link and the PIN in the old mailbox.

use super::rest::Script;
use crate::harness::{Server, by_pin, by_token, problem, text};
use domain::{actor::Actor, person::OldCredentials};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use service::NewPerson;

async fn correct(script: &Script<'_>, person: &str, change: Value) -> Value {
    let answer = script.call(Method::PATCH, &format!("/people/{person}"), Some(change)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

async fn credentials(script: &Script<'_>, person: &Value) -> (String, String) {
    let shown = script.get(&format!("/invitations/{}/credentials", text(person, "active_invitation"))).await;
    (text(&shown, "url").rsplit('/').next().unwrap().to_owned(), text(&shown, "pin"))
}

#[tokio::test]
async fn link_and_pin_end_when_the_email_of_a_mailed_invitation_is_corrected() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let old = server.invite_by_mail("mistyped@example.com").await;
    let person = text(&script.get(&format!("/invitations/{}", old.invitation)).await, "person_id");
    let mut live = server.rollcall.live();
    let corrected = correct(&script, &person, json!({"email": "right@example.com"})).await;
    // Neither the link in the wrong mailbox enrolls, nor the PIN with either address.
    problem(server.try_enroll(&by_token(&old.token, 1)).await, 410, "invitation_replaced").await;
    for email in ["mistyped@example.com", "right@example.com"] {
        problem(server.try_enroll(&by_pin(email, &old.pin, 1)).await, 401, "credentials_invalid").await;
    }
    // The new ones are mailed to the new address, in the same row.
    let mailed = loop {
        if let service::LiveEvent::Changed(change) = live.recv().await.unwrap()
            && change.kind == "mail_sent"
        {
            break change;
        }
    };
    assert_eq!(mailed.slot_id, Some(old.slot));
    let (token, pin) = credentials(&script, &corrected).await;
    assert_eq!(server.try_enroll(&by_token(&token, 1)).await.status(), StatusCode::CREATED);
    assert_eq!(server.try_enroll(&by_pin("right@example.com", &pin, 2)).await.status(), StatusCode::CREATED);
    // The same answer again, as after a lost one, changes nothing.
    let again = correct(&script, &person, json!({"email": "right@example.com"})).await;
    assert_eq!(again["active_invitation"], corrected["active_invitation"]);
}

#[tokio::test]
async fn link_and_pin_stay_when_that_is_asked_for_or_nothing_was_mailed() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let mailed = server.invite_by_mail("old@example.com").await;
    let person = text(&script.get(&format!("/invitations/{}", mailed.invitation)).await, "person_id");
    correct(&script, &person, json!({"email": "new@example.com", "old_credentials": "keep"})).await;
    assert_eq!(server.try_enroll(&by_token(&mailed.token, 1)).await.status(), StatusCode::CREATED);
    // A name is no mailbox.
    correct(&script, &person, json!({"name": "Newman"})).await;
    assert_eq!(server.try_enroll(&by_token(&mailed.token, 2)).await.status(), StatusCode::CREATED);

    let printed = server.invite("typo@example.com").await;
    let person = text(&script.get(&format!("/invitations/{}", printed.invitation)).await, "person_id");
    correct(&script, &person, json!({"email": "fixed@example.com"})).await;
    assert_eq!(server.try_enroll(&by_token(&printed.token, 3)).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn a_device_that_is_enrolled_keeps_its_row_when_the_email_is_corrected() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let old = server.invite_by_mail("married@example.com").await;
    let phone = server.enroll(&old.token, 1).await;
    let person = text(&script.get(&format!("/invitations/{}", old.invitation)).await, "person_id");
    let corrected = correct(&script, &person, json!({"email": "family@example.com"})).await;
    let rows = script.get(&format!("/slots?person_id={person}")).await;
    assert_eq!((&rows["total"], &rows["items"][0]["device"]["id"]), (&json!(1), &json!(phone.id.to_string())));
    assert_eq!(rows["items"][0]["invitation_id"], corrected["active_invitation"]);
    assert_eq!(server.beat(&phone, &json!({"seq": 1})).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn whoever_corrects_a_person_learns_whether_a_mail_is_sent() {
    let server = Server::start().await;
    let mailed = server.invite_by_mail("mistyped@example.com").await;
    let person = server.rollcall.invitation(mailed.invitation).await.unwrap().invitation.person_id;
    let correct = async |email: &str| {
        let new = NewPerson { name: "Ada".to_owned(), email: email.to_owned(), locale: None };
        server.rollcall.change_person(Actor::System, person, new, OldCredentials::Replace).await.unwrap()
    };
    assert!(!correct("mistyped@example.com").await, "only the name");
    assert!(correct("right@example.com").await);
}
