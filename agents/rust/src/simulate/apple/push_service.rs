//! The folder with the certificates of the pretended push service, and its start.

use super::{
    front::{self, Addresses},
    phone::{now, seeded},
};
use crate::rng::{Rng, system_seed};
use apple::{
    apns::Identity,
    push_certificate::{FileError, PREFIX, PushCertificate, PushCertificateError, read_certificates, read_key},
    random::Random,
};
use der::pem::{LineEnding, encode_string};
use pretended_apns::{AuthorityError, PretendedApns, PretendedApple, StartError, Tls};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};
use time::Duration;
use tokio::task::JoinHandle;

/// The authority in the place of Apple's: what a server has to trust to push.
const AUTHORITY: &str = "authority.pem";
const AUTHORITY_KEY: &str = "authority-key.pem";
/// The push certificate, and its key if that was made here.
const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "key.pem";

/// How long a push certificate is valid.
#[derive(Clone, Copy, Debug)]
pub struct Valid {
    /// For so many days.
    pub days: u16,
}

/// A folder with the certificates of a pretended push service.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// Why the folder cannot be used, or the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file cannot be read or written.
    #[error("{path}: {1}.", path = .0.display())]
    Io(PathBuf, io::Error),
    /// A file has something else in it.
    #[error("{path}: {1}.", path = .0.display())]
    File(PathBuf, FileError),
    /// A certificate could not be made.
    #[error("A certificate could not be made: {0}.")]
    Authority(#[from] AuthorityError),
    /// The push certificate in the folder cannot be read.
    #[error("The push certificate: {0}.")]
    Certificate(#[from] PushCertificateError),
    /// A certificate could not be written as PEM.
    #[error("A certificate could not be written: {0}.")]
    Pem(#[from] der::pem::Error),
    /// The service does not start.
    #[error("The pretended push service does not start: {0}.")]
    Start(#[from] StartError),
    /// TLS in front of the server does not start.
    #[error("TLS in front of the server does not start: {0}.")]
    Front(io::Error),
    /// The operating system provides no randomness.
    #[error("The operating system provides no randomness: {0}.")]
    Randomness(#[from] getrandom::Error),
}

impl Folder {
    /// The folder at `path`, which need not exist.
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Makes a push certificate with a new key. Both are put into the folder, beside the authority, which is made when
    /// there is none. The topic stays that of the last certificate, unless another is asked for.
    pub fn make_certificate(&self, topic: Option<String>, valid: Valid) -> Result<(), FolderError> {
        let mut random = new_random()?;
        let authority = self.authority(&mut random)?;
        let topic = self.topic(topic)?;
        let identity = authority.push_identity(&topic, valid.range(), &mut random)?;
        self.write(CERTIFICATE, &pem("CERTIFICATE", identity.certificates.first().map_or(&[], Vec::as_slice))?)?;
        self.write(KEY, &pem("PRIVATE KEY", &identity.key)?)
    }

    /// Answers a request as Apple's portal does: the push certificate is written to `to`, and into the folder.
    pub fn answer(&self, request: &Path, topic: Option<String>, valid: Valid, to: &Path) -> Result<(), FolderError> {
        let mut random = new_random()?;
        let authority = self.authority(&mut random)?;
        let topic = self.topic(topic)?;
        let request = fs::read(request).map_err(|error| FolderError::Io(request.to_owned(), error))?;
        let certificate = pem("CERTIFICATE", authority.answer(&request, &topic, valid.range(), &mut random)?.der())?;
        self.write(CERTIFICATE, &certificate)?;
        fs::write(to, certificate).map_err(|error| FolderError::Io(to.to_owned(), error))
    }

    /// Starts the service.
    pub async fn start(&self, listen: SocketAddr) -> Result<PretendedApns, FolderError> {
        let mut random = new_random()?;
        let authority = self.authority(&mut random)?;
        let identity: Identity = authority.server_identity(now(), &mut random)?;
        Ok(PretendedApns::start(listen, Tls::new(identity, authority.certificate().der())).await?)
    }

    /// Starts TLS in front of a server.
    pub async fn start_front(&self, addresses: Addresses) -> Result<JoinHandle<()>, FolderError> {
        let mut random = new_random()?;
        let identity = self.authority(&mut random)?.server_identity(now(), &mut random)?;
        front::start(addresses, identity).await.map_err(FolderError::Front)
    }

    /// The authority, which is made when there is none.
    fn authority(&self, random: &mut Random) -> Result<PretendedApple, FolderError> {
        fs::create_dir_all(&self.0).map_err(|error| FolderError::Io(self.0.clone(), error))?;
        if self.0.join(AUTHORITY_KEY).exists() {
            let wrong = |name: &'static str| move |error| FolderError::File(self.0.join(name), error);
            let certificates = read_certificates(&self.read(AUTHORITY)?).map_err(wrong(AUTHORITY))?;
            let key = read_key(&self.read(AUTHORITY_KEY)?).map_err(wrong(AUTHORITY_KEY))?;
            let key = apple::authority::key_to_pkcs8(&key).map_err(AuthorityError::from)?;
            let certificate = certificates.first().map_or(&[][..], |certificate| certificate.der());
            return Ok(PretendedApple::read(certificate, key.as_bytes())?);
        }
        let made = PretendedApple::make(now(), random)?;
        self.write(AUTHORITY, &pem("CERTIFICATE", made.certificate().der())?)?;
        self.write(AUTHORITY_KEY, &pem("PRIVATE KEY", made.key_to_pkcs8()?.as_bytes())?)?;
        Ok(made)
    }

    /// The topic that was asked for, else that of the last certificate, else a new one.
    fn topic(&self, asked: Option<String>) -> Result<String, FolderError> {
        if let Some(topic) = asked {
            return Ok(topic);
        }
        if self.0.join(CERTIFICATE).exists() {
            return Ok(PushCertificate::read(&self.read(CERTIFICATE)?)?.topic().to_owned());
        }
        Ok(format!("{PREFIX}External.{}", Rng::from_seed(system_seed()?).uuid()))
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, FolderError> {
        let path = self.0.join(name);
        fs::read(&path).map_err(|error| FolderError::Io(path, error))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), FolderError> {
        let path = self.0.join(name);
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
        let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| FolderError::Io(path, error))
    }
}

impl Valid {
    /// From an hour ago, since clocks differ.
    fn range(self) -> std::ops::Range<time::OffsetDateTime> {
        now() - Duration::HOUR..now() + Duration::days(self.days.into())
    }
}

fn new_random() -> Result<Random, FolderError> {
    Ok(seeded(&mut Rng::from_seed(system_seed()?)))
}

fn pem(label: &'static str, der: &[u8]) -> Result<String, FolderError> {
    Ok(encode_string(label, LineEnding::LF, der)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renewed_certificate_keeps_its_topic_and_its_issuer() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().join("push"));
        let read = || PushCertificate::read(&folder.read(CERTIFICATE).unwrap()).unwrap();
        folder.make_certificate(None, Valid { days: 3 }).unwrap();
        let first = read();
        folder.make_certificate(None, Valid { days: 365 }).unwrap();
        let second = read();
        assert_eq!(first.topic(), second.topic());
        assert!(first.not_after() < second.not_after());
        assert!(second.is_for(&read_key(&folder.read(KEY).unwrap()).unwrap()));
        let authority = read_certificates(&folder.read(AUTHORITY).unwrap()).unwrap();
        for certificate in [first, second] {
            certificate.certificate().check_issued_by(&authority[0]).unwrap();
        }
        folder.make_certificate(Some(format!("{PREFIX}other")), Valid { days: 1 }).unwrap();
        assert_eq!(read().topic(), "com.apple.mgmt.other");
    }
}
