//! Pushes: the certificate that Apple issues for them, and the worker that sends them.

mod active;
mod certificates;
mod trouble;
mod warnings;
mod worker;

pub use certificates::{PushOverview, PushUpload, UploadRefusal};
pub use trouble::PushTrouble;
pub(crate) use worker::PushWorker;
