use super::*;
use std::collections::VecDeque;

const NOW: Timestamp = Timestamp::from_millis(1_000_000_000);

fn mail(number: u128) -> MailId {
    MailId(uuid::Uuid::from_u128(number))
}

fn wait_s(pace: &Pace, number: u128, now: Timestamp) -> Option<i64> {
    pace.wait_ms(mail(number), now).map(|ms| ms / 1000)
}

#[test]
fn a_server_that_is_down_pauses_everything_longer_each_time() {
    let mut pace = Pace::new();
    assert_eq!(pace.wait_ms(mail(1), NOW), None);
    let waits: Vec<_> = (0..7)
        .map(|number| {
            pace.is_down(mail(number), NOW, "535 wrong password");
            wait_s(&pace, 99, NOW)
        })
        .collect();
    assert_eq!(waits, [30, 60, 120, 240, 480, 900, 900].map(Some));
    let pause = pace.pause().unwrap();
    assert_eq!((pause.since, pause.next_try_at), (NOW, NOW.plus_seconds(900)));
    assert_eq!(pause.reason, "535 wrong password");
}

#[test]
fn a_pause_ends_with_the_first_mail_that_is_taken() {
    let mut pace = Pace::new();
    pace.is_down(mail(1), NOW, "down");
    pace.is_down(mail(2), NOW, "down");
    pace.retry_now(NOW);
    assert_eq!(pace.wait_ms(mail(1), NOW), None);
    assert!(pace.pause().is_some(), "it is over when a mail was taken, not before");
    pace.accepted(mail(1), NOW);
    assert_eq!((pace.pause(), pace.wait_ms(mail(2), NOW)), (None, None));
    pace.is_down(mail(2), NOW, "down");
    assert_eq!(wait_s(&pace, 1, NOW), Some(30), "the next pause begins anew");
}

#[test]
fn one_doubtful_refusal_holds_nobody_else_up() {
    let mut pace = Pace::new();
    let Ruling::Again(again_at) = pace.doubtful(mail(1), NOW, "550 5.7.1 no") else { panic!() };
    assert_eq!((pace.pause(), pace.wait_ms(mail(2), NOW)), (None, None));
    pace.accepted(mail(2), NOW.plus_seconds(1));
    assert_eq!(pace.doubtful(mail(1), again_at, "550 5.7.1 no"), Ruling::Recipient);
}

#[test]
fn a_server_that_refuses_everybody_is_not_taken_for_many_wrong_addresses() {
    let mut pace = Pace::new();
    pace.accepted(mail(99), NOW);
    for number in 0..3 {
        assert!(matches!(pace.doubtful(mail(number), NOW, "554 relay access denied"), Ruling::Again(_)));
    }
    assert_eq!(pace.pause().unwrap().reason, "554 relay access denied");
    assert_eq!(wait_s(&pace, 0, NOW), Some(30));
    assert!(matches!(pace.doubtful(mail(0), NOW.plus_seconds(30), "554"), Ruling::Again(_)));
    assert_eq!(wait_s(&pace, 0, NOW.plus_seconds(30)), Some(60));
}

#[test]
fn a_person_alone_who_is_refused_does_not_hold_up_the_next_one() {
    let mut pace = Pace::new();
    for at in [0, 30, 90] {
        pace.doubtful(mail(1), NOW.plus_seconds(at), "550 5.7.1 no");
    }
    let now = NOW.plus_seconds(90);
    assert!(pace.pause().is_some());
    assert_eq!(wait_s(&pace, 1, now), Some(30));
    assert_eq!(wait_s(&pace, 2, now), None, "a mail to someone else shows whether the server is well");
    pace.accepted(mail(2), now.plus_seconds(1));
    assert_eq!(pace.pause(), None);
    assert_eq!(pace.doubtful(mail(1), now.plus_seconds(30), "550 5.7.1 no"), Ruling::Recipient);
}

#[test]
fn the_pause_between_mails_grows_when_the_server_asks_and_shrinks_slowly() {
    let mut pace = Pace::new();
    pace.slower(mail(1), NOW, "451");
    pace.slower(mail(2), NOW, "451");
    assert_eq!(pace.wait_ms(mail(3), NOW), Some(2000));
    pace.accepted(mail(3), NOW);
    assert_eq!(pace.wait_ms(mail(4), NOW), Some(1600));
    for _ in 0..30 {
        pace.accepted(mail(4), NOW);
    }
    assert_eq!(pace.wait_ms(mail(5), NOW), None);
    assert_eq!(pace.pause(), None);
    for number in 0..5 {
        pace.slower(mail(number), NOW, "451 busy");
    }
    assert_eq!(pace.pause().unwrap().reason, "451 busy");
}

/// A mail server that takes a number of mails in each minute, and an outbox that is sent through it.
#[test]
fn a_server_that_takes_thirty_mails_a_minute_gets_all_of_nine_hundred() {
    let (mut pace, mut now) = (Pace::new(), NOW);
    let mut outbox: Vec<(Timestamp, MailId)> = (0..900).map(|number| (NOW, mail(number))).collect();
    let mut taken: VecDeque<Timestamp> = VecDeque::new();
    let mut refused = 0;
    while let Some((at, due)) = outbox.iter().enumerate().min_by_key(|(_, (at, _))| *at).map(|(at, (_, id))| (at, *id))
    {
        now = now.max(outbox[at].0);
        now = pace.wait_ms(due, now).map_or(now, |ms| plus_ms(now, ms));
        taken.retain(|at| now.seconds_since(*at) < 60);
        if taken.len() < 30 {
            taken.push_back(now);
            pace.accepted(due, now);
            outbox.swap_remove(at);
        } else {
            refused += 1;
            outbox[at].0 = pace.slower(due, now, "451 4.7.500 Server busy");
        }
        now = plus_ms(now, 20);
    }
    let minutes = now.seconds_since(NOW) / 60;
    assert!(minutes < 60, "the server could have taken them in 30 minutes, but it took {minutes}");
    assert!(refused < 900, "{refused} refusals are more than mails");
}

#[test]
fn a_recipient_who_is_refused_ends_a_pause_as_well() {
    let mut pace = Pace::new();
    pace.is_down(mail(1), NOW, "down");
    pace.answered(mail(1), NOW.plus_seconds(30));
    assert_eq!((pace.pause(), pace.wait_ms(mail(1), NOW.plus_seconds(30))), (None, None));
    let again_at = pace.is_down(mail(1), NOW, "down");
    assert_eq!(again_at.seconds_since(NOW), retry_delay_s(1), "and what was remembered of it is forgotten");
}

#[test]
fn a_mail_waits_longer_each_time_that_the_server_does_not_take_it() {
    let mut pace = Pace::new();
    let mut delay_s = || pace.slower(mail(1), NOW, "451").seconds_since(NOW);
    assert_eq!([delay_s(), delay_s(), delay_s()], [1, 2, 3].map(|times| retry_delay_s(times).min(LONGEST_PAUSE_S)));
}

#[test]
fn five_requests_for_fewer_mails_in_a_row_are_a_pause_and_four_are_none() {
    let mut pace = Pace::new();
    for number in 1..SLOW_IS_PAUSED_AFTER {
        pace.slower(mail(number.into()), NOW, "451 busy");
    }
    assert_eq!(pace.pause(), None);
    pace.slower(mail(9), NOW, "451 busy");
    assert!(pace.pause().is_some());
}

#[test]
fn the_pause_between_mails_ends_below_fifty_milliseconds() {
    let mut pace = Pace::new();
    pace.slower(mail(1), NOW, "451");
    let waits: Vec<i64> = std::iter::from_fn(|| {
        pace.accepted(mail(2), NOW);
        pace.wait_ms(mail(3), NOW)
    })
    .collect();
    assert!(waits.is_sorted_by(|a, b| a > b), "{waits:?}");
    assert!(waits.iter().all(|ms| *ms >= SHORTEST_INTERVAL_MS), "{waits:?}");
}

#[test]
fn few_mails_find_out_whether_a_server_refuses_everybody() {
    let mut pace = Pace::new();
    let probes = PROBES_MAX as u128;
    for number in 0..probes {
        assert_eq!(wait_s(&pace, number, NOW), None, "number {number} is sent");
        pace.doubtful(mail(number), NOW, "554");
    }
    assert!(wait_s(&pace, probes, NOW).is_some());
}
