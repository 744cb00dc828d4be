//! Filters of a list.

use crate::{
    slot::attention::Cause,
    types::text_enum::{UnknownWord, text_enum},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

text_enum! {
    /// What an invitation list is filtered by.
    InvitationFilter {
        /// Not sent.
        Created = "created", "Not sent";
        /// On its way.
        Queued = "queued", "Sending…";
        /// Sent.
        Sent = "sent", "Sent";
        /// Opened.
        Opened = "opened", "Opened";
        /// Deactivated, replaced or expired.
        Deactivated = "deactivated", "Deactivated";
    }
}

text_enum! {
    /// How long a device has not been in contact.
    ContactFilter {
        /// More than 24 hours.
        Day = "day", "Not for a day";
        /// More than 7 days.
        Week = "week", "Not for a week";
        /// More than 30 days.
        Month = "month", "Not for a month";
    }
}

impl ContactFilter {
    /// The silence that it requires, in seconds.
    pub const fn seconds(self) -> i64 {
        const DAY_S: i64 = 24 * 3600;
        match self {
            Self::Day => DAY_S,
            Self::Week => 7 * DAY_S,
            Self::Month => 30 * DAY_S,
        }
    }
}

/// Why a row needs attention. Sent as one word: `any`, or that of a [`Cause`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum AttentionFilter {
    /// Anything.
    Any,
    /// One cause.
    Cause(Cause),
}

impl AttentionFilter {
    /// The label that is shown.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Any => "Needs attention",
            Self::Cause(cause) => cause.label(),
        }
    }

    /// The word that is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Cause(cause) => cause.as_str(),
        }
    }

    /// Every value: `any` first, then the causes.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Any).chain(Cause::ALL.iter().copied().map(Self::Cause))
    }
}

impl fmt::Display for AttentionFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AttentionFilter {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "any" { Ok(Self::Any) } else { text.parse().map(Self::Cause) }
    }
}

impl TryFrom<String> for AttentionFilter {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AttentionFilter> for String {
    fn from(filter: AttentionFilter) -> Self {
        filter.as_str().to_owned()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for AttentionFilter {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(Self::all().map(Self::as_str)))
            .description(Some("`any`, or one cause"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for AttentionFilter {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_filtered_by_days() {
        let days = ContactFilter::ALL.iter().map(|filter| filter.seconds() / 86_400).collect::<Vec<_>>();
        assert_eq!(days, [1, 7, 30]);
        assert!(ContactFilter::ALL.iter().all(|filter| filter.seconds() % 86_400 == 0));
    }

    #[test]
    fn an_attention_filter_is_anything_or_one_cause_in_its_words() {
        assert_eq!(AttentionFilter::all().count(), Cause::ALL.len() + 1);
        assert_eq!(AttentionFilter::Any.label(), "Needs attention");
        for &cause in Cause::ALL {
            assert_eq!(AttentionFilter::Cause(cause).label(), cause.label());
        }
    }

    #[test]
    fn the_word_of_an_attention_filter_is_read_back() {
        for filter in AttentionFilter::all() {
            assert_eq!(filter.to_string().parse(), Ok(filter));
            let json = serde_json::to_string(&filter).unwrap();
            assert_eq!(serde_json::from_str::<AttentionFilter>(&json).unwrap(), filter);
        }
        assert_eq!("nothing".parse::<AttentionFilter>(), Err(UnknownWord));
    }
}
