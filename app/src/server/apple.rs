//! The state of the push certificate, and the forms that lead to one, as HTML.

use crate::{server::import::bar, text, wire::DrawnPage};
use leptos::prelude::*;
use service::PushOverview;

/// From how many days before its end on a certificate is to be renewed.
const RENEW_DAYS: i64 = 60;
/// Longest topic that is shown, in characters: it comes from the URL.
const TOPIC_MAX: usize = 200;
/// How an organisation signs a request that is a vendor itself.
const COMMAND: &str = "rollcall apple push-request sign --csr rollcall-push.csr --vendor-cert vendor.pem --vendor-key vendor-key.pem --chain apple-chain.pem --out push-request.txt";

/// The page. `outcome` is the word for what the last form led to.
pub fn view(overview: &PushOverview, outcome: &str, topic: &str) -> DrawnPage {
    let topic: String = topic.chars().take(TOPIC_MAX).collect();
    let is_saved = outcome == "saved";
    let saved = is_saved.then(|| view! { <p class="form-saved" role="status">{text::apple_saved()}</p> });
    let form = view! {
        {saved}
        {problem(overview, outcome, &topic).map(bar)}
        <p class="audit-text">{text::apple_text()}</p>
        {state(overview)}
        {steps(overview, outcome == "other-topic")}
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
        "other-topic" => return Some(text::apple_other_topic(overview.phones, topic)),
        _ => return None,
    };
    Some(text.to_owned())
}

fn state(overview: &PushOverview) -> impl IntoView + use<> {
    let facts = overview.active.as_ref().map(|active| {
        let until = active.not_after.map(|at| at.to_display());
        let accepted = overview.health.accepted_at.map(|at| at.to_display());
        let account = active.apple_id.clone().unwrap_or_else(|| text::apple_account_none().to_owned());
        view! {
            <dl class="facts">
                <dt>{text::apple_topic()}</dt><dd><code>{active.topic.clone()}</code></dd>
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
            {trouble(overview).map(bar)}
            {is_good(overview).then(|| view! { <p>{text::apple_good()}</p> })}
            {facts}
        </section>
    }
}

fn is_good(overview: &PushOverview) -> bool {
    trouble(overview).is_none()
}

/// What keeps phones from being reached, or soon will.
fn trouble(overview: &PushOverview) -> Option<String> {
    let Some(days) = overview.days_left else { return Some(text::apple_none().to_owned()) };
    match u64::try_from(days) {
        Err(_) => Some(text::apple_ended().to_owned()),
        Ok(_) if overview.health.refused.is_some() => Some(text::apple_refused().to_owned()),
        Ok(left) if days <= RENEW_DAYS => Some(text::apple_ends(left)),
        Ok(_) => None,
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
    let make = if made.is_some() { text::apple_request_again() } else { text::apple_request() };
    let kind = made.is_none().then_some("primary");
    view! {
        <section class="card" aria-labelledby="apple-steps">
            <h2 id="apple-steps">{heading}</h2>
            <ol class="apple-steps">
                <li>
                    <p>{text::apple_step_request()}</p>
                    {made}
                    <form method="post" action="/settings/apple/request">
                        <button type="submit" class="button" data-kind=kind>{make}</button>
                    </form>
                </li>
                <li><p>{text::apple_step_sign()}</p><p><code>{COMMAND}</code></p></li>
                <li><p>{portal}</p></li>
                <li><p>{text::apple_step_upload()}</p>{upload(overview, asks_for_topic)}</li>
            </ol>
        </section>
    }
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
