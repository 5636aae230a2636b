//! What waits for an operator, with the day until which it must be done and the command that does it.

use std::time::Duration;

use app::{InTray, Waiting};
use base::Timestamp;
use privacy::{TELL_WITHIN, Urgency};

use crate::message_page::minute;
use crate::texts::Language;

/// One kind of it.
pub(super) struct Pile {
    pub(super) what: String,
    pub(super) count: String,
    pub(super) until: Option<String>,
    pub(super) command: &'static str,
}

/// What waits, what has the shortest time first.
pub(super) fn piles(tray: &InTray, t: Language) -> Vec<Pile> {
    let kinds: [(&str, Waiting, Option<Duration>, &'static str); 4] = [
        (
            "admin-waits-breaches",
            tray.breaches,
            Some(TELL_WITHIN),
            "unisono privacy breach list",
        ),
        (
            "admin-waits-requests",
            tray.requests,
            Some(Urgency::ANSWER_WITHIN),
            "unisono privacy requests list",
        ),
        (
            "admin-waits-legal",
            tray.legal_requests,
            None,
            "unisono privacy legal list",
        ),
        (
            "admin-waits-threads",
            tray.threads,
            None,
            "unisono support list",
        ),
    ];
    let waits = kinds.into_iter().filter(|(_, waits, ..)| waits.count > 0);
    let piles = waits.map(|(name, waits, within, command)| Pile {
        what: t.say(name),
        count: t.number(waits.count),
        until: waits
            .since
            .zip(within)
            .map(|(since, within)| minute(since.after(within))),
        command,
    });
    piles.collect()
}

/// What an operator must not overlook at `now`.
pub(super) fn warnings(tray: &InTray, now: Timestamp, t: Language) -> Vec<String> {
    let breach = tray
        .breaches
        .since
        .map(|aware_at| match now < aware_at.after(TELL_WITHIN) {
            true => "admin-breach-waits",
            false => "admin-breach-late",
        });
    let request = tray
        .requests
        .since
        .and_then(|asked_at| match Urgency::of(asked_at, now) {
            Urgency::Calm => None,
            Urgency::Soon | Urgency::Now => Some("admin-request-soon"),
            Urgency::Late => Some("admin-request-late"),
        });
    let names = breach.into_iter().chain(request);
    names.map(|name| t.say(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_795_305_600_000);
    const HOUR: Duration = Duration::from_secs(60 * 60);

    fn since(hours: u32) -> Waiting {
        let ms = i64::try_from((hours * HOUR).as_millis()).unwrap();
        Waiting {
            count: 2,
            since: Some(Timestamp::from_unix_ms(NOW.unix_ms() - ms)),
        }
    }

    #[test]
    fn clocks_that_run_out_are_warned_of_and_those_that_have() {
        let t = Language::English;
        let named = |breaches: Waiting, requests: Waiting| {
            let tray = InTray {
                breaches,
                requests,
                ..InTray::default()
            };
            warnings(&tray, NOW, t)
        };
        let none = Waiting::default();
        assert!(named(none, since(24 * 19)).is_empty());
        for (breaches, requests, name) in [
            (since(1), none, "admin-breach-waits"),
            (since(72), none, "admin-breach-late"),
            (none, since(24 * 20), "admin-request-soon"),
            (none, since(24 * 29), "admin-request-soon"),
            (none, since(24 * 30), "admin-request-late"),
        ] {
            assert_eq!(named(breaches, requests), [t.say(name)], "{name}");
        }
        assert_eq!(named(since(1), since(24 * 40)).len(), 2);
    }

    #[test]
    fn each_kind_that_waits_is_shown_with_its_last_moment_and_its_command() {
        let tray = InTray {
            breaches: since(1),
            threads: since(5),
            ..InTray::default()
        };
        let piles = piles(&tray, Language::English);
        let shown: Vec<_> = piles.iter().map(|it| (it.command, &it.until)).collect();
        let last = Some(minute(NOW.after(71 * HOUR)));
        let expected = [
            ("unisono privacy breach list", &last),
            ("unisono support list", &None),
        ];
        assert_eq!(shown, expected);
    }
}
