use std::collections::BTreeSet;

use app::App;
use privacy::{Differences, Inventory, text_key, word};

use super::*;

fn page(settings: &Settings, dated: Dated, language: Language) -> String {
    drawn(settings, dated, language, false)
}

fn drawn(settings: &Settings, dated: Dated, language: Language, keeps_dead_rows: bool) -> String {
    let is_asked = true;
    let told = Told {
        inventory: App::inventory(),
        version: "7c21cb90aa11",
        keeps_dead_rows,
        dated,
    };
    draw(settings, told, Tongue { language, is_asked })
}

/// The name of every text that the inventory asks for.
fn asked_for(inventory: &Inventory) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (_, rule) in inventory.rules() {
        keys.extend([
            text_key("category", &word(&rule.category)),
            text_key("purpose", &word(&rule.purpose)),
            text_key("basis", &word(&rule.basis)),
            text_key("source", &word(&rule.source)),
            text_key("retention", &word(&rule.retention)),
            text_key("visibility", &word(&rule.visibility)),
        ]);
        let recipients = rule.recipients.iter();
        keys.extend(recipients.map(|name| text_key("recipient", name)));
    }
    let policy = Policy::of(inventory);
    keys.extend(policy.rows.iter().map(|row| text_key("place", &row.place)));
    let stated = ["not-needed", "unstated", "same-law", "adequacy", "clauses"];
    keys.extend(stated.map(|safeguard| text_key("safeguard", safeguard)));
    let asked = policy.asked.iter().map(|one| (&one.fields, &one.country));
    let players = policy.players.iter().map(|one| (&one.fields, &one.country));
    for (fields, country) in asked.chain(players) {
        keys.extend(fields.iter().map(|field| text_key("field", field)));
        keys.insert(text_key("country", &country.to_ascii_lowercase()));
    }
    keys
}

#[test]
fn privacy_has_a_text_for_each_word_of_the_inventory_in_each_language() {
    let keys = asked_for(App::inventory());
    let lacking: Vec<String> = ["en", "ru", "ar"]
        .iter()
        .zip(texts::POLICY)
        .flat_map(|(language, source)| {
            let has = |key: &String| {
                let start = format!("{key} = ");
                source.lines().any(|line| line.starts_with(&start))
            };
            let lacks = keys.iter().filter(move |key| !has(key));
            lacks.map(move |key| format!("{language}: {key}"))
        })
        .collect();
    assert!(keys.len() > 50, "{}", keys.len());
    assert!(lacking.is_empty(), "no text for {lacking:#?}");
}

#[test]
fn privacy_names_every_cookie_key_and_host() {
    let inventory = App::inventory();
    let stored = inventory.browser_storage.values().flatten();
    let cookies = inventory.cookie.keys();
    let names: Vec<&String> = cookies
        .chain(stored.map(|(key, _)| key))
        .chain(inventory.egress.keys())
        .chain(inventory.egress.values().map(|egress| &egress.switch))
        .chain(inventory.embed.values().map(|embed| &embed.recipient))
        .collect();
    for language in Language::OFFERED {
        let page = page(&Settings::default(), Dated::default(), language);
        for name in &names {
            assert!(page.contains(name.as_str()), "{name}");
        }
    }
}

/// Promises Y13, S12, Y17: every purpose for which something about people is kept, with what allows it, from the inventory.
#[test]
fn privacy_tells_each_purpose_with_its_category_basis_and_time() {
    let policy = Policy::of(App::inventory());
    for t in Language::OFFERED {
        let sections = rows::sections(&policy, t);
        for row in &policy.rows {
            let title = t.say(&text_key("purpose", &row.purpose));
            let section = sections.iter().find(|section| section.title == title);
            let is_told = section.unwrap().cards.iter().any(|card| {
                let says = |family, word: &str| {
                    let text = t.say(&text_key(family, word));
                    card.facts.iter().any(|fact| fact.text.contains(&text))
                };
                card.title == t.say(&text_key("category", &row.category))
                    && says("basis", &row.basis)
                    && says("retention", &row.retention)
                    && row.visibility.iter().all(|word| says("visibility", word))
                    && row.sources.iter().all(|word| says("source", word))
                    && row.recipients.iter().all(|word| says("recipient", word))
                    && row
                        .laws
                        .iter()
                        .all(|law| card.facts.iter().any(|fact| fact.text.contains(law)))
            });
            assert!(is_told, "{row:?}");
        }
        let page = page(&Settings::default(), Dated::default(), t);
        let told = sections.iter().flat_map(|section| &section.cards);
        for fact in told.flat_map(|card| &card.facts) {
            assert!(page.contains(&fact.text), "{}", fact.text);
        }
    }
}

/// Promises S48, T6: the version in force and those before are dated, each with what it changed.
#[test]
fn privacy_versions_are_dated_and_can_be_compared() {
    let published = |version: &str, ms, added: &[&str]| PublishedPolicy {
        version: version.to_owned(),
        published_at: Timestamp::from_unix_ms(ms),
        differences: Differences {
            added: added.iter().map(|&line| line.to_owned()).collect(),
            removed: Vec::new(),
        },
    };
    let dated = Dated {
        published: vec![
            published("7c21cb90aa11", 1_800_000_000_000, &["server · <new>"]),
            published("00aa00aa00aa", 1_700_000_000_000, &[]),
        ],
        swept_at: Some(Timestamp::from_unix_ms(1_800_100_000_000)),
    };
    let page = page(&Settings::default(), dated, Language::English);
    for part in [
        "Version: <code dir=\"ltr\">7c21cb90aa11</code>",
        "In force since <time datetime=\"2027-01-15\"",
        "datetime=\"2023-11-14\"",
        "00aa00aa00aa",
        "server · &#60;new&#62;",
        "2027-01-16",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains(&Language::English.say("privacy-versions-wording")));
}

#[test]
fn privacy_runs_no_script_and_says_who_answers() {
    let settings = Settings {
        public_url: "https://listen.example".to_owned(),
        ..Settings::default()
    };
    for language in Language::OFFERED {
        let page = page(&settings, Dated::default(), language);
        let scripts = page.matches("<script").count();
        let first_paint = page.matches("<script src=\"/assets/first-paint-").count();
        assert_eq!(scripts, first_paint, "only the shell's own");
        assert!(!page.contains("style=\"") && !page.contains("javascript:"));
        assert!(page.contains("listen.example"));
        assert!(page.contains(&format!("dir=\"{}\"", language.direction())));
    }
}

#[test]
fn privacy_says_what_the_files_of_the_database_keep_where_they_keep_something() {
    for language in Language::OFFERED {
        let said = language.say("privacy-dead-rows");
        for keeps_dead_rows in [true, false] {
            let settings = Settings::default();
            let page = drawn(&settings, Dated::default(), language, keeps_dead_rows);
            assert_eq!(page.contains(&said), keeps_dead_rows);
        }
    }
}

/// Promise T31: the page says where data is processed, or that this was not said.
#[test]
fn privacy_says_where_data_is_processed() {
    let mut settings = Settings::default();
    let place = "Portugal, at <Racks> Ltd";
    for language in Language::OFFERED {
        let unknown = language.say("privacy-processed-unknown");
        let page = |settings: &Settings| page(settings, Dated::default(), language);
        for nothing in ["", " "] {
            settings.operator.hosting = nothing.to_owned();
            assert!(page(&settings).contains(&unknown));
        }
        settings.operator.hosting = place.to_owned();
        let told = page(&settings);
        assert!(told.contains("Portugal, at &#60;Racks&#62; Ltd"), "{told}");
        assert!(!told.contains(&unknown));
    }
}

#[test]
fn privacy_names_the_setting_that_turns_off_each_use_of_a_host() {
    let told = rows::hosts(
        App::inventory(),
        &privacy::Grounds::new(),
        Language::English,
    );
    let field = |name: &str| Language::English.say(&text_key("field", name));
    for (host, provider) in [
        ("open.spotify.com", "spotify_oembed"),
        ("soundcloud.com", "soundcloud_oembed"),
    ] {
        let provider = format!("outbound.providers.{provider}.enabled");
        for (name, switch) in [
            ("id", provider.as_str()),
            ("short-link", "outbound.short_links"),
        ] {
            let mut cards = told.iter().filter(|card| {
                let says = |text: &str| card.facts.iter().any(|fact| fact.text == text);
                card.hosts.iter().any(|one| one == host) && says(&field(name))
            });
            let card = cards.next().unwrap();
            assert!(card.facts.iter().any(|fact| fact.text == switch), "{host}");
            assert!(cards.next().is_none(), "{host}");
        }
    }
}

/// Promises T32, Y48, Y21: beside each recipient stand its country, the safeguard that the operator has stated or that
/// none is, and its own policy.
#[test]
fn privacy_names_the_country_safeguard_and_policy_of_each_recipient() {
    let inventory = App::inventory();
    let mut settings = Settings::default();
    let grounds = &mut settings.operator.grounds;
    grounds.insert("US".to_owned(), privacy::Ground::Clauses);
    let grounds = grounds.clone();
    for t in Language::OFFERED {
        let page = page(&settings, Dated::default(), t);
        let told = [
            rows::hosts(inventory, &grounds, t),
            rows::players(inventory, &grounds, t),
            rows::checks(inventory, &grounds, t),
        ]
        .concat();
        let safeguard = |country: &str, fields: &[String]| {
            let safeguard = privacy::Safeguard::of(fields, country, &grounds);
            t.say(&text_key("safeguard", &word(&safeguard)))
        };
        let is_told = |host: &str, country: &str, fields: &[String], policy: Option<&str>| {
            let country_name = t.say(&text_key("country", &country.to_ascii_lowercase()));
            told.iter().any(|card| {
                let says = |text: &str| card.facts.iter().any(|fact| fact.text == text);
                card.hosts.iter().any(|one| one == host)
                    && says(&country_name)
                    && says(&safeguard(country, fields))
                    && card.policy.as_deref() == policy
            })
        };
        for (host, egress) in &inventory.egress {
            let (country, fields) = (&egress.country, &egress.fields);
            let policy = egress.policy.as_deref();
            assert!(is_told(host, country, fields, policy), "{host}");
            for more in &egress.also {
                assert!(is_told(host, country, &more.fields, policy), "{host}");
            }
            // The operator's own mail server and collector are of their choice, and so is what those say.
            let is_own = ["mail.host", "errors.dsn"].contains(&host.as_str());
            assert_eq!(policy.is_none(), is_own, "{host}");
        }
        for (name, embed) in &inventory.embed {
            let host = embed.frames[0].trim_start_matches("https://");
            let policy = Some(embed.policy.as_str());
            assert!(
                is_told(host, &embed.country, &embed.fields, policy),
                "{name}"
            );
        }
        for policy in told.iter().filter_map(|card| card.policy.as_ref()) {
            assert!(policy.starts_with("https://"), "{policy}");
            assert!(page.contains(&format!(
                "<a href=\"{policy}\" rel=\"noreferrer noopener\">"
            )));
        }
        for safeguard in ["not-needed", "clauses", "unstated"] {
            let said = t.say(&text_key("safeguard", safeguard));
            assert!(page.contains(&said), "{safeguard}");
        }
    }
}

/// Promises S2, T7, Y12, S16, T1, Y24, T13, T27, T30, Y48, Y54, S10, S31, S41, Y46, Y47: what no program can keep stands on
/// the page as the duty of whoever runs the server, each with a help that there is.
#[test]
fn privacy_words_what_no_program_can_keep_as_the_duty_of_the_operator() {
    for t in Language::OFFERED {
        let page = page(&Settings::default(), Dated::default(), t);
        assert!(page.contains("id=\"duties\"") && page.contains("href=\"#duties\""));
        assert!(page.contains(&t.say("privacy-duties-lead")));
        for (duty, tool) in DUTIES {
            let said = format!("{} <span", t.say(duty));
            assert!(page.contains(&said), "{duty}");
            assert!(page.contains(&format!("<code dir=\"ltr\">{tool}</code>")));
        }
    }
    let listed = DUTIES.map(|(duty, _)| format!("{duty} = "));
    for source in texts::POLICY {
        let written = source
            .lines()
            .filter(|line| line.starts_with("privacy-duty-"));
        let duties = written.filter(|line| !line.starts_with("privacy-duty-tool"));
        let strange = duties.filter(|line| !listed.iter().any(|start| line.starts_with(start)));
        assert_eq!(strange.count(), 0, "each duty that is written is shown");
    }
}
