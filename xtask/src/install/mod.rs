//! What the tasks need from outside: compilers, Node, packages of the distribution.

mod debian_rust;
pub mod node;
pub mod packages;
pub mod small_std;
pub mod toolchain;
