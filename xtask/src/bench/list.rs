//! `cargo xtask bench list`: how long pages of the lists take over HTTP, among many rows.

use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::queries::{DEEP_PAGES, LISTS};
use super::sample_server;
use super::samples::{Samples, now};
use crate::support::http::Client;
use crate::support::mode::Mode;

/// Where the REST API is.
const API: &str = "/api/v1/";

/// How often each query is measured, unless it takes too long.
const TIMES: usize = 300;
/// Longest time to spend on one query.
const MAX_TIME: Duration = Duration::from_secs(10);
/// How many pages a deep page is behind the first.
const DEEP: usize = 200;

/// Builds the server, starts it with sample data, measures all queries, and stops it.
pub fn run(mode: Mode, devices: u64) -> Result<()> {
    let mut server = sample_server::start(mode, devices)?;
    println!("Ready after {} ms", server.wait_until_ready()?.as_millis());
    measure_all(&server.client())
}

/// Measures every query and prints a line for each.
fn measure_all(client: &Client) -> Result<()> {
    println!("\n{:<74} {:>6} {:>8} {:>8} {:>8}   rows", "query (a page of 100)", "times", "p50 ms", "p95 ms", "max ms");
    let mut worst = (Duration::ZERO, String::new());
    for path in paths(client)? {
        let (samples, rows) = measure(client, &path)?;
        let shown: String = path.trim_start_matches(API).replace("size=100&", "").chars().take(74).collect();
        println!("{shown:<74} {samples}   {rows}");
        if samples.p95() > worst.0 {
            worst = (samples.p95(), shown);
        }
    }
    println!("\nWorst p95: {:.1} ms ({})", worst.0.as_secs_f64() * 1000.0, worst.1);
    Ok(())
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
fn measure(client: &Client, path: &str) -> Result<(Samples, String)> {
    // The first request is not counted: it may open the connection.
    let mut body = client.get(path)?;
    let begin = now();
    let mut samples = Samples::default();
    while samples.count() < TIMES && begin.elapsed() < MAX_TIME {
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
