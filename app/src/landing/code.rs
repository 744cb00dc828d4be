//! The QR code of an enrollment URL as inline SVG.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Modules of white around a QR code that scanners rely on (ISO/IEC 18004: four).
const QUIET_ZONE: usize = 4;

/// `text` as the `viewBox` and the path of an SVG in which one unit is one module. `None` when the text is too long for
/// a QR code.
///
/// Each dark run of a row is one stroke, which keeps the picture of an enrollment URL below 4 kB.
pub(super) fn svg(text: &str) -> Option<(String, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Half a unit lower: a stroke lies on both sides of its line. Writing to a string cannot fail.
                let _ = write!(path, "M{} {}.5h{}", x + QUIET_ZONE, y + QUIET_ZONE, run.len());
            }
            x += run.len();
        }
    }
    let size = width + 2 * QUIET_ZONE;
    Some((format!("0 0 {size} {size}"), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";
        let (_, path) = svg(text).unwrap();
        let drawn: usize =
            path.split('h').skip(1).map(|part| part.split('M').next().unwrap().parse::<usize>().unwrap()).sum();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        assert_eq!(drawn, code.to_colors().iter().filter(|color| **color == Color::Dark).count());
        assert!(path.len() < 4000, "{} bytes", path.len());
    }

    #[test]
    fn a_text_that_fits_no_code_is_no_panic() {
        assert!(svg(&"x".repeat(5000)).is_none());
    }
}
