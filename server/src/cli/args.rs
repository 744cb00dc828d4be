//! The command line. Every setting is a flag and a `ROLLCALL_*` variable; the flag wins.

use crate::cli::{
    capacity::CapacityArgs, copy_args::CopyArgs, logging::LogFormat, optional_address::OptionalAddress,
    retention::RetentionArgs, secret::Secret,
};
use apple::apns::PRODUCTION;
use clap::{Args, Parser, Subcommand};
use service::ENROLLMENTS_PER_HOUR;
use std::{net::SocketAddr, path::PathBuf};

/// Gets people's phones and tablets enrolled.
#[derive(Debug, Parser)]
#[command(name = "rollcall", version, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the server.
    Serve(Box<ServeArgs>),
    /// Creates accounts of the console, and links for new passwords.
    #[command(subcommand, visible_alias = "accounts")]
    Account(AccountCommand),
    /// Creates, lists and revokes API tokens of scripts.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Helps with the push certificate for iPhones and iPads.
    #[command(subcommand)]
    Apple(AppleCommand),
    /// Helps with custom mail templates.
    #[command(subcommand)]
    MailTemplates(MailTemplatesCommand),
    /// Moves an installation from a file into an empty database of PostgreSQL. The file stays as it is.
    Copy(CopyArgs),
    /// Fills an empty database with sample people and devices. For development only.
    #[command(hide = true)]
    Seed(SeedArgs),
    /// Gives sample devices secrets, and prints what they authenticate with. For benches only.
    #[cfg(feature = "bench")]
    #[command(hide = true)]
    Bearers(BearersArgs),
}

/// Which sample devices get secrets.
#[cfg(feature = "bench")]
#[derive(Clone, Debug, Args)]
pub struct BearersArgs {
    /// Number of devices; fewer if there are not as many active ones that speak the agent protocol.
    #[arg(long, default_value_t = 1000)]
    pub devices: usize,
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
}

/// How to fill a database with sample data.
#[derive(Clone, Debug, Args)]
pub struct SeedArgs {
    /// Number of rows that Mobile devices will have: devices, and invitations without one.
    #[arg(long, default_value_t = 1000)]
    pub devices: u64,
    /// The same number gives the same people and devices.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
}

/// Accounts of the console.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Creates an account.
    Create {
        /// Email to sign in with.
        #[arg(long)]
        email: String,
        /// Read the password from standard input (one line) instead of asking for it.
        #[arg(long)]
        password_stdin: bool,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// Prints a link that replaces the password of an account. It works once, for 30 minutes, until the password is changed.
    ResetLink {
        /// Email of the account.
        #[arg(value_name = "EMAIL")]
        email: String,
        /// Address under which browsers reach the server.
        #[arg(long, env = "ROLLCALL_PUBLIC_URL", default_value = "http://localhost:3000", value_name = "URL")]
        public_url: String,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// API tokens of scripts.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Creates a token and prints it; it is not shown again.
    Create {
        /// Name of the script in the journal.
        #[arg(long)]
        name: String,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// Lists the names of the tokens.
    List {
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// Revokes a token at once.
    Revoke {
        /// Its name.
        #[arg(long)]
        name: String,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// iPhones and iPads.
#[derive(Debug, Subcommand)]
pub enum AppleCommand {
    /// The certificate that asks phones to call.
    #[command(subcommand)]
    PushCertificate(PushCertificateCommand),
    /// Requests for that certificate.
    #[command(subcommand)]
    PushRequest(PushRequestCommand),
}

/// The push certificate.
#[derive(Debug, Subcommand)]
pub enum PushCertificateCommand {
    /// Takes over a push certificate with its key, for instance from another system.
    Import {
        /// The certificate, PEM or DER.
        #[arg(long, value_name = "FILE")]
        certificate: PathBuf,
        /// Its key, PEM, not encrypted.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The Apple Account that it has to be renewed with.
        #[arg(long, default_value = "")]
        apple_id: String,
        /// Its topic, if it differs from that of the present one: phones that are enrolled with that one are lost.
        #[arg(long, default_value = "")]
        topic: String,
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// Templates of mails.
#[derive(Debug, Subcommand)]
pub enum MailTemplatesCommand {
    /// Writes the built-in templates of all languages into a folder, as a start. Overwrites nothing.
    Export {
        /// The folder; created when it is missing.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Requests for the push certificate.
#[derive(Debug, Subcommand)]
pub enum PushRequestCommand {
    /// Signs a request with an organization's own vendor certificate ("MDM CSR"), for upload at identity.apple.com.
    Sign(SignArgs),
}

/// What to sign, and with what.
#[derive(Clone, Debug, Args)]
pub struct SignArgs {
    /// The request, from Settings → Apple devices.
    #[arg(long, value_name = "FILE")]
    pub csr: PathBuf,
    /// The vendor certificate (PEM or DER). Its issuers may follow it.
    #[arg(long, value_name = "FILE")]
    pub vendor_cert: PathBuf,
    /// Its RSA key (PEM, without a passphrase).
    #[arg(long, value_name = "FILE")]
    pub vendor_key: PathBuf,
    /// Its issuers (PEM) in their order: Apple's intermediate (WWDR G3), then Apple's root.
    #[arg(long, value_name = "FILE")]
    pub chain: Option<PathBuf>,
    /// Where the signed request is written. Overwrites nothing.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Where the data is.
#[derive(Clone, Debug, Args)]
pub struct DataArgs {
    /// Folder of the database, the key file and mails that are written to files.
    #[arg(long, env = "ROLLCALL_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,
    /// Database: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME` [default: rollcall.db in the data folder].
    #[arg(long, env = "ROLLCALL_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<Secret>,
}

/// Settings of the server.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Address and port to listen on.
    #[arg(long, env = "ROLLCALL_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Address and port of a listener for metrics, at /metrics: plain HTTP without a password, so choose loopback or a
    /// private network. Without it there are none.
    #[arg(long, env = "ROLLCALL_METRICS_LISTEN", default_value = "", hide_default_value = true, value_name = "ADDR")]
    pub metrics_listen: OptionalAddress,
    /// Address under which browsers and devices reach the server.
    #[arg(long, env = "ROLLCALL_PUBLIC_URL", default_value = "http://localhost:3000", value_name = "URL")]
    pub public_url: String,
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
    /// Mail settings.
    #[command(flatten)]
    pub mail: MailArgs,
    /// Settings about iPhones and iPads.
    #[command(flatten)]
    pub apple: AppleArgs,
    /// The Android app (APK) to hand out instead of the one in this program, such as one that was signed elsewhere.
    #[arg(long, env = "ROLLCALL_ANDROID_APP", value_name = "FILE")]
    pub android_app: Option<String>,
    /// Name of the helpdesk, shown to people who need help.
    #[arg(long, env = "ROLLCALL_HELPDESK_NAME", value_name = "NAME")]
    pub helpdesk_name: Option<String>,
    /// Email of the helpdesk.
    #[arg(long, env = "ROLLCALL_HELPDESK_EMAIL", value_name = "EMAIL")]
    pub helpdesk_email: Option<String>,
    /// Phone number of the helpdesk.
    #[arg(long, env = "ROLLCALL_HELPDESK_PHONE", value_name = "NUMBER")]
    pub helpdesk_phone: Option<String>,
    /// Devices that one invitation enrolls in an hour, unless an admin lifts the limit for it.
    #[arg(
        long,
        env = "ROLLCALL_ENROLLMENTS_PER_HOUR",
        default_value_t = ENROLLMENTS_PER_HOUR,
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub enrollments_per_hour: u32,
    /// Reverse proxies whose X-Forwarded-For is believed: networks such as 192.0.2.0/24 and addresses, separated by
    /// commas. `private` means this computer and private networks.
    #[arg(
        long,
        env = "ROLLCALL_TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true,
        value_name = "NETWORKS"
    )]
    pub trusted_proxies: String,
    /// The former name of `--trusted-proxies private`.
    #[arg(long, env = "ROLLCALL_BEHIND_PROXY", hide = true)]
    pub behind_proxy: bool,
    /// Most connections of one network, an IPv4 address or 64 bits of IPv6. Trusted proxies are not counted.
    #[arg(long, env = "ROLLCALL_CONNECTIONS_PER_NETWORK", default_value_t = 512, value_name = "COUNT")]
    pub connections_per_network: usize,
    /// How much is kept in memory.
    #[command(flatten)]
    pub capacity: CapacityArgs,
    /// What is not kept for ever.
    #[command(flatten)]
    pub retention: RetentionArgs,
    /// How log lines look.
    #[arg(long, env = "ROLLCALL_LOG_FORMAT", default_value = "text", value_enum)]
    pub log_format: LogFormat,
    /// What is logged, such as `info` or `service=debug,info`.
    #[arg(long, env = "ROLLCALL_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
    /// Add sample people when there are none yet, and invite them.
    #[arg(long, env = "ROLLCALL_DEMO")]
    pub demo: bool,
}

/// Settings of outgoing mail.
#[derive(Clone, Debug, Args)]
pub struct MailArgs {
    /// Mail server: `smtp://user:password@host:587?tls=required`, `smtps://…` or `smtp://host:25`. Without it mails
    /// are written to files.
    #[arg(long, env = "ROLLCALL_SMTP_URL", hide_env_values = true, value_name = "URL")]
    pub smtp_url: Option<Secret>,
    /// Name that Rollcall gives itself when it greets the mail server (EHLO); without it, the host of the public URL.
    #[arg(long, env = "ROLLCALL_EHLO_NAME", value_name = "NAME")]
    pub ehlo_name: Option<String>,
    /// Sender of mails.
    #[arg(long, env = "ROLLCALL_MAIL_FROM", default_value = "Rollcall <rollcall@localhost>", value_name = "MAILBOX")]
    pub mail_from: String,
    /// Folder of templates that replace the built-in ones, such as `de/invitation.html`.
    #[arg(long, env = "ROLLCALL_MAIL_TEMPLATES", value_name = "DIR")]
    pub mail_templates: Option<String>,
}

/// Settings about iPhones and iPads.
#[derive(Clone, Debug, Args)]
pub struct AppleArgs {
    /// Apple's push service. It listens on port 2197 as well.
    #[arg(long, env = "ROLLCALL_APPLE_PUSH_URL", default_value = PRODUCTION, value_name = "URL")]
    pub apple_push_url: String,
    /// Certificates (PEM) to trust instead of the system's when the push service is a stand-in for tests.
    #[arg(long, env = "ROLLCALL_APPLE_PUSH_CA", value_name = "FILE")]
    pub apple_push_ca: Option<PathBuf>,
    /// Certificate that profiles of iPhones and iPads are signed with, followed by its issuers, in PEM: the TLS
    /// certificate of the public host. Without it phones call the profile "Not Verified".
    #[arg(long, env = "ROLLCALL_APPLE_PROFILE_CERT", value_name = "FILE")]
    pub apple_profile_cert: Option<String>,
    /// Key of that certificate, in PEM.
    #[arg(long, env = "ROLLCALL_APPLE_PROFILE_KEY", value_name = "FILE")]
    pub apple_profile_key: Option<String>,
    /// Start although iPhones and iPads were told another public URL: each of them has to be enrolled again.
    #[arg(long, env = "ROLLCALL_APPLE_URL_CHANGED")]
    pub apple_url_changed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_setting_of_the_server_is_also_a_variable() {
        let command = Cli::command();
        let serve = command.find_subcommand("serve").unwrap();
        for argument in
            serve.get_arguments().filter(|argument| argument.get_id() != "help" && argument.get_id() != "version")
        {
            let flag = argument.get_long().unwrap();
            let variable = argument.get_env().map(|name| name.to_string_lossy().into_owned());
            let expected = format!("ROLLCALL_{}", flag.replace('-', "_").to_uppercase());
            assert_eq!(variable, Some(expected), "--{flag}");
        }
    }

    #[test]
    fn every_setting_is_in_the_operators_manual() {
        let manual = include_str!("../../../docs/operations.md");
        let command = Cli::command();
        let serve = command.find_subcommand("serve").unwrap();
        for flag in serve.get_arguments().filter_map(|argument| argument.get_env().and(argument.get_long())) {
            assert!(manual.contains(&format!("| `--{flag}` |")), "--{flag}");
        }
    }

    #[test]
    fn a_password_in_the_mail_servers_address_never_shows() {
        let cli =
            Cli::try_parse_from(["rollcall", "serve", "--smtp-url", "smtp://ada:hunter2@mail.example.com"]).unwrap();
        assert!(!format!("{cli:?}").contains("hunter2"));
    }
}
