//! `rollcall mail-templates`.

use super::{CommandError, print_line};
use crate::cli::args::MailTemplatesCommand;
use service::mail::MailTemplates;

/// Carries the command out.
///
/// # Errors
/// A file is there already, or cannot be written.
pub fn run(command: &MailTemplatesCommand) -> Result<(), CommandError> {
    let MailTemplatesCommand::Export { folder } = command;
    let written = MailTemplates::export(folder).map_err(|error| CommandError::Failed(error.to_string()))?;
    print_line(&format!(
        "{written} templates are in {}. Keep those that you change and remove the others.",
        folder.display()
    ));
    Ok(())
}
