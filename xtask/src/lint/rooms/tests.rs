//! Small made-up crates, and what is found in them.

use super::*;
use crate::support::files;

/// Writes a crate's `src` into a folder and returns its faults, each as one text.
fn faults(tree: &[(&str, &str)]) -> Result<Vec<String>> {
    let folder = tempfile::tempdir()?;
    for (path, content) in tree {
        files::write(&folder.path().join(path), content)?;
    }
    let mut faults = Vec::new();
    inspect("demo", folder.path(), |rooms, _| faults = report::faults(rooms))?;
    Ok(faults)
}

/// A crate with the rooms `a/` and `b/`, where `b/` uses `a/`, and with one file more.
fn faults_with(path: &str, content: &str) -> Result<Vec<String>> {
    faults(&[
        ("lib.rs", "mod a; mod b; pub use b::two::Two;"),
        ("a/mod.rs", "pub mod one; mod other; #[cfg(test)] mod trial;"),
        ("a/one.rs", "pub struct One;"),
        ("b/mod.rs", "pub mod two; pub use two::Two;"),
        ("b/two.rs", "use crate::a::one::One; pub struct Two(One);"),
        (path, content),
    ])
}

/// Whether one more file closes the circle of `a/` and `b/`.
fn closes_circle(path: &str, content: &str) -> Result<bool> {
    let faults = faults_with(path, content)?;
    assert!(faults.len() < 2, "{faults:?}");
    Ok(faults.iter().any(|fault| fault.contains("circle of `a/`, `b/`")))
}

#[test]
fn an_arrow_one_way_is_no_circle() -> Result<()> {
    assert_eq!(faults_with("a/other.rs", "use super::one::One;")?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_circle_is_told_with_an_example_for_each_arrow() -> Result<()> {
    let faults = faults_with("a/other.rs", "use crate::b::two::Two; use crate::b::two;")?;
    let [fault] = faults.as_slice() else { panic!("{faults:?}") };
    assert_eq!(
        fault.lines().collect::<Vec<_>>(),
        [
            "demo/src: circle of `a/`, `b/`",
            "    b/ → a/ (1×): b/two.rs → a/one.rs (crate::a::one::One)",
            "    a/ → b/ (2×): a/other.rs → b/two.rs (crate::b::two::Two)",
        ]
    );
    Ok(())
}

#[test]
fn references_are_found_however_they_are_written() -> Result<()> {
    for content in [
        "use crate::{b::{two::Two as Deux}};",
        "use super::super::b::two;",
        "use crate::b; fn f() { b::two::call() }",
        "use crate::Two;",
        "fn f() -> crate::b::Two { todo!() }",
        "fn f() { let _ = crate::b::two::CONST; }",
        "fn f() { crate::b::two::say!() }",
        "fn f() { view! { <p>{move || crate::b::two::text()}</p> } }",
        "use crate::b; fn f() { view! { <b::Two/> } }",
        "macro_rules! m { () => { $crate::b::two::call() } }",
        "#[derive(Deserialize)] struct S { #[serde(with = \"crate::b::two\")] field: u8 }",
        "mod inner { use super::super::super::b::two; }",
        "fn f() { use crate::b::*; }",
    ] {
        assert!(closes_circle("a/other.rs", content)?, "{content}");
    }
    Ok(())
}

#[test]
fn what_names_nothing_in_the_other_room_is_no_arrow() -> Result<()> {
    for content in [
        "use b::two::Two;",
        "use ::b::two::Two;",
        "/// See [`crate::b::two`].\nfn f() {}",
        "pub(in crate::b) fn f() {}",
        "fn f() { let b = 1; }",
        "use super::b::two;",
    ] {
        assert!(!closes_circle("a/other.rs", content)?, "{content}");
    }
    Ok(())
}

#[test]
fn tests_do_not_count() -> Result<()> {
    let uses_the_other_room = "use crate::b::two::Two;";
    for path in ["a/tests.rs", "a/tests/case.rs", "a/trial.rs", "a/trial/deeper.rs"] {
        assert!(!closes_circle(path, uses_the_other_room)?, "{path}");
    }
    for content in [
        "#[cfg(test)] mod tests { use crate::b::two::Two; }",
        "#[cfg(test)] use crate::b::two::Two;",
        "#[cfg(all(any(unix, windows), test))] fn f() { crate::b::two::call() }",
        "struct S; impl S { #[cfg(test)] fn f() { crate::b::two::call() } }",
    ] {
        assert!(!closes_circle("a/other.rs", content)?, "{content}");
    }
    for condition in ["any(test, unix)", "all(unix, any(unix, test, windows))", "not(test)"] {
        assert!(closes_circle("a/other.rs", &format!("#[cfg({condition})] use crate::b::two::Two;"))?, "{condition}");
    }
    Ok(())
}

#[test]
fn a_path_that_begins_in_a_folder_above_is_followed_to_its_end() -> Result<()> {
    for content in [
        "use crate::outer; fn f() { outer::side::call() }",
        "use crate::outer as it; fn f() { m! { it::side::call() } }",
        "fn f() { m! { use crate::outer::{side}; } }",
        "mod inline { use super::super::super::side; }",
    ] {
        let faults = faults(&[
            ("lib.rs", "mod outer;"),
            ("outer/mod.rs", "mod inner; mod side;"),
            ("outer/side.rs", "use super::inner::deep;"),
            ("outer/inner/mod.rs", "pub mod deep;"),
            ("outer/inner/deep.rs", content),
        ])?;
        assert_eq!(faults.len(), 1, "{content}");
    }
    Ok(())
}

#[test]
fn what_a_folder_reexports_belongs_to_the_file_that_defines_it() -> Result<()> {
    for reexport in ["pub use inner::Thing;", "pub use inner::*;"] {
        let faults = faults(&[
            ("lib.rs", "mod outer; mod user;"),
            ("outer/mod.rs", &format!("pub mod inner; mod side; {reexport}")),
            ("outer/side.rs", "use super::Thing;"),
            ("outer/inner/mod.rs", "mod deep; pub use deep::Thing;"),
            ("outer/inner/deep.rs", "use crate::outer::side; define! { pub struct Thing; }"),
            ("user.rs", "use crate::outer::Thing;"),
        ])?;
        assert_eq!(faults.len(), 1, "{reexport} {faults:?}");
        assert!(faults[0].starts_with("demo/src/outer: circle of `inner/`, `side`"), "{}", faults[0]);
    }
    Ok(())
}

#[test]
fn a_folders_own_file_and_files_side_by_side_may_use_each_other() -> Result<()> {
    let faults = faults(&[
        ("lib.rs", "mod one; mod other; mod room; mod hall;"),
        ("one.rs", "use crate::other::B; pub struct A;"),
        ("other.rs", "use crate::one::A; pub struct B;"),
        ("room.rs", "mod inside; use inside::C; pub struct D;"),
        ("room/inside.rs", "use super::D; pub struct C;"),
        ("hall/mod.rs", "mod inside; use inside::deep::E; pub struct F;"),
        ("hall/inside/mod.rs", "pub mod deep;"),
        ("hall/inside/deep.rs", "use crate::hall::F; pub struct E;"),
    ])?;
    assert_eq!(faults, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_folder_with_its_own_file_and_tests_is_no_more_than_a_file() -> Result<()> {
    let faults = faults(&[
        ("lib.rs", "mod one; mod other;"),
        ("one.rs", "use crate::other::B; pub struct A;"),
        ("other/mod.rs", "use crate::one::A; pub struct B; #[cfg(test)] mod tests;"),
        ("other/tests.rs", ""),
    ])?;
    assert_eq!(faults, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_file_beside_its_folder_is_part_of_that_room() -> Result<()> {
    let faults = faults(&[
        ("lib.rs", "mod one; mod room;"),
        ("one.rs", "use crate::room::inside::C; pub struct A;"),
        ("room.rs", "pub mod inside; use crate::one::A;"),
        ("room/inside.rs", "pub struct C;"),
    ])?;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("demo/src: circle of `one`, `room/`"), "{}", faults[0]);
    Ok(())
}

#[test]
fn circles_through_a_third_room_are_found() -> Result<()> {
    let faults = faults(&[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a/mod.rs", "pub mod x;"),
        ("a/x.rs", "use crate::b::y;"),
        ("b/mod.rs", "pub mod y;"),
        ("b/y.rs", "use crate::c;"),
        ("c.rs", "use crate::a::x;"),
    ])?;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("demo/src: circle of `a/`, `b/`, `c`"), "{}", faults[0]);
    Ok(())
}

#[test]
fn fourteen_files_may_be_side_by_side_and_no_more() -> Result<()> {
    let crowd = |files: usize, folder: &str| {
        let names: Vec<String> = (1..=files).map(|number| format!("{folder}/f{number}.rs")).collect();
        faults(&names.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>())
    };
    assert_eq!(crowd(14, "room")?, Vec::<String>::new());
    assert_eq!(crowd(15, "room")?, ["demo/src/room: 15 files side by side, 14 are allowed"]);
    assert_eq!(crowd(15, "room/tests")?, Vec::<String>::new());
    Ok(())
}

#[test]
fn tables_name_files_and_arrows_of_each_room() -> Result<()> {
    let folder = tempfile::tempdir()?;
    files::write(&folder.path().join("lib.rs"), "mod a; mod b;")?;
    files::write(&folder.path().join("a/x.rs"), "use crate::b::Thing;")?;
    files::write(&folder.path().join("a/y.rs"), "")?;
    files::write(&folder.path().join("a/z.rs"), "")?;
    files::write(&folder.path().join("b.rs"), "pub struct Thing;")?;
    let mut table = String::new();
    inspect("demo", folder.path(), |rooms, graph| table = report::table(rooms, graph))?;
    assert!(table.contains("\n| `a/` | 3 | `b` |\n| `b` | 1 |  |\n"), "{table}");
    assert!(table.contains("\nFullest folder: demo/src/a (3)\n"), "{table}");
    Ok(())
}
