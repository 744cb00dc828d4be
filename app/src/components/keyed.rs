//! Lists whose elements keep their place in the document while the data around them changes.

use crate::drawing::erasure::Erase as _;
use leptos::prelude::*;

/// Draws an element for each key; one that stays is not drawn again.
pub fn keyed(keys: Memo<Vec<u128>>, draw: impl Fn(u128) -> AnyView + Send + Sync + 'static) -> AnyView {
    let draw = Callback::new(draw);
    view! { <For each=move || keys.get() key=|key| *key let:key>{draw.run(key)}</For> }.erase()
}
