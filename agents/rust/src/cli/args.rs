//! The command line.

use super::provision::Provision;
use crate::{
    protocol::address::{EnrollmentUrl, ServerAddress},
    simulate::{
        Pace,
        apple::{Course, Supervision},
    },
};
use clap::{Args, Parser, Subcommand};
use domain::{
    device::{EnrollmentStep, Ownership},
    invitation::credentials::Pin,
};
use std::{net::SocketAddr, path::PathBuf};

/// The reference agent of Rollcall: enrolls this host, reports its state and carries out commands.
#[derive(Debug, Parser)]
#[command(name = "rollcall-agent", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Enroll this host, through all steps of the enrollment.
    Enroll(Enroll),
    /// Continue an enrollment that was stopped on its way.
    Resume {
        /// Where the agent's memory is.
        #[command(flatten)]
        memory: MemoryArgs,
        /// Stop after this step.
        #[arg(long, value_parser = until, default_value = "done")]
        until: Until,
    },
    /// Send heartbeats and carry out commands until stopped.
    Run {
        /// Where the agent's memory is.
        #[command(flatten)]
        memory: MemoryArgs,
        /// One heartbeat and one poll, then end.
        #[arg(long)]
        once: bool,
        /// With --once: how long the poll may wait, in seconds.
        #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=5), requires = "once")]
        wait: u32,
        /// Pause between heartbeats, instead of the one that the server sets.
        #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "once")]
        heartbeat: Option<u64>,
    },
    /// Request a new secret.
    Renew(MemoryArgs),
    /// Unenroll from the server and forget the enrollment.
    Unenroll(MemoryArgs),
    /// Show the enrollment, without its secrets.
    Status(MemoryArgs),
    /// Set up an Android phone over a cable: install the app, hand the phone over to it, open the invitation.
    Provision(Provision),
    /// Simulate many phones, for demonstrations and load.
    Simulate(Simulate),
    /// Stand in for Apple's portal: make push certificates for the pretended push service of `simulate --apple`.
    PretendApple(PretendApple),
}

/// Where the agent's memory is.
#[derive(Args, Debug)]
pub struct MemoryArgs {
    /// File with the agent's memory [default: rollcall-agent/state.json in the user's data directory].
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
}

/// Arguments of `enroll`.
#[derive(Args, Debug)]
pub struct Enroll {
    /// Enrollment URL, as in the mail and the QR code.
    #[arg(required_unless_present = "pin", conflicts_with_all = ["server", "email", "pin"])]
    pub url: Option<EnrollmentUrl>,
    /// Address of the server, for an enrollment by PIN.
    #[arg(long, value_name = "URL", requires_all = ["email", "pin"])]
    pub server: Option<ServerAddress>,
    /// The person's email.
    #[arg(long, requires_all = ["server", "pin"])]
    pub email: Option<String>,
    /// The person's PIN, eight digits.
    #[arg(long, value_parser = pin, requires_all = ["server", "email"])]
    pub pin: Option<Pin>,
    /// Whose device this is.
    #[arg(long, default_value = "personal", value_parser = ownership)]
    pub ownership: Ownership,
    /// Where the agent's memory is.
    #[command(flatten)]
    pub memory: MemoryArgs,
    /// Stop after this step: enroll, contacted, permissions, admin, inventory or done.
    #[arg(long, value_name = "STEP", default_value = "done", value_parser = until, hide = true)]
    pub until: Until,
}

/// The last step to take: `None` is the enrollment itself, before the first step.
pub type Until = Option<EnrollmentStep>;

/// Arguments of `simulate`.
#[derive(Args, Debug)]
pub struct Simulate {
    /// How many phones [default with --profile: one for each profile].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000), required_unless_present = "profiles")]
    pub devices: Option<u32>,
    /// Enrollment URL for all of them.
    #[arg(long, required_unless_present_any = ["urls", "profiles"], conflicts_with = "urls")]
    pub url: Option<EnrollmentUrl>,
    /// File with enrollment URLs, one per line, used in turn; empty lines and lines that begin with # are ignored.
    #[arg(long, value_name = "FILE")]
    pub urls: Option<PathBuf>,
    /// How fast the people behind the phones are.
    #[arg(long, value_enum, default_value = "human")]
    pub pace: Pace,
    /// The same seed gives the same phones, which the server recognises [default: a new one each time].
    #[arg(long)]
    pub seed: Option<u64>,
    /// End this long after all phones are through or stuck [default: when stopped].
    #[arg(long, value_name = "SECONDS")]
    pub run_for: Option<u64>,
    /// Pause between heartbeats, instead of the one that the server sets; with --apple, how often a phone asks for commands
    /// without a push, which real ones do not do.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub heartbeat: Option<u64>,
    /// Answer commands late, twice, out of order, with errors, and for commands of other phones; prints how each really ended.
    #[arg(long, conflicts_with = "apple")]
    pub chaos: bool,
    /// iPhones and iPads.
    #[command(flatten)]
    pub apple: AppleArgs,
}

/// Arguments of `simulate --apple`.
#[derive(Args, Debug)]
pub struct AppleArgs {
    /// Simulate iPhones and iPads, by Apple's MDM protocol.
    #[arg(long)]
    pub apple: bool,
    /// A profile that was downloaded from the page of an invitation; can be given several times.
    #[arg(long = "profile", id = "profiles", value_name = "FILE", requires = "apple", conflicts_with_all = ["url", "urls"])]
    pub profiles: Vec<PathBuf>,
    /// What happens to all of them [default: drawn for each; most are fine].
    #[arg(long, value_enum, requires = "apple")]
    pub course: Option<Course>,
    /// Which of them are supervised.
    #[arg(long, value_enum, default_value = "some", requires = "apple")]
    pub supervised: Supervision,
    /// Folder with the certificates of a pretended push service (see `pretend-apple`), which runs as long as the phones.
    #[arg(long, value_name = "FOLDER", requires_all = ["apple", "push_listen"])]
    pub push_service: Option<PathBuf>,
    /// Where the pretended push service listens.
    #[arg(long, value_name = "IP:PORT", requires = "push_service")]
    pub push_listen: Option<SocketAddr>,
    /// For measurements: listens here with TLS, in front of the server at --tls-to, with a certificate of the folder.
    #[arg(long, value_name = "IP:PORT", requires_all = ["push_service", "tls_to"], hide = true)]
    pub tls_listen: Option<SocketAddr>,
    /// Where the server listens without TLS.
    #[arg(long, value_name = "IP:PORT", requires = "tls_listen", hide = true)]
    pub tls_to: Option<SocketAddr>,
}

/// Arguments of `pretend-apple`.
#[derive(Args, Debug)]
pub struct PretendApple {
    /// Where the certificates are: authority.pem, which the server has to trust, certificate.pem and key.pem.
    #[arg(long, value_name = "FOLDER")]
    pub folder: PathBuf,
    /// The topic of the push certificate [default: that of the last one in the folder].
    #[arg(long)]
    pub topic: Option<String>,
    /// For how many days it is valid.
    #[arg(long, default_value_t = 365)]
    pub days: u16,
    /// A request, wrapped by a vendor or in PEM, that is answered as Apple's portal does; without one, a key is made.
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub request: Option<PathBuf>,
    /// Where the certificate for the request goes.
    #[arg(long, value_name = "FILE", requires = "request")]
    pub certificate: Option<PathBuf>,
}

fn pin(text: &str) -> Result<Pin, &'static str> {
    Pin::parse(text).ok_or("a PIN has eight digits")
}

fn ownership(text: &str) -> Result<Ownership, &'static str> {
    text.parse().map_err(|_| "use company or personal")
}

fn until(text: &str) -> Result<Until, &'static str> {
    if text == "enroll" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| "use enroll, contacted, permissions, admin, inventory or done")
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://127.0.0.1:3000/e/abcdefghijklmnopqrstuvwxyz234567";

    fn parse(line: &str) -> Result<Command, clap::Error> {
        Cli::try_parse_from(std::iter::once("rollcall-agent").chain(line.split_whitespace())).map(|cli| cli.command)
    }

    #[test]
    fn an_enrollment_is_by_url_or_by_server_email_and_pin() {
        assert!(
            matches!(parse(&format!("enroll {URL}")).unwrap(), Command::Enroll(e) if e.until == Some(EnrollmentStep::Done))
        );
        let by_pin = "enroll --server http://127.0.0.1:3000 --email a@example.com --pin 1234-5678";
        assert!(matches!(parse(by_pin).unwrap(), Command::Enroll(e) if e.pin.is_some()));
        assert!(
            matches!(parse(&format!("enroll {URL} --until enroll")).unwrap(), Command::Enroll(e) if e.until.is_none())
        );
    }

    #[test]
    fn iphones_have_profiles_of_their_own_or_take_them_from_pages() {
        let parsed = |line: &str| match parse(line).unwrap() {
            Command::Simulate(simulate) => simulate,
            other => panic!("{other:?}"),
        };
        let files = parsed("simulate --apple --profile a.mobileconfig --profile b.mobileconfig");
        assert_eq!((files.apple.profiles.len(), files.devices), (2, None));
        let line = format!("simulate --apple --devices 3 --url {URL} --course answers-twice --supervised all");
        let pages = parsed(&line);
        assert!(pages.apple.apple && pages.apple.course == Some(Course::AnswersTwice));
        assert!(!parsed(&format!("simulate --devices 3 --url {URL}")).apple.apple);
    }

    #[test]
    fn half_a_credential_is_a_usage_error() {
        for line in [
            "enroll",
            "enroll --email a@example.com --pin 12345678",
            "enroll --server http://127.0.0.1 --pin 12345678",
            "enroll --server http://127.0.0.1 --email a@example.com --pin 1234",
            "enroll https://host/",
            "simulate --devices 3",
            "simulate --devices 0 --url http://h/e/abcdefghijklmnopqrstuvwxyz234567",
            "simulate --url http://h/e/abcdefghijklmnopqrstuvwxyz234567",
            "simulate --profile a.mobileconfig",
            "simulate --apple --devices 1 --url http://h/e/abcdefghijklmnopqrstuvwxyz234567 --push-service folder",
            "pretend-apple --folder f --request r.pem",
            "run --once --wait 6",
        ] {
            assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line}");
        }
        assert!(parse(&format!("enroll {URL} --pin 12345678")).is_err());
    }
}
