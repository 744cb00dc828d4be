//! Counts requests by route, method and status. Each request costs a look into a table and three atomic adds; only the first
//! one of a route allocates.

use http::{Method, StatusCode};
use meters::{Counter, Histogram};
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::OnceLock,
    time::Duration,
};

/// Room for routes and their methods: several times as many as there are.
const PLACES: usize = 1024;
/// What is counted as one route: requests to paths that do not exist.
pub const NO_ROUTE: &str = "(no route)";
/// What is counted as one route once there is no place left.
const BEYOND: &str = "(beyond)";
/// Methods by their names in metrics. The last one is for methods that a route does not have, and for paths without a route.
const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "other"];
/// Place of the last one.
const OTHER: usize = METHODS.len() - 1;
/// Classes of statuses.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// Routes whose answers wait for a command on purpose.
const POLLS: [&str; 1] = ["/agent/v1/commands"];
/// Routes whose answers go on for as long as a page is open.
const STREAMS: [&str; 1] = ["/live"];

/// How long answers take, in microseconds.
const TIMES: [u64; 12] =
    [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000, 30_000_000];
/// The same for polls, which wait for up to 55 seconds.
const POLL_TIMES: [u64; 9] =
    [10_000, 100_000, 1_000_000, 5_000_000, 15_000_000, 30_000_000, 45_000_000, 56_000_000, 90_000_000];

/// The requests that were answered.
#[derive(Debug)]
pub struct Requests {
    routes: Box<[OnceLock<Route>]>,
    beyond: Route,
}

/// What is expected of the answers of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// To come soon.
    Quick,
    /// To wait for something.
    Poll,
    /// To begin soon, and to have no end.
    Stream,
}

/// The answers of one route to one method.
#[derive(Debug)]
pub(super) struct Route {
    pattern: Box<str>,
    method: usize,
    pub(super) pace: Pace,
    classes: [Counter; CLASSES.len()],
    /// How long they took.
    pub(super) times: Histogram,
}

impl Default for Requests {
    fn default() -> Self {
        Self { routes: (0..PLACES).map(|_| OnceLock::new()).collect(), beyond: Route::new(BEYOND, OTHER) }
    }
}

impl Requests {
    /// Counts a request. `route` is the pattern that it matched, if any.
    pub fn count(&self, route: Option<&str>, method: &Method, status: StatusCode, took: Duration) {
        // Methods that make no sense are many, and cost a client nothing.
        let method = match route {
            Some(_) if status != StatusCode::METHOD_NOT_ALLOWED => method_place(method),
            _ => OTHER,
        };
        let route = self.route(route.unwrap_or(NO_ROUTE), method);
        let class = usize::from(status.as_u16() / 100).clamp(1, CLASSES.len()) - 1;
        route.classes[class].count();
        if route.pace != Pace::Stream {
            route.times.observe_duration(took);
        }
    }

    /// The routes that were asked for so far.
    pub(super) fn routes(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter().filter_map(OnceLock::get).chain([&self.beyond]).filter(|route| route.is_used())
    }

    /// Finds a route, or gives it a place: its own by its hash, or the next one that is free. Routes never leave theirs.
    fn route(&self, pattern: &str, method: usize) -> &Route {
        let mut hasher = DefaultHasher::new();
        (pattern, method).hash(&mut hasher);
        #[expect(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
        let own = hasher.finish() as usize;
        let places = (0..self.routes.len()).map(|step| &self.routes[own.wrapping_add(step) % self.routes.len()]);
        let mut found = places.map(|place| place.get_or_init(|| Route::new(pattern, method)));
        found.find(|route| route.method == method && *route.pattern == *pattern).unwrap_or(&self.beyond)
    }
}

impl Route {
    fn new(pattern: &str, method: usize) -> Self {
        let pace = match pattern {
            _ if POLLS.contains(&pattern) => Pace::Poll,
            _ if STREAMS.contains(&pattern) => Pace::Stream,
            _ => Pace::Quick,
        };
        let times = if pace == Pace::Poll { Histogram::new(&POLL_TIMES) } else { Histogram::new(&TIMES) };
        Self { pattern: pattern.into(), method, pace, classes: Default::default(), times }
    }

    /// Its pattern.
    pub(super) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// The name of its method.
    pub(super) fn method(&self) -> &'static str {
        METHODS[self.method]
    }

    /// How often it answered with each class of statuses, without those that never were.
    pub(super) fn answers(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.classes.iter().map(Counter::get);
        CLASSES.into_iter().zip(counts).filter(|(_, count)| *count > 0)
    }

    fn is_used(&self) -> bool {
        self.answers().next().is_some()
    }
}

/// The place of a method among [`METHODS`]. HEAD asks for the same as GET.
fn method_place(method: &Method) -> usize {
    let name = if method == Method::HEAD { "GET" } else { method.as_str() };
    METHODS.iter().position(|known| *known == name).unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(3);

    /// Route, method, class and count of all that was counted.
    fn counted(requests: &Requests) -> Vec<(String, &'static str, &'static str, u64)> {
        let mut all: Vec<_> = requests
            .routes()
            .flat_map(|route| {
                let pattern = route.pattern().to_owned();
                route.answers().map(move |(class, count)| (pattern.clone(), route.method(), class, count))
            })
            .collect();
        all.sort();
        all
    }

    #[test]
    fn requests_count_by_route_method_and_class() {
        let requests = Requests::default();
        let count = |method: &Method, status| requests.count(Some("/e/{token}"), method, status, SOON);
        count(&Method::GET, StatusCode::OK);
        count(&Method::HEAD, StatusCode::NO_CONTENT);
        count(&Method::GET, StatusCode::GONE);
        count(&Method::POST, StatusCode::OK);
        let route = || "/e/{token}".to_owned();
        let expected = [(route(), "GET", "2xx", 2), (route(), "GET", "4xx", 1), (route(), "POST", "2xx", 1)];
        assert_eq!(counted(&requests), expected);
    }

    #[test]
    fn what_a_client_makes_up_is_one_series() {
        let requests = Requests::default();
        for name in ["GET", "POST", "BREW", "WHEN"] {
            let method = Method::from_bytes(name.as_bytes()).unwrap();
            requests.count(None, &method, StatusCode::NOT_FOUND, SOON);
            requests.count(Some("/healthz"), &method, StatusCode::METHOD_NOT_ALLOWED, SOON);
        }
        let expected = [(NO_ROUTE.to_owned(), "other", "4xx", 4), ("/healthz".to_owned(), "other", "4xx", 4)];
        assert_eq!(counted(&requests), expected);
    }

    #[test]
    fn answers_that_wait_are_apart() {
        let requests = Requests::default();
        for route in ["/agent/v1/commands", "/live", "/agent/v1/state"] {
            requests.count(Some(route), &Method::GET, StatusCode::OK, Duration::from_secs(50));
        }
        let pace = |pattern| {
            let route = requests.routes().find(|route| route.pattern() == pattern).unwrap();
            (route.pace, route.times.read().count())
        };
        assert_eq!(pace("/agent/v1/commands"), (Pace::Poll, 1));
        assert_eq!(pace("/live"), (Pace::Stream, 0));
        assert_eq!(pace("/agent/v1/state"), (Pace::Quick, 1));
    }

    #[test]
    fn there_is_a_bound() {
        let requests = Requests::default();
        for number in 0..PLACES + 5 {
            requests.count(Some(&format!("/{number}")), &Method::GET, StatusCode::OK, SOON);
        }
        assert_eq!(requests.routes().count(), PLACES + 1);
        assert!(counted(&requests).contains(&(BEYOND.to_owned(), "other", "2xx", 5)));
    }
}
