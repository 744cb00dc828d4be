//! A view that can also be patched. It is hydrated at once, and so keeps no code for hydration step by step.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        view::{Position, PositionState, add_attr::AddAnyAttr},
    },
};

/// A view that can be built, hydrated and patched.
pub struct Patchable<V>(pub V);

impl<V: Render> Render for Patchable<V> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.0.rebuild(state);
    }
}

impl<V: IntoView + 'static> AddAnyAttr for Patchable<V> {
    type Output<SomeNewAttr: Attribute> = <V as AddAnyAttr>::Output<SomeNewAttr>;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self.0.add_any_attr(attr)
    }
}

impl<V: IntoView + 'static> RenderHtml for Patchable<V> {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    /// The browser writes no HTML.
    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
    }

    async fn hydrate_async(self, _: &Cursor, _: &PositionState) -> Self::State {
        // Only `hydrate_lazy` would come here, and the entry points call `hydrate_from` and `mount_to`.
        unreachable!("the console hydrates at once")
    }

    fn into_owned(self) -> Self {
        self
    }
}
