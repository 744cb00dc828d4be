//! What a subscriber shows.

use domain::types::ids::{InvitationId, PersonId, SlotId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most ids that one subscriber is watched for; what is beyond is not watched.
pub(super) const SHOWN_MAX: usize = 2000;

/// Something that a page shows: a row of Mobile devices, a person or an invitation. Ids of different kinds are never the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShownId(pub Uuid);

impl From<SlotId> for ShownId {
    fn from(id: SlotId) -> Self {
        Self(id.0)
    }
}

impl From<PersonId> for ShownId {
    fn from(id: PersonId) -> Self {
        Self(id.0)
    }
}

impl From<InvitationId> for ShownId {
    fn from(id: InvitationId) -> Self {
        Self(id.0)
    }
}

/// What a subscriber shows, in all of its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What has a row in a list.
    pub rows: Vec<ShownId>,
    /// What has a page of its own, which shows more than a row.
    #[serde(default)]
    pub pages: Vec<ShownId>,
}

/// Where something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// As a row.
    Row,
    /// On a page of its own.
    Page,
}

impl Shown {
    /// As rows of lists.
    pub fn rows<I: Into<ShownId>>(rows: impl IntoIterator<Item = I>) -> Self {
        Self { rows: rows.into_iter().map(Into::into).collect(), pages: Vec::new() }
    }

    /// On pages of their own.
    pub fn pages<I: Into<ShownId>>(pages: impl IntoIterator<Item = I>) -> Self {
        Self { rows: Vec::new(), pages: pages.into_iter().map(Into::into).collect() }
    }

    /// The same in parts of at most `size` ids; one at least, which may be empty.
    pub(crate) fn parts(self, size: usize) -> Vec<Self> {
        let places: Vec<_> = self.places().collect();
        let part = |places: &[(ShownId, Place)]| {
            let of = |wanted| places.iter().filter(|(_, place)| *place == wanted).map(|(id, _)| *id).collect();
            Self { rows: of(Place::Row), pages: of(Place::Page) }
        };
        let parts: Vec<Self> = places.chunks(size).map(part).collect();
        if parts.is_empty() { vec![Self::default()] } else { parts }
    }

    /// Each with its place, pages first: rows of which there are too many are heard of by the hints to lists.
    pub(super) fn places(self) -> impl Iterator<Item = (ShownId, Place)> {
        let pages = self.pages.into_iter().map(|id| (id, Place::Page));
        pages.chain(self.rows.into_iter().map(|id| (id, Place::Row))).take(SHOWN_MAX)
    }
}
