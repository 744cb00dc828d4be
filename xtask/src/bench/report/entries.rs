//! What the tables and charts show.

/// A figure of a table: its name in the file, and what it says.
pub struct Entry {
    /// Such as `heartbeat.cpu`.
    pub name: &'static str,
    /// What was measured.
    pub text: &'static str,
    /// What it ought to be, if anything.
    pub target: &'static str,
}

/// A figure without a target.
pub const fn entry(name: &'static str, text: &'static str) -> Entry {
    target(name, text, "")
}

const fn target(name: &'static str, text: &'static str, target: &'static str) -> Entry {
    Entry { name, text, target }
}

/// The tables, each with its rows in their order.
pub const TABLES: &[(&str, &[Entry])] = &[
    ("Calls of devices", CALLS),
    ("Waiting polls", WAITING),
    ("100,000 phones at their pace", PHONES),
    ("Enrollments and commands", WORK),
    ("Lists and start", LISTS),
    ("Open consoles", CONSOLES),
];

const CALLS: &[Entry] = &[
    target("heartbeat.cpu", "heartbeat: CPU of the server", "≤ 100 µs"),
    entry("fact.cpu", "report with a changed fact: CPU of the server"),
    target("poll.cpu", "empty poll: CPU of the server", "≤ 50 µs"),
    entry("heartbeat.parser-cpu", "reading a heartbeat and answering, alone: CPU of the server"),
    entry("poll.parser-cpu", "reading a poll and answering, alone: CPU of the server"),
    entry("heartbeat.database-cpu", "heartbeat: CPU of PostgreSQL"),
    entry("fact.database-cpu", "report with a changed fact: CPU of PostgreSQL"),
    target("poll.database-cpu", "empty poll: CPU of PostgreSQL", "0"),
    entry("heartbeat.asked", "heartbeat: bytes that the server writes, with its answer"),
    entry("fact.asked", "report with a changed fact: bytes that the server writes, with its answer"),
    target("poll.asked", "empty poll: bytes that the server writes, with its answer", "its answer"),
    entry("heartbeat.database-log", "heartbeat: bytes of PostgreSQL's log"),
    entry("fact.database-log", "report with a changed fact: bytes of PostgreSQL's log"),
    target("poll.database-log", "empty poll: bytes of PostgreSQL's log", "0"),
    entry("heartbeat.written", "heartbeat: memory of files that has to go to the disk"),
    entry("fact.written", "report with a changed fact: memory of files that has to go to the disk"),
    entry("poll.written", "empty poll: memory of files that has to go to the disk"),
    target("heartbeat.to-parser", "heartbeats, as a share of what is read and answered alone", "≥ 0.5"),
    target("fact.to-parser", "reports with a changed fact, as a share of the same", "≥ 0.15"),
    entry("poll.to-parser", "empty polls, as a share of the same"),
    entry("heartbeat.to-bare", "heartbeats, as a share of the bare loop's rows"),
    entry("fact.to-bare", "reports with a changed fact, as a share of the bare loop's rows"),
    entry("heartbeat.rate", "heartbeats"),
    entry("fact.rate", "reports with a changed fact"),
    entry("poll.rate", "empty polls"),
];

const WAITING: &[Entry] = &[
    target("parked-1000.memory", "waiting poll, 1,000 of them: memory", "≤ 26,000 bytes"),
    target("parked-10000.memory", "waiting poll, 10,000 of them: memory", "≤ 26,000 bytes"),
    entry("parked-1000.floor", "the same without the store, 1,000 of them: memory"),
    entry("parked-10000.floor", "the same without the store, 10,000 of them: memory"),
    entry("parked-1000.told", "until 1,000 waiting polls have a command"),
];

const PHONES: &[Entry] = &[
    entry("phones.waiting", "polls that wait"),
    entry("phones.polls", "polls that end and begin"),
    entry("phones.heartbeats", "heartbeats"),
    target("phones.cpu-share", "CPU of the server", "≤ 50 % of a core"),
    entry("phones.database-share", "CPU of PostgreSQL"),
    target("phones.refused", "calls that were refused", "0"),
    target("phones.memory", "resident memory of the server", "≤ 500 MB"),
    entry("phones.heartbeat-p95", "a heartbeat from when it was due, p95 of those answered"),
    entry("phones.asked", "bytes that the server writes, with its answers"),
    entry("phones.log", "PostgreSQL's log"),
];

const WORK: &[Entry] = &[
    entry("enroll-many.rate", "enrollments, each with an invitation of its own"),
    entry("enroll-many.cpu", "one of them: CPU of the server"),
    entry("enroll-many.database-cpu", "one of them: CPU of PostgreSQL"),
    entry("enroll-many.asked", "one of them: bytes that the server writes"),
    entry("enroll-one.rate", "enrollments, all with one invitation"),
    entry("enroll-one.cpu", "one of them: CPU of the server"),
    entry("enroll-one.database-cpu", "one of them: CPU of PostgreSQL"),
    entry("command.heard-p50", "a command, until the waiting phone hears of it, p50"),
    entry("command.heard-p95", "the same, p95"),
    entry("command.done-p50", "until its result is noted, p50"),
    entry("command.done-p95", "the same, p95"),
    entry("command-all.phones", "phones that wait and are told a command each"),
    target("command-all.told", "until the last of them knows", "≤ 5,000 ms"),
    entry("command-all.cpu", "CPU of the server for each"),
    entry("command-all.database-cpu", "CPU of PostgreSQL for each"),
    target("command-bulk.told", "all at once by one request, until the last of them knows", "≤ 5,000 ms"),
    entry("command-bulk.cpu", "CPU of the server for each"),
    entry("command-bulk.database-cpu", "CPU of PostgreSQL for each"),
];

const LISTS: &[Entry] = &[
    target("start", "from the start to the first answer", "≤ 500 ms"),
    target("lists.orders", "page of 100 devices, worst p95: orders", "≤ 20 ms"),
    target("lists.filters", "the same with filters", "≤ 20 ms"),
    target("lists.searches", "the same with a search, with and without filters", "≤ 65 ms"),
    target("lists.people", "page of 100 people, worst p95", "≤ 65 ms"),
    target("lists.invitations", "page of 100 invitations, worst p95", "≤ 65 ms"),
    target("lists.attention", "counts of what needs attention, p95", "≤ 5 ms"),
];

const CONSOLES: &[Entry] = &[
    entry("live-0.heartbeat.to-parser", "no console: heartbeats, as a share of what is read and answered alone"),
    entry("live-200.heartbeat.to-parser", "200 consoles: the same"),
    entry("live-1000.heartbeat.to-parser", "1,000 consoles: the same"),
    entry("live-0.heartbeat.cpu", "no console: heartbeat, CPU of the server"),
    entry("live-200.heartbeat.cpu", "200 consoles: the same"),
    entry("live-1000.heartbeat.cpu", "1,000 consoles: the same"),
    entry("live-0.fact.cpu", "no console: report that is journalled, CPU of the server"),
    entry("live-200.fact.cpu", "200 consoles: the same"),
    entry("live-1000.fact.cpu", "1,000 consoles: the same"),
    entry("live-200.event-p95", "200 consoles: from a report to its event, p95"),
    entry("live-1000.event-p95", "1,000 consoles: the same"),
    entry("live-200.memory", "memory of a stream, 200 of them"),
    entry("live-1000.memory", "memory of a stream, 1,000 of them"),
];

/// A chart: its file, its title, and the figures in it with their captions.
pub struct Chart {
    /// Without `.svg`.
    pub file: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// Names of figures, and what stands beside their bars.
    pub bars: &'static [(&'static str, &'static str)],
}

/// All charts.
pub const CHARTS: &[Chart] = &[
    Chart {
        file: "cpu",
        title: "CPU of the server for one call, in µs",
        bars: &[
            ("heartbeat.cpu", "heartbeat"),
            ("fact.cpu", "changed fact"),
            ("poll.cpu", "empty poll"),
            ("heartbeat.parser-cpu", "reading alone"),
        ],
    },
    Chart {
        file: "written",
        title: "Bytes that the server writes for one call, with its answer",
        bars: &[("heartbeat.asked", "heartbeat"), ("fact.asked", "changed fact"), ("poll.asked", "empty poll")],
    },
    Chart {
        file: "share",
        title: "Calls in a second, as a share of reading and answering alone",
        bars: &[
            ("heartbeat.to-parser", "heartbeat"),
            ("fact.to-parser", "changed fact"),
            ("poll.to-parser", "empty poll"),
        ],
    },
    Chart {
        file: "memory",
        title: "Memory of one waiting poll, in bytes",
        bars: &[
            ("parked-1000.memory", "of 1,000"),
            ("parked-10000.memory", "of 10,000"),
            ("parked-1000.floor", "without the store"),
        ],
    },
];
