//! The state of the push certificate, and the forms that lead to one, as HTML.

use crate::{server::import::bar, text, wire::DrawnPage};
use domain::Timestamp;
use leptos::prelude::*;
use service::{PushOverview, PushTrouble};

/// What topics begin with.
const TOPIC: &str = "com.apple.mgmt.";
/// Longest topic that is shown.
const TOPIC_MAX: usize = 256;
/// How an organisation signs a request that is a vendor itself.
const COMMAND: &str = "rollcall apple push-request sign --csr rollcall-push.csr --vendor-cert vendor.pem --vendor-key vendor-key.pem --chain apple-chain.pem --out push-request.txt";

/// The page. `outcome` is the word for what the last form led to.
pub fn view(overview: &PushOverview, outcome: &str, topic: &str) -> DrawnPage {
    let is_saved = outcome == "saved" && overview.active.is_some();
    let saved = is_saved.then(|| view! { <p class="form-saved" role="status">{text::apple_saved()}</p> });
    let form = view! {
        {saved}
        {problem(overview, outcome, topic).map(bar)}
        <p class="audit-text">{text::apple_text()}</p>
        {state(overview)}
        {steps(overview, outcome == "other-topic" && is_topic(topic))}
    };
    DrawnPage { form: form.to_html(), ..DrawnPage::default() }
}

/// Why the last form led to nothing.
fn problem(overview: &PushOverview, outcome: &str, topic: &str) -> Option<String> {
    let text = match outcome {
        "broken" => text::apple_broken(),
        "no-request" => text::apple_no_request(),
        "no-certificate" => text::apple_no_certificate(),
        "bad-dates" => text::apple_bad_dates(),
        "bad-key" => text::apple_bad_key(),
        "other-key" => text::apple_other_key(),
        "other-topic" if is_topic(topic) => return Some(text::apple_other_topic(overview.phones, topic)),
        _ => return None,
    };
    Some(text.to_owned())
}

/// Whether the URL names a topic. The author of a link must not be able to make the page say anything else.
fn is_topic(text: &str) -> bool {
    let own = text.strip_prefix(TOPIC).unwrap_or_default();
    !own.is_empty()
        && text.len() <= TOPIC_MAX
        && own.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

fn state(overview: &PushOverview) -> impl IntoView + use<> {
    let facts = overview.active.as_ref().map(|active| {
        let until = active.not_after.map(Timestamp::to_display);
        let accepted = overview.health.accepted_at.map(Timestamp::to_display);
        let account = active.apple_id.clone().unwrap_or_else(|| text::apple_account_none().to_owned());
        view! {
            <dl class="facts">
                <dt>{text::apple_topic()}</dt><dd><code>{active.topic.clone()}</code></dd>
                <dt>{text::apple_serial()}</dt><dd><code>{overview.serial.clone()}</code></dd>
                <dt>{text::apple_until()}</dt><dd>{until}</dd>
                <dt>{text::apple_account()}</dt><dd><bdi>{account}</bdi></dd>
                <dt>{text::apple_phones()}</dt><dd>{overview.phones}</dd>
                <dt>{text::apple_accepted()}</dt>
                <dd>{accepted.unwrap_or_else(|| text::apple_accepted_none().to_owned())}</dd>
            </dl>
        }
    });
    view! {
        <section class="card" aria-labelledby="apple-state">
            <h2 id="apple-state">{text::apple_state()}</h2>
            {overview.trouble.map(|trouble| bar(trouble_text(trouble)))}
            {overview.trouble.is_none().then(|| view! { <p>{text::apple_good()}</p> })}
            {facts}
        </section>
    }
}

/// What keeps phones from being reached, or soon will. The frame of the console says the same.
pub(super) fn trouble_text(trouble: PushTrouble) -> String {
    match trouble {
        PushTrouble::Missing => text::apple_none().to_owned(),
        PushTrouble::Ended => text::apple_ended().to_owned(),
        PushTrouble::Refused => text::apple_refused().to_owned(),
        PushTrouble::Ends(days) => text::apple_ends(days),
    }
}

fn steps(overview: &PushOverview, asks_for_topic: bool) -> impl IntoView + use<> {
    let is_renewal = overview.active.is_some();
    let heading = if is_renewal { text::apple_steps_renew() } else { text::apple_steps_first() };
    let portal = if is_renewal { text::apple_step_renew() } else { text::apple_step_create() };
    let made = overview.request.as_ref().map(|request| {
        let made = text::apple_request_made(&request.made_at.to_display());
        view! {
            <p>{made} " " <a href="/settings/apple/request.csr" rel="external" download="">{text::apple_request_download()}</a></p>
        }
    });
    let button = if made.is_some() { text::apple_request_again() } else { text::apple_request() };
    let kind = made.is_none().then_some("primary");
    view! {
        <section class="card" aria-labelledby="apple-steps">
            <h2 id="apple-steps">{heading}</h2>
            <ol class="apple-steps">
                <li>
                    <p>{text::apple_step_request()}</p>
                    {made}
                    <form method="post" action="/settings/apple/request">
                        <button type="submit" class="button" data-kind=kind>{button}</button>
                    </form>
                </li>
                <li><p>{text::apple_step_sign()}</p><p><code class="command">{command()}</code></p></li>
                <li><p>{portal}</p></li>
                <li><p>{text::apple_step_upload()}</p>{upload(overview, asks_for_topic)}</li>
            </ol>
        </section>
    }
}

/// The command, which may be broken between its words only.
fn command() -> AnyView {
    COMMAND.split(' ').map(|word| view! { <span>{word}</span> " " }).collect_view().into_any()
}

fn upload(overview: &PushOverview, asks_for_topic: bool) -> impl IntoView + use<> {
    let account = overview.active.as_ref().and_then(|active| active.apple_id.clone()).unwrap_or_default();
    let confirm = asks_for_topic.then(|| {
        view! {
            <div class="field">
                <label for="field-topic">{text::apple_confirm()}</label>
                <input id="field-topic" class="input" name="topic" autocomplete="off" aria-describedby="hint-topic"/>
                <div id="hint-topic" class="hint">{text::apple_confirm_hint()}</div>
            </div>
        }
    });
    view! {
        <form class="form" method="post" action="/settings/apple/upload" enctype="multipart/form-data">
            <div class="field">
                <label for="field-certificate">{text::apple_file()}</label>
                <input id="field-certificate" class="input" type="file" name="certificate" required
                    aria-describedby="hint-certificate"/>
                <div id="hint-certificate" class="hint">{text::apple_file_hint()}</div>
            </div>
            <div class="field">
                <label for="field-account">{text::apple_account()}</label>
                <input id="field-account" class="input" name="account" maxlength="200" autocomplete="off" value=account
                    aria-describedby="hint-account"/>
                <div id="hint-account" class="hint">{text::apple_account_hint()}</div>
            </div>
            <details>
                <summary>{text::apple_import()}</summary>
                <div class="field">
                    <label for="field-key">{text::apple_key()}</label>
                    <input id="field-key" class="input" type="file" name="key" aria-describedby="hint-key"/>
                    <div id="hint-key" class="hint">{text::apple_key_hint()}</div>
                </div>
            </details>
            {confirm}
            <div><button type="submit" class="button" data-kind="primary">{text::apple_upload()}</button></div>
        </form>
    }
}
