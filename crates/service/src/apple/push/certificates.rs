//! Push certificates: requested, uploaded, imported, and the state of all that.

use super::{active::KEY, trouble::PushTrouble};
use crate::{
    Rollcall, ServiceError, ServiceResult,
    apple::{authority::moment, facts::timestamp},
    live::PushHealth,
    servers::Work,
};
use apple::{
    authority::{Subject, key_from_pkcs8, make_key},
    push_certificate::{
        FileError, PushCertificate as Uploaded, PushCertificateError, key_to_pkcs8, make_request, read_key, to_pem,
    },
    secret::Secret,
};
use domain::{
    apple::{PushCertificate, PushCertificateState, Sealed},
    audit::{AuditEvent, Origin},
    types::{ids::PushCertificateId, text::clean_text},
};

/// Requests that wait for their certificate; the oldest gives way to a new one.
const REQUESTS_MAX: usize = 5;
/// Longest text about the account at Apple, in characters.
const APPLE_ID_MAX: usize = 200;

/// What an admin does with a certificate.
#[derive(Clone, Debug)]
pub struct PushUpload {
    /// The certificate, in PEM or DER.
    pub certificate: Vec<u8>,
    /// Its key in PEM, when it was not requested here.
    pub key: Option<Secret<Vec<u8>>>,
    /// The account at Apple that it has to be renewed with.
    pub apple_id: String,
    /// The topic, typed by an admin who knows that phones of another topic are lost.
    pub confirmed_topic: String,
}

/// Why a certificate is not taken; the message is for the user.
#[derive(Debug, thiserror::Error)]
pub enum UploadRefusal {
    /// It is no push certificate.
    #[error("This is not a push certificate: {0}.")]
    Certificate(#[from] PushCertificateError),
    /// The file of the key cannot be used.
    #[error("The key cannot be used: {0}.")]
    Key(#[from] FileError),
    /// It belongs to no key that was made here.
    #[error(
        "This certificate was not issued for a request of this Rollcall. Upload the one for the latest request, or its key with it."
    )]
    OtherKey,
    /// Phones depend on another topic.
    #[error(
        "This certificate has another topic. {phones} phones are enrolled with the present one, and all of them would be lost."
    )]
    OtherTopic {
        /// How many phones.
        phones: u64,
        /// The topic of the new certificate, to be typed by whoever wants it all the same.
        topic: String,
    },
    /// It failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<store::StoreError> for UploadRefusal {
    fn from(error: store::StoreError) -> Self {
        Self::Service(error.into())
    }
}

/// What an admin is shown.
#[derive(Clone, Debug)]
pub struct PushOverview {
    /// The certificate that is in use.
    pub active: Option<PushCertificate>,
    /// Its serial number, in hexadecimal digits.
    pub serial: Option<String>,
    /// What keeps phones from being reached, or soon will.
    pub trouble: Option<PushTrouble>,
    /// The latest request that waits for its certificate.
    pub request: Option<PushCertificate>,
    /// Phones that are enrolled with the topic of the active one.
    pub phones: u64,
    /// What Apple last said.
    pub health: PushHealth,
}

impl Rollcall {
    /// The state of push certificates.
    pub async fn push_overview(&self) -> ServiceResult<PushOverview> {
        let all = self.store.list_push_certificates().await?;
        let of = |state| all.iter().find(|known| known.state == state).cloned();
        let active = of(PushCertificateState::Active);
        let phones = match active.as_ref().and_then(|active| active.topic.as_deref()) {
            Some(topic) => self.store.count_phones_of_topic(topic).await?,
            None => 0,
        };
        // A request that is older than the certificate was made for the one before.
        let uploaded = active.as_ref().and_then(|active| active.uploaded_at);
        let request =
            of(PushCertificateState::Requested).filter(|request| uploaded.is_none_or(|at| request.made_at > at));
        let serial = active.as_ref().and_then(serial);
        let trouble = self.trouble_of(active.as_ref());
        Ok(PushOverview { active, serial, trouble, request, phones, health: self.push_health() })
    }

    /// Makes a key, and a request for a certificate. Returns which one.
    pub async fn request_push_certificate(&self, origin: &Origin) -> ServiceResult<PushCertificateId> {
        let mut random = self.random()?;
        let key = tokio::task::spawn_blocking(move || key_to_pkcs8(&make_key(&mut random)?));
        let key = key.await.map_err(|error| ServiceError::internal(&error))?;
        let key = key.map_err(|error| ServiceError::internal(&error))?;
        let id = self.save_new_key(key.as_bytes()).await?.id;
        self.note(origin, AuditEvent::SettingsChanged, "push certificate requested").await;
        Ok(id)
    }

    async fn save_new_key(&self, key: &[u8]) -> ServiceResult<PushCertificate> {
        let waiting = self.store.list_push_certificates().await?;
        let waiting = waiting.into_iter().filter(|known| known.state == PushCertificateState::Requested);
        for old in waiting.skip(REQUESTS_MAX - 1) {
            let replaced = PushCertificate { state: PushCertificateState::Replaced, ..old };
            self.store.save_push_certificate(&replaced).await?;
        }
        let new = PushCertificate {
            id: PushCertificateId(self.environment.id()?),
            state: PushCertificateState::Requested,
            topic: None,
            certificate: None,
            key: Sealed(self.keys.seal_bytes(KEY, key, &self.environment)?),
            not_after: None,
            apple_id: None,
            warned_at: None,
            made_at: self.environment.now(),
            uploaded_at: None,
            version: 0,
        };
        self.store.save_push_certificate(&new).await?;
        Ok(PushCertificate { version: 1, ..new })
    }

    /// The request in PEM, for whoever signs it. The same each time.
    ///
    /// # Errors
    /// There is no such request.
    pub async fn push_request(&self, id: PushCertificateId) -> ServiceResult<String> {
        let known = self.store.find_push_certificate(id).await?.ok_or(ServiceError::NotFound)?;
        let key = self.key_of(&known)?;
        let organization = self.apple_organization();
        let subject = Subject { organization: &organization, common_name: "Rollcall" };
        let request =
            make_request(&key, subject, &mut self.random()?).map_err(|error| ServiceError::internal(&error))?;
        to_pem(&request).map_err(|error| ServiceError::internal(&error))
    }

    /// Takes a certificate that Apple issued, for a request that was made here or with a key of its own. From then on pushes
    /// are sent with it.
    ///
    /// # Errors
    /// See [`UploadRefusal`]. Nothing was changed then.
    pub async fn upload_push_certificate(&self, origin: &Origin, upload: PushUpload) -> Result<(), UploadRefusal> {
        // 1. It is a push certificate, and valid.
        let uploaded = Uploaded::read(&upload.certificate)?;
        uploaded.check_dates(moment(self.environment.now()))?;
        let topic = uploaded.topic().to_owned();
        // 2. Its key is known.
        let all = self.store.list_push_certificates().await?;
        let known = all.iter().find(|known| self.is_for(known, &uploaded)).cloned();
        let new_key = match upload.key.as_ref().filter(|_| known.is_none()) {
            Some(file) => Some(own_key(file.expose(), &uploaded)?),
            None => None,
        };
        if known.is_none() && new_key.is_none() {
            return Err(UploadRefusal::OtherKey);
        }
        // 3. No phone is lost by it, unless an admin knows.
        let active = all.iter().find(|known| known.state == PushCertificateState::Active);
        let other = active.and_then(|active| active.topic.as_deref()).filter(|present| *present != topic);
        if let Some(present) = other {
            let phones = self.store.count_phones_of_topic(present).await?;
            if phones > 0 && upload.confirmed_topic.trim() != topic {
                return Err(UploadRefusal::OtherTopic { phones, topic });
            }
        }
        let mut row = match (known, new_key) {
            (Some(known), _) => known,
            (None, Some(key)) => self.save_new_key(&key).await?,
            (None, None) => return Err(UploadRefusal::OtherKey),
        };
        // 4. Pushes are sent with it from now on.
        row.state = PushCertificateState::Active;
        row.certificate = Some(uploaded.to_pem().map_err(|error| ServiceError::internal(&error))?);
        row.not_after = Some(timestamp(uploaded.not_after()));
        row.topic = Some(topic);
        row.apple_id = Some(clean_text(&upload.apple_id, APPLE_ID_MAX)).filter(|text| !text.is_empty());
        row.uploaded_at = Some(self.environment.now());
        row.warned_at = None;
        self.store.save_push_certificate(&row).await?;
        self.push_news.forget();
        self.begin_anywhere(Work::Pushes);
        self.note(origin, AuditEvent::SettingsChanged, "push certificate uploaded").await;
        // The certificate is in use, whatever becomes of this.
        if let Err(error) = self.end_waits().await {
            tracing::warn!(%error, "Rows still say that they wait for a push certificate");
        }
        Ok(())
    }

    fn is_for(&self, known: &PushCertificate, uploaded: &Uploaded) -> bool {
        self.key_of(known).is_ok_and(|key| uploaded.is_for(&key))
    }

    fn key_of(&self, known: &PushCertificate) -> ServiceResult<apple::authority::PrivateKey> {
        let key = self.keys.unseal_bytes(KEY, &known.key.0)?;
        key_from_pkcs8(&key).map_err(|error| ServiceError::internal(&error))
    }
}

fn serial(active: &PushCertificate) -> Option<String> {
    let certificate = Uploaded::read(active.certificate.as_deref()?.as_bytes()).ok()?;
    let digits = certificate.certificate().serial().iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from_digit(digit.into(), 16)).collect::<Option<String>>().map(|it| it.to_uppercase())
}

/// The key in a file, if it is the one of the certificate.
fn own_key(file: &[u8], uploaded: &Uploaded) -> Result<Vec<u8>, UploadRefusal> {
    let key = read_key(file)?;
    if !uploaded.is_for(&key) {
        return Err(PushCertificateError::OtherKey.into());
    }
    Ok(key_to_pkcs8(&key).map_err(|error| ServiceError::internal(&error))?.as_bytes().to_vec())
}
