//! The files that pages load, and their URLs.

use leptos::prelude::LeptosOptions;

/// URL paths of the files that the console's pages load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The JavaScript module that loads the WebAssembly file.
    pub js: String,
    /// The WebAssembly file.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
}

impl Assets {
    /// Paths with hashes, from the content of `hash.txt` (lines such as `js: 0123abcd`). A file that it does not name
    /// has no hash.
    pub fn from_hashes(hashes: &str, options: &LeptosOptions) -> Self {
        let path = |extension: &str| {
            let hash = hashes
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(key, _)| key.trim() == extension)
                .map(|(_, hash)| format!(".{}", hash.trim()));
            let (folder, name) = (&options.site_pkg_dir, &options.output_name);
            format!("/{folder}/{name}{}.{extension}", hash.unwrap_or_default())
        };
        Self { js: path("js"), wasm: path("wasm"), css: path("css") }
    }
}

/// A path with a hash of the content behind it.
pub fn versioned(path: &str, content: &str) -> String {
    format!("{path}?v={:016x}", fnv1a(content.as_bytes()))
}

/// FNV-1a with 64 bits. It distinguishes versions of a file, and has nothing to do with security.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_content_has_a_different_url() {
        assert_ne!(versioned("/a", "one"), versioned("/a", "two"));
        // Known results of the function: the empty text and "a".
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn paths_contain_the_hashes() {
        let options = LeptosOptions::builder().output_name("rollcall").build();
        let assets = Assets::from_hashes("js: 12\nwasm: 34\n", &options);
        assert_eq!(assets.js, "/pkg/rollcall.12.js");
        assert_eq!(assets.wasm, "/pkg/rollcall.34.wasm");
        assert_eq!(assets.css, "/pkg/rollcall.css");
    }
}
