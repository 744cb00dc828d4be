//! As much of HTTP/1.1 as the loader needs: whether an answer is complete, and what its status is. A whole client would take
//! more processor time than the server.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

/// Longest answer.
const LONGEST: usize = 1024 * 1024;
/// Longest wait for an answer, a little more than a poll may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection that is kept open, with one request at a time.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    /// The latest complete answer.
    answer: Vec<u8>,
}

impl Connection {
    /// Connects to a server on loopback.
    pub fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("could not connect to {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self { stream, received: Vec::new(), answer: Vec::new() })
    }

    /// What to wait for.
    pub const fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Sends a request.
    pub fn send(&mut self, request: &[u8]) -> Result<()> {
        self.stream.write_all(request).context("could not send a request")
    }

    /// Reads what has come, or waits for something to come. The status of the answer, once it is complete.
    pub fn receive(&mut self) -> Result<Option<u16>> {
        let mut chunk = [0; 4096];
        let length = self.stream.read(&mut chunk).context("no answer came")?;
        ensure!(length > 0, "the server closed a connection");
        self.received.extend_from_slice(&chunk[..length]);
        ensure!(self.received.len() <= LONGEST, "an answer is longer than {LONGEST} bytes");
        let Some(answer) = Answer::read(&self.received)? else { return Ok(None) };
        ensure!(self.received.len() == answer.length, "more was answered than was asked");
        std::mem::swap(&mut self.received, &mut self.answer);
        self.received.clear();
        Ok(Some(answer.status))
    }

    /// The body of the latest complete answer.
    pub fn body(&self) -> Result<&str> {
        let text = str::from_utf8(&self.answer).context("an answer that is not text")?;
        Ok(text.split_once("\r\n\r\n").map_or("", |(_, body)| body))
    }

    /// Waits for the whole answer.
    pub fn status(&mut self) -> Result<u16> {
        loop {
            if let Some(status) = self.receive()? {
                return Ok(status);
            }
        }
    }
}

/// A complete answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    /// Bytes of its head and its body.
    length: usize,
}

impl Answer {
    /// `None` until all of it is there.
    fn read(bytes: &[u8]) -> Result<Option<Self>> {
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
        let head = str::from_utf8(&bytes[..end]).context("the head of an answer is not text")?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok());
        let status = status.with_context(|| format!("an answer without a status: {head}"))?;
        let mut body = if matches!(status, 204 | 304) { Some(0) } else { None };
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { bail!("a header without a value: {line}") };
            if name.eq_ignore_ascii_case("content-length") {
                body = Some(value.trim().parse().with_context(|| format!("a strange length: {line}"))?);
            }
        }
        let body: usize = body.context("an answer without a length")?;
        let length = end + 4 + body;
        Ok((bytes.len() >= length).then_some(Self { status, length }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_complete_with_its_last_byte() -> Result<()> {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-LENGTH: 5\r\n\r\nhello";
        for end in 0..whole.len() {
            assert_eq!(Answer::read(&whole[..end])?, None, "{end}");
        }
        assert_eq!(Answer::read(whole)?, Some(Answer { status: 200, length: whole.len() }));
        Ok(())
    }

    #[test]
    fn an_answer_without_a_body_ends_with_its_head() -> Result<()> {
        let empty = b"HTTP/1.1 204 No Content\r\ndate: now\r\n\r\n";
        assert_eq!(Answer::read(empty)?, Some(Answer { status: 204, length: empty.len() }));
        Ok(())
    }

    #[test]
    fn what_cannot_be_read_is_an_error_and_not_a_wait() {
        for strange in [
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
            "HTTP/2 200\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
        ] {
            assert!(Answer::read(strange.as_bytes()).is_err(), "{strange}");
        }
    }
}
