//! The sample people of `--demo`: names and emails, as different as real ones.

/// Name and email.
pub(super) const PEOPLE: &[(&str, &str)] = &[
    ("Ada Lindqvist", "ada.lindqvist@example.com"),
    ("Björn Ängström", "bjorn.angstrom@example.com"),
    ("María José Fernández de la Vega y Castellanos", "mariajose.fernandez@example.com"),
    ("田中 さくら", "sakura.tanaka@example.com"),
    ("Oluwaseun Adébáyọ̀", "oluwaseun.adebayo@example.com"),
    ("ليلى حداد", "layla.haddad@example.com"),
    ("Đặng Thị Thu Hương", "huong.dang@example.com"),
    ("Иван Петров", "ivan.petrov@example.com"),
    ("Siobhán Ní Mhurchú", "siobhan.nimhurchu@example.com"),
    ("अनन्या शर्मा", "ananya.sharma@example.com"),
    ("Jean-Baptiste L’Écuyer", "jean-baptiste.lecuyer@example.com"),
    ("Zoë van der Meer-O’Sullivan", "zoe.vandermeer@example.com"),
    ("김민준", "minjun.kim@example.com"),
    ("Kwame Mensah", "kwame.mensah@example.com"),
    ("Γιώργος Παπαδόπουλος", "giorgos.papadopoulos@example.com"),
    ("נועה לוי", "noa.levi@example.com"),
    ("Wilhelmina Charlotte Friederike von Hohenberg-Lichtenstein", "wilhelmina.hohenberg@example.com"),
    ("Łukasz Żółkiewski", "lukasz.zolkiewski@example.com"),
    ("Ngāire Te Whata", "ngaire.tewhata@example.com"),
    ("陈伟", "wei.chen@example.com"),
    ("Ayşe Yıldırım", "ayse.yildirim@example.com"),
    ("Bo Li", "bo.li@example.com"),
    ("Fatoumata Diallo", "fatoumata.diallo@example.com"),
    ("Þórdís Gunnarsdóttir", "thordis.gunnarsdottir@example.com"),
];
