//! The cases that every agent of this repository passes: `agents/vectors`.

use crate::{
    protocol::{
        address::{AddressError, EnrollmentUrl, ServerAddress},
        error::ClientError,
        retry::Retry,
    },
    rng::Rng,
    testing::stub::{Reply, StubServer, bearer},
};
use domain::device::EnrollmentStep;
use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::BTreeMap, time::Duration};
use url::Url;

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

#[derive(Deserialize)]
struct Addresses {
    enrollment: Vec<AddressCase>,
    server: Vec<AddressCase>,
}

#[derive(Deserialize)]
struct AddressCase {
    text: String,
    server: Option<String>,
    token: Option<String>,
    error: Option<String>,
}

const fn word(error: AddressError) -> &'static str {
    match error {
        AddressError::NotUrl => "not_url",
        AddressError::Scheme => "scheme",
        AddressError::NoToken => "no_token",
        AddressError::BadToken => "bad_token",
    }
}

fn without_slash(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

#[test]
fn addresses_are_read_as_the_other_agents_read_them() {
    let addresses: Addresses = read(include_str!("../../../vectors/addresses.json"));
    assert!(!addresses.enrollment.is_empty() && !addresses.server.is_empty());
    for case in addresses.enrollment {
        let (server, token, error) = match case.text.parse::<EnrollmentUrl>() {
            Ok(url) => (Some(without_slash(&url.server)), Some(url.token.expose().to_owned()), None),
            Err(error) => (None, None, Some(word(error).to_owned())),
        };
        assert_eq!((server, token, error), (case.server, case.token, case.error), "{:?}", case.text);
    }
    for case in addresses.server {
        let (server, error) = match case.text.parse::<ServerAddress>() {
            Ok(address) => (Some(without_slash(&address.0)), None),
            Err(error) => (None, Some(word(error).to_owned())),
        };
        assert_eq!((server, error), (case.server, case.error), "{:?}", case.text);
    }
}

#[derive(Deserialize)]
struct Backoff {
    pauses: Vec<Pause>,
}

#[derive(Debug, Deserialize)]
struct Pause {
    failures: u32,
    retry_after_s: Option<u64>,
    least_ms: u128,
    most_ms: u128,
}

#[test]
fn pauses_stay_between_their_bounds_and_reach_both() {
    let backoff: Backoff = read(include_str!("../../../vectors/backoff.json"));
    assert!(!backoff.pauses.is_empty());
    for case in backoff.pauses {
        let mut rng = Rng::from_seed(7);
        let error = ClientError::Unexpected { status: 503, retry_after: case.retry_after_s.map(Duration::from_secs) };
        let mut draw = || Retry::DEFAULT.delay_after(&error, case.failures, &mut rng).as_millis();
        let drawn: Vec<u128> = (0..1000).map(|_| draw()).collect();
        let (least, most) = (*drawn.iter().min().unwrap(), *drawn.iter().max().unwrap());
        let near = (case.most_ms - case.least_ms) / 50;
        assert!((case.least_ms..=case.least_ms + near).contains(&least), "{case:?}: {least}");
        assert!((case.most_ms - near..=case.most_ms).contains(&most), "{case:?}: {most}");
    }
}

#[derive(Deserialize)]
struct Progress {
    steps: Vec<ProgressCase>,
}

#[derive(Deserialize)]
struct ProgressCase {
    step: EnrollmentStep,
    number: usize,
    percent: usize,
}

#[test]
fn steps_have_their_place_and_their_percent() {
    let progress: Progress = read(include_str!("../../../vectors/progress.json"));
    let steps: Vec<EnrollmentStep> = progress.steps.iter().map(|case| case.step).collect();
    assert_eq!(steps, EnrollmentStep::ALL);
    for case in progress.steps {
        assert_eq!(case.step.number(), case.number);
        assert_eq!(case.step.number() * 100 / EnrollmentStep::COUNT, case.percent);
    }
}

#[derive(Deserialize)]
struct Problems {
    answers: Vec<Answer>,
    goodbyes: Vec<Goodbye>,
}

#[derive(Clone, Debug, Deserialize)]
struct Goodbye {
    status: u16,
    body: String,
    has_arrived: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct Answer {
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body: String,
    code: String,
    message: Option<String>,
    is_transient: bool,
    ends_enrollment: bool,
    is_not_found: bool,
    retry_after_s: Option<u64>,
}

fn code(error: &ClientError) -> &str {
    match error {
        ClientError::Refused { problem, .. } => &problem.code,
        ClientError::Unexpected { .. } => "unexpected",
        ClientError::Redirected { .. } => "redirected",
        ClientError::Unreadable(_) => "unreadable",
        ClientError::Network(_) => "unreachable",
        ClientError::NoAuthorities => "no_authorities",
    }
}

#[tokio::test]
async fn answers_mean_what_they_mean_to_the_other_agents() {
    let problems: Problems = read(include_str!("../../../vectors/problems.json"));
    assert!(!problems.answers.is_empty());
    for case in problems.answers {
        let answer = case.clone();
        let stub = StubServer::start(move |_, _| {
            let reply = Reply::new(answer.status).body(&answer.body);
            answer.headers.iter().fold(reply, |reply, (name, value)| reply.header(name, value))
        })
        .await;
        let error = stub.client().renew(&bearer()).await.unwrap_err();
        assert_eq!(code(&error), case.code, "{case:?}: {error}");
        assert!(case.message.as_ref().is_none_or(|message| *message == error.to_string()), "{case:?}: {error}");
        assert_eq!(error.is_transient(), case.is_transient, "{case:?}: {error}");
        assert_eq!(error.ends_enrollment(), case.ends_enrollment, "{case:?}: {error}");
        assert_eq!(error.is_not_found(), case.is_not_found, "{case:?}: {error}");
        assert_eq!(error.retry_after().map(|pause| pause.as_secs()), case.retry_after_s, "{case:?}: {error}");
    }
}

#[tokio::test]
async fn a_call_has_arrived_only_if_the_server_says_so() {
    let problems: Problems = read(include_str!("../../../vectors/problems.json"));
    assert!(!problems.goodbyes.is_empty());
    for case in problems.goodbyes {
        let answer = case.clone();
        let stub = StubServer::start(move |_, _| Reply::new(answer.status).body(&answer.body)).await;
        assert_eq!(stub.client().unenroll(&bearer()).await.is_ok(), case.has_arrived, "{case:?}");
    }
}
