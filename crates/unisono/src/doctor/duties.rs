//! What only whoever runs the installation can keep: that they are told of it, and what they have yet to state.

use std::collections::BTreeSet;

use account::Upstream;
use privacy::{Inventory, Safeguard, text_key};
use texts::Language;

use super::Finding;
use crate::settings::Settings;

/// Where people read it.
const PAGE: &str = "/privacy#duties";

/// What the policy says in the operator's name, and whether they have stated what it needs.
pub(super) fn stated(settings: &Settings) -> Finding {
    let operator = &settings.operator;
    let mut lacking = Vec::new();
    if operator.hosting.trim().is_empty() {
        lacking.push(
            "operator.hosting, the place where the machine stands and whose it is".to_owned(),
        );
    }
    let countries = without_safeguard(settings.inventory(), settings);
    if !countries.is_empty() {
        let countries: Vec<String> = countries.into_iter().map(with_name).collect();
        lacking.push(format!(
            "[operator.grounds] for {}, each \"same-law\", \"adequacy\" or \"clauses\"",
            countries.join(", ")
        ));
    }
    match lacking.is_empty() || !settings.is_public() {
        true => Finding::Good(format!(
            "{PAGE} says what you answer for yourself; read it once as the promise that it is"
        )),
        false => Finding::Warning(format!(
            "{PAGE} says what you answer for yourself; set {}",
            lacking.join("; and ")
        )),
    }
}

/// A country's code with what it stands for: of the operator's own mail server, that is not known here.
fn with_name(country: &str) -> String {
    let key = text_key("country", &country.to_ascii_lowercase());
    format!("{country} ({})", Language::English.say(&key))
}

/// The countries of recipients that are switched on and told something about people, and for which no safeguard is stated.
fn without_safeguard<'a>(inventory: &'a Inventory, settings: &Settings) -> BTreeSet<&'a str> {
    let mut told = Vec::new();
    for egress in inventory.egress.values() {
        let country = egress.country.as_str();
        told.push((country, &egress.fields, is_on(&egress.switch, settings)));
        let also = egress.also.iter();
        told.extend(also.map(|more| (country, &more.fields, is_on(&more.switch, settings))));
    }
    for embed in inventory.embed.values() {
        let switch = embed.switch.as_ref();
        let is_there = switch.is_none_or(|switch| is_on(switch, settings));
        told.push((&embed.country, &embed.fields, is_there));
    }
    let grounds = &settings.operator.grounds;
    let lacking = told.into_iter().filter(|(country, fields, is_there)| {
        *is_there && Safeguard::of(*fields, country, grounds) == Safeguard::Unstated
    });
    lacking.map(|(country, ..)| country).collect()
}

/// Whether the setting that the inventory names turns on what belongs to it. What this installation's inventory is made by
/// is on where it is named.
fn is_on(switch: &str, settings: &Settings) -> bool {
    let outbound = &settings.outbound;
    let upstream = switch.strip_prefix("outbound.upstreams.");
    let upstream = upstream.and_then(|rest| rest.strip_suffix(".enabled"));
    match switch {
        "outbound.short_links" => outbound.short_links,
        "mail.host" => !settings.mail.host.is_empty(),
        "errors.dsn" => settings.errors.is_on(),
        "players.spotify_client_id" => !settings.players.spotify_client_id.is_empty(),
        _ => match upstream.and_then(|name| name.parse::<Upstream>().ok()) {
            Some(upstream) => outbound.upstreams.is_on(upstream),
            None => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use privacy::Ground;

    use super::*;

    fn public() -> Settings {
        Settings {
            public_url: Some("https://listen.example".to_owned()),
            ..Settings::default()
        }
    }

    fn said(settings: &Settings) -> String {
        let (Finding::Good(text) | Finding::Warning(text) | Finding::Bad(text)) = stated(settings);
        text
    }

    /// Promises T31, T32, Y48: whoever runs a public server is told what they have yet to state, and that they answer for it.
    #[test]
    fn the_doctor_names_the_page_of_duties_and_what_is_not_stated_on_it() {
        let mut settings = public();
        let before = said(&settings);
        for part in [PAGE, "operator.hosting", "operator.grounds", "US"] {
            assert!(before.contains(part), "{part}: {before}");
        }
        assert!(!before.contains("AE"), "nobody signs in by Telegram");
        settings.operator.hosting = "Portugal, at Racks Ltd".to_owned();
        for country in without_safeguard(settings.inventory(), &settings) {
            let country = country.to_owned();
            settings.operator.grounds.insert(country, Ground::Adequacy);
        }
        assert!(matches!(stated(&settings), Finding::Good(_)));
        settings.mail.host = "smtp.example".to_owned();
        let after = said(&settings);
        let mail = "for ZZ (where the mail server of this installation is), each";
        assert!(after.contains(mail) && !after.contains("US"), "{after}");
        assert!(matches!(stated(&Settings::default()), Finding::Good(_)));
    }

    /// The places of what is told about people, each with whether its switch is on.
    fn told_of_people(settings: &Settings) -> Vec<(String, bool)> {
        let (inventory, none) = (settings.inventory(), privacy::Grounds::new());
        let mut told = Vec::new();
        for (host, egress) in &inventory.egress {
            let whole = (&egress.fields, &egress.switch);
            let also = egress.also.iter().map(|more| (&more.fields, &more.switch));
            for (fields, switch) in std::iter::once(whole).chain(also) {
                if Safeguard::of(fields, &egress.country, &none) == Safeguard::Unstated {
                    told.push((format!("{host}: {switch}"), is_on(switch, settings)));
                }
            }
        }
        let players = inventory.embed.iter().filter_map(|(name, embed)| {
            let switch = embed.switch.as_ref()?;
            Some((format!("{name}: {switch}"), is_on(switch, settings)))
        });
        told.extend(players);
        told
    }

    #[test]
    fn each_switch_of_what_is_told_about_people_is_known() {
        let mut settings = public();
        settings.outbound.short_links = false;
        let off = told_of_people(&settings);
        assert!(!off.is_empty());
        for (place, is_on) in off {
            assert!(!is_on, "{place}");
        }
        settings.outbound.short_links = true;
        settings.outbound.payments.enabled = Some(true);
        settings.outbound.turnstile.enabled = Some(true);
        settings.mail.host = "smtp.example".to_owned();
        let dsn = "https://key@glitchtip.example/7";
        settings.errors.dsn = Some(base::Secret::new(dsn.to_owned()));
        settings.players.spotify_client_id = "made0up".to_owned();
        settings.outbound.upstreams.google.enabled = Some(true);
        settings.outbound.upstreams.spotify.enabled = Some(true);
        settings.outbound.upstreams.yandex.enabled = Some(true);
        settings.outbound.upstreams.telegram.enabled = Some(true);
        assert_eq!(settings.inventory(), app::App::inventory());
        for (place, is_on) in told_of_people(&settings) {
            assert!(is_on, "{place}");
        }
    }

    #[test]
    fn no_country_is_asked_for_whose_recipients_are_switched_off() {
        let mut settings = public();
        settings.outbound.short_links = false;
        let of_the_player = without_safeguard(settings.inventory(), &settings);
        assert!(of_the_player.iter().eq([&"US"]), "{of_the_player:?}");
        settings.players.spotify_client_id = "made0up".to_owned();
        let of_both = without_safeguard(settings.inventory(), &settings);
        assert!(of_both.iter().eq([&"SE", &"US"]), "{of_both:?}");
    }
}
