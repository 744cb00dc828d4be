use apple::xml::{MAX_BYTES, MAX_LEVELS, XmlError, read, write};
use plist::{Dictionary, Value};
use proptest::prelude::*;

use crate::plist;

/// A property list of `levels` nested elements, `plist` and the dictionary among them.
fn nested(levels: usize) -> Vec<u8> {
    let arrays = levels - 2;
    plist(&format!("<key>a</key>{}{}", "<array>".repeat(arrays), "</array>".repeat(arrays)))
}

#[test]
fn levels_are_counted_before_anything_is_read() {
    assert!(read(&nested(MAX_LEVELS)).is_ok());
    assert_eq!(read(&nested(MAX_LEVELS + 1)), Err(XmlError::TooDeep));
    // The reader of property lists would end the process here.
    assert_eq!(read(&nested(30_000)), Err(XmlError::TooDeep));
    assert_eq!(read("<array>".repeat(30_000).as_bytes()), Err(XmlError::TooDeep));
    let empty_at_the_bottom = nested(MAX_LEVELS);
    let text = String::from_utf8(empty_at_the_bottom).unwrap().replacen("<array></array>", "<array><dict/></array>", 1);
    assert_eq!(read(text.as_bytes()), Err(XmlError::TooDeep));
}

#[test]
fn what_is_no_property_list_in_xml_is_refused() {
    assert_eq!(read(b"bplist00\xd0\x08"), Err(XmlError::Binary));
    assert_eq!(read(b""), Err(XmlError::NoPropertyList));
    assert_eq!(read(b"\xff\xfe<\0p\0"), Err(XmlError::Encoding));
    assert_eq!(read(b"<plist><array/></plist>"), Err(XmlError::NoDictionary));
    assert_eq!(read(b"<plist><dict><key>a</key><string>b</string>"), Err(XmlError::Syntax));
    assert_eq!(read(b"<plist><dict></array></plist>"), Err(XmlError::Syntax));
    assert_eq!(read(&vec![b' '; MAX_BYTES + 1]), Err(XmlError::TooLong));
}

#[test]
fn entities_of_a_doctype_are_not_expanded() {
    let bytes = b"<!DOCTYPE plist [<!ENTITY a \"expanded\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
        <plist><dict><key>k</key><string>x&a;&f;&amp;y</string></dict></plist>";
    let message = read(bytes).unwrap();
    assert_eq!(message.get("k").and_then(Value::as_string), Some("x&y"));
}

/// What XML carries of a text, but for carriage returns, which its readers take for line feeds.
fn carried(text: &str) -> String {
    let lost = |c: char| (c < ' ' && c != '\t' && c != '\n') || c == '\u{fffe}' || c == '\u{ffff}';
    text.chars().filter(|c| !lost(*c)).collect()
}

#[test]
fn characters_that_xml_cannot_carry_are_left_out() {
    let mut message = Dictionary::new();
    message.insert("a\0".into(), Value::Array(vec!["b\u{1b}\r\n\t\u{7f}\u{ffff}<&>".into()]));
    let written = write(message).unwrap();
    assert!(written.iter().all(|byte| *byte >= b' ' || matches!(byte, b'\t' | b'\n')));
    let back = read(&written).unwrap();
    assert_eq!(back.get("a"), Some(&Value::Array(vec!["b\n\t\u{7f}<&>".into()])));
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    let bytes = [b"\xef\xbb\xbf".as_slice(), &plist("<key>a</key><true/>")].concat();
    assert!(read(&bytes).is_ok());
}

proptest! {
    #[test]
    fn any_text_survives_but_for_what_xml_cannot_carry(
        text in proptest::collection::vec(any::<char>(), 0..40),
        key in proptest::collection::vec(any::<char>(), 0..20),
    ) {
        let (text, key) = (String::from_iter(text), String::from_iter(key));
        let mut message = Dictionary::new();
        message.insert(key.clone(), Value::String(text.clone()));
        let back = read(&write(message).unwrap()).unwrap();
        prop_assert_eq!(back.get(&carried(&key)), Some(&Value::String(carried(&text))));
    }

    #[test]
    fn no_bytes_end_the_process(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_tags_end_the_process(tags in proptest::collection::vec(
        prop::sample::select(vec!["<plist>", "</plist>", "<dict>", "</dict>", "<key>a</key>", "<array>", "</array>", "<dict/>",
            "<string>b</string>", "<integer>1</integer>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#0;", "<?x?>", "<!DOCTYPE a>"]),
        0..60,
    )) {
        let _ = read(tags.concat().as_bytes());
    }
}
