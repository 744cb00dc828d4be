//! `cargo xtask bench list`: how long pages of the lists take over HTTP, among many rows.

use std::time::Duration;

use anyhow::Result;

use super::queries::{DEEP_PAGES, LISTS};
use super::sample_server::SampleServer;
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
    let mut server = SampleServer::start(mode, devices)?;
    let measured = server.wait_until_ready().and_then(|()| measure_all(&server.client()));
    server.stop()?;
    measured
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
    let exact = if body.contains("\"total_is_exact\":false") { "+" } else { "" };
    Ok((samples, format!("{}{exact}", field(&body, "total").unwrap_or_default())))
}

/// The path of a page far behind the first.
fn deep_page(client: &Client, first: &str) -> Result<String> {
    let mut path = first.to_owned();
    for _ in 0..DEEP {
        let body = client.get(&path)?;
        match field(&body, "next") {
            Some(next) => path = format!("{first}&after={next}"),
            None => break,
        }
    }
    Ok(path)
}

/// The value of a field that occurs once in a JSON object, after its rows.
fn field(body: &str, name: &str) -> Option<String> {
    let (_, value) = body.rsplit_once(&format!("\"{name}\":"))?;
    let value = value.trim_start_matches('"');
    let end = value.find(['"', ',', '}'])?;
    Some(value[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_page_are_found() {
        let body = r#"{"items":[{"name":"next"}],"total":10000,"total_is_exact":false,"next":"a.b"}"#;
        assert_eq!(field(body, "total").as_deref(), Some("10000"));
        assert_eq!(field(body, "next").as_deref(), Some("a.b"));
        assert_eq!(field(body, "previous"), None);
    }
}
