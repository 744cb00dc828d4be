//! Rows of lists.

/// A row of a list.
pub trait Line: Clone + PartialEq + Send + Sync + 'static {
    /// What tells it from the others.
    fn key(&self) -> u128;
}
