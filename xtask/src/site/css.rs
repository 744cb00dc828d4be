//! One style sheet out of `style/*.css`.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::support::files;
use crate::support::mode::Mode;

/// The content of every `*.css` file of a folder, in the order of their names, without comments and
/// indentation in release mode.
pub fn bundle(folder: &Path, mode: Mode) -> Result<String> {
    let mut css = String::new();
    for file in files::list(folder)? {
        if file.extension().is_some_and(|extension| extension == "css") {
            css.push_str(&files::read_text(&folder.join(file))?);
            css.push('\n');
        }
    }
    ensure!(!css.is_empty(), "there is no style sheet in {}", folder.display());
    Ok(match mode {
        Mode::Dev => css,
        Mode::Release => minify(&css),
    })
}

/// Replaces every comment by a space and every run of white space by one character of it. Strings stay
/// as they are. White space between two tokens never disappears, because CSS gives it a meaning in
/// places (`a :hover`, `calc(1px + 2px)`).
fn minify(css: &str) -> String {
    let mut short = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => string_length(rest, first),
            '/' if rest.starts_with("/*") => comment_length(rest),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if !first.is_whitespace() && !token.starts_with("/*") {
            short.push_str(token);
        } else if !short.is_empty() && !short.ends_with([' ', '\n']) {
            short.push(if first == '\n' { '\n' } else { ' ' });
        }
    }
    short
}

/// The length in bytes of the comment that `css` begins with.
fn comment_length(css: &str) -> usize {
    css.char_indices().skip(2).find(|&(at, _)| css[at..].starts_with("*/")).map_or(css.len(), |(at, _)| at + 2)
}

/// The length in bytes of the quoted string that `css` begins with, with both quotes.
fn string_length(css: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in css.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_joined_in_the_order_of_their_names() -> Result<()> {
        let folder = tempfile::tempdir()?;
        files::write(&folder.path().join("20-b.css"), "b{}")?;
        files::write(&folder.path().join("10-a.css"), "a{}")?;
        files::write(&folder.path().join("notes.txt"), "no style")?;
        assert_eq!(bundle(folder.path(), Mode::Dev)?, "a{}\nb{}\n");
        Ok(())
    }

    #[test]
    fn a_folder_without_style_sheets_is_an_error() -> Result<()> {
        let folder = tempfile::tempdir()?;
        assert!(bundle(folder.path(), Mode::Dev).is_err());
        Ok(())
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            minify("/* head */\n.a {\n    color: red; /* why */\n    width: calc(1px + 2px);\n}\n"),
            ".a {\ncolor: red; width: calc(1px + 2px);\n}\n"
        );
    }

    #[test]
    fn a_comment_still_separates_what_stands_around_it() {
        assert_eq!(minify("a/**/b{}"), "a b{}");
        assert_eq!(minify("a/*/ é */b{}"), "a b{}");
    }

    #[test]
    fn strings_keep_what_looks_like_a_comment_or_white_space() {
        let css = r#"a::after{content:"/* \"  no  */"}b{content:'  é'}"#;
        assert_eq!(minify(css), css);
    }
}
