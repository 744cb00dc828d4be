//! Lists whose elements stay in the document while the data around them changes.

use crate::drawing::erasure::IntoErased as _;
use leptos::prelude::*;

/// Draws an element for each key. The element of a key that stays is not drawn again.
pub fn keyed(keys: Memo<Vec<u128>>, draw: impl Fn(u128) -> AnyView + Send + Sync + 'static) -> AnyView {
    let draw = Callback::new(draw);
    view! { <For each=move || keys.get() key=|key| *key let:key>{draw.run(key)}</For> }.into_erased()
}
