//! The picture of a QR code.

use crate::qr::{QrPath, qr_path};
use leptos::prelude::*;

/// `text` as a QR code, always dark on white; nothing when it is too long for one.
pub fn qr_image(text: &str, label: &'static str) -> Option<impl IntoView + use<>> {
    let QrPath { side, path } = qr_path(text)?;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
            <path d=path stroke="#000"></path>
        </svg>
    })
}
