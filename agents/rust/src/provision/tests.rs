//! A program takes the place of `adb`, and answers what phones and `adb` say.

use super::*;
use std::{fs, os::unix::fs::PermissionsExt as _};
use tempfile::TempDir;

const URL: &str = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";
const ONE: &str = "* daemon started successfully\nList of devices attached\nR58M\tdevice\n\n";

/// `adb` as it goes well, with other answers to some of the calls. Where the patterns of several match, the first counts.
struct Adb {
    folder: TempDir,
}

impl Adb {
    fn new(answers: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let well = [
            ("devices", ONE),
            ("*ro.product.model", "Pixel 9"),
            ("*version.sdk", "35"),
            ("*install*", "Performing Streamed Install\nSuccess"),
            ("*set-device-owner*", "Success: Device owner set to package ComponentInfo{net.rollcall.agent/…}"),
            ("*am start*", "Starting: Intent { act=android.intent.action.VIEW dat=rollcall://… }"),
        ];
        let cases = answers.iter().chain(&well).map(|(call, answer)| {
            let pattern = call.replace(' ', "\\ ");
            format!("{pattern}) cat <<'END'\n{answer}\nEND\n;;\n")
        });
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$*\" >> '{}'\ncase \"$*\" in\n{}esac\n",
            folder.path().join("calls").display(),
            cases.collect::<String>()
        );
        let adb = Self { folder };
        fs::write(adb.program(), script).unwrap();
        fs::set_permissions(adb.program(), fs::Permissions::from_mode(0o700)).unwrap();
        adb
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("adb")
    }

    fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.folder.path().join("calls")).unwrap();
        calls.lines().map(str::to_owned).collect()
    }

    async fn provision(&self, serial: Option<&str>, ownership: Ownership) -> Result<(), ProvisionError> {
        let serial = serial.map(str::to_owned);
        let setup = Provision::new(self.program(), serial, URL.parse().unwrap(), ownership).unwrap();
        setup.run(Path::new("/tmp/the app.apk"), &Log::quiet()).await
    }

    /// The first words of why it fails.
    async fn failure(answers: &[(&str, &str)]) -> String {
        Self::new(answers).provision(None, Ownership::Company).await.unwrap_err().to_string()
    }
}

#[tokio::test]
async fn a_phone_of_the_organisation_gets_the_app_an_owner_and_the_invitation() {
    let adb = Adb::new(&[]);
    adb.provision(None, Ownership::Company).await.unwrap();
    let open = format!("'rollcall{}?ownership=company'", URL.trim_start_matches("https"));
    let expected = [
        "devices".to_owned(),
        "-s R58M shell getprop ro.product.model".to_owned(),
        "-s R58M shell getprop ro.build.version.sdk".to_owned(),
        "-s R58M install -r /tmp/the app.apk".to_owned(),
        "-s R58M shell dpm set-device-owner net.rollcall.agent/.AdminReceiver".to_owned(),
        format!("-s R58M shell am start -a android.intent.action.VIEW -d {open} net.rollcall.agent"),
    ];
    assert_eq!(adb.calls(), expected);
}

#[tokio::test]
async fn a_persons_own_phone_is_not_handed_over() {
    let adb = Adb::new(&[]);
    adb.provision(None, Ownership::Personal).await.unwrap();
    assert!(!adb.calls().iter().any(|call| call.contains("set-device-owner")), "{:?}", adb.calls());
    assert!(adb.calls().last().unwrap().contains("ownership=personal"));
}

#[tokio::test]
async fn of_several_phones_one_has_to_be_named() {
    let two = ("devices", "List of devices attached\nR58M\tdevice\nemulator-5554\tdevice");
    assert_eq!(
        Adb::failure(&[two]).await,
        "Several phones are connected: R58M, emulator-5554. Name one with --serial."
    );
    let adb = Adb::new(&[two]);
    adb.provision(Some("emulator-5554"), Ownership::Company).await.unwrap();
    assert!(adb.calls()[1..].iter().all(|call| call.starts_with("-s emulator-5554 ")));
    let other = adb.provision(Some("R59"), Ownership::Company).await.unwrap_err();
    assert_eq!(other.to_string(), "The phone R59 is not connected.");
}

#[tokio::test]
async fn each_refusal_is_told_in_plain_words() {
    let devices = |state: &str| format!("List of devices attached\nR58M\t{state}");
    for (call, answer, begin) in [
        ("devices", "List of devices attached\n", "No phone is connected."),
        ("devices", &devices("unauthorized"), "The phone has not allowed this computer yet."),
        ("devices", &devices("offline"), "The phone is connected but does not answer."),
        ("devices", &devices("no permissions (user in plugdev group)"), "This computer may not use the phone"),
        ("*version.sdk", "25", "The app needs Android 8 or later"),
        (
            "*install*",
            "Failure [INSTALL_FAILED_UPDATE_INCOMPATIBLE: x]",
            "The phone has the app from another publisher.",
        ),
        ("*install*", "Failure [INSTALL_FAILED_VERSION_DOWNGRADE]", "The phone has a newer version of the app."),
        ("*install*", "Failure [INSTALL_FAILED_USER_RESTRICTED]", "The phone does not let a computer install apps."),
        ("*install*", "Failure [INSTALL_FAILED_INSUFFICIENT_STORAGE]", "The phone has no room for the app."),
        (
            "*install*",
            "Failure [INSTALL_WHATEVER]",
            "Installing the app failed. The phone says: Failure [INSTALL_WHATEVER]",
        ),
        (
            "*set-device-owner*",
            "java.lang.IllegalStateException: Not allowed to set the device owner because there are already some accounts on the device\n\tat x",
            "There are accounts on the phone",
        ),
        (
            "*set-device-owner*",
            "… there are already several users on the device.",
            "There are several users on the phone.",
        ),
        ("*set-device-owner*", "… but device owner is already set.", "The phone belongs to another app already."),
        (
            "*set-device-owner*",
            "SecurityException: … MANAGE_DEVICE_ADMINS",
            "The phone does not let a computer hand it over.",
        ),
        (
            "*set-device-owner*",
            "\njava.lang.RuntimeException: no luck\n\tat android.x\n",
            "Handing the phone over failed. The phone says: java.lang.RuntimeException: no luck",
        ),
        ("*am start*", "Error: Activity not started, unable to resolve Intent", "Opening the app failed."),
    ] {
        let told = Adb::failure(&[(call, answer)]).await;
        assert!(told.starts_with(begin), "{call} {answer}: {told}");
    }
}

#[tokio::test]
async fn a_phone_that_belongs_to_the_app_already_is_set_up_again() {
    let adb = Adb::new(&[
        (
            "*set-device-owner*",
            "IllegalStateException: Trying to set the device owner, but device owner is already set.",
        ),
        ("*list-owners*", "1 owner:\nUser  0: admin=net.rollcall.agent/.AdminReceiver,DeviceOwner"),
    ]);
    adb.provision(None, Ownership::Company).await.unwrap();
    assert!(adb.calls().last().unwrap().contains("am start"));
}

#[test]
fn a_server_without_https_is_refused_before_anything_is_done() {
    for host in ["mdm.example.com", "127.0.0.1:3000", "localhost:3000"] {
        let url = format!("http://{host}/e/abcdefghijklmnopqrstuvwxyz234567").parse().unwrap();
        let refused = Provision::new(PathBuf::from("adb"), None, url, Ownership::Personal).unwrap_err();
        assert!(refused.to_string().starts_with("The app speaks only HTTPS"), "{host}: {refused}");
    }
}

#[tokio::test]
async fn a_missing_adb_is_named() {
    let adb = PathBuf::from("/nowhere/adb");
    let setup = Provision::new(adb, None, URL.parse().unwrap(), Ownership::Company).unwrap();
    let error = setup.run(Path::new("app.apk"), &Log::quiet()).await.unwrap_err().to_string();
    assert!(error.starts_with("/nowhere/adb cannot be started (No such file"), "{error}");
}
