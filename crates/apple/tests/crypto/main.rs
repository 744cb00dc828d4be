//! The cryptographic half of Apple's protocol, against vectors of another implementation and over random inputs.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod authority;
mod ber;
mod csr;
mod enveloped;
mod mdm_signature;
mod openssl;
mod scep;
mod signed;
mod support;
