//! Sends requests over many connections from one thread, each connection the next as soon as it has its answer.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::http1::Connection;
use super::moment::Moment;
use super::requests::Source;
use super::usage::as_f64;
use crate::bench::samples::now;

/// Longest time without any answer.
const PATIENCE: Timespec = Timespec { tv_sec: 30, tv_nsec: 0 };

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// No request begins after this time.
    Time(Duration),
    /// So many requests.
    Count(u64),
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Load {
    /// Answers, all as expected.
    pub answers: u64,
    /// From the first request to the last answer.
    pub took: Duration,
}

impl Load {
    /// Answers in a second.
    pub fn rate(&self) -> f64 {
        as_f64(self.answers) / self.took.as_secs_f64().max(1e-9)
    }
}

/// Opens connections.
pub fn connect(address: &str, count: usize) -> Result<Vec<Connection>> {
    (0..count).map(|_| Connection::open(address)).collect()
}

/// Sends requests until it is time to stop, and waits for the last answers. Each has to have this status.
pub fn run(connections: &mut [Connection], source: &mut dyn Source, status: u16, until: Until) -> Result<Load> {
    let begin = now();
    let (mut sent, mut load) = (0, Load::default());
    let goes_on = |sent: u64| match until {
        Until::Time(time) => begin.elapsed() < time,
        Until::Count(count) => sent < count,
    };
    source.set_time(Moment::now());
    let mut waiting = vec![false; connections.len()];
    for (connection, waits) in connections.iter_mut().zip(&mut waiting) {
        if goes_on(sent) {
            connection.send(source.next())?;
            (*waits, sent) = (true, sent + 1);
        }
    }
    while waiting.contains(&true) {
        source.set_time(Moment::now());
        for place in with_news(connections, &waiting)? {
            let Some(answered) = connections[place].receive()? else { continue };
            ensure!(answered == status, "the server answered {answered} instead of {status}");
            load.answers += 1;
            waiting[place] = goes_on(sent);
            if waiting[place] {
                connections[place].send(source.next())?;
                sent += 1;
            }
        }
    }
    load.took = begin.elapsed();
    Ok(load)
}

/// Waits until there is something to read, and returns where. Connections that wait for nothing are left out.
fn with_news(connections: &[Connection], waiting: &[bool]) -> Result<Vec<usize>> {
    let places: Vec<usize> = (0..connections.len()).filter(|place| waiting[*place]).collect();
    let mut asked: Vec<PollFd<'_>> =
        places.iter().map(|place| PollFd::new(connections[*place].stream(), PollFlags::IN)).collect();
    let count = poll(&mut asked, Some(&PATIENCE)).context("could not wait for answers")?;
    ensure!(count > 0, "no answer came within {} s", PATIENCE.tv_sec);
    let news = places.iter().zip(&asked).filter(|(_, asked)| !asked.revents().is_empty());
    Ok(news.map(|(place, _)| *place).collect())
}

/// How many connections have something to read now.
pub fn count_news(connections: &[Connection]) -> Result<usize> {
    let mut asked: Vec<PollFd<'_>> =
        connections.iter().map(|connection| PollFd::new(connection.stream(), PollFlags::IN)).collect();
    poll(&mut asked, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).context("could not look for answers")
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    struct Same(u64);

    impl Source for Same {
        fn next(&mut self) -> &[u8] {
            self.0 += 1;
            b"GET / HTTP/1.1\r\n\r\n"
        }
    }

    /// A server of `count` connections that answers everything with the same bytes, in two pieces.
    fn server(count: usize, answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        thread::spawn(move || {
            let streams: Vec<_> = (0..count).map(|_| listener.accept().unwrap().0).collect();
            let threads = streams.into_iter().map(|mut stream| {
                thread::spawn(move || {
                    let mut request = [0; 18];
                    while stream.read_exact(&mut request).is_ok() {
                        let (first, second) = answer.as_bytes().split_at(9);
                        stream.write_all(first).unwrap();
                        stream.write_all(second).unwrap();
                    }
                })
            });
            threads.collect::<Vec<_>>().into_iter().for_each(|thread| thread.join().unwrap());
        });
        address
    }

    #[test]
    fn as_many_are_sent_as_were_asked_for_and_all_answers_are_counted() {
        let address = server(3, "HTTP/1.1 204 No Content\r\n\r\n");
        let (mut connections, mut source) = (connect(&address, 3).unwrap(), Same(0));
        for count in [1, 2, 100] {
            source.0 = 0;
            let load = run(&mut connections, &mut source, 204, Until::Count(count)).unwrap();
            assert_eq!((load.answers, source.0), (count, count));
            assert!(load.rate() > 0.0);
            assert_eq!(count_news(&connections).unwrap(), 0);
        }
        let load = run(&mut connections, &mut source, 204, Until::Time(Duration::ZERO)).unwrap();
        assert_eq!(load.answers, 0);
    }

    #[test]
    fn another_status_ends_the_run() {
        let address = server(1, "HTTP/1.1 503 Busy\r\ncontent-length: 2\r\n\r\nno");
        let mut connections = connect(&address, 1).unwrap();
        let failed = run(&mut connections, &mut Same(0), 204, Until::Count(1)).unwrap_err();
        assert_eq!(failed.to_string(), "the server answered 503 instead of 204");
    }
}
