//! What the tasks need from outside: compilers, Node, packages of the distribution.

pub mod consent;
mod debian_rust;
pub mod node;
pub mod packages;
mod rustup;
pub mod toolchain;
