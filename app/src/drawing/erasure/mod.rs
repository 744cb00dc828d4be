//! View erasure: views without their type, as `AnyView`.
//!
//! Leptos' own `into_any` keeps all code that a view could ever need, once for each type of view: code that patches the
//! view in place, and code that hydrates it step by step, for routes that are loaded later. This console hydrates at
//! once and hardly ever patches, so its views keep less. Measured, this halves the code of the views.
//!
//! | function | can be hydrated | when another view takes its place |
//! | --- | --- | --- |
//! | [`into_erased`](IntoErased::into_erased) | yes | the elements are replaced |
//! | [`into_erased_patchable`](IntoErased::into_erased_patchable) | yes | the elements stay and are patched: the focus stays, too |
//! | [`into_erased_browser_only`](IntoErased::into_erased_browser_only) | no: the server never renders it | the elements are replaced |
//! | [`reactive`] | yes | a closure that runs again when a signal in it changes; its elements are replaced |
//! | [`reactive_browser_only`] | the closure's place, but not what it returns | the same |
//!
//! Which one to take: `into_erased` at the end of every function that returns a view. `into_erased_patchable` where a
//! user may have the focus inside while the data changes. `into_erased_browser_only` in dialogs and for everything else
//! that only an event handler can bring up; hydrating such a view is a bug and traps.
//!
//! In the server all of them are `into_any`: it renders each view once, and nothing has to be small there.

#[cfg(not(feature = "ssr"))]
mod erased;
#[cfg(not(feature = "ssr"))]
mod patchable;

use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos::tachys::reactive_graph::SharedReactiveFunction;
#[cfg(not(feature = "ssr"))]
use std::sync::{Arc, Mutex};

/// Takes the type from a view.
pub trait IntoErased: IntoView + 'static {
    /// The view without its type. When another view takes its place, its elements are replaced.
    #[cfg(not(feature = "ssr"))]
    fn into_erased(self) -> AnyView {
        erased::Erased::new(self).into_any()
    }

    /// The view without its type. When another view of the same type takes its place, its elements stay, with the focus
    /// that one of them may have, and only their content changes.
    #[cfg(not(feature = "ssr"))]
    fn into_erased_patchable(self) -> AnyView {
        patchable::Patchable(self).into_any()
    }

    /// The view without its type, for one that the server never renders: it appears only after hydration.
    #[cfg(not(feature = "ssr"))]
    fn into_erased_browser_only(self) -> AnyView {
        erased::Erased::browser_only(self).into_any()
    }

    /// See above.
    #[cfg(feature = "ssr")]
    fn into_erased(self) -> AnyView {
        self.into_any()
    }

    /// See above.
    #[cfg(feature = "ssr")]
    fn into_erased_patchable(self) -> AnyView {
        self.into_any()
    }

    /// See above.
    #[cfg(feature = "ssr")]
    fn into_erased_browser_only(self) -> AnyView {
        self.into_any()
    }
}

impl<V: IntoView + 'static> IntoErased for V {}

/// A part of a view that is drawn again when a signal in it changes. All such parts share one type; a bare closure in a
/// view would be a type of its own, with all the code for it.
#[cfg(not(feature = "ssr"))]
pub fn reactive<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    let draw: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || draw().into_erased()));
    draw.into_erased()
}

/// See above.
#[cfg(feature = "ssr")]
pub fn reactive<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    (move || draw().into_any()).into_any()
}

/// The same in a view that the server never renders.
#[cfg(not(feature = "ssr"))]
pub fn reactive_browser_only<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    let draw: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || draw().into_erased_browser_only()));
    draw.into_erased()
}

/// See above.
#[cfg(feature = "ssr")]
pub fn reactive_browser_only<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    reactive(draw)
}
