//! What a failure says, and about whom: the recipient, or the mail server. RFC 5321 4.2 has the reply codes, RFC 3463 the
//! enhanced ones; texts are looked at only where servers use one code for both.

use super::trouble::{Cause, Step, Trouble};

/// What a failure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The recipient's address is refused for good.
    Refused,
    /// The recipient's mailbox cannot take it at the moment.
    MailboxLater,
    /// Nobody knows whether the mail arrived.
    Unknown,
    /// The server asks for fewer mails.
    Slower,
    /// The server cannot be used, or refuses us: it would say the same about anybody.
    Server,
    /// It refuses us or the recipient. What happens to other mails tells.
    Doubtful,
}

/// Words of servers that limit the number of mails with a permanent code.
const TOO_MANY: [&str; 6] = ["too many", "rate limit", "ratelimit", "throttl", "limit exceeded", "exceeded the max"];

/// Words about the sender or about policy, in replies to RCPT TO without an enhanced code.
const POLICY: [&str; 9] =
    ["relay", "authenti", "sender", "spam", "blocked", "blacklist", "blocklist", "policy", "rcpthosts"];

impl Verdict {
    /// What `trouble` says.
    pub(crate) fn of(trouble: &Trouble) -> Self {
        match trouble.cause {
            _ if trouble.may_have_arrived => Self::Unknown,
            Cause::AsciiOnly if trouble.step == Step::Recipient => Self::Refused,
            Cause::NoReply | Cause::AsciiOnly => Self::Server,
            Cause::Reply(421) => Self::Slower,
            Cause::Reply(_) if says(trouble, &TOO_MANY) => Self::Slower,
            Cause::Reply(code) if code < 500 => of_temporary(trouble),
            Cause::Reply(code) => of_permanent(trouble, code),
        }
    }
}

fn of_temporary(trouble: &Trouble) -> Verdict {
    match (trouble.step, trouble.enhanced()) {
        (Step::Connect | Step::SignIn, _) => Verdict::Server,
        // X.1 is about the address, X.2 about the mailbox.
        (Step::Recipient | Step::Content, Some((_, 1 | 2, _))) => Verdict::MailboxLater,
        _ => Verdict::Slower,
    }
}

fn of_permanent(trouble: &Trouble, code: u16) -> Verdict {
    match (trouble.step, code, trouble.enhanced()) {
        // Before the recipient was named, it cannot be about them. Some codes never are: commands that are unknown or out
        // of order, and those about signing in (RFC 4954).
        (Step::Connect | Step::SignIn | Step::Sender, ..) | (_, 500 | 502..=504 | 521 | 530 | 534 | 535 | 538, _) => {
            Verdict::Server
        }
        // 5.1.7 and 5.1.8 are about the sender's address, the other 5.1 and all 5.2 about the recipient's.
        (_, _, Some((_, 1, 7 | 8))) => Verdict::Doubtful,
        (_, _, Some((_, 1 | 2, _))) => Verdict::Refused,
        (Step::Recipient, 501 | 550..=553 | 556, None) if !says(trouble, &POLICY) => Verdict::Refused,
        _ => Verdict::Doubtful,
    }
}

fn says(trouble: &Trouble, words: &[&str]) -> bool {
    let text = trouble.text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(step: Step, reply: &str) -> Verdict {
        let code = reply[..3].parse().unwrap();
        Verdict::of(&Trouble::new(step, Cause::Reply(code), reply))
    }

    #[test]
    fn what_comes_before_the_recipient_is_never_about_them() {
        for (step, reply) in [
            (Step::Connect, "554 5.7.1 Your address is listed"),
            (Step::Connect, "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname"),
            (Step::SignIn, "535 5.7.139 Authentication unsuccessful"),
            (Step::SignIn, "454 4.7.0 Temporary authentication failure"),
            (Step::Sender, "550 5.7.60 Client does not have permissions to send as this sender"),
            (Step::Sender, "500 Line too long"),
            (Step::Sender, "553 Sender address rejected"),
            (Step::Recipient, "530 5.7.0 Must issue a STARTTLS command first"),
            (Step::Recipient, "503 5.5.1 Error: need MAIL command"),
        ] {
            assert_eq!(verdict(step, reply), Verdict::Server, "{reply}");
        }
    }

    #[test]
    fn an_address_that_does_not_exist_is_the_recipients() {
        for (step, reply) in [
            (Step::Recipient, "550 5.1.1 No such mailbox here"),
            (Step::Recipient, "550 No such user"),
            (Step::Recipient, "553 5.1.3 Invalid address"),
            (Step::Recipient, "552 5.2.2 Mailbox full"),
            (Step::Recipient, "501 Syntax error in address"),
            (Step::Content, "550 5.1.1 User unknown"),
        ] {
            assert_eq!(verdict(step, reply), Verdict::Refused, "{reply}");
        }
    }

    #[test]
    fn a_policy_may_be_about_either() {
        for (step, reply) in [
            (Step::Recipient, "554 5.7.1 Relay access denied"),
            (Step::Recipient, "550 5.4.1 Recipient address rejected: Access denied"),
            (Step::Recipient, "550 relaying not permitted"),
            (Step::Recipient, "550 5.1.8 Sender address rejected: Domain not found"),
            (Step::Content, "554 5.6.0 Message content rejected"),
            (Step::Content, "554 No valid recipients"),
        ] {
            assert_eq!(verdict(step, reply), Verdict::Doubtful, "{reply}");
        }
    }

    #[test]
    fn a_server_that_is_busy_wants_fewer_mails() {
        for (step, reply) in [
            (Step::Connect, "421 4.7.0 Too many connections"),
            (Step::Sender, "451 4.7.500 Server busy"),
            (Step::Recipient, "450 4.7.1 Try again later"),
            (Step::Recipient, "452 4.3.1 Insufficient system storage"),
            (Step::Content, "451 4.3.0 Temporary failure"),
            (Step::Content, "550 5.4.5 Daily user sending limit exceeded"),
            (Step::Recipient, "550 5.7.1 Too many messages from your address"),
        ] {
            assert_eq!(verdict(step, reply), Verdict::Slower, "{reply}");
        }
        assert_eq!(verdict(Step::Recipient, "452 4.2.2 Mailbox full"), Verdict::MailboxLater);
    }

    #[test]
    fn a_lost_reply_says_nothing_about_the_mail() {
        let lost = Trouble::new(Step::Content, Cause::NoReply, "network error");
        assert_eq!(Verdict::of(&lost), Verdict::Server);
        assert_eq!(Verdict::of(&Trouble { may_have_arrived: true, ..lost }), Verdict::Unknown);
    }

    #[test]
    fn letters_outside_ascii_are_the_recipients_matter_only_in_their_address() {
        let ascii_only = |step| Verdict::of(&Trouble::new(step, Cause::AsciiOnly, ""));
        assert_eq!(ascii_only(Step::Recipient), Verdict::Refused);
        assert_eq!(ascii_only(Step::Sender), Verdict::Server);
    }
}
