//! The request (*Sending notification requests to APNs* in Apple's documentation).

use time::{Duration, OffsetDateTime};

/// How many bytes the token of a phone has. Those of today have 32; Apple reserves the right to make them longer.
pub const TOKEN_BYTES: std::ops::RangeInclusive<usize> = 16..=128;
/// The longest push magic in bytes.
pub const MAX_MAGIC: usize = 256;
/// The longest topic in bytes.
pub const MAX_TOPIC: usize = 256;
/// How long Apple should keep a push for a phone that is off. Without such a time Apple drops what it cannot deliver at
/// once. It keeps only the latest push of a phone.
pub const LIFE: Duration = Duration::days(7);

/// What the path of a push begins with; the token in hexadecimal digits follows.
const PATH: &str = "/3/device/";
/// The longest body that is read, in bytes: the magic in a frame, with every character escaped.
const MAX_BODY: usize = 6 * MAX_MAGIC + 64;

/// A push that tells one phone to ask for commands.
#[derive(Clone, PartialEq, Eq)]
pub struct Push {
    token: Vec<u8>,
    magic: String,
    topic: String,
    expires_at: OffsetDateTime,
}

impl std::fmt::Debug for Push {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Token and magic are secrets.
        formatter.debug_struct("Push").field("topic", &self.topic).finish_non_exhaustive()
    }
}

/// Why a push cannot be sent, or a request is no push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// The token is none: it has too few or too many bytes, or other digits than hexadecimal ones.
    #[error("no push token")]
    Token,
    /// The magic is missing, too long, or stands beside something else.
    #[error("no push magic")]
    Magic,
    /// The topic is missing, too long, or cannot be in a header.
    #[error("no topic")]
    Topic,
    /// The time at which it expires is no time after 1970.
    #[error("no time at which it expires")]
    Expiration,
    /// It is another kind of push than one for device management.
    #[error("no push for device management")]
    Kind,
}

impl Push {
    /// A push to the phone that waits for pushes on `topic` with `token` and `magic`. It expires after [`LIFE`].
    pub fn new(token: &[u8], magic: &str, topic: &str, now: OffsetDateTime) -> Result<Self, PushError> {
        let expires_at = now.replace_nanosecond(0).ok().and_then(|now| now.checked_add(LIFE));
        Self::until(token, magic, topic, expires_at.ok_or(PushError::Expiration)?)
    }

    fn until(token: &[u8], magic: &str, topic: &str, expires_at: OffsetDateTime) -> Result<Self, PushError> {
        if !TOKEN_BYTES.contains(&token.len()) {
            return Err(PushError::Token);
        }
        if magic.is_empty() || magic.len() > MAX_MAGIC {
            return Err(PushError::Magic);
        }
        if topic.is_empty() || topic.len() > MAX_TOPIC || !topic.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(PushError::Topic);
        }
        if expires_at.unix_timestamp() <= 0 {
            return Err(PushError::Expiration);
        }
        Ok(Self { token: token.to_vec(), magic: magic.to_owned(), topic: topic.to_owned(), expires_at })
    }

    /// What Apple knows the phone by.
    pub fn token(&self) -> &[u8] {
        &self.token
    }

    /// What the phone recognises the push by.
    pub fn magic(&self) -> &str {
        &self.magic
    }

    /// The topic of the push certificate.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// Until when Apple should try to deliver it.
    pub fn expires_at(&self) -> OffsetDateTime {
        self.expires_at
    }

    /// The path of the request.
    pub fn path(&self) -> String {
        use std::fmt::Write as _;
        let mut path = PATH.to_owned();
        for byte in &self.token {
            // Writing into a String does not fail.
            let _ = write!(path, "{byte:02x}");
        }
        path
    }

    /// The headers of the request.
    pub fn headers(&self) -> [(&'static str, String); 4] {
        [
            ("apns-topic", self.topic.clone()),
            ("apns-push-type", "mdm".to_owned()),
            ("apns-priority", "10".to_owned()),
            ("apns-expiration", self.expires_at.unix_timestamp().to_string()),
        ]
    }

    /// The body of the request. Nothing else may be in it.
    pub fn body(&self) -> Vec<u8> {
        serde_json::json!({ "mdm": self.magic }).to_string().into_bytes()
    }

    /// Reads a request as Apple's service does. `header` finds a header by its name in small letters.
    pub fn read<'a>(path: &str, header: impl Fn(&str) -> Option<&'a str>, body: &[u8]) -> Result<Self, PushError> {
        let token = path.strip_prefix(PATH).and_then(from_hex).ok_or(PushError::Token)?;
        if header("apns-push-type") != Some("mdm") {
            return Err(PushError::Kind);
        }
        let expires_at = header("apns-expiration").and_then(|seconds| seconds.parse().ok());
        let expires_at = expires_at.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
        Self::until(
            &token,
            &magic(body).ok_or(PushError::Magic)?,
            header("apns-topic").ok_or(PushError::Topic)?,
            expires_at.ok_or(PushError::Expiration)?,
        )
    }
}

/// The magic, if it is all that the body says.
fn magic(body: &[u8]) -> Option<String> {
    if body.len() > MAX_BODY {
        return None;
    }
    let said: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
    let magic = said.get("mdm").filter(|_| said.len() == 1)?;
    magic.as_str().map(str::to_owned)
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    if digits.len() > 2 * TOKEN_BYTES.end() {
        return None;
    }
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| {
        let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        Some(digit(*high)? << 4 | digit(*low)?)
    };
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}
