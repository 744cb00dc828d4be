//! The files that pages load: in the binary in release builds, read from `target/site` in debug builds.
//!
//! Their names contain a hash of their content (`rollcall.<hash>.wasm`, listed in `hash.txt`): browsers cache them
//! forever, and no browser mixes two builds.

use super::unchanged::unless_known;
use app::{
    frame::{LIVE, script_at},
    locale::phrasebook_at,
    server::assets::Assets,
};
use axum::{
    body::Body,
    extract::{OriginalUri, Path},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::config::{Env, LeptosOptions};
use rust_embed::{Embed, EmbeddedFile};
use std::borrow::Cow;

/// For files whose name changes with their content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// For files that browsers have to check for changes each time.
const REVALIDATE: &str = "no-cache";

/// What the shared worker may do: ask this server.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct Site;

/// The signed app that `cargo xtask dist` puts there.
#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/android/dist"]
struct AndroidFiles;

/// The options of Leptos: where pages find the files of the site.
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("rollcall").site_root("target/site").site_pkg_dir("pkg").env(Env::PROD).build()
}

/// Paths of the files that pages load. Without a built site the files do not exist, and pages work without scripts only.
pub fn paths(options: &LeptosOptions) -> Assets {
    Assets::from_hashes(&hashes(), options)
}

/// The text of `hash.txt`; empty when the site was built without hashes, or not at all.
fn hashes() -> String {
    Site::get("hash.txt").map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// `GET /pkg/{*path}`.
pub async fn file(Path(path): Path<String>, request: HeaderMap) -> Response {
    if path.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
        return no_such_file();
    }
    let caching = if is_hashed(&path, &hashes()) { IMMUTABLE } else { REVALIDATE };
    asset_response(&format!("pkg/{path}"), caching, &request)
}

/// Whether the name of a file contains one of the hashes.
fn is_hashed(path: &str, hashes: &str) -> bool {
    let hashes = hashes.lines().filter_map(|line| line.split_once(':'));
    hashes.map(|(_, hash)| hash.trim()).any(|hash| !hash.is_empty() && path.split('.').any(|part| part == hash))
}

/// `GET /words/{name}`: the phrases of a language.
pub async fn words(OriginalUri(uri): OriginalUri) -> Response {
    let Some(file) = phrasebook_at(uri.path()) else { return no_such_file() };
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, IMMUTABLE)];
    (headers, file.text.as_str()).into_response()
}

/// A script of the console. Pages request it with a hash of its content.
pub async fn script(OriginalUri(uri): OriginalUri) -> Response {
    let Some(script) = script_at(uri.path()) else { return no_such_file() };
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, IMMUTABLE)];
    let mut response = (headers, script.text).into_response();
    if script.path == LIVE.path {
        // A worker has the policy of its own script. With the default one it could not open the stream.
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER_POLICY));
    }
    response
}

/// `GET /robots.txt`: keeps search engines out.
pub async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /\n"
}

/// The Android app in this program, if it was built with one. Debug builds have none: what they hand out is the same
/// wherever they run.
pub fn android_app() -> Option<Cow<'static, [u8]>> {
    if cfg!(debug_assertions) { None } else { AndroidFiles::get("rollcall.apk").map(|file| file.data) }
}

fn asset_response(name: &str, caching: &'static str, request: &HeaderMap) -> Response {
    let Some((file, encoding)) = encoded(name, request) else {
        return no_such_file();
    };
    let mut response = unless_known(&file.metadata.sha256_hash(), request, body(file.data));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn no_such_file() -> Response {
    (StatusCode::NOT_FOUND, "There is no such file.\n").into_response()
}

fn body(data: Cow<'static, [u8]>) -> Body {
    match data {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// The smallest encoding of the file that the browser accepts, and its name.
fn encoded(name: &str, request: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(request, encoding))
        .find_map(|(encoding, suffix)| Some((Site::get(&format!("{name}.{suffix}"))?, Some(encoding))))
        .or_else(|| Some((Site::get(name)?, None)))
}

fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    let values = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn an_encoding_is_used_only_if_the_browser_accepts_it() {
        assert!(accepts(&accepting("gzip, deflate, br"), "br"));
        assert!(accepts(&accepting("GZIP;q=0.5"), "gzip"));
        assert!(!accepts(&accepting("br;q=0, gzip"), "br"));
        assert!(!accepts(&accepting("identity"), "gzip"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }

    #[test]
    fn only_names_with_a_hash_are_cached_forever() {
        let hashes = "js: 0123\nwasm: 4567\n";
        assert!(is_hashed("rollcall.4567.wasm", hashes));
        assert!(!is_hashed("rollcall.89ab.wasm", hashes));
        assert!(!is_hashed("rollcall.wasm", ""));
    }

    #[test]
    fn wasm_has_the_type_that_browsers_need_to_stream_it() {
        assert_eq!(content_type("pkg/rollcall.0123.wasm"), "application/wasm");
    }
}
