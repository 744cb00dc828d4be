//! `rollcall apple …`.

use super::{CommandError, open::open_data, print_line};
use crate::cli::{
    args::{AppleCommand, PushCertificateCommand, PushRequestCommand, SignArgs},
    settings::DataPaths,
};
use apple::{
    algorithm::Digest,
    certificate::Certificate,
    cms::RsaSigner,
    push_certificate::{FileError, MAX_FILE, read_certificates, read_key, read_request, wrap},
    random::random,
    secret::Secret,
};
use domain::audit::Origin;
use service::{PushUpload, Rollcall, environment::Environment};
use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    path::Path,
};

/// Runs the command.
///
/// # Errors
/// A file or the data cannot be read, a file cannot be written or is not what it should be, or the certificate is not taken.
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
        AppleCommand::PushRequest(PushRequestCommand::Sign(args)) => sign(&args),
    }
}

async fn import(rollcall: &Rollcall, upload: PushUpload) -> Result<(), CommandError> {
    let imported = rollcall.upload_push_certificate(&Origin::command_line(), upload).await;
    imported.map_err(|refusal| CommandError::Failed(refusal.to_string()))?;
    print_line("Pushes are sent with this certificate from now on.");
    Ok(())
}

fn sign(args: &SignArgs) -> Result<(), CommandError> {
    let request = parse(&args.csr, read_request)?;
    let key = parse(&args.vendor_key, read_key)?;
    let mut certificates = parse(&args.vendor_cert, read_certificates)?.into_iter();
    let vendor = certificates.next().ok_or_else(|| of_file(&args.vendor_cert, &FileError::Missing))?;
    let mut issuers: Vec<Certificate> = certificates.collect();
    if let Some(chain) = &args.chain {
        issuers.extend(parse(chain, read_certificates)?);
    }
    let seed = Environment::system().bytes().map_err(|error| CommandError::with_context("no randomness", &error))?;
    let mut random = random(seed);
    let mut vendor_signer = RsaSigner { key: &key, certificate: &vendor, digest: Digest::Sha256, random: &mut random };
    let wrapped =
        wrap(&request, &mut vendor_signer, &issuers).map_err(|error| CommandError::Failed(error.to_string()))?;
    write(&args.out, &wrapped)?;
    print_line(&format!("The signed request is in {}. Upload it at https://identity.apple.com.", args.out.display()));
    Ok(())
}

fn parse<T>(path: &Path, of: fn(&[u8]) -> Result<T, FileError>) -> Result<T, CommandError> {
    of(&read(path)?).map_err(|error| of_file(path, &error))
}

/// Reads a file, and hardly more of it than such files have: what is longer is refused by whoever reads the content.
fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    let unreadable = |error| CommandError::with_context(&format!("{} cannot be read", path.display()), &error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn write(path: &Path, text: &str) -> Result<(), CommandError> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| of_file(path, &error))
}

fn of_file(path: &Path, cause: &dyn std::fmt::Display) -> CommandError {
    CommandError::with_context(&path.display().to_string(), cause)
}
