//! Stands in for what belongs to Apple, in tests and demonstrations: the push service ([`PretendedApns`]), and the portal
//! that issues push certificates ([`PretendedApple`]).
//!
//! The service speaks HTTP/2 over TLS, asks for a client's certificate, checks pushes as Apple's documentation says, and
//! hands each to the simulated phone that waits for it. It knows nothing but what the documentation says: how Apple's own
//! service behaves is another matter.

mod authority;
mod phones;
mod respond;
mod service;
mod tls;

pub use authority::{AuthorityError, PretendedApple};
pub use phones::Pushes;
pub use respond::{Arrived, Reply};
pub use service::{PretendedApns, StartError};
pub use tls::Tls;
