//! Open consoles: each has an event stream, shows rows of a list, and some show the page of a device.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::reader::Reader;
use crate::bench::devices::{Connection, allow_connections, as_f64, resident};
use crate::support::server::RunningServer;

/// Who signs in.
pub const EMAIL: &str = "bench@example.com";
/// With what.
pub const PASSWORD: &str = "four streams of rows to watch";
/// Rows that each console shows.
const ROWS: usize = 50;
/// Every so many consoles one shows the page of a device as well.
const PAGE_EVERY: usize = 10;
/// Consoles that belong to one session: signing in costs more than all that is measured here.
const PER_SESSION: usize = 20;
/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(30);
/// Until memory that is used no more has been given back.
pub const REST: Duration = Duration::from_secs(2);

/// Open consoles of one server.
pub struct Consoles {
    /// Devices whose pages are shown: what they authenticate with, and their rows.
    pub on_pages: Vec<(String, String)>,
    /// Reads all streams.
    pub reader: Reader,
}

/// A row as the API tells it.
struct Row {
    id: String,
    person: String,
}

impl Consoles {
    /// Opens them. How many bytes of memory the server has taken for each, if there are any; after a rest, before and after.
    pub fn open(
        server: &RunningServer,
        bearers: &[String],
        count: usize,
        rest: Duration,
    ) -> Result<(Self, Option<f64>)> {
        allow_connections(count)?;
        let (rows, of_devices) = rows(server, count)?;
        let known = bearers.iter().filter_map(|bearer| {
            let (device, _) = bearer.split_once('.')?;
            Some((bearer.clone(), of_devices.get(device)?.clone()))
        });
        let on_pages: Vec<(String, String)> = known.take(count.div_ceil(PAGE_EVERY)).collect();
        let cookies: Vec<String> =
            (0..count.div_ceil(PER_SESSION)).map(|_| sign_in(server.address())).collect::<Result<_>>()?;
        sleep(rest);
        let before = resident(server.id())?;
        let mut putting = Connection::open(server.address())?;
        let mut streams = Vec::with_capacity(count);
        for place in 0..count {
            let cookie = &cookies[place / PER_SESSION];
            let (stream, name) = open_stream(server.address(), cookie)?;
            let page = on_pages.get(place / PAGE_EVERY).filter(|_| place % PAGE_EVERY == 0).map(|(_, row)| row);
            let shown = shown(&rows, place, page);
            putting.send(put(server.address(), cookie, name, &shown.to_string()).as_bytes())?;
            let status = putting.status()?;
            ensure!(status == 204, "the server answered {status} to what a console shows");
            streams.push(stream);
        }
        sleep(rest);
        let taken = as_f64(resident(server.id())?.saturating_sub(before));
        let bytes = (count > 0).then(|| taken / as_f64(u64::try_from(count).unwrap_or(u64::MAX)));
        Ok((Self { on_pages, reader: Reader::start(streams)? }, bytes))
    }

    /// Closes them.
    pub fn close(self) -> Result<()> {
        let (told, hints) = self.reader.stop()?;
        println!("the consoles heard of {told} changes that they show, and {hints} times that lists may have changed");
        Ok(())
    }
}

/// Rows of the list, as many as all consoles show, or all there are; and the row of each device among them.
fn rows(server: &RunningServer, count: usize) -> Result<(Vec<Row>, HashMap<String, String>)> {
    let (client, mut rows, mut of_devices) = (server.client(), Vec::new(), HashMap::new());
    let mut path = "/api/v1/slots?size=200".to_owned();
    while rows.len() < count * ROWS {
        let page: Value = serde_json::from_str(&client.get(&path)?).context("a page of rows is not JSON")?;
        for row in page["items"].as_array().context("a page without rows")? {
            let text = |value: &Value| value.as_str().map(str::to_owned).context("a row without an id");
            let id = text(&row["id"])?;
            if let Some(device) = row["device"]["id"].as_str() {
                of_devices.insert(device.to_owned(), id.clone());
            }
            rows.push(Row { id, person: text(&row["person_id"])? });
        }
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/slots?size=200&after={next}");
    }
    Ok((rows, of_devices))
}

/// What the console at this place shows: rows that follow each other in the list, and people, as its page tells the stream.
fn shown(rows: &[Row], place: usize, page: Option<&String>) -> Value {
    let mine: Vec<&Row> = (0..ROWS.min(rows.len())).map(|row| &rows[(place * ROWS + row) % rows.len()]).collect();
    let ids: Vec<&String> = mine.iter().flat_map(|row| [&row.id, &row.person]).collect();
    json!({ "rows": ids, "pages": page.into_iter().collect::<Vec<_>>() })
}

fn put(host: &str, cookie: &str, name: u64, body: &str) -> String {
    let head = format!("Host: {host}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n");
    let length = body.len();
    format!(
        "PUT /live/{name} HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// Signs in. Returns the cookies.
fn sign_in(host: &str) -> Result<String> {
    let body = format!("email={}&password={}&next=%2F", EMAIL.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let length = body.len();
    let request = format!(
        "POST /fn/account/sign-in HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nAccept: text/html\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    let mut connection = connect(host)?;
    connection.write_all(request.as_bytes()).context("could not sign in")?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).context("signing in was not answered")?;
    let lines = answer.lines().map_while(|line| line.split_once(": ").or(Some((line, ""))));
    let cookies = lines.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let cookies: Vec<&str> = cookies.filter_map(|(_, value)| value.split(';').next()).collect();
    let status = answer.lines().next().unwrap_or_default();
    ensure!(!cookies.is_empty(), "no session came of signing in: {status}");
    Ok(cookies.join("; "))
}

/// Opens a stream, and reads its name.
fn open_stream(host: &str, cookie: &str) -> Result<(TcpStream, u64)> {
    let mut stream = connect(host)?;
    let request = format!("GET /live HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).context("could not open a stream")?;
    let (mut text, mut chunk) = (String::new(), [0; 4096]);
    loop {
        let name = text.split_once("event: stream\ndata: ").and_then(|(_, rest)| rest.split_once('\n'));
        if let Some((name, _)) = name {
            return Ok((stream, name.parse().context("the name of a stream is not a number")?));
        }
        let length = stream.read(&mut chunk).context("a stream does not begin")?;
        ensure!(length > 0, "a stream ended before it began: {text}");
        text.push_str(&String::from_utf8_lossy(&chunk[..length]));
    }
}

fn connect(host: &str) -> Result<TcpStream> {
    let stream = TcpStream::connect(host).with_context(|| format!("could not connect to {host}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_console_shows_other_rows_until_there_are_no_more() {
        let rows: Vec<Row> = (0..75).map(|row| Row { id: format!("s{row}"), person: format!("p{row}") }).collect();
        let page = "s7".to_owned();
        let (first, second) = (shown(&rows, 0, Some(&page)), shown(&rows, 1, None));
        assert_eq!((first["rows"].as_array().unwrap().len(), &first["rows"][0]), (100, &json!("s0")));
        assert_eq!((&first["pages"], &second["pages"]), (&json!(["s7"]), &json!([])));
        assert_eq!((&second["rows"][0], &second["rows"][50]), (&json!("s50"), &json!("s0")));
    }
}
