//! The queries that `cargo xtask bench lists` measures.

/// The lists, each with the queries to measure.
pub const LISTS: [(&str, &[&str]); 3] = [("slots", SLOTS), ("people", PEOPLE), ("invitations", INVITATIONS)];

const SLOTS: &[&str] = &[
    "sort=newest",
    "sort=oldest",
    "sort=name",
    "sort=-name",
    "sort=contact",
    "sort=-contact",
    "sort=status",
    "sort=-status",
    "sort=attention",
    "status=active&sort=name",
    "status=active&sort=contact",
    "status=not_synchronizing&sort=-contact",
    "status=pending&sort=name",
    "platform=ipados&sort=contact",
    "platform=linux&ownership=personal&sort=-name",
    "ownership=company&sort=contact",
    "attention=any&sort=name",
    "attention=any&sort=attention",
    "attention=any&platform=ipados&sort=status",
    "attention=mail_failed&sort=newest",
    "attention=not_synchronizing&sort=contact",
    "attention=renewed_without_effect&sort=name",
    "contact=day&sort=name",
    "contact=month&sort=-contact",
    "status=unenrolled&platform=ios&ownership=company&contact=week&sort=name",
    "platform=android&attention=any&contact=week&sort=-contact",
    "search=a",
    "search=li&sort=name",
    "search=%E9%99%88",
    "search=lindqvist&sort=name",
    "search=example.com&sort=-contact",
    "search=galaxy&sort=contact",
    "search=galaxy&platform=ios&sort=name",
    "search=iphone&status=active&sort=-name",
    "search=example&attention=any&sort=contact",
    "search=gunnarsd%C3%B3ttir&attention=not_synchronizing&sort=name",
    "search=no-such-text",
];

const PEOPLE: &[&str] =
    &["", "search=a", "search=lindqvist", "search=%E9%99%88", "search=example.com", "search=no-such-text"];

const INVITATIONS: &[&str] = &[
    "",
    "state=sent",
    "state=opened",
    "state=deactivated",
    "search=lindqvist",
    "search=example.com",
    "search=example.com&state=sent",
    "search=no-such-text",
];

/// Lists and queries of which a page far behind the first is measured too.
pub const DEEP_PAGES: [(&str, &str); 5] = [
    ("slots", "sort=newest"),
    ("slots", "sort=contact&status=active"),
    ("slots", "sort=name&search=example"),
    ("people", ""),
    ("invitations", "search=example.com"),
];
