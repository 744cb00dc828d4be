//! `rollcall apple …`.

use super::{CommandError, open::open_data, print_line};
use crate::cli::{
    args::{AppleCommand, PushCertificateCommand},
    settings::DataPaths,
};
use apple::secret::Secret;
use domain::audit::Origin;
use service::{PushUpload, Rollcall};
use std::{fs, path::Path};

/// Runs the command.
///
/// # Errors
/// A file or the data cannot be read, or the certificate is not taken.
pub async fn run(command: AppleCommand) -> Result<(), CommandError> {
    match command {
        AppleCommand::PushCertificate(PushCertificateCommand::Import { certificate, key, apple_id, topic, data }) => {
            let upload = PushUpload {
                certificate: read(&certificate)?,
                key: Some(Secret::new(read(&key)?)),
                apple_id,
                confirmed_topic: topic,
            };
            let installation = open_data(&DataPaths::from_args(&data)?).await?;
            let imported = import(&installation.rollcall, upload).await;
            installation.store.close().await;
            imported
        }
    }
}

async fn import(rollcall: &Rollcall, upload: PushUpload) -> Result<(), CommandError> {
    let imported = rollcall.upload_push_certificate(&Origin::command_line(), upload).await;
    imported.map_err(|refusal| CommandError::Failed(refusal.to_string()))?;
    print_line("Pushes are sent with this certificate from now on.");
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    let unreadable = |error| CommandError::with_context(&format!("{} cannot be read", path.display()), &error);
    fs::read(path).map_err(unreadable)
}
