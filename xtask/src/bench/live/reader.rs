//! Reads many event streams in one thread, and notes when something came.

use std::io::{ErrorKind, Read as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::bench::samples::now;

/// How long the thread may not notice that it is to stop.
const STEP: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };

/// A change that a stream has told of: the row, and when it came.
pub type Told = (String, Instant);

/// Reads streams until it is stopped.
pub struct Reader {
    /// Changes of rows as they come.
    pub changes: Receiver<Told>,
    count: usize,
    ends: Arc<AtomicBool>,
    thread: JoinHandle<Result<(u64, u64)>>,
}

impl Reader {
    /// Begins.
    pub fn start(streams: Vec<TcpStream>) -> Result<Self> {
        for stream in &streams {
            stream.set_nonblocking(true)?;
        }
        let (sender, changes) = channel();
        let ends = Arc::new(AtomicBool::new(false));
        let count = streams.len();
        let streams = streams.into_iter().map(|socket| Stream { socket, rest: Vec::new() }).collect();
        let reading = Reading { streams, sender, told: 0, hints: 0 };
        let thread = spawn({
            let ends = Arc::clone(&ends);
            move || reading.run(&ends)
        });
        Ok(Self { changes, count, ends, thread })
    }

    /// How many streams there are.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Ends. How many changes the streams told of, and how many hints to lists.
    pub fn stop(self) -> Result<(u64, u64)> {
        self.ends.store(true, Ordering::Relaxed);
        self.thread.join().ok().context("the thread that reads streams has panicked")?
    }
}

struct Stream {
    socket: TcpStream,
    /// The begin of a line.
    rest: Vec<u8>,
}

struct Reading {
    streams: Vec<Stream>,
    sender: Sender<Told>,
    told: u64,
    hints: u64,
}

impl Reading {
    fn run(mut self, ends: &AtomicBool) -> Result<(u64, u64)> {
        let mut chunk = vec![0; 64 * 1024];
        while !ends.load(Ordering::Relaxed) {
            for place in self.with_news()? {
                self.read(place, &mut chunk)?;
            }
        }
        Ok((self.told, self.hints))
    }

    fn with_news(&self) -> Result<Vec<usize>> {
        let mut asked: Vec<PollFd<'_>> =
            self.streams.iter().map(|stream| PollFd::new(&stream.socket, PollFlags::IN)).collect();
        poll(&mut asked, Some(&STEP)).context("could not wait for events")?;
        let news = asked.iter().enumerate().filter(|(_, asked)| !asked.revents().is_empty());
        Ok(news.map(|(place, _)| place).collect())
    }

    fn read(&mut self, place: usize, chunk: &mut [u8]) -> Result<()> {
        let stream = &mut self.streams[place];
        let length = match stream.socket.read(chunk) {
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
            Err(error) => return Err(error).context("could not read a stream"),
        };
        ensure!(length > 0, "the server ended a stream");
        let at = now();
        stream.rest.extend_from_slice(&chunk[..length]);
        let end = stream.rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let lines: Vec<u8> = stream.rest.drain(..end).collect();
        for line in String::from_utf8_lossy(&lines).lines() {
            self.note(line, at);
        }
        Ok(())
    }

    fn note(&mut self, line: &str, at: Instant) {
        let Some(data) = line.strip_prefix("data: {") else { return };
        if data.contains(r#""kind":"lists""#) {
            self.hints += 1;
            return;
        }
        self.told += 1;
        let row = data.split_once(r#""slot_id":""#).and_then(|(_, rest)| rest.split_once('"'));
        if let Some((row, _)) = row {
            // Nobody may listen.
            let _ = self.sender.send((row.to_owned(), at));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;
    use std::time::Duration;

    use super::*;

    #[test]
    fn events_are_found_however_they_are_cut() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let mut sender = listener.accept().unwrap().0;
        let reader = Reader::start(vec![stream]).unwrap();
        let text = "event: change\ndata: {\"slot_id\":\"a\",\"kind\":\"report\"}\n\nevent: beat\ndata: []\n\n\
                    data: {\"kind\":\"lists\"}\n\ndata: {\"kind\":\"device_active\"}\n\n\
                    data: {\"slot_id\":\"b\",\"kind\":\"report\"}\n\n";
        for byte in text.as_bytes() {
            sender.write_all(&[*byte]).unwrap();
        }
        let row = || reader.changes.recv_timeout(Duration::from_secs(20)).unwrap().0;
        assert_eq!((row(), row()), ("a".to_owned(), "b".to_owned()));
        assert_eq!(reader.stop().unwrap(), (3, 1));
    }
}
