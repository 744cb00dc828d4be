//! `cargo xtask bench list`: pages of 100 among 100,000 rows, and among their people and invitations, as a script asks for
//! them over HTTP.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, Result, bail};

use super::samples::Samples;
use crate::support::http::{Client, is_ready};
use crate::support::mode::Mode;
use crate::support::{files, paths, process};
use crate::tasks::build;

/// Where the REST API is.
const API: &str = "/api/v1/";

/// How often each query is asked, unless it takes too long.
const TIMES: usize = 300;
/// Time after which the next query's turn comes, however often this one was asked.
const TURN: Duration = Duration::from_secs(10);
/// Time in which the server has to be ready.
const START: Duration = Duration::from_mins(1);
/// Age at which sample data is made anew: phones that reported when it was made fall silent after a day.
const STALE: Duration = Duration::from_hours(20);
/// Pages that a deep page lies behind the first.
const DEEP: usize = 200;

/// The lists, and what is asked of each.
const LISTS: [(&str, &[&str]); 3] = [("slots", SLOTS), ("people", PEOPLE), ("invitations", INVITATIONS)];

const SLOTS: &[&str] = &[
    "sort=newest",
    "sort=oldest",
    "sort=name",
    "sort=-name",
    "sort=contact",
    "sort=-contact",
    "sort=status",
    "sort=-status",
    "sort=attention",
    "status=active&sort=name",
    "status=active&sort=contact",
    "status=not_synchronizing&sort=-contact",
    "status=pending&sort=name",
    "platform=ipados&sort=contact",
    "platform=linux&ownership=personal&sort=-name",
    "ownership=company&sort=contact",
    "attention=any&sort=name",
    "attention=any&sort=attention",
    "attention=any&platform=ipados&sort=status",
    "attention=mail_failed&sort=newest",
    "attention=not_synchronizing&sort=contact",
    "attention=renewed_without_effect&sort=name",
    "contact=day&sort=name",
    "contact=month&sort=-contact",
    "status=unenrolled&platform=ios&ownership=company&contact=week&sort=name",
    "platform=android&attention=any&contact=week&sort=-contact",
    "search=a",
    "search=li&sort=name",
    "search=%E9%99%88",
    "search=lindqvist&sort=name",
    "search=example.com&sort=-contact",
    "search=galaxy&sort=contact",
    "search=galaxy&platform=ios&sort=name",
    "search=iphone&status=active&sort=-name",
    "search=example&attention=any&sort=contact",
    "search=gunnarsd%C3%B3ttir&attention=not_synchronizing&sort=name",
    "search=no-such-text",
];

const PEOPLE: &[&str] =
    &["", "search=a", "search=lindqvist", "search=%E9%99%88", "search=example.com", "search=no-such-text"];

const INVITATIONS: &[&str] = &[
    "",
    "state=sent",
    "state=opened",
    "state=deactivated",
    "search=lindqvist",
    "search=example.com",
    "search=example.com&state=sent",
    "search=no-such-text",
];

/// First pages whose followers are asked for: [`DEEP`] pages behind them.
const DEEP_PAGES: [(&str, &str); 5] = [
    ("slots", "sort=newest"),
    ("slots", "sort=contact&status=active"),
    ("slots", "sort=name&search=example"),
    ("people", ""),
    ("invitations", "search=example.com"),
];

/// Builds, seeds, starts, asks, and ends the server.
pub fn run(mode: Mode, devices: u64) -> Result<()> {
    build::compile(mode, "server")?;
    let program = paths::program(mode, "rollcall");
    let data = data_folder(&program, devices)?;
    let token = token(&program, &data)?;
    let address = free_address()?;
    let mut running = start(&program, &data, &address)?;
    let asked = wait_until_ready(&mut running, &address).and_then(|()| ask_all(&address, &token));
    end(running)?;
    asked
}

/// The folder with sample data; made when there is none, or when it is too old.
fn data_folder(program: &Path, devices: u64) -> Result<PathBuf> {
    let folder = paths::target().join("bench").join(format!("list-{devices}"));
    let complete = folder.join("complete");
    if is_fresh(&complete) {
        println!("Sample data: {} (made before)", folder.display());
        return Ok(folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    files::make_folder(&folder)?;
    let begin = now();
    process::run(Command::new(program).args(["seed", "--devices", &devices.to_string(), "--data-dir"]).arg(&folder))?;
    println!("Sample data: {}, made in {:.1} s", folder.display(), begin.elapsed().as_secs_f64());
    files::write(&complete, "")?;
    Ok(folder)
}

#[expect(clippy::disallowed_methods, reason = "sample data grows old with the calendar")]
fn is_fresh(file: &Path) -> bool {
    let made = fs::metadata(file).and_then(|data| data.modified());
    made.is_ok_and(|made| SystemTime::now().duration_since(made).is_ok_and(|age| age < STALE))
}

/// An API token of the sample data; the one of an earlier run is revoked, since it was not kept.
fn token(program: &Path, data: &Path) -> Result<String> {
    let call = |what: &str| {
        let mut command = Command::new(program);
        command.args(["token", what, "--name", "bench", "--data-dir"]).arg(data);
        process::output(&mut command)
    };
    // There is none to revoke in the first run.
    let _ = call("revoke");
    call("create")
}

fn free_address() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

fn start(program: &Path, data: &Path, address: &str) -> Result<Child> {
    Command::new(program)
        .args(["serve", "--log", "warn", "--listen", address, "--data-dir"])
        .arg(data)
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("could not start {}", program.display()))
}

fn wait_until_ready(running: &mut Child, address: &str) -> Result<()> {
    let begin = now();
    while !is_ready(address) {
        if let Some(status) = running.try_wait()? {
            bail!("the server ended by itself ({status})");
        }
        if begin.elapsed() > START {
            bail!("the server was not ready within {} s", START.as_secs());
        }
        sleep(Duration::from_millis(20));
    }
    println!("Ready after {} ms", begin.elapsed().as_millis());
    Ok(())
}

/// Ends the server, and no other process: it is a child of this one.
fn end(mut running: Child) -> Result<()> {
    running.kill().context("could not end the server")?;
    running.wait()?;
    Ok(())
}

fn ask_all(address: &str, token: &str) -> Result<()> {
    let client = Client::new(address, token);
    println!("\n{:<74} {:>6} {:>8} {:>8} {:>8}   rows", "query (a page of 100)", "times", "p50 ms", "p95 ms", "max ms");
    let mut worst = (Duration::ZERO, String::new());
    for path in paths(&client)? {
        let (samples, rows) = ask(&client, &path)?;
        let shown: String = path.trim_start_matches(API).replace("size=100&", "").chars().take(74).collect();
        println!("{shown:<74} {samples}   {rows}");
        if samples.p95() > worst.0 {
            worst = (samples.p95(), shown);
        }
    }
    println!("\nWorst p95: {:.1} ms ({})", worst.0.as_secs_f64() * 1000.0, worst.1);
    Ok(())
}

/// Everything that is asked for.
fn paths(client: &Client) -> Result<Vec<String>> {
    let firsts = LISTS.iter().flat_map(|(list, queries)| queries.iter().map(|query| first_page(list, query)));
    let mut paths: Vec<String> = firsts.collect();
    for (list, query) in DEEP_PAGES {
        paths.push(deep(client, &first_page(list, query))?);
    }
    paths.push(format!("{API}attention"));
    Ok(paths)
}

fn first_page(list: &str, query: &str) -> String {
    format!("{API}{list}?size=100&{query}")
}

/// Asks one query until it was asked often enough, or its time is over.
fn ask(client: &Client, path: &str) -> Result<(Samples, String)> {
    let mut body = client.get(path)?;
    let begin = now();
    let mut samples = Samples::default();
    while samples.count() < TIMES && begin.elapsed() < TURN {
        let asked = now();
        body = client.get(path)?;
        samples.add(asked.elapsed());
    }
    let exact = if body.contains("\"total_is_exact\":false") { "+" } else { "" };
    Ok((samples, format!("{}{exact}", field(&body, "total").unwrap_or_default())))
}

/// The path of a page far behind the first.
fn deep(client: &Client, first: &str) -> Result<String> {
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

/// The value of a field that stands once in a JSON object, behind its rows.
fn field(body: &str, name: &str) -> Option<String> {
    let (_, value) = body.rsplit_once(&format!("\"{name}\":"))?;
    let value = value.trim_start_matches('"');
    let end = value.find(['"', ',', '}'])?;
    Some(value[..end].to_owned())
}

#[expect(clippy::disallowed_methods, reason = "durations are what a bench is for")]
fn now() -> Instant {
    Instant::now()
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
