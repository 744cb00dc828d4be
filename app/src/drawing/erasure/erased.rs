//! A view behind a pointer: it can be built, hydrated and replaced, but not patched.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        renderer::{
            Rndr,
            types::{Element, Node, Placeholder},
        },
        view::{Mountable, Position, PositionState, add_attr::AddAnyAttr, any_view::AnyViewWithAttrs},
    },
};

/// All that is kept of a view: two functions instead of the dozen that Leptos keeps.
trait View: Send {
    /// Makes the elements.
    fn build(self: Box<Self>) -> Mounted;
    /// Finds the elements in the server's HTML and attaches event handlers to them.
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Mounted;
}

/// A view that the server may have rendered.
struct Hydratable<V>(V);

impl<V: IntoView + 'static> View for Hydratable<V> {
    fn build(self: Box<Self>) -> Mounted {
        build(self.0)
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Mounted {
        // 1. The view takes its elements from the document, and moves the cursor behind them.
        let elements = Box::new(self.0.hydrate::<true>(cursor, position));
        // 2. Where a view without elements is, Leptos' `AnyView` has the server write a comment. It has to be taken,
        //    too, or the cursor is off by one for everything that follows.
        Mounted { elements, placeholder: (!V::EXISTS).then(|| cursor.next_placeholder(position)) }
    }
}

/// A view that the server never renders. Its type needs no code for hydration.
struct BrowserOnly<V>(V);

impl<V: IntoView + 'static> View for BrowserOnly<V> {
    fn build(self: Box<Self>) -> Mounted {
        build(self.0)
    }

    fn hydrate(self: Box<Self>, _: &Cursor, _: &PositionState) -> Mounted {
        unreachable!("the server does not render this view")
    }
}

fn build<V: IntoView + 'static>(view: V) -> Mounted {
    Mounted { elements: Box::new(view.build()), placeholder: (!V::EXISTS).then(Rndr::create_placeholder) }
}

/// A view without its type.
pub struct Erased(Box<dyn View>);

impl Erased {
    /// Takes the type from a view.
    pub fn new(view: impl IntoView + 'static) -> Self {
        Self(Box::new(Hydratable(view)))
    }

    /// Takes the type from a view that the server never renders.
    pub fn browser_only(view: impl IntoView + 'static) -> Self {
        Self(Box::new(BrowserOnly(view)))
    }
}

/// What a view has in the document.
pub struct Mounted {
    elements: Box<dyn Mountable>,
    /// Keeps the place of a view without elements.
    placeholder: Option<Placeholder>,
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        self.elements.unmount();
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.unmount();
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.elements.mount(parent, marker);
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.mount(parent, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.elements.insert_before_this(child)
            || self.placeholder.as_ref().is_some_and(|placeholder| placeholder.insert_before_this(child))
    }

    fn elements(&self) -> Vec<Element> {
        self.elements.elements()
    }
}

impl Render for Erased {
    type State = Mounted;

    fn build(self) -> Mounted {
        self.0.build()
    }

    fn rebuild(self, mounted: &mut Mounted) {
        // Nothing is known about the type of the view that is there, so nothing is compared with it:
        // 1. Build the new elements.
        let mut new = self.0.build();
        // 2. Put them before the old ones, which know their place in the document.
        mounted.insert_before_this(&mut new);
        // 3. Remove the old ones. Dropping what is left of them disposes of their signals and event handlers.
        mounted.unmount();
        *mounted = new;
    }
}

impl AddAnyAttr for Erased {
    type Output<SomeNewAttr: Attribute> = AnyViewWithAttrs;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> AnyViewWithAttrs {
        self.into_any().add_any_attr(attr)
    }
}

impl RenderHtml for Erased {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    /// The browser writes no HTML.
    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Mounted {
        self.0.hydrate(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}
