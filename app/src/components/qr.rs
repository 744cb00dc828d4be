//! QR codes, drawn in the browser.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// White modules around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// A QR code as an SVG path: one unit is one module.
#[derive(Debug, PartialEq, Eq)]
struct QrPath {
    /// Side of the image with the quiet zone, in modules.
    side: usize,
    /// The dark modules, a rectangle for each run in a row.
    path: String,
}

fn qr_path(text: &str) -> Option<QrPath> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing into a String cannot fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    Some(QrPath { side: width + 2 * QUIET, path })
}

/// `text` as a QR code, always dark on white; nothing when it is too long for one.
pub fn qr_image(text: &str, label: &'static str) -> Option<impl IntoView + use<>> {
    let QrPath { side, path } = qr_path(text)?;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("fits");
        let dark = code.to_colors().iter().filter(|color| **color == Color::Dark).count();
        let drawn = qr_path(text).expect("fits");
        let lengths = drawn.path.split('h').filter_map(|part| part.split('v').next()?.parse::<usize>().ok());
        assert_eq!(lengths.filter(|length| *length > 0).sum::<usize>(), dark);
        assert_eq!(drawn.side, code.width() + 8);
    }

    #[test]
    fn a_text_that_is_too_long_is_no_code() {
        assert_eq!(qr_path(&"x".repeat(5000)), None);
    }
}
