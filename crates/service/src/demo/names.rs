//! Invented names: given and family names in several scripts, each with its spelling in an email address.

use crate::{NewPerson, demo::rng::SeededRng};

/// A part of a name, and its spelling in an email address.
type Part = (&'static str, &'static str);

/// Names of one language.
struct Language {
    locale: &'static str,
    given: &'static [Part],
    family: &'static [Part],
    /// Whether the family name comes first, without a space.
    joined: bool,
}

const LATIN_GIVEN: &[Part] = &[
    ("Ada", "ada"),
    ("Björn", "bjorn"),
    ("Chloé", "chloe"),
    ("Dmitar", "dmitar"),
    ("Elif", "elif"),
    ("Fatou", "fatou"),
    ("Gwen", "gwen"),
    ("Håkon", "hakon"),
    ("Inês", "ines"),
    ("Jana", "jana"),
    ("Kwame", "kwame"),
    ("Łucja", "lucja"),
    ("Màiri", "mairi"),
    ("Ngozi", "ngozi"),
    ("Óscar", "oscar"),
    ("Petra", "petra"),
    ("Quinn", "quinn"),
    ("Róisín", "roisin"),
    ("Søren", "soren"),
    ("Tomáš", "tomas"),
    ("Ülle", "ulle"),
    ("Vlad", "vlad"),
    ("Wout", "wout"),
    ("Yusuf", "yusuf"),
    ("Zoë", "zoe"),
    ("Jean-Baptiste", "jean-baptiste"),
    ("María José", "mariajose"),
    ("Bo", "bo"),
];
const LATIN_FAMILY: &[Part] = &[
    ("Lindqvist", "lindqvist"),
    ("Ångström", "angstrom"),
    ("Fernández de la Vega", "fernandez"),
    ("Mensah", "mensah"),
    ("Novák", "novak"),
    ("Żółkiewska", "zolkiewska"),
    ("O’Sullivan", "osullivan"),
    ("van der Meer", "vandermeer"),
    ("Yıldırım", "yildirim"),
    ("Diallo", "diallo"),
    ("Gunnarsdóttir", "gunnarsdottir"),
    ("Kowalczyk", "kowalczyk"),
    ("Horvat", "horvat"),
    ("Müller", "mueller"),
    ("Çelik", "celik"),
    ("Nguyễn", "nguyen"),
    ("Okonkwo", "okonkwo"),
    ("Šimková", "simkova"),
    ("Teixeira", "teixeira"),
    ("Weiß", "weiss"),
    ("Li", "li"),
    ("Papp", "papp"),
    ("Virtanen", "virtanen"),
    ("Bélanger", "belanger"),
    ("Hohenberg-Lichtenstein", "hohenberg"),
    ("Rossi", "rossi"),
];

const LANGUAGES: &[Language] = &[
    Language { locale: "en", given: LATIN_GIVEN, family: LATIN_FAMILY, joined: false },
    Language {
        locale: "bg",
        given: &[
            ("Иван", "ivan"),
            ("Мария", "maria"),
            ("Олег", "oleg"),
            ("Светлана", "svetlana"),
            ("Богдан", "bogdan"),
        ],
        family: &[("Петров", "petrov"), ("Ковальчук", "kovalchuk"), ("Соколова", "sokolova"), ("Иванова", "ivanova")],
        joined: false,
    },
    Language {
        locale: "el",
        given: &[("Γιώργος", "giorgos"), ("Ελένη", "eleni"), ("Νίκος", "nikos")],
        family: &[("Παπαδόπουλος", "papadopoulos"), ("Ιωάννου", "ioannou"), ("Βλάχος", "vlachos")],
        joined: false,
    },
    Language {
        locale: "ar",
        given: &[("ليلى", "layla"), ("عمر", "omar"), ("سارة", "sara"), ("يوسف", "youssef")],
        family: &[("حداد", "haddad"), ("منصور", "mansour"), ("الخطيب", "alkhatib")],
        joined: false,
    },
    Language {
        locale: "hi",
        given: &[("अनन्या", "ananya"), ("राहुल", "rahul"), ("प्रिया", "priya")],
        family: &[("शर्मा", "sharma"), ("गुप्ता", "gupta"), ("पटेल", "patel")],
        joined: false,
    },
    Language {
        locale: "ja",
        given: &[("さくら", "sakura"), ("健太", "kenta"), ("美咲", "misaki"), ("大輔", "daisuke")],
        family: &[("田中", "tanaka"), ("鈴木", "suzuki"), ("高橋", "takahashi")],
        joined: true,
    },
    Language {
        locale: "zh",
        given: &[("伟", "wei"), ("秀英", "xiuying"), ("明", "ming"), ("芳", "fang")],
        family: &[("陈", "chen"), ("王", "wang"), ("张", "zhang"), ("刘", "liu")],
        joined: true,
    },
    Language {
        locale: "ko",
        given: &[("민준", "minjun"), ("서연", "seoyeon"), ("지훈", "jihun")],
        family: &[("김", "kim"), ("이", "lee"), ("박", "park")],
        joined: true,
    },
];

/// Person number `number`; the number makes the email unique.
pub(super) fn person(number: u64, rng: &mut SeededRng) -> NewPerson {
    // Most names are Latin, as in most directories.
    let language = if rng.chance(60) { &LANGUAGES[0] } else { rng.of(LANGUAGES) };
    let (given, family) = (rng.of(language.given), rng.of(language.family));
    let name = if language.joined { format!("{}{}", family.0, given.0) } else { format!("{} {}", given.0, family.0) };
    let email = format!("{}.{}.{number}@example.com", given.1, family.1);
    NewPerson { name, email, locale: Some(language.locale.to_owned()) }
}
