//! A moment in time, as it is stored and sent.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// Milliseconds since the Unix epoch, UTC. Sent as RFC 3339 (`2026-01-31T09:30:00.25Z`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The latest moment that RFC 3339 can express: the end of the year 9999.
const LATEST_MS: i64 = 253_402_300_799_999;

impl Timestamp {
    /// From milliseconds since the Unix epoch, UTC. Values outside the years 1970 to 9999 are clamped.
    pub const fn from_millis(ms: i64) -> Self {
        if ms < 0 {
            Self(0)
        } else if ms > LATEST_MS {
            Self(LATEST_MS)
        } else {
            Self(ms)
        }
    }

    /// Milliseconds since the Unix epoch, UTC.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This moment moved forward by `seconds`.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_millis(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds from `earlier` to this moment; zero when `earlier` is later.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        let ms = self.0 - earlier.0;
        if ms < 0 { 0 } else { ms / 1000 }
    }

    /// RFC 3339 in UTC, the form that is sent.
    pub fn to_rfc3339(self) -> String {
        self.date_time().format(&Rfc3339).unwrap_or_default()
    }

    /// Parses RFC 3339 with any offset.
    ///
    /// # Errors
    /// The text is not RFC 3339.
    pub fn parse_rfc3339(text: &str) -> Result<Self, time::error::Parse> {
        let moment = OffsetDateTime::parse(text, &Rfc3339)?.to_offset(UtcOffset::UTC);
        let ms = moment.unix_timestamp_nanos() / 1_000_000;
        Ok(Self::from_millis(i64::try_from(ms).unwrap_or(LATEST_MS)))
    }

    /// `2026-01-31 09:30 UTC`, for readers whose time zone is not known.
    pub fn to_display(self) -> String {
        let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
        self.date_time().format(format).unwrap_or_default()
    }

    fn date_time(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse_rfc3339(&text).map_err(|_| D::Error::custom("not an RFC 3339 time"))
    }
}

#[cfg(feature = "openapi")]
mod openapi {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
    };

    impl PartialSchema for super::Timestamp {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
                .description(Some("RFC 3339, UTC"))
                .into()
        }
    }

    impl ToSchema for super::Timestamp {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moments_outside_the_years_1970_to_9999_are_clamped() {
        let clamped = [-1, 0, 1, LATEST_MS, LATEST_MS + 1, i64::MAX].map(|ms| Timestamp::from_millis(ms).as_millis());
        assert_eq!(clamped, [0, 0, 1, LATEST_MS, LATEST_MS, LATEST_MS]);
    }

    #[test]
    fn whole_seconds_pass_and_never_fewer_than_none() {
        let since = |ms: i64| Timestamp::from_millis(10_000 + ms).seconds_since(Timestamp::from_millis(10_000));
        assert_eq!([-5000, -1, 0, 999, 1000, 5999].map(since), [0, 0, 0, 0, 1, 5]);
    }

    proptest! {
        #[test]
        fn every_timestamp_survives_a_round_trip(ms in 0..=LATEST_MS) {
            let moment = Timestamp::from_millis(ms);
            prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_rfc3339()).unwrap(), moment);
        }
    }

    #[test]
    fn an_offset_is_converted_to_utc() {
        let a = Timestamp::parse_rfc3339("2026-01-31T10:30:00+01:00").unwrap();
        assert_eq!(a.to_rfc3339(), "2026-01-31T09:30:00Z");
        assert_eq!(a.to_display(), "2026-01-31 09:30 UTC");
    }
}
