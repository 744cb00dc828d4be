//! Compressed siblings: `x.js.br` and `x.js.gz` beside `x.js`, so that the server compresses nothing itself.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::files;
use crate::support::mode::Mode;

/// Writes a file together with its compressed siblings.
pub fn write_with_siblings(path: &Path, content: &[u8], mode: Mode) -> Result<()> {
    files::write(path, content)?;
    files::write(&sibling(path, "br"), brotli(content, mode.brotli_quality())?)?;
    files::write(&sibling(path, "gz"), gzip(content)?)
}

/// The name of the sibling of `path` with this extension behind its own.
pub fn sibling(path: &Path, extension: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

/// Compresses with brotli.
pub fn brotli(mut content: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters =
        BrotliEncoderParams { quality, lgwin: 22, size_hint: content.len(), ..BrotliEncoderParams::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut content, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn both_siblings_unpack_to_the_file() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.css");
        let content = b"a{color:red}".repeat(100);

        write_with_siblings(&path, &content, Mode::Release)?;

        let mut from_brotli = Vec::new();
        let packed = files::read(&sibling(&path, "br"))?;
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut from_brotli)?;
        assert_eq!(from_brotli, content);
        let mut from_gzip = Vec::new();
        let packed = files::read(&sibling(&path, "gz"))?;
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut from_gzip)?;
        assert_eq!(from_gzip, content);
        Ok(())
    }
}
