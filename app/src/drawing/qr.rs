//! QR codes as SVG, drawn by the browser in the console and by the server on the landing page.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// White modules around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// Longer texts are drawn with the lowest level of error correction, in bytes: on a screen nothing is torn or dirty, and fewer
/// modules are larger.
const LONG: usize = 200;

/// A QR code in which one unit is one module.
#[derive(Debug, PartialEq, Eq)]
pub struct QrPath {
    /// Side of the image with the quiet zone, in modules.
    pub side: usize,
    /// The dark modules: a stroke for each run in a row, which keeps an enrollment URL below 4 kB.
    pub path: String,
}

/// `text` as a QR code; `None` when it is too long.
pub fn qr_path(text: &str) -> Option<QrPath> {
    let level = if text.len() > LONG { EcLevel::L } else { EcLevel::M };
    let code = QrCode::with_error_correction_level(text, level).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Half a unit lower: a stroke lies on both sides of its line. Writing to a string cannot fail.
                let _ = write!(path, "M{} {}.5h{}", x + QUIET, y + QUIET, run.len());
            }
            x += run.len();
        }
    }
    Some(QrPath { side: width + 2 * QUIET, path })
}

/// The picture of a QR code, always dark on white; `None` when `text` is too long.
pub fn qr_image(text: &str, label: &'static str) -> Option<impl IntoView + use<>> {
    let QrPath { side, path } = qr_path(text)?;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
            <path d=path stroke="#000"></path>
        </svg>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let dark = code.to_colors().iter().filter(|color| **color == Color::Dark).count();
        let QrPath { side, path } = qr_path(text).unwrap();
        let runs = path.split('h').skip(1).map(|part| part.split('M').next().unwrap().parse::<usize>().unwrap());
        assert_eq!(runs.sum::<usize>(), dark);
        assert_eq!(side, code.width() + 8);
        assert!(path.len() < 4000, "{} bytes", path.len());
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert_eq!(qr_path(&"x".repeat(5000)), None);
    }
}
