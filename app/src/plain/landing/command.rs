//! Command lines for the agent, safe to copy into a shell.

use super::enrollment_url::server;
use domain::device::Ownership;

/// `rollcall-agent enroll URL`. The agent takes a device for a personal one unless an option says otherwise.
pub(super) fn by_url(url: &str, ownership: Ownership) -> String {
    format!("rollcall-agent enroll {}{}", shell_word(url), owner(ownership))
}

/// The same with the PIN in place of the URL.
pub(super) fn by_pin(url: &str, email: &str, pin: &str, ownership: Ownership) -> String {
    let digits: String = pin.chars().filter(char::is_ascii_digit).collect();
    let server = shell_word(server(url));
    let email = shell_word(email);
    format!("rollcall-agent enroll --server {server} --email {email} --pin {digits}{}", owner(ownership))
}

const fn owner(ownership: Ownership) -> &'static str {
    match ownership {
        Ownership::Company => " --ownership company",
        Ownership::Personal => "",
    }
}

/// `text` as one word of a POSIX shell. An email may hold quotes, dollars and backticks.
fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@+=,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_not_quoted() {
        let url = "https://mdm.example.com/e/abc";
        assert_eq!(by_url(url, Ownership::Personal), "rollcall-agent enroll https://mdm.example.com/e/abc");
        assert_eq!(
            by_url(url, Ownership::Company),
            "rollcall-agent enroll https://mdm.example.com/e/abc --ownership company"
        );
    }

    #[test]
    fn an_email_cannot_run_a_command() {
        let email = "o'$(reboot)`x`@example.com";
        let line = by_pin("https://mdm.example.com/e/abc", email, "1234 5678", Ownership::Personal);
        assert_eq!(
            line,
            r"rollcall-agent enroll --server https://mdm.example.com --email 'o'\''$(reboot)`x`@example.com' --pin 12345678"
        );
    }
}
