//! Identifiers: one type for each kind of thing, so that they cannot be mixed up.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// Someone devices are enrolled for.
    PersonId
);
id!(
    /// The right of one person to enroll devices.
    InvitationId
);
id!(
    /// One row of the Mobile devices view.
    SlotId
);
id!(
    /// A phone or tablet that has sent its first information.
    DeviceId
);
id!(
    /// An operation asked of a device.
    CommandId
);
id!(
    /// A mail in the outbox.
    MailId
);
id!(
    /// A job that invites many people; whoever asks for it chooses the id, so that asking again is no second job.
    InviteJobId
);
id!(
    /// A file of people that is imported.
    ImportId
);
id!(
    /// An account of the console.
    AccountId
);
id!(
    /// A signed-in browser.
    SessionId
);
id!(
    /// A bearer token of a script.
    ApiTokenId
);
id!(
    /// What an iPhone shows to be issued a certificate.
    AppleChallengeId
);
id!(
    /// A key made for a push certificate of Apple, and the certificate once there is one.
    PushCertificateId
);

id!(
    /// A running server: each start has another one.
    ServerId
);

/// A source of fresh identifiers for decisions: random in production, counted in tests.
pub trait IdGenerator {
    /// A new, unique UUID.
    fn new_uuid(&mut self) -> Uuid;
}
