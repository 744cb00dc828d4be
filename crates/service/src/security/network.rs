//! The network that an address belongs to. Limits count networks: everyone has many addresses of one.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// Bits of an IPv4 address that name its network.
const BITS_V4: u32 = 24;
/// Bits of an IPv6 address that name its network: one customer has at least 2^64 addresses.
const BITS_V6: u32 = 64;
/// Bits of an IPv6 address that name its site: many customers have 2^16 networks (RFC 6177).
const BITS_SITE: u32 = 48;

/// An IPv4 /24, or an IPv6 /64 or /48.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Network {
    first: IpAddr,
    bits: u32,
}

impl Network {
    /// The network of an address. An IPv4 address in IPv6 notation counts as IPv4.
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                let first = Ipv4Addr::from_bits(v4.to_bits() & (u32::MAX << (32 - BITS_V4)));
                Self { first: IpAddr::V4(first), bits: BITS_V4 }
            }
            IpAddr::V6(v6) => Self::of_v6(v6, BITS_V6),
        }
    }

    /// The site of an IPv6 address: all networks that one customer may have. IPv4 has no such thing.
    pub(crate) fn site_of(address: IpAddr) -> Option<Self> {
        match address.to_canonical() {
            IpAddr::V4(_) => None,
            IpAddr::V6(v6) => Some(Self::of_v6(v6, BITS_SITE)),
        }
    }

    const fn of_v6(address: Ipv6Addr, bits: u32) -> Self {
        let first = Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - bits)));
        Self { first: IpAddr::V6(first), bits }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_count_together() {
        let network = |text: &str| Network::of(text.parse().unwrap()).to_string();
        assert_eq!(network("198.51.100.7"), "198.51.100.0/24");
        assert_eq!(network("::ffff:198.51.100.200"), "198.51.100.0/24");
        assert_eq!(network("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
    }

    #[test]
    fn networks_of_one_ipv6_site_count_together() {
        let site = |text: &str| Network::site_of(text.parse().unwrap()).map(|site| site.to_string());
        assert_eq!(site("2001:db8:1:2:aaaa::1"), Some("2001:db8:1::/48".to_owned()));
        assert_eq!(site("2001:db8:1:ffff::1"), site("2001:db8:1::1"));
        assert_ne!(site("2001:db8:2::1"), site("2001:db8:1::1"));
        assert_eq!(site("198.51.100.7"), None);
        assert_eq!(site("::ffff:198.51.100.7"), None);
    }
}
