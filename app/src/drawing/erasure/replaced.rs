//! A view behind a pointer: it can be made, attached to the server's HTML, and replaced.

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

/// What a view has to be able to do.
trait View: Send {
    fn build(self: Box<Self>) -> Shown;
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Shown;
}

/// A view that the server may have rendered.
struct Early<V>(V);

impl<V: IntoView + 'static> View for Early<V> {
    fn build(self: Box<Self>) -> Shown {
        build(self.0)
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Shown {
        let elements = Box::new(self.0.hydrate::<true>(cursor, position));
        Shown { elements, placeholder: (!V::EXISTS).then(|| cursor.next_placeholder(position)) }
    }
}

/// A view that the server never renders.
struct Late<V>(V);

impl<V: IntoView + 'static> View for Late<V> {
    fn build(self: Box<Self>) -> Shown {
        build(self.0)
    }

    fn hydrate(self: Box<Self>, _: &Cursor, _: &PositionState) -> Shown {
        unreachable!("the server does not render this view")
    }
}

fn build<V: IntoView + 'static>(view: V) -> Shown {
    Shown { elements: Box::new(view.build()), placeholder: (!V::EXISTS).then(Rndr::create_placeholder) }
}

/// A view without its type.
pub struct Replaced(Box<dyn View>);

impl Replaced {
    /// Takes the type from a view.
    pub fn new(view: impl IntoView + 'static) -> Self {
        Self(Box::new(Early(view)))
    }

    /// Takes the type from a view that the server never renders.
    pub fn late(view: impl IntoView + 'static) -> Self {
        Self(Box::new(Late(view)))
    }
}

/// What stands in the document.
pub struct Shown {
    elements: Box<dyn Mountable>,
    /// Keeps the place of a view without elements.
    placeholder: Option<Placeholder>,
}

impl Mountable for Shown {
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

impl Render for Replaced {
    type State = Shown;

    fn build(self) -> Shown {
        self.0.build()
    }

    fn rebuild(self, shown: &mut Shown) {
        let mut new = self.0.build();
        shown.insert_before_this(&mut new);
        shown.unmount();
        *shown = new;
    }
}

impl AddAnyAttr for Replaced {
    type Output<SomeNewAttr: Attribute> = AnyViewWithAttrs;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> AnyViewWithAttrs {
        self.into_any().add_any_attr(attr)
    }
}

impl RenderHtml for Replaced {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    /// The browser writes no HTML.
    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Shown {
        self.0.hydrate(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}
