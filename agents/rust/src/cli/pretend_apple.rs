//! `rollcall-agent pretend-apple`.

use super::args::PretendApple;
use crate::{
    failure::Failure,
    simulate::apple::{Folder, Valid},
};

/// Makes a push certificate, or answers a request for one.
pub(super) fn pretend_apple(arguments: PretendApple) -> Result<(), Failure> {
    let (folder, valid) = (Folder::new(arguments.folder), Valid { days: arguments.days });
    let made = match (arguments.request, arguments.certificate) {
        (Some(request), Some(to)) => folder.answer(&request, arguments.topic, valid, &to),
        _ => folder.make_certificate(arguments.topic, valid),
    };
    made.map_err(|error| Failure::Input(error.to_string()))
}
