//! What a connection may take: time, memory, and a share of all connections.

use std::time::Duration;

/// Open files that are kept for the database, mails and the log.
const RESERVED_FILES: usize = 512;
/// Connections of one network that get the wide bounds of HTTP/2. Later ones get narrow ones, so that a network that
/// takes every place does not take much memory.
pub(super) const WIDE_CONNECTIONS: usize = 16;

/// How long and how many.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Longest wait for the first bytes of a connection.
    pub first_bytes: Duration,
    /// Longest time until the headers of a request are complete. Also ends connections that are idle.
    pub headers: Duration,
    /// The same two for a trusted proxy, which keeps idle connections for later.
    pub proxy_idle: Duration,
    /// How long requests may take to end during a shutdown.
    pub grace: Duration,
    /// Most connections of one network: an IPv4 address, or 64 bits of IPv6. Trusted proxies are not counted.
    pub per_network: usize,
    /// Most connections in all.
    pub total: usize,
}

impl Bounds {
    /// The bounds of a server that may open `files` files and takes `per_network` connections of one network.
    pub fn new(files: usize, per_network: usize) -> Self {
        let total = files - RESERVED_FILES.min(files / 2);
        Self {
            first_bytes: Duration::from_secs(5),
            headers: Duration::from_secs(20),
            proxy_idle: Duration::from_mins(5),
            grace: Duration::from_secs(10),
            // One network alone never takes every place.
            per_network: per_network.min(total / 2).max(1),
            total,
        }
    }
}

/// Bounds of one HTTP/2 connection. Each stream may hold a request, an answer and a window of unread body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Streams {
    /// Requests at the same time.
    pub(super) at_once: u32,
    /// Unread bytes of one request.
    pub(super) stream_window: u32,
    /// Unread bytes of all requests together.
    pub(super) connection_window: u32,
}

impl Streams {
    /// For the first connections of a network.
    pub(super) const WIDE: Self = Self { at_once: 32, stream_window: 64 * 1024, connection_window: 256 * 1024 };
    /// For further connections of the same network.
    pub(super) const NARROW: Self = Self { at_once: 4, stream_window: 32 * 1024, connection_window: 64 * 1024 };
    /// For a trusted proxy, which carries many people.
    pub(super) const PROXY: Self = Self { at_once: 1000, stream_window: 256 * 1024, connection_window: 1024 * 1024 };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_left_for_the_database_and_places_for_other_networks() {
        let usual = Bounds::new(65_536, 512);
        assert_eq!((usual.total, usual.per_network), (65_024, 512));
        let few_files = Bounds::new(256, 512);
        assert_eq!((few_files.total, few_files.per_network), (128, 64));
    }
}
