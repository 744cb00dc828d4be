//! Where a phone is.

use plist::Dictionary;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::xml::{Fields, put, put_some};

/// The answer to `DeviceLocation` (`device.location.yaml`). The schema tells an unknown value by a negative number.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius of uncertainty in metres.
    pub horizontal_accuracy: Option<f64>,
    /// Uncertainty of the altitude in metres.
    pub vertical_accuracy: Option<f64>,
    /// Metres above the sea; known only together with its accuracy.
    pub altitude: Option<f64>,
    /// Metres per second.
    pub speed: Option<f64>,
    /// Degrees from north, clockwise.
    pub course: Option<f64>,
    /// When it was there.
    pub at: Option<OffsetDateTime>,
}

impl Location {
    /// Reads the position. Without both coordinates there is none.
    pub(super) fn from_plist(from: &Dictionary) -> (Option<Self>, Vec<&'static str>) {
        let mut fields = Fields::new(from);
        let latitude = fields.number("Latitude", |degrees| degrees.abs() <= 90.0);
        let longitude = fields.number("Longitude", |degrees| degrees.abs() <= 180.0);
        let mut known = |key| fields.number(key, |_| true).filter(|number| *number >= 0.0);
        let (horizontal_accuracy, vertical_accuracy) = (known("HorizontalAccuracy"), known("VerticalAccuracy"));
        let (speed, course) = (known("Speed"), known("Course").filter(|degrees| *degrees <= 360.0));
        let altitude = fields.number("Altitude", |_| true).filter(|_| vertical_accuracy.is_some());
        let at = fields.moment("Timestamp");
        let location = latitude.zip(longitude).map(|(latitude, longitude)| Self {
            latitude,
            longitude,
            horizontal_accuracy,
            vertical_accuracy,
            altitude,
            speed,
            course,
            at,
        });
        (location, fields.finish())
    }

    pub(super) fn put(&self, to: &mut Dictionary) {
        put(to, "Latitude", self.latitude);
        put(to, "Longitude", self.longitude);
        let known = [
            ("HorizontalAccuracy", self.horizontal_accuracy),
            ("VerticalAccuracy", self.vertical_accuracy),
            ("Speed", self.speed),
            ("Course", self.course),
        ];
        for (key, number) in known {
            put(to, key, number.unwrap_or(-1.0));
        }
        put_some(to, "Altitude", self.altitude);
        put_some(to, "Timestamp", self.at.and_then(|at| at.format(&Rfc3339).ok()));
    }
}
