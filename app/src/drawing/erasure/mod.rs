//! Views without their type. Leptos' own `into_any` keeps all that a view could ever need, for each type of view: code
//! to patch it in place, and code to attach it to the server's HTML step by step, for routes that are loaded later. This
//! console hydrates at once and hardly ever patches, so here views keep less. Measured, it halves the code of the views.

#[cfg(not(feature = "ssr"))]
mod patched;
#[cfg(not(feature = "ssr"))]
mod replaced;

use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos::tachys::reactive_graph::SharedReactiveFunction;
#[cfg(not(feature = "ssr"))]
use std::sync::{Arc, Mutex};

/// Takes the type from a view.
pub trait Erase: IntoView + 'static {
    /// The view without its type. When another view takes its place, its elements are replaced.
    #[cfg(not(feature = "ssr"))]
    fn erase(self) -> AnyView {
        replaced::Replaced::new(self).into_any()
    }

    /// The view without its type. When another view of the same type takes its place, its elements stay, with the focus
    /// that one of them may have, and only their content changes.
    #[cfg(not(feature = "ssr"))]
    fn erase_patched(self) -> AnyView {
        patched::Patched(self).into_any()
    }

    /// The view without its type, for one that appears only after the page lives: it is never attached to the server's
    /// HTML.
    #[cfg(not(feature = "ssr"))]
    fn erase_late(self) -> AnyView {
        replaced::Replaced::late(self).into_any()
    }

    /// See above; the server renders each view once, and nothing has to be small there.
    #[cfg(feature = "ssr")]
    fn erase(self) -> AnyView {
        self.into_any()
    }

    /// See above.
    #[cfg(feature = "ssr")]
    fn erase_patched(self) -> AnyView {
        self.into_any()
    }

    /// See above.
    #[cfg(feature = "ssr")]
    fn erase_late(self) -> AnyView {
        self.into_any()
    }
}

impl<V: IntoView + 'static> Erase for V {}

/// A part of a view that is drawn again when a signal in it changes. It is one type for all of them, where a bare closure
/// in a view is a type of its own, with all the code for it.
#[cfg(not(feature = "ssr"))]
pub fn dynamic<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    let draw: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || draw().erase()));
    draw.erase()
}

/// See above.
#[cfg(feature = "ssr")]
pub fn dynamic<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    (move || draw().into_any()).into_any()
}

/// The same, in a view that appears only after the page lives.
#[cfg(not(feature = "ssr"))]
pub fn dynamic_late<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    let draw: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || draw().erase_late()));
    draw.erase()
}

/// See above.
#[cfg(feature = "ssr")]
pub fn dynamic_late<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    dynamic(draw)
}
