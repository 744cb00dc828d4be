//! The QR code of an enrollment URL as a PNG, since many mail clients do not show SVG.

use qrcode::{Color, EcLevel, QrCode};

/// Width of the white border that scanners rely on, in modules (ISO/IEC 18004: four).
const QUIET_ZONE: usize = 4;
/// Pixels per module. The image of an enrollment URL is about 300 pixels wide, which is sharp on high-density screens.
const SCALE: usize = 8;

/// Why the QR code cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum QrError {
    /// The text is longer than a QR code can hold.
    #[error("the URL is too long for a QR code")]
    TooLong(#[from] qrcode::types::QrError),
    /// The PNG could not be encoded.
    #[error("the QR code could not be encoded as a PNG")]
    Png(#[from] png::EncodingError),
}

/// Draws `text` as a QR code with its quiet zone: a PNG with one bit per pixel.
///
/// # Errors
/// The text is too long for a QR code.
pub(super) fn qr_png(text: &str) -> Result<Vec<u8>, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let modules = code.width() + 2 * QUIET_ZONE;
    let rows: Vec<Vec<u8>> = (0..modules).map(|y| packed_row(&code, y)).collect();
    let pixels: Vec<u8> = rows.iter().flat_map(|row| std::iter::repeat_n(row, SCALE)).flatten().copied().collect();
    let size = u32::try_from(modules * SCALE).unwrap_or(u32::MAX);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size, size);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}

/// One row of modules as pixels. A module is eight pixels wide, so it is one byte: all white or all black.
fn packed_row(code: &QrCode, y: usize) -> Vec<u8> {
    let inside = QUIET_ZONE..QUIET_ZONE + code.width();
    let is_dark =
        |x: usize| inside.contains(&x) && inside.contains(&y) && code[(x - QUIET_ZONE, y - QUIET_ZONE)] == Color::Dark;
    (0..code.width() + 2 * QUIET_ZONE).map(|x| if is_dark(x) { 0x00 } else { 0xff }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_contains_every_module_and_the_quiet_zone() {
        let text = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";
        let bytes = qr_png(text).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let modules = code.width() + 2 * QUIET_ZONE;
        assert_eq!(info.width as usize, modules * SCALE);
        for y in 0..modules {
            for x in 0..modules {
                let inside = |at: usize| (QUIET_ZONE..QUIET_ZONE + code.width()).contains(&at);
                let is_dark = inside(x) && inside(y) && code[(x - QUIET_ZONE, y - QUIET_ZONE)] == Color::Dark;
                let byte = pixels[(y * SCALE + SCALE / 2) * info.line_size + x];
                assert_eq!(byte, if is_dark { 0x00 } else { 0xff }, "module {x}, {y}");
            }
        }
    }

    #[test]
    fn a_text_too_long_for_a_qr_code_is_an_error() {
        assert!(qr_png(&"x".repeat(5000)).is_err());
    }
}
