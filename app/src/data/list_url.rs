//! The URL of a list, which holds the list's state.

use crate::data::list_query::{SIZE, SORT, Setting, changed};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};

/// The URL of a list.
#[derive(Clone, Copy)]
pub struct ListUrl {
    path: &'static str,
    params: Memo<ParamsMap>,
    go: Callback<(String, bool)>,
}

impl ListUrl {
    /// The URL of the list at `path`. This must be the page that is shown.
    pub fn new(path: &'static str) -> Self {
        let navigate = use_navigate();
        let go = move |url: String, replace: bool| {
            let options = NavigateOptions { replace, scroll: false, resolve: false, ..NavigateOptions::default() };
            navigate(&url, options);
        };
        Self { path, params: use_query_map(), go: Callback::new(move |(url, replace)| go(url, replace)) }
    }

    /// The parameters.
    pub const fn params(self) -> Memo<ParamsMap> {
        self.params
    }

    /// The value of a parameter.
    pub fn get(self, key: &'static str) -> Option<String> {
        self.params.with(|params| params.get(key)).filter(|value| !value.is_empty())
    }

    /// The filters of the list: the URL without page, size and order.
    pub fn filters(self) -> String {
        self.params.with(|params| changed(params, &[(SIZE, None), (SORT, None)]))
    }

    /// The target of a link with these changes.
    pub fn href(self, changes: &[Setting]) -> String {
        format!("{}{}", self.path, self.params.with(|params| changed(params, changes)))
    }

    /// The target of a link that sets this filter and no other; an empty value sets none.
    pub fn only(self, key: &'static str, value: &str) -> String {
        format!("{}{}", self.path, changed(&ParamsMap::new(), &[(key, Some(value.to_owned()))]))
    }

    /// The target of a link to the list as a file, filtered and sorted as it is shown.
    pub fn export(self) -> String {
        format!("{}/export.csv{}", self.path, self.params.with(|params| changed(params, &[])))
    }

    /// Goes to the list with these changes. `replace` adds no entry to the history.
    pub fn set(self, changes: &[Setting], replace: bool) {
        let search = self.params.with_untracked(|params| changed(params, changes));
        self.go.run((format!("{}{search}", self.path), replace));
    }
}
