//! `cargo xtask bench lists`: how long pages of the lists take over HTTP, among many rows.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::devices::{OTHERS_MAX, Options, Outcome};
use super::queries::{DEEP_PAGES, LISTS};
use super::sample_server::Sample;
use super::samples::{Samples, now};
use crate::support::http::Client;

/// Where the REST API is.
const API: &str = "/api/v1/";

/// How often each query is measured, unless it takes too long.
const TIMES: usize = 300;
/// Longest time to spend on one query.
const MAX_TIME: Duration = Duration::from_secs(10);
/// How many pages a deep page is behind the first.
const DEEP: usize = 200;

/// How long a start is looked at in steps.
const READY_STEP_MS: f64 = 20.0;

/// Starts a server with sample data, measures all queries, and stops it.
pub fn run(options: &Options) -> Result<()> {
    let sample = Sample::prepare(options)?;
    let mut outcome = Outcome::default();
    // The first start opens files that nobody has read yet.
    drop(sample.start()?);
    let starts = (0..options.rounds()).map(|_| Ok(sample.start()?.1)).collect::<Result<Vec<Duration>>>()?;
    let ms: Vec<f64> = starts.iter().map(|took| in_ms(*took)).collect();
    println!("Ready after {ms:.0?} ms, in steps of {READY_STEP_MS} ms");
    outcome.add("start".to_owned(), "ms", &ms, false);
    let (server, _) = sample.start()?;
    let watch = sample.watch(&server)?;
    let worst = measure_all(&server.client(), options)?;
    let is_noisy = watch.others()? > OTHERS_MAX;
    for (group, p95) in &worst {
        outcome.add(format!("lists.{}", group.name()), "ms", &[in_ms(*p95)], is_noisy);
    }
    outcome.publish(options, "lists.jsonl")
}

/// Kinds of queries, each with a limit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Orders,
    Filters,
    Searches,
    People,
    Invitations,
    Attention,
}

impl Group {
    fn of(path: &str) -> Self {
        let is_of = |list: &str| path.strip_prefix(API).is_some_and(|rest| rest.starts_with(list));
        match path {
            _ if is_of("attention") => Self::Attention,
            _ if is_of("people") => Self::People,
            _ if is_of("invitations") => Self::Invitations,
            path if path.contains("search=") => Self::Searches,
            path if ["status=", "platform=", "ownership=", "attention=", "contact="]
                .iter()
                .any(|f| path.split(['?', '&']).any(|part| part.starts_with(f))) =>
            {
                Self::Filters
            }
            _ => Self::Orders,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Filters => "filters",
            Self::Searches => "searches",
            Self::People => "people",
            Self::Invitations => "invitations",
            Self::Attention => "attention",
        }
    }
}

fn in_ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

/// Measures every query and prints a line for each. Returns the worst p95 of each group.
fn measure_all(client: &Client, options: &Options) -> Result<BTreeMap<Group, Duration>> {
    println!("\n{:<74} {:>6} {:>8} {:>8} {:>8}   rows", "query (a page of 100)", "times", "p50 ms", "p95 ms", "max ms");
    let mut worst: BTreeMap<Group, (Duration, String)> = BTreeMap::new();
    for path in paths(client)? {
        let (samples, rows) = measure(client, &path, if options.short { 3 } else { TIMES })?;
        let shown: String = path.trim_start_matches(API).replace("size=100&", "").chars().take(74).collect();
        println!("{shown:<74} {samples}   {rows}");
        let of_group = worst.entry(Group::of(&path)).or_default();
        if samples.p95() > of_group.0 {
            *of_group = (samples.p95(), shown);
        }
    }
    println!("\nWorst p95:");
    for (group, (p95, shown)) in &worst {
        println!("{:<12} {:>8.1} ms ({shown})", group.name(), in_ms(*p95));
    }
    Ok(worst.into_iter().map(|(group, (p95, _))| (group, p95)).collect())
}

/// The paths of all requests to measure.
fn paths(client: &Client) -> Result<Vec<String>> {
    let firsts = LISTS.iter().flat_map(|(list, queries)| queries.iter().map(|query| first_page(list, query)));
    let mut paths: Vec<String> = firsts.collect();
    for (list, query) in DEEP_PAGES {
        paths.push(deep_page(client, &first_page(list, query))?);
    }
    paths.push(format!("{API}attention"));
    Ok(paths)
}

fn first_page(list: &str, query: &str) -> String {
    format!("{API}{list}?size=100&{query}")
}

/// Requests one page again and again. Returns the times and the total number of rows.
fn measure(client: &Client, path: &str, times: usize) -> Result<(Samples, String)> {
    // The first request is not counted: it may open the connection.
    let mut body = client.get(path)?;
    let begin = now();
    let mut samples = Samples::default();
    while samples.count() < times && begin.elapsed() < MAX_TIME {
        let sent = now();
        body = client.get(path)?;
        samples.add(sent.elapsed());
    }
    Ok((samples, rows(&parse(&body)?)))
}

/// The path of a page far behind the first.
fn deep_page(client: &Client, first: &str) -> Result<String> {
    let mut path = first.to_owned();
    for _ in 0..DEEP {
        match next(&parse(&client.get(&path)?)?) {
            Some(next) => path = format!("{first}&after={next}"),
            None => break,
        }
    }
    Ok(path)
}

/// Reads an answer. Not every answer is a page of a list, so it may have any form.
fn parse(body: &str) -> Result<Value> {
    serde_json::from_str(body).context("an answer is not JSON")
}

/// The number of rows of a list, with a plus sign if there are more than were counted; empty if it is no list.
fn rows(page: &Value) -> String {
    let more = if page["total_is_exact"] == false { "+" } else { "" };
    page["total"].as_u64().map(|total| format!("{total}{more}")).unwrap_or_default()
}

/// Where the next page begins.
fn next(page: &Value) -> Option<&str> {
    page["next"].as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_how_many_rows_there_are_and_what_comes_next() -> Result<()> {
        let page = parse(r#"{"items":[{"next":"resend"}],"total":10000,"total_is_exact":false,"next":"a.b"}"#)?;
        assert_eq!((rows(&page).as_str(), next(&page)), ("10000+", Some("a.b")));
        Ok(())
    }

    #[test]
    fn every_query_belongs_to_a_group() {
        let group = |query: &str| Group::of(&format!("{API}{query}"));
        assert_eq!(group("slots?size=100&sort=attention"), Group::Orders);
        assert_eq!(group("slots?size=100&attention=any&sort=name"), Group::Filters);
        assert_eq!(group("slots?size=100&search=a&status=active"), Group::Searches);
        assert_eq!(group("people?size=100&search=a"), Group::People);
        assert_eq!(group("invitations?size=100&"), Group::Invitations);
        assert_eq!(group("attention"), Group::Attention);
    }

    #[test]
    fn fields_of_rows_are_not_those_of_the_page() -> Result<()> {
        let last = parse(r#"{"items":[{"next":"resend"}],"total":3,"total_is_exact":true}"#)?;
        assert_eq!((rows(&last).as_str(), next(&last)), ("3", None));
        Ok(())
    }

    #[test]
    fn an_answer_that_is_no_list_has_no_number_of_rows() -> Result<()> {
        assert_eq!(rows(&parse(r#"{"total":{"count":2},"total_is_exact":{}}"#)?), "");
        Ok(())
    }
}
