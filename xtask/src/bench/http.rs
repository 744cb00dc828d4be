//! As much of HTTP/1.1 as it takes to ask one server on loopback many times over one connection.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

/// Longest wait for an answer; a bench that hangs is worse than one that fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that is kept open.
pub struct Connection {
    reader: BufReader<TcpStream>,
    token: String,
}

impl Connection {
    /// Connects to `address` for calls with an API token.
    pub fn open(address: &str, token: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("could not connect to {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { reader: BufReader::new(stream), token: token.to_owned() })
    }

    /// Gets `path`; an error unless the answer is 200.
    pub fn get(&mut self, path: &str) -> Result<String> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n", self.token);
        self.reader.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let mut length = None;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.trim().parse::<usize>()?);
            }
        }
        let length = length.with_context(|| format!("{path} was answered without a length"))?;
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        ensure!(status.starts_with("HTTP/1.1 200"), "{path}: {status}");
        String::from_utf8(body).with_context(|| format!("{path} was answered with something that is not UTF-8"))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}
