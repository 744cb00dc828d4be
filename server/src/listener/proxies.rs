//! Which peers are proxies of the operator, whose `X-Forwarded-For` is believed; and which addresses are one network.

use http::HeaderMap;
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// What `private` stands for: this computer and private networks (RFC 1918, RFC 4193, RFC 6890).
const PRIVATE: [&str; 7] =
    ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"];

/// The addresses of trusted proxies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Arc<[IpNet]>);

/// A text that is no list of networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a network")]
pub struct NotANetwork;

impl TrustedProxies {
    /// Reads networks, separated by commas: `192.0.2.0/24`, a single address, or `private`.
    ///
    /// # Errors
    /// One of them is none of these.
    pub fn parse(text: &str) -> Result<Self, NotANetwork> {
        let mut networks = Vec::new();
        for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            if entry.eq_ignore_ascii_case("private") {
                networks.extend(PRIVATE.iter().filter_map(|network| network.parse::<IpNet>().ok()));
            } else {
                networks.push(parse_network(entry).ok_or(NotANetwork)?);
            }
        }
        Ok(Self(networks.into()))
    }

    /// Whether a peer is one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client's address. Each proxy appends the address that connected to it, so the entries of `X-Forwarded-For`
    /// are read from the end, for as long as a trusted proxy wrote them. A client can write what it likes before these.
    pub fn client_address(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut address = peer.to_canonical();
        let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let entries: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
        for entry in entries.into_iter().rev() {
            if !self.contains(address) {
                break;
            }
            // What cannot be read comes from the proxy that is known so far.
            let Some(before) = parse_entry(entry) else { break };
            address = before;
        }
        address
    }
}

/// The network that an address counts for: itself, or 64 bits of IPv6, which one household has.
pub fn network_of(address: IpAddr) -> IpNet {
    let address = address.to_canonical();
    let whole = IpNet::from(address);
    if address.is_ipv6() { IpNet::new(address, 64).map_or(whole, |network| network.trunc()) } else { whole }
}

fn parse_network(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// An address as proxies write it: bare, with a port, in brackets, in quotes, with a zone.
fn parse_entry(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').map_or(text, |rest| rest.split(']').next().unwrap_or(rest));
    let without_zone = bare.split('%').next().unwrap_or(bare);
    let address = without_zone.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, values: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        TrustedProxies::parse(proxies).unwrap().client_address(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_entries_that_a_trusted_proxy_wrote_count() {
        let through_proxy = |values: &[&str]| client("127.0.0.1", "127.0.0.1", values);
        assert_eq!(through_proxy(&["198.51.100.1, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(through_proxy(&["198.51.100.1", "2001:db8::1"]), "2001:db8::1");
        assert_eq!(through_proxy(&["198.51.100.1, unknown"]), "127.0.0.1");
        assert_eq!(through_proxy(&[]), "127.0.0.1");
        // From anyone else the header is worth nothing.
        assert_eq!(client("127.0.0.1", "192.0.2.9", &["203.0.113.7"]), "192.0.2.9");
        assert_eq!(client("", "127.0.0.1", &["203.0.113.7"]), "127.0.0.1");
    }

    #[test]
    fn a_chain_of_trusted_proxies_is_followed_to_the_first_stranger() {
        let chain = |values: &[&str]| client("127.0.0.1,10.0.0.0/8", "127.0.0.1", values);
        assert_eq!(chain(&["198.51.100.1, 203.0.113.7, 10.1.2.3"]), "203.0.113.7");
        assert_eq!(chain(&["203.0.113.7, 10.1.2.3", "10.9.9.9"]), "203.0.113.7");
        // Clients inside of the trusted network.
        assert_eq!(chain(&["10.1.2.3, 10.9.9.9"]), "10.1.2.3");
    }

    #[test]
    fn every_form_of_an_address_is_understood() {
        let forms = [
            ("203.0.113.7:4711", "203.0.113.7"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("\"[2001:db8::5]:99\"", "2001:db8::5"),
            ("2001:db8::1", "2001:db8::1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("[::ffff:192.0.2.1]:80", "192.0.2.1"),
            ("fe80::1%eth0", "fe80::1"),
            ("[fe80::1%eth0]:80", "fe80::1"),
        ];
        for (written, meant) in forms {
            assert_eq!(client("127.0.0.1", "::ffff:127.0.0.1", &[written]), meant, "{written}");
        }
        for bad in ["", "unknown", "_hidden", "203.0.113.7:", "[2001:db8::1"] {
            assert!(["127.0.0.1", "2001:db8::1"].contains(&client("127.0.0.1", "127.0.0.1", &[bad]).as_str()), "{bad}");
        }
    }

    #[test]
    fn networks_are_read_or_refused() {
        for good in ["", "private", "127.0.0.1", "::1", "10.0.0.0/8, fd00::/8", "PRIVATE,203.0.113.0/24"] {
            assert!(TrustedProxies::parse(good).is_ok(), "{good}");
        }
        for bad in ["true", "10.0.0.0/33", "proxy.example.com", "10.0.0.0/8 fd00::/8"] {
            assert_eq!(TrustedProxies::parse(bad), Err(NotANetwork), "{bad}");
        }
        let private = TrustedProxies::parse("private").unwrap();
        for inside in ["127.0.0.2", "::1", "172.20.0.3", "192.168.1.1", "fd12::1", "::ffff:10.0.0.1"] {
            assert!(private.contains(inside.parse().unwrap()), "{inside}");
        }
        assert!(!private.contains("203.0.113.7".parse().unwrap()));
    }

    #[test]
    fn an_ipv6_network_has_64_bits_and_an_ipv4_address_stands_for_itself() {
        let network = |address: &str| network_of(address.parse().unwrap()).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network("192.0.2.1"), "192.0.2.1/32");
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1/32");
    }
}
