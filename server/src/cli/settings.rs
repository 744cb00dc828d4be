//! From the command line to the service's settings. Each invalid value gets one clear sentence, which never shows a
//! secret.

use crate::{
    cli::{
        args::{AppleArgs, DataArgs, MailArgs, ServeArgs},
        database::Database,
        secret::Secret,
    },
    http::assets,
    listener::proxies::TrustedProxies,
};
use apple::push_certificate::read_certificates;
use domain::{protocol::Helpdesk, types::text::EmailAddress};
use lettre::message::Mailbox;
use service::{
    ApplePush, ProfileSigning, Settings,
    android::AndroidApp,
    mail::{MailRoute, MailTemplates, SmtpRoute, templates::TemplateError},
};
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use url::{Host, Url};

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// `--public-url`.
    #[error("--public-url has to be scheme and host only, such as https://mdm.example.com")]
    PublicUrl,
    /// `--public-url` over plain HTTP.
    #[error("--public-url has to begin with https://: plain http is allowed for localhost only")]
    PlainHttp,
    /// `--database`.
    #[error(
        "--database has to be sqlite:PATH, such as sqlite:/var/lib/rollcall/rollcall.db, or \
         postgres://USER:PASSWORD@HOST/NAME"
    )]
    Database,
    /// `--from` of a copy.
    #[error("--from has to be a database file, such as /var/lib/rollcall/rollcall.db")]
    CopyFrom,
    /// `--to` of a copy.
    #[error("--to has to be postgres://USER:PASSWORD@HOST/NAME")]
    CopyTo,
    /// `--smtp-url`.
    #[error(
        "--smtp-url has to look like smtp://user:password@host:587?tls=required, smtps://user:password@host or \
         smtp://host:25?tls=none (tls is required, opportunistic or none)"
    )]
    SmtpUrl,
    /// `--smtp-url` with a password and no TLS.
    #[error("--smtp-url would send the password unencrypted: add ?tls=required, or use smtps://")]
    SmtpPasswordInClear,
    /// `--ehlo-name`.
    #[error("--ehlo-name has to be a host name such as mdm.example.com, or an IP address")]
    EhloName,
    /// `--mail-from`.
    #[error("--mail-from has to be a mailbox, such as Rollcall <rollcall@example.com>")]
    MailFrom,
    /// `--mail-templates`.
    #[error("--mail-templates: {0}")]
    MailTemplates(#[from] TemplateError),
    /// `--trusted-proxies`.
    #[error(
        "--trusted-proxies has to be networks or addresses, separated by commas, such as 127.0.0.1,192.0.2.0/24, or \
         the word private"
    )]
    TrustedProxies,
    /// `--apple-push-url`.
    #[error("--apple-push-url has to begin with https://")]
    ApplePushUrl,
    /// `--apple-push-ca`.
    #[error("--apple-push-ca: {0}")]
    ApplePushCa(String),
    /// `--android-app`.
    #[error("--android-app: {0}")]
    AndroidApp(String),
    /// One of `--apple-profile-cert` and `--apple-profile-key`.
    #[error("--apple-profile-cert and --apple-profile-key belong together: give both, or neither")]
    AppleProfile,
    /// `--helpdesk-email`.
    #[error("--helpdesk-email has to be an email address")]
    HelpdeskEmail,
}

/// The name of the key file in the data folder.
pub const KEY_FILE: &str = "secret.key";

/// Where the data is.
#[derive(Clone, Debug)]
pub struct DataPaths {
    /// The data folder.
    pub data_dir: PathBuf,
    /// The database.
    pub database: Database,
    /// The key file; without it the credentials in the database cannot be decrypted.
    pub key_file: PathBuf,
    /// The folder of mails that are written to files.
    pub mail_dir: PathBuf,
}

impl DataPaths {
    /// From the command line.
    ///
    /// # Errors
    /// The URL of the database is that of none.
    pub fn from_args(args: &DataArgs) -> Result<Self, SettingsError> {
        let data_dir = args.data_dir.clone();
        let database = match args.database.as_ref().filter(|url| !url.expose().is_empty()) {
            None => Database::Sqlite(data_dir.join("rollcall.db")),
            Some(url) => Database::from_url(url).ok_or(SettingsError::Database)?,
        };
        Ok(Self { database, key_file: data_dir.join(KEY_FILE), mail_dir: data_dir.join("mail"), data_dir })
    }
}

/// The service's settings.
///
/// # Errors
/// A setting that cannot be used.
pub fn service_settings(args: &ServeArgs, paths: &DataPaths) -> Result<Settings, SettingsError> {
    let public_url = public_url(&args.public_url)?;
    let mail_from: Mailbox = args.mail.mail_from.parse().map_err(|_| SettingsError::MailFrom)?;
    let mut settings = Settings::new(public_url, mail_from, paths.mail_dir.clone());
    settings.helpdesk = helpdesk(args)?;
    settings.place = place(&paths.data_dir);
    settings.enrollments_per_hour = args.enrollments_per_hour;
    args.capacity.apply(&mut settings);
    args.retention.apply(&mut settings);
    settings.apple_push = apple_push(&args.apple)?;
    settings.profile_signing = profile_signing(&args.apple)?;
    settings.android_app = android_app(args)?.map(Arc::new);
    if let Some(route) = smtp(&args.mail, &settings.public_url)? {
        settings.mail_route = route;
    }
    // An empty variable counts as unset, as with the other settings.
    if let Some(folder) = args.mail.mail_templates.as_deref().filter(|folder| !folder.is_empty()) {
        settings.mail_templates = MailTemplates::from_folder(Path::new(folder))?;
    }
    Ok(settings)
}

/// Where this server runs. It has its data folder for itself on its computer.
fn place(data_dir: &Path) -> String {
    let name = rustix::system::uname();
    let folder = std::fs::canonicalize(data_dir).unwrap_or_else(|_| data_dir.to_owned());
    format!("{}:{}", name.nodename().to_string_lossy(), folder.display())
}

fn apple_push(args: &AppleArgs) -> Result<ApplePush, SettingsError> {
    if !args.apple_push_url.starts_with("https://") {
        return Err(SettingsError::ApplePushUrl);
    }
    let trusted = match args.apple_push_ca.as_ref().filter(|path| !path.as_os_str().is_empty()) {
        Some(path) => {
            let unusable =
                |error: &dyn std::fmt::Display| SettingsError::ApplePushCa(format!("{}: {error}", path.display()));
            let file = std::fs::read(path).map_err(|error| unusable(&error))?;
            let certificates = read_certificates(&file).map_err(|error| unusable(&error))?;
            certificates.iter().map(|certificate| certificate.der().to_vec()).collect()
        }
        // What the system lacks is missing when a push is sent, and says so then.
        None => rustls_native_certs::load_native_certs().certs.iter().map(|certificate| certificate.to_vec()).collect(),
    };
    Ok(ApplePush { url: args.apple_push_url.clone(), trusted: Arc::new(trusted) })
}

/// What profiles are signed with. Files that cannot be used stop nothing: profiles are then not signed.
fn profile_signing(args: &AppleArgs) -> Result<Option<ProfileSigning>, SettingsError> {
    let given = |path: &Option<String>| path.clone().filter(|path| !path.is_empty());
    match (given(&args.apple_profile_cert), given(&args.apple_profile_key)) {
        (Some(certificate), Some(key)) => Ok(Some(ProfileSigning { certificate: certificate.into(), key: key.into() })),
        (None, None) => Ok(None),
        _ => Err(SettingsError::AppleProfile),
    }
}

/// The app that is handed out: the one that is set, or else the one in this program, if it was built with one.
fn android_app(args: &ServeArgs) -> Result<Option<AndroidApp>, SettingsError> {
    let Some(path) = args.android_app.as_deref().filter(|path| !path.is_empty()) else {
        return Ok(assets::android_app().and_then(|file| AndroidApp::read(file).ok()));
    };
    let unusable = |error: &dyn std::fmt::Display| SettingsError::AndroidApp(format!("{path}: {error}"));
    let file = std::fs::read(path).map_err(|error| unusable(&error))?;
    AndroidApp::read(file).map(Some).map_err(|error| unusable(&error))
}

/// The proxies whose `X-Forwarded-For` is believed.
///
/// # Errors
/// The list cannot be read.
pub fn trusted_proxies(args: &ServeArgs) -> Result<TrustedProxies, SettingsError> {
    let former = if args.behind_proxy { "private" } else { "" };
    let list = format!("{},{former}", args.trusted_proxies);
    TrustedProxies::parse(&list).map_err(|_| SettingsError::TrustedProxies)
}

/// The public URL: scheme and host only.
///
/// # Errors
/// It is no such URL, or plain HTTP to another computer.
pub fn public_url(text: &str) -> Result<Url, SettingsError> {
    let url = Url::parse(text.trim()).map_err(|_| SettingsError::PublicUrl)?;
    let is_bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if !is_web || !is_bare {
        return Err(SettingsError::PublicUrl);
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(SettingsError::PlainHttp);
    }
    Ok(url)
}

/// Whether a URL points to this computer.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost") || is_loopback_address(name),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// In URLs with a scheme that the `url` crate does not know, an address is parsed as a name.
fn is_loopback_address(name: &str) -> bool {
    name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn helpdesk(args: &ServeArgs) -> Result<Helpdesk, SettingsError> {
    let given = |value: &Option<String>| value.as_deref().map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
    let email = given(&args.helpdesk_email);
    if email.as_deref().is_some_and(|email| EmailAddress::parse(email).is_err()) {
        return Err(SettingsError::HelpdeskEmail);
    }
    Ok(Helpdesk { name: given(&args.helpdesk_name), email, phone: given(&args.helpdesk_phone) })
}

/// The mail server; `None` when none is configured.
fn smtp(args: &MailArgs, public_url: &Url) -> Result<Option<MailRoute>, SettingsError> {
    let Some(text) = args.smtp_url.as_ref().map(Secret::expose).filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let mut url = Url::parse(text.trim()).map_err(|_| SettingsError::SmtpUrl)?;
    let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
    let is_plain = url.scheme() == "smtp" && matches!(tls.as_deref(), None | Some("none"));
    if is_plain {
        if url.password().is_some() && !is_loopback(&url) {
            return Err(SettingsError::SmtpPasswordInClear);
        }
        // For the mail library, no parameter means no TLS.
        url.set_query(None);
    }
    let route = SmtpRoute::new(&url, &ehlo_name(args, public_url)?).map_err(|_| SettingsError::SmtpUrl)?;
    Ok(Some(MailRoute::Smtp(Box::new(route))))
}

/// The name for EHLO: the given one, or else the host of the public URL.
fn ehlo_name(args: &MailArgs, public_url: &Url) -> Result<String, SettingsError> {
    let Some(name) = args.ehlo_name.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(SmtpRoute::default_hello_name(public_url));
    };
    // Names with letters outside ASCII get their encoded form; brackets belong to addresses.
    let is_address = name.trim_matches(['[', ']']).trim_start_matches("IPv6:").parse::<IpAddr>().is_ok();
    match Host::parse(name) {
        _ if is_address => Ok(name.to_owned()),
        Ok(Host::Domain(name)) if !name.contains('_') => Ok(name),
        _ => Err(SettingsError::EhloName),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, Command};
    use clap::Parser as _;

    fn settings_of(flags: &[&str]) -> Result<Settings, SettingsError> {
        let line = ["rollcall", "serve"].iter().chain(flags);
        let Command::Serve(args) = Cli::try_parse_from(line).unwrap().command else { panic!("not serve") };
        service_settings(&args, &DataPaths::from_args(&args.data)?)
    }

    fn error_of(flags: &[&str]) -> Option<SettingsError> {
        settings_of(flags).err()
    }

    #[test]
    fn without_any_flag_mails_go_to_files() {
        let settings = settings_of(&[]).unwrap();
        assert!(matches!(settings.mail_route, MailRoute::Files(_)));
        assert_eq!(settings.public_base(), "http://localhost:3000");
    }

    #[test]
    fn a_file_that_is_no_app_is_not_handed_out() {
        assert_eq!(settings_of(&["--android-app", ""]).err(), None, "an empty variable counts as unset");
        for (path, reason) in [("/nowhere.apk", "No such file"), (file!(), "not an Android app")] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
            let error = error_of(&["--android-app", path.to_str().unwrap()]).unwrap().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn the_public_url_is_https_or_localhost_without_a_path() {
        for good in
            ["https://mdm.example.com", "https://mdm.example.com:8443/", "http://127.0.0.1:3000", "http://[::1]:80"]
        {
            assert_eq!(error_of(&["--public-url", good]), None, "{good}");
        }
        for bad in [
            "mdm.example.com",
            "https://mdm.example.com/rollcall",
            "ftp://localhost",
            "https://a:b@example.com",
            "https://",
        ] {
            assert_eq!(error_of(&["--public-url", bad]), Some(SettingsError::PublicUrl), "{bad}");
        }
        assert_eq!(error_of(&["--public-url", "http://mdm.example.com"]), Some(SettingsError::PlainHttp));
    }

    #[test]
    fn a_mail_servers_password_is_never_sent_unencrypted() {
        for good in [
            "smtp://ada:pw@mail.example.com:587?tls=required",
            "smtps://ada:pw@mail.example.com",
            "smtp://ada:pw@127.0.0.1:1025",
            "smtp://mail.example.com:25?tls=none",
            "smtp://mail.example.com?tls=opportunistic",
        ] {
            assert_eq!(error_of(&["--smtp-url", good]), None, "{good}");
        }
        let clear = "smtp://ada:pw@mail.example.com:587";
        assert_eq!(error_of(&["--smtp-url", clear]), Some(SettingsError::SmtpPasswordInClear));
        for bad in ["mail.example.com", "http://mail.example.com", "smtp://mail.example.com?tls=maybe"] {
            assert_eq!(error_of(&["--smtp-url", bad]), Some(SettingsError::SmtpUrl), "{bad}");
        }
    }

    #[test]
    fn the_name_for_the_mail_server_is_a_host_name_or_an_address() {
        let with = |name: &str| error_of(&["--smtp-url", "smtp://mail.example.com", "--ehlo-name", name]);
        for good in
            ["mdm.example.com", "192.0.2.7", "[192.0.2.7]", "2001:db8::7", "[IPv6:2001:db8::7]", "bücher.example", ""]
        {
            assert_eq!(with(good), None, "{good}");
        }
        for bad in ["two words", "a\r\nMAIL FROM:<x@y.z>", "https://mdm.example.com", "my_host"] {
            assert_eq!(with(bad), Some(SettingsError::EhloName), "{bad}");
        }
    }

    #[test]
    fn a_broken_mail_template_stops_the_start_with_its_name_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("de");
        std::fs::create_dir(&place).unwrap();
        std::fs::write(place.join("invitation.txt"), "{{ url }}\n{{ urll }}").unwrap();
        let flags = ["--mail-templates", folder.path().to_str().unwrap()];
        let error = error_of(&flags).unwrap().to_string();
        assert!(error.starts_with("--mail-templates: ") && error.contains("de/invitation.txt:2: undefined"), "{error}");
        std::fs::write(place.join("invitation.txt"), "{{ url }}").unwrap();
        assert_eq!(error_of(&flags), None);
        assert_eq!(error_of(&["--mail-templates", ""]), None);
    }

    #[test]
    fn a_certificate_to_sign_profiles_needs_its_key() {
        let (certificate, key) = (["--apple-profile-cert", "a.pem"], ["--apple-profile-key", "b.pem"]);
        assert_eq!(error_of(&certificate), Some(SettingsError::AppleProfile));
        assert_eq!(error_of(&key), Some(SettingsError::AppleProfile));
        assert_eq!(error_of(&[certificate, ["--apple-profile-key", ""]].concat()), Some(SettingsError::AppleProfile));
        assert_eq!(error_of(&[certificate, key].concat()), None);
    }

    #[test]
    fn sender_and_helpdesk_have_to_be_addresses() {
        assert_eq!(error_of(&["--mail-from", "nobody"]), Some(SettingsError::MailFrom));
        assert_eq!(error_of(&["--helpdesk-email", "nobody"]), Some(SettingsError::HelpdeskEmail));
    }
}
