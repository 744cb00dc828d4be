//! Collects the paths that a file mentions: in imports, expressions, types, attributes and the input of macros.

use std::collections::HashSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItem, Item, ItemMod, ItemUse, Macro, Meta, Path, UseTree, Visibility};

use super::source::{Module, SourceFile, is_test_only};

/// A path as it is written.
pub struct Mention {
    /// The module that it is written in, inline modules included.
    pub scope: Module,
    /// Its segments, such as `crate`, `store`, `Store`.
    pub segments: Vec<String>,
}

/// A name that `use` brings into a module.
pub struct Import {
    /// The module, inline modules included.
    pub scope: Module,
    /// The name that is brought in; none for a glob.
    pub name: Option<String>,
    /// The path behind `use`.
    pub segments: Vec<String>,
}

/// What one file mentions and defines.
#[derive(Default)]
pub struct Scan {
    /// Paths outside of `use`.
    pub mentions: Vec<Mention>,
    /// What `use` brings in.
    pub imports: Vec<Import>,
    /// Names of items. A macro may define any name in its input, so these count as well.
    pub defined: HashSet<String>,
}

impl Scan {
    /// Reads a file, leaving out what is compiled for tests only.
    pub fn of(file: &SourceFile) -> Self {
        let mut scanner = Scanner { scope: file.module.clone(), scan: Self::default() };
        scanner.visit_file(&file.parsed);
        for item in &file.parsed.items {
            scanner.scan.define(item);
        }
        scanner.scan
    }

    fn define(&mut self, item: &Item) {
        let name = match item {
            Item::Const(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Fn(item) => &item.sig.ident,
            Item::Static(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::Type(item) => &item.ident,
            Item::Union(item) => &item.ident,
            Item::Macro(item) => return collect_names(&item.mac.tokens, &mut self.defined),
            _ => return,
        };
        self.defined.insert(name.to_string());
    }
}

fn collect_names(tokens: &TokenStream, names: &mut HashSet<String>) {
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(name) => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => collect_names(&group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

struct Scanner {
    scope: Module,
    scan: Scan,
}

impl Scanner {
    fn mention(&mut self, segments: Vec<String>) {
        // A single name needs an import, which is collected as such.
        if segments.len() > 1 {
            self.scan.mentions.push(Mention { scope: self.scope.clone(), segments });
        }
    }

    fn import(&mut self, tree: &UseTree, before: &[String]) {
        let scope = self.scope.clone();
        let with = |name: String| [before, &[name]].concat();
        let import = match tree {
            UseTree::Path(path) => return self.import(&path.tree, &with(path.ident.to_string())),
            UseTree::Group(group) => return group.items.iter().for_each(|item| self.import(item, before)),
            UseTree::Glob(_) => Import { scope, name: None, segments: before.to_vec() },
            UseTree::Name(name) if name.ident == "self" => {
                Import { scope, name: before.last().cloned(), segments: before.to_vec() }
            }
            UseTree::Name(name) => {
                Import { scope, name: Some(name.ident.to_string()), segments: with(name.ident.to_string()) }
            }
            UseTree::Rename(rename) => {
                let segments = if rename.ident == "self" { before.to_vec() } else { with(rename.ident.to_string()) };
                Import { scope, name: Some(rename.rename.to_string()), segments }
            }
        };
        self.scan.imports.push(import);
    }

    /// Mentions every path in the input of a macro: names joined by `::`.
    fn scan_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Ident(first) => {
                    let mut segments = vec![first.to_string()];
                    while let Some(TokenTree::Ident(next)) = tokens.get(at + 2).filter(|_| is_path_sign(&tokens, at)) {
                        segments.push(next.to_string());
                        at += 3;
                    }
                    self.mention_with_list(segments, &tokens, at);
                }
                TokenTree::Group(group) => self.scan_tokens(group.stream()),
                TokenTree::Literal(literal) => self.scan_text(&literal.to_string()),
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// Mentions a path of a macro's input. One that ends in `::{…}` mentions everything that its list begins with.
    fn mention_with_list(&mut self, segments: Vec<String>, tokens: &[TokenTree], at: usize) {
        if let Some(TokenTree::Group(list)) = tokens.get(at + 2).filter(|_| is_path_sign(tokens, at))
            && list.delimiter() == Delimiter::Brace
        {
            for token in list.stream() {
                if let TokenTree::Ident(name) = token {
                    self.mention([segments.as_slice(), &[name.to_string()]].concat());
                }
            }
        }
        self.mention(segments);
    }

    /// Mentions a path in a string: attributes such as serde's name functions in this way.
    fn scan_text(&mut self, literal: &str) {
        let text = literal.trim_matches('"');
        if ["crate::", "super::", "self::"].iter().any(|start| text.starts_with(start))
            && let Ok(path) = syn::parse_str::<Path>(text)
        {
            self.visit_path(&path);
        }
    }
}

/// Whether `::` is at this place.
fn is_path_sign(tokens: &[TokenTree], at: usize) -> bool {
    [at, at + 1].iter().all(|&place| matches!(tokens.get(place), Some(TokenTree::Punct(sign)) if sign.as_char() == ':'))
}

impl<'ast> Visit<'ast> for Scanner {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test_only(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = match item {
            ImplItem::Fn(item) => item.attrs.as_slice(),
            ImplItem::Const(item) => &item.attrs,
            _ => &[],
        };
        if !is_test_only(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        self.scope.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.scope.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            self.import(&item.tree, &[]);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none() {
            self.mention(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        self.scan_tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        match &attribute.meta {
            Meta::List(list) => self.scan_tokens(list.tokens.clone()),
            Meta::Path(_) | Meta::NameValue(_) => {}
        }
    }

    /// `pub(in crate::…)` uses nothing of what it names.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
