//! The files of the data inventory. What they say lies beside the schema; what it means is in `privacy`.

use std::sync::LazyLock;

use privacy::Inventory;

/// The files of the inventory, compiled in.
const FILES: &[(&str, &str)] = &[
    ("rooms.toml", include_str!("../inventory/rooms.toml")),
    ("queues.toml", include_str!("../inventory/queues.toml")),
    ("plans.toml", include_str!("../inventory/plans.toml")),
    ("links.toml", include_str!("../inventory/links.toml")),
    ("accounts.toml", include_str!("../inventory/accounts.toml")),
    ("mails.toml", include_str!("../inventory/mails.toml")),
    ("privacy.toml", include_str!("../inventory/privacy.toml")),
    ("payments.toml", include_str!("../inventory/payments.toml")),
    ("operator.toml", include_str!("../inventory/operator.toml")),
    ("counts.toml", include_str!("../inventory/counts.toml")),
    ("status.toml", include_str!("../inventory/status.toml")),
    ("acts.toml", include_str!("../inventory/acts.toml")),
    ("support.toml", include_str!("../inventory/support.toml")),
    ("grants.toml", include_str!("../inventory/grants.toml")),
    (
        "node_secrets.toml",
        include_str!("../inventory/node_secrets.toml"),
    ),
    (
        "migrations.toml",
        include_str!("../inventory/migrations.toml"),
    ),
    ("browser.toml", include_str!("../inventory/browser.toml")),
    ("logs.toml", include_str!("../inventory/logs.toml")),
    ("memory.toml", include_str!("../inventory/memory.toml")),
    ("outbound.toml", include_str!("../inventory/outbound.toml")),
    ("embeds.toml", include_str!("../inventory/embeds.toml")),
];

/// The inventory of this program.
pub fn inventory() -> &'static Inventory {
    static INVENTORY: LazyLock<Inventory> = LazyLock::new(|| {
        Inventory::read(FILES).expect("a test reads the compiled inventory, so it parses")
    });
    &INVENTORY
}

#[cfg(test)]
mod tests {
    use super::*;
    use privacy::{AtRest, Basis, Category, Purpose, Retention, Source, StorageKind};

    #[test]
    fn every_inventory_file_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/inventory");
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let mut compiled: Vec<&str> = FILES.iter().map(|file| file.0).collect();
        found.sort();
        compiled.sort_unstable();
        assert_eq!(found, compiled);
    }

    #[test]
    fn what_concerns_a_person_has_a_basis_and_the_rest_has_none() {
        for (place, rule) in inventory().rules() {
            assert_eq!(rule.is_personal(), rule.basis != Basis::None, "{place}");
        }
    }

    #[test]
    fn what_is_sealed_or_told_to_others_is_never_called_technical() {
        for (place, rule) in inventory().rules() {
            let is_so = rule.at_rest == AtRest::Sealed || !rule.recipients.is_empty();
            assert!(rule.is_personal() || !is_so, "{place}");
        }
    }

    // Promise Y26
    #[test]
    fn what_outlives_its_person_until_another_service_was_told_is_published() {
        let policy = privacy::Policy::of(inventory());
        for (place, category, retention) in [
            ("table.revocations.sealed_token", "credential", "told<=7d"),
            ("table.revocations.created_at", "activity", "told<=7d"),
            ("table.farewells.customer", "payment", "told"),
        ] {
            let mut rows = policy.rows.iter();
            let row = rows.find(|row| row.names.contains(place)).unwrap();
            let told = (row.category.as_str(), row.retention.as_str());
            assert_eq!(told, (category, retention), "{place}");
        }
    }

    #[test]
    fn nothing_personal_leaves_the_installation_but_mail_and_the_payment_service_s_own_names() {
        let is_of_mail =
            |place: &str| ["table.accounts.email", "table.mails.sealed_letter"].contains(&place);
        // What the payment service calls an account or a purchase, and what is bought.
        let is_of_payments = |place: &str| {
            [
                "table.payment_customers.customer",
                "table.subscriptions.id",
                "table.checkouts.idempotency_key",
                "table.checkouts.price",
                "table.farewells.customer",
            ]
            .contains(&place)
        };
        for (place, rule) in inventory().rules() {
            let told: &[&str] = if is_of_mail(&place) {
                &["mail-server"]
            } else if is_of_payments(&place) {
                &["payment-service"]
            } else {
                &[]
            };
            assert_eq!(rule.recipients, told, "{place}");
        }
    }

    // Promises C19, S2, S16, T1, T7, Y12, Y19, Y24
    #[test]
    fn hosts_that_are_called_are_told_about_music_and_the_operator_and_what_a_sign_in_takes() {
        let about_music = [
            "title",
            "artist",
            "album",
            "isrc",
            "barcode",
            "id",
            "short-link",
            "picture",
        ];
        let of_the_operator = ["operator-key", "operator-contact"];
        // What the upstream gave the person a moment ago goes back to it, and nothing that it did not give.
        let of_a_sign_in = ["sign-in-code", "upstream-token", "operator-key"];
        for (host, egress) in &inventory().egress {
            let whole = (&egress.fields, egress.purpose, &egress.switch);
            let also = egress.also.iter();
            let also = also.map(|more| (&more.fields, more.purpose, &more.switch));
            for (fields, purpose, switch) in std::iter::once(whole).chain(also) {
                let is_told = |field: &String| match purpose {
                    Purpose::FindingMusic => {
                        let may = about_music.iter().chain(&of_the_operator);
                        switch.starts_with("outbound.") && may.clone().any(|one| one == field)
                    }
                    Purpose::Account => {
                        let may = of_a_sign_in.iter();
                        switch.starts_with("outbound.upstreams.")
                            && may.clone().any(|one| one == field)
                    }
                    // The name that the payment service gave an account itself; it asks the payer for the rest.
                    Purpose::Payments => {
                        let may = ["payment-customer", "price", "site-origin", "operator-key"];
                        switch == "outbound.payments.enabled" && may.contains(&field.as_str())
                    }
                    // What the check gave the browser a moment ago goes back to it.
                    Purpose::Security => {
                        let may = ["check-answer", "operator-key"];
                        switch == "outbound.turnstile.enabled" && may.contains(&field.as_str())
                    }
                    // The operator's own mail server is told what mail is made of.
                    Purpose::Notices => {
                        switch == "mail.host"
                            && ["email-address", "letter"].contains(&field.as_str())
                    }
                    // The operator's own collector is told what this program failed at, and nothing about anybody.
                    Purpose::Operation => {
                        switch == "errors.dsn"
                            && ["failure", "operator-key"].contains(&field.as_str())
                    }
                    _ => false,
                };
                assert!(fields.iter().all(is_told), "{host}");
            }
        }
    }

    /// Promise S14
    #[test]
    fn each_letter_is_asked_for_by_an_act_and_those_that_repeat_by_consent() {
        assert!(!inventory().email.is_empty());
        for (name, email) in &inventory().email {
            assert!(!email.asked_by.is_empty(), "{name}");
            assert_eq!(email.opt_in, email.basis == Basis::Consent, "{name}");
        }
    }

    // Promises S2, Y41
    #[test]
    fn players_of_others_are_loaded_by_a_consent_that_the_browser_keeps() {
        for (service, embed) in &inventory().embed {
            assert_eq!(embed.basis, Basis::Consent, "{service}");
            let mut kept = inventory().storage_keys(StorageKind::Local);
            match &embed.consent {
                Some(consent) => assert!(kept.any(|key| key == consent), "{service}"),
                // Asked for each time anew, and only where the operator wants it at all.
                None => assert!(embed.switch.is_some(), "{service}"),
            }
            let players = embed.scripts.iter().chain(&embed.frames);
            let hosts = players.chain(&embed.connects);
            assert!(hosts.clone().count() > 0, "{service}");
            for host in hosts {
                assert!(
                    host.starts_with("https://") && !host.contains('*'),
                    "{host}"
                );
            }
        }
    }

    #[test]
    fn guests_get_no_cookie_but_the_one_that_they_press_for() {
        let cookies: Vec<&String> = inventory().cookie.keys().collect();
        let pressed_for = "__Host-unisono-policy";
        assert_eq!(
            cookies,
            ["__Host-unisono", pressed_for, "__Host-unisono-step"]
        );
        let seen = &inventory().cookie[pressed_for];
        let kept = (seen.category, seen.source, seen.retention);
        let wished = (Category::Choice, Source::Provided, Retention::NinetyDays);
        assert_eq!(kept, wished);
        let others = inventory().cookie.iter();
        for (name, rule) in others.filter(|(name, _)| *name != pressed_for) {
            // What proves identity, and is made for who signs in.
            assert_eq!(rule.category, Category::Credential, "{name}");
            assert!(
                [Retention::Session, Retention::Step].contains(&rule.retention),
                "{name}"
            );
        }
    }

    /// Promises S39, Y39: what is taken in from a copy of another installation is the person's own, and makes nobody more
    /// than they are here.
    #[test]
    fn a_copy_brings_no_ids_ranks_plans_sessions_or_choices_along() {
        use Category::{Activity, Preference, Profile, Room};
        for (place, rule) in inventory().rules().filter(|(_, rule)| rule.import) {
            let is_own = [Profile, Preference, Room, Activity].contains(&rule.category)
                && [Source::Provided, Source::Observed].contains(&rule.source);
            assert!(is_own && rule.export, "{place}");
            assert_ne!(rule.basis, Basis::Consent, "{place}");
            assert_eq!(rule.at_rest, AtRest::Plain, "{place}");
        }
    }

    // Promises S11, T24
    #[test]
    fn nothing_is_kept_of_what_we_promise_not_to_collect() {
        let never = [
            "audio",
            "recording",
            "sdp",
            "candidate",
            "phone",
            "email",
            "birth",
            "gender",
            "location",
            "latitude",
            "longitude",
            "country",
            "ip",
            "address",
            "agent",
            "referrer",
            "visits",
        ];
        let of_an_account = [
            "accounts.email",
            "accounts.email_folded",
            "accounts.country",
        ];
        for (table, declared) in &inventory().table {
            for column in declared.column.keys() {
                let place = format!("{table}.{column}");
                let word = column.split('_').find(|word| never.contains(word));
                assert_eq!(
                    word.is_some(),
                    of_an_account.contains(&place.as_str()),
                    "{place}"
                );
            }
        }
    }

    // Promises S6, S19
    #[test]
    fn of_what_the_payment_service_says_so_much_is_kept_and_no_more() {
        let is_of_payments = |rule: &privacy::Rule| rule.purpose == Purpose::Payments;
        let (mut told, mut ours) = (Vec::new(), Vec::new());
        for (table, declared) in &inventory().table {
            if !declared.column.values().any(is_of_payments) {
                continue;
            }
            for (column, rule) in &declared.column {
                match rule.source {
                    Source::Received => told.push(format!("{table}.{column}")),
                    _ => ours.push(format!("{table}.{column}")),
                }
            }
        }
        let who_what_and_until_when = [
            "checkouts.page",
            "farewells.customer",
            "payment_customers.customer",
            "payment_events.id",
            "subscriptions.ends_with_period",
            "subscriptions.id",
            "subscriptions.period_end",
            "subscriptions.price",
            "subscriptions.status",
        ];
        assert_eq!(told, who_what_and_until_when);
        let whose_and_when_to_ask = [
            "checkouts.account_id",
            "checkouts.begun_at",
            "checkouts.idempotency_key",
            "checkouts.price",
            "farewells.attempts",
            "farewells.begun_at",
            "farewells.next_at",
            "payment_customers.account_id",
            "payment_customers.asked_at",
            "payment_customers.attempts",
            "payment_customers.met",
            "payment_customers.next_at",
            "payment_customers.wished",
            "payment_events.received_at",
            "subscriptions.account_id",
            "subscriptions.asked_at",
        ];
        assert_eq!(ours, whose_and_when_to_ask);
    }

    // Promise T25
    #[test]
    fn what_people_write_freely_is_marked() {
        let mut marked = Vec::new();
        for (table, declared) in &inventory().table {
            for (column, rule) in &declared.column {
                let is_free = rule.category == Category::Message;
                assert_eq!(rule.may_contain_special, is_free, "{table}.{column}");
                if is_free {
                    marked.push(format!("{table}.{column}"));
                }
            }
        }
        let free = [
            "requests.message",
            "room_events.body",
            "room_states.state",
            "support_messages.text",
        ];
        assert_eq!(marked, free);
    }

    #[test]
    fn what_is_held_in_memory_is_declared_as_never_stored() {
        for (name, rule) in &inventory().memory {
            assert_eq!(rule.at_rest, AtRest::NotStored, "{name}");
        }
        for (place, rule) in inventory()
            .rules()
            .filter(|(place, _)| !place.starts_with("memory."))
        {
            assert_ne!(rule.at_rest, AtRest::NotStored, "{place}");
        }
    }

    #[test]
    fn an_unknown_word_or_field_is_refused() {
        let column = include_str!("../inventory/migrations.toml");
        assert!(Inventory::read(&[("a", column)]).is_ok());
        for (known, unknown) in [
            ("purpose = ", "purpos = "),
            ("\"technical\"", "\"health\""),
            ("\"plain\"", "\"plane\""),
            ("owner = \"none\"", "owner = \"via(rooms)\""),
        ] {
            let broken = column.replacen(known, unknown, 1);
            assert_ne!(broken, column, "{known}");
            assert!(Inventory::read(&[("a", &broken)]).is_err(), "{unknown}");
        }
    }

    #[test]
    fn a_place_is_declared_once() {
        let file = include_str!("../inventory/migrations.toml");
        let twice = Inventory::read(&[("a", file), ("b", file)]);
        assert_eq!(
            twice.unwrap_err().to_string(),
            "b: migrations is declared twice"
        );
    }
}
