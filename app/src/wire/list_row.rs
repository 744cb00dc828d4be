//! Rows of lists.

/// A row of a list.
pub trait ListRow: Clone + PartialEq + Send + Sync + 'static {
    /// Its key, which no other row has.
    fn key(&self) -> u128;
}
