//! Icons, drawn on a grid of 16 by 16. Each has a text beside it or in its label: none carries a meaning alone.

use domain::types::text_enum::UnknownWord;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)+) => {
        /// An icon.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "u8", into = "u8")]
        pub enum Icon { $($(#[$doc])* $name),+ }

        impl Icon {
            /// Every icon. It travels as its position in this list.
            const ALL: &'static [Self] = &[$(Self::$name),+];

            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path),+ }
            }
        }
    };
}

icons! {
    /// Triangle with an exclamation mark.
    Alert = "M8 2.25l6.25 11.25H1.75zM8 6.5v3.25M8 11.75v.01";
    /// Arrow to the left.
    Back = "M9.75 3.5L5.25 8l4.5 4.5";
    /// Bell.
    Bell = "M3 11.5h10c-1-1-1.25-2-1.25-4.25a3.75 3.75 0 0 0-7.5 0C4.25 9.5 4 10.5 3 11.5zM6.75 13.75h2.5";
    /// Tick in a circle.
    Check = "M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5zM5.25 8.25l2 2 3.5-4";
    /// Clock.
    Clock = "M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5zM8 4.5V8l2.25 1.5";
    /// Diagonal cross.
    Close = "M3.75 3.75l8.5 8.5M12.25 3.75l-8.5 8.5";
    /// Two sheets.
    Copy = "M5.75 5.75h7.5v7.5h-7.5zM3.5 10.25h-.75v-7.5h7.5v.75";
    /// Cross in a circle.
    Cross = "M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5zM5.75 5.75l4.5 4.5M10.25 5.75l-4.5 4.5";
    /// A point.
    Dot = "M8 8h.01";
    /// Three points.
    Dots = "M3.25 8h.01M8 8h.01M12.75 8h.01";
    /// Pencil.
    Draft = "M3 13.25l.5-2.75 7-7a1.4 1.4 0 0 1 2 0l.25.25a1.4 1.4 0 0 1 0 2l-7 7z";
    /// Eye.
    Eye = "M1.5 8S3.75 3.5 8 3.5 14.5 8 14.5 8 12.25 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z";
    /// Arrow to the right.
    Forward = "M6.25 3.5L10.75 8l-4.5 4.5";
    /// Padlock.
    Lock = "M3.5 7.25h9v6.5h-9zM5.25 7.25V5a2.75 2.75 0 0 1 5.5 0v2.25";
    /// Envelope.
    Mail = "M2.75 3.5h10.5a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H2.75a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM2 4.5l6 4.25L14 4.5";
    /// Speech bubble.
    Message = "M2 3h12v8H7.5L4.5 13.5V11H2z";
    /// Waves, struck through.
    Offline = "M2 2l12 12M4.75 4.75a8 8 0 0 0-3 1.75M6.9 3.9a8.6 8.6 0 0 1 7.35 2.6M4 9a5.6 5.6 0 0 1 3-1.6M11.9 9a6 6 0 0 0-1.2-.9M8 12.25h.01";
    /// Two people.
    People = "M6 7.25a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.75 13.5c0-2.5 1.75-4 4.25-4s4.25 1.5 4.25 4M10.5 2.5a2.4 2.4 0 0 1 0 4.6M12 9.75c1.5.5 2.25 1.9 2.25 3.75";
    /// One person.
    Person = "M8 7.5A2.75 2.75 0 1 0 8 2a2.75 2.75 0 0 0 0 5.5zM2.75 14c0-2.75 2.25-4.25 5.25-4.25s5.25 1.5 5.25 4.25";
    /// Phone.
    Phone = "M5 1.75h6a1 1 0 0 1 1 1v10.5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V2.75a1 1 0 0 1 1-1zM7.25 12.25h1.5";
    /// Map pin.
    Pin = "M8 14.25S3 9.75 3 6.5a5 5 0 0 1 10 0c0 3.25-5 7.75-5 7.75zM8 8.25a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5z";
    /// Plus.
    Plus = "M8 3v10M3 8h10";
    /// Printer.
    Print = "M4.5 6V2.25h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4.25h-7z";
    /// Three quarters of a circle.
    Progress = "M8 1.75A6.25 6.25 0 1 1 1.75 8";
    /// QR code.
    Qr = "M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 11V9.5H11M13.5 9.5v1.75M13.5 13.5H12M9.5 13.5h.01";
    /// Two arrows in a circle.
    Refresh = "M13.5 3v3.25h-3.25M2.5 13V9.75h3.25M13.2 6.25A5.5 5.5 0 0 0 3.4 5M2.8 9.75A5.5 5.5 0 0 0 12.6 11";
    /// Magnifying glass.
    Search = "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.75 10.75L14 14";
    /// Sliders.
    Settings = "M2 4.5h6.5M12.5 4.5H14M2 11.5h1.5M7.5 11.5H14M10.5 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.5 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z";
    /// Shield with an exclamation mark.
    Shield = "M8 1.75l5 1.75v4c0 3.25-2 5.5-5 6.75-3-1.25-5-3.5-5-6.75v-4zM8 5v3.25M8 10.75v.01";
    /// Tick.
    Tick = "M3 8.5l3.25 3.25L13 4.75";
    /// Waste bin.
    Trash = "M2.5 4h11M6 4V2.5h4V4M4 4l.6 9a.75.75 0 0 0 .75.75h5.3A.75.75 0 0 0 11.4 13L12 4M6.75 6.75V11M9.25 6.75V11";
}

impl TryFrom<u8> for Icon {
    type Error = UnknownWord;

    fn try_from(place: u8) -> Result<Self, UnknownWord> {
        Self::ALL.get(usize::from(place)).copied().ok_or(UnknownWord)
    }
}

impl From<Icon> for u8 {
    fn from(icon: Icon) -> Self {
        icon as Self
    }
}

/// Draws an icon, hidden from assistive technology.
pub fn icon(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}
