//! An address to listen on, or none.

use std::{
    net::{AddrParseError, SocketAddr},
    str::FromStr,
};

/// An address to listen on; none for an empty text, as in a variable that is set to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionalAddress(pub Option<SocketAddr>);

impl FromStr for OptionalAddress {
    type Err = AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() { Ok(Self(None)) } else { text.parse().map(|address| Self(Some(address))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_no_address_and_anything_else_has_to_be_one() {
        assert_eq!("".parse(), Ok(OptionalAddress(None)));
        assert_eq!("127.0.0.1:9100".parse(), Ok(OptionalAddress(Some(([127, 0, 0, 1], 9100).into()))));
        for bad in ["9100", "localhost", "127.0.0.1"] {
            assert!(bad.parse::<OptionalAddress>().is_err(), "{bad}");
        }
    }
}
