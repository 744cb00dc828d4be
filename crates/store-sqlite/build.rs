//! Migrations are compiled into the crate: a new file among them makes Cargo compile it again.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations/sqlite");
}
