use super::{read::read, *};
use crate::{Arg, Phrasebook};

fn messages(text: &str) -> Messages {
    let mut messages = Messages::default();
    read(text, &mut messages).unwrap();
    messages
}

fn compiled(english: &str, czech: &str) -> Result<Phrasebook, Vec<Fault>> {
    let (english, czech) = (messages(english), messages(czech));
    let mut missing = Vec::new();
    let phrases = book(Language::Czech, &czech, &english, &mut missing)?;
    assert_eq!(missing, []);
    Ok(Phrasebook::read(text(Language::Czech, "0", &phrases).leak(), "0").unwrap())
}

fn fault(english: &str, czech: &str) -> String {
    compiled(english, czech).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_translation_has_its_own_plural_forms_and_order() {
    let english = "done = { $count ->\n    [one] { $count } row\n   *[other] { $count } rows\n } of { $name }";
    let czech = "done = { $name }: { $count ->\n    [one] { $count } řádek\n    [few] { $count } řádky\n   *[other] { $count } řádků\n }";
    let book = compiled(english, czech).unwrap();
    let shown = |count: u64| book.phrase_with(0, &[Arg::from(count), Arg::from("Ada")]);
    assert_eq!(shown(1), "Ada: 1 řádek");
    assert_eq!(shown(2), "Ada: 2 řádky");
    assert_eq!(shown(5), "Ada: 5 řádků");
}

#[test]
fn a_message_may_refer_to_another() {
    let book = compiled("all = All\nsend = Send to { all }", "send = Odeslat: { all }\nall = všem").unwrap();
    assert_eq!(book.phrase(1), "Odeslat: všem");
}

#[test]
fn a_message_has_the_parameters_of_the_messages_it_refers_to() {
    let text = "send = Send { all }\nall = to { $n }";
    let book = compiled(text, text).unwrap();
    assert_eq!(
        (book.phrase_with(0, &[Arg::from(3_u64)]), book.phrase_with(1, &[Arg::from(3_u64)])),
        ("Send to 3".into(), "to 3".into())
    );
}

#[test]
fn the_chain_of_references_is_bounded() {
    let chain = |references: usize| {
        let links = (0..references).map(|n| format!("m{n} = {{ m{} }}\n", n + 1));
        format!("{}m{references} = {{ $x }}", links.collect::<Vec<_>>().concat())
    };
    let shown = |references| {
        let text = chain(references);
        compiled(&text, &text).map(|book| book.phrase_with(0, &[Arg::from("end")]))
    };
    assert_eq!(shown(8).unwrap(), "end");
    assert!(shown(9).is_err());
    let circle = "a = { b }\nb = { a }";
    assert!(fault(circle, circle).contains("not supported"));
}

#[test]
fn a_message_may_select_by_a_number_that_it_does_not_show_and_may_contain_braces() {
    let text = "a = { $n ->\n    [one] one { \"{\" }\n   *[other] many\n }";
    let book = compiled(text, text).unwrap();
    assert_eq!(
        (book.phrase_with(0, &[Arg::from(1_u64)]), book.phrase_with(0, &[Arg::from(5_u64)])),
        ("one {".into(), "many".into())
    );
    assert!(fault(&format!("{text} {{ $who }}"), text).contains("never shows $who"));
}

#[test]
fn a_message_has_at_most_ten_parameters() {
    let of = |count: usize| format!("a = {}", (0..count).map(|n| format!("{{ $p{n} }}")).collect::<Vec<_>>().concat());
    assert!(compiled(&of(10), &of(10)).is_ok());
    assert!(fault(&of(11), &of(11)).contains("more than 10"));
}

#[test]
fn what_the_console_does_not_support_is_reported() {
    assert!(fault("a = A { $b }", "a = A").contains("never shows $b"));
    assert!(fault("a = A", "a = A { $b }").contains("uses $b"));
    assert!(fault("a = A", "a = A\nb = B").contains("no phrase b in English"));
    assert!(fault("a = A", "a = { NUMBER(1) }").contains("not supported"));
    assert!(fault("a = A", "a = { a }").contains("not supported"));
    let figures = "a = { $n ->\n    [0] none\n   *[other] { $n }\n }";
    assert!(fault(figures, figures).contains("figure"));
    let words = "a = { $n ->\n    [ios] none\n   *[other] { $n }\n }";
    assert!(fault(words, words).contains("not a plural form"));
    let two = "a = { $n ->\n   *[other] { $n }\n } { $m ->\n   *[other] { $m }\n }";
    assert!(fault(two, two).contains("two numbers"));
}

#[test]
fn every_phrase_of_the_console_is_there_in_every_language() {
    let compiled = compile(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")).unwrap();
    assert_eq!(compiled.missing, []);
    assert_eq!(compiled.books.len(), Language::ALL.len());
    assert!(compiled.books.iter().all(|(_, book)| book.lines().count() > 100));
}
