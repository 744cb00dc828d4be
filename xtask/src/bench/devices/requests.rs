//! Requests of devices, made before the clock runs. Only digits in them change from one time to the next.

use std::ops::Range;

use anyhow::{Context as _, Result, ensure};

use super::moment::Moment;

/// A heartbeat whose digits are placeholders.
const HEARTBEAT: &str = concat!(
    r#"{"seq":9999999999999999,"battery":{"level":77,"charging":false},"network":"wifi","#,
    r#""storage":{"total_bytes":128000000000,"free_bytes":88888888888},"#,
    r#""permissions":{"location":true,"notifications":true },"admin_active":true,"#,
    r#""location":{"latitude":50.6666666,"longitude":14.5555555,"accuracy_m":12.0,"at":"2000-01-01T00:00:00.000Z"}}"#
);

/// What a device asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heartbeat that differs in battery, storage and position.
    Heartbeat,
    /// The same, with a permission that was taken away or given back.
    Fact,
    /// A poll that waits for so many seconds.
    Poll(u8),
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answerer {
    /// The call that devices use.
    Real,
    /// The one that reads the same and touches nothing.
    Parser,
}

impl Kind {
    /// What is answered when all is well.
    pub const fn status(self) -> u16 {
        match self {
            Self::Heartbeat | Self::Fact => 200,
            Self::Poll(_) => 204,
        }
    }

    fn request(self, answerer: Answerer, host: &str, bearer: &str) -> String {
        let root = match answerer {
            Answerer::Real => "/agent/v1",
            Answerer::Parser => "/bench",
        };
        let head = format!("Host: {host}\r\nAuthorization: Bearer {bearer}\r\n");
        match self {
            Self::Poll(wait_s) => format!("GET {root}/commands?wait={wait_s} HTTP/1.1\r\n{head}\r\n"),
            Self::Heartbeat | Self::Fact => post(&format!("{root}/state"), &head, HEARTBEAT),
        }
    }
}

/// A request with a JSON body; `head` has the headers before it.
pub fn post(path: &str, head: &str, body: &str) -> String {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// Gives out one request after the other.
pub trait Source {
    /// The next request.
    fn next(&mut self) -> &[u8];

    /// Called now and then with the time.
    fn set_time(&mut self, _now: Moment) {}
}

/// Where the digits are; the same places in every request.
struct Places {
    seq: Range<usize>,
    level: Range<usize>,
    free: Range<usize>,
    latitude: Range<usize>,
    longitude: Range<usize>,
    at: Range<usize>,
    notifications: Range<usize>,
}

impl Places {
    fn of(request: &str) -> Result<Self> {
        Ok(Self {
            seq: place(request, "9999999999999999")?,
            level: place(request, "77")?,
            free: place(request, "88888888888")?,
            latitude: place(request, "6666666")?,
            longitude: place(request, "5555555")?,
            at: place(request, "2000-01-01T00:00:00.000Z")?,
            notifications: place(request, "true }")?,
        })
    }
}

/// Where a text stands in the body.
fn place(request: &str, text: &str) -> Result<Range<usize>> {
    let body = request.find("\r\n\r\n").context("a request without an end of its head")?;
    let at = body + request[body..].find(text).with_context(|| format!("there is no {text} in a request"))?;
    Ok(at..at + text.len())
}

/// Requests of random devices.
pub struct Requests {
    kind: Kind,
    of_devices: Vec<Vec<u8>>,
    /// None for a request without a body.
    places: Option<Places>,
    random: Random,
    seq: u64,
    at: String,
    /// Devices are taken in their order, not at random, from this one on.
    in_order_from: Option<usize>,
}

impl Requests {
    /// Requests of the devices with these bearer tokens. Reports are numbered from the microsecond of `now` on: above those of
    /// earlier requests, since none are asked a million times a second. Else they would be old, and answered without a change.
    pub fn new(kind: Kind, answerer: Answerer, host: &str, bearers: &[String], now: Moment) -> Result<Self> {
        ensure!(!bearers.is_empty(), "there are no devices");
        let first = kind.request(answerer, host, &bearers[0]);
        let places = if matches!(kind, Kind::Poll(_)) { None } else { Some(Places::of(&first)?) };
        let of_devices: Vec<Vec<u8>> =
            bearers.iter().map(|bearer| kind.request(answerer, host, bearer).into_bytes()).collect();
        ensure!(of_devices.iter().all(|request| request.len() == first.len()), "bearer tokens differ in length");
        Ok(Self {
            kind,
            of_devices,
            places,
            random: Random::new(now.millis()),
            seq: now.millis() * 1000,
            at: now.to_rfc3339(),
            in_order_from: None,
        })
    }

    /// Takes each device once, and then from the first again.
    pub const fn in_order(mut self) -> Self {
        self.in_order_from = Some(0);
        self
    }

    /// The request of one device, for kinds of which each is like the one before.
    pub fn of_device(&self, place: usize) -> &[u8] {
        self.of_devices.get(place).map(Vec::as_slice).unwrap_or_default()
    }

    fn choose(&mut self) -> usize {
        let count = self.of_devices.len();
        match &mut self.in_order_from {
            Some(next) => {
                let chosen = *next % count;
                *next += 1;
                chosen
            }
            None => self.random.below(count),
        }
    }
}

impl Source for Requests {
    fn next(&mut self) -> &[u8] {
        let chosen = self.choose();
        let request = &mut self.of_devices[chosen];
        if let Some(places) = &self.places {
            self.seq += 1;
            let number = self.random.next();
            write_digits(&mut request[places.seq.clone()], self.seq);
            write_digits(&mut request[places.level.clone()], 10 + number % 90);
            write_digits(&mut request[places.free.clone()], 10_000_000_000 + number % 80_000_000_000);
            write_digits(&mut request[places.latitude.clone()], number >> 20);
            write_digits(&mut request[places.longitude.clone()], number >> 30);
            request[places.at.clone()].copy_from_slice(self.at.as_bytes());
            if self.kind == Kind::Fact {
                toggle(&mut request[places.notifications.clone()]);
            }
        }
        request
    }

    fn set_time(&mut self, now: Moment) {
        self.at = now.to_rfc3339();
    }
}

/// Fills the place with the last digits of a number.
fn write_digits(place: &mut [u8], number: u64) {
    let mut left = number;
    for digit in place.iter_mut().rev() {
        *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
        left /= 10;
    }
}

/// From true to false and back, without changing the length.
fn toggle(place: &mut [u8]) {
    let other: &[u8] = if place == b"true }" { b"false}" } else { b"true }" };
    place.copy_from_slice(other);
}

/// Numbers that need not be good, only spread (splitmix64).
pub struct Random(u64);

impl Random {
    /// From any number.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    fn requests(kind: Kind) -> Requests {
        let bearers = ["0001.aa".to_owned(), "0002.bb".to_owned()];
        Requests::new(kind, Answerer::Real, "localhost:1", &bearers, Moment::from_millis(1_769_851_800_042)).unwrap()
    }

    fn body(request: &[u8]) -> Value {
        let text = str::from_utf8(request).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}", body.len())), "{head}");
        serde_json::from_str(body).unwrap()
    }

    #[test]
    fn every_heartbeat_is_valid_and_has_a_higher_number() {
        let mut source = requests(Kind::Heartbeat);
        let (mut last, mut devices) = (0, BTreeSet::new());
        for _ in 0..100 {
            let request = source.next().to_vec();
            devices.insert(request[..120].to_vec());
            let body = body(&request);
            let seq = body["seq"].as_u64().unwrap();
            assert!(seq > last);
            last = seq;
            assert!((10..100).contains(&body["battery"]["level"].as_u64().unwrap()));
            assert!(body["storage"]["free_bytes"].as_u64().unwrap() < 128_000_000_000);
            assert!((50.0..51.0).contains(&body["location"]["latitude"].as_f64().unwrap()));
            assert_eq!(body["location"]["at"], "2026-01-31T09:30:00.042Z");
            assert_eq!(body["permissions"]["notifications"], true);
        }
        assert_eq!(devices.len(), 2);
    }

    #[test]
    fn requests_that_are_made_later_have_higher_numbers_however_many_were_asked_before() {
        let bearers = ["0001.aa".to_owned()];
        let at = |millis| {
            Requests::new(Kind::Heartbeat, Answerer::Real, "localhost:1", &bearers, Moment::from_millis(millis))
                .unwrap()
        };
        let (mut earlier, mut later) = (at(1_769_851_800_000), at(1_769_851_801_000));
        let last = (0..100_000).map(|_| body(earlier.next())["seq"].as_u64().unwrap()).last();
        assert!(body(later.next())["seq"].as_u64() > last);
    }

    #[test]
    fn a_fact_differs_from_what_the_device_told_last() {
        let mut source = requests(Kind::Fact).in_order();
        let told: Vec<Value> = (0..6).map(|_| body(source.next())["permissions"]["notifications"].clone()).collect();
        assert_eq!(told, [false, false, true, true, false, false]);
    }

    #[test]
    fn a_poll_has_no_body() {
        let mut source = requests(Kind::Poll(55));
        let text = String::from_utf8(source.next().to_vec()).unwrap();
        assert!(text.starts_with("GET /agent/v1/commands?wait=55 HTTP/1.1\r\nHost: localhost:1\r\n"), "{text}");
        assert!(text.ends_with("\r\n\r\n"));
    }

    #[test]
    fn digits_fill_their_place() {
        let mut place = *b"xxxx";
        write_digits(&mut place, 42);
        assert_eq!(&place, b"0042");
        write_digits(&mut place, 1_234_567);
        assert_eq!(&place, b"4567");
    }
}
