//! What only whoever runs the installation can keep: that they are told of it, and what they have yet to state.

use std::collections::BTreeSet;

use account::Upstream;
use privacy::{Inventory, Safeguard};

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
    let countries = without_safeguard(app::App::inventory(), settings);
    if !countries.is_empty() {
        let countries: Vec<&str> = countries.into_iter().collect();
        lacking.push(format!(
            "[operator.grounds] for {}, each \"same-law\", \"adequacy\", \"clauses\" or \"asked\"",
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

/// The countries of recipients that are switched on and told something about people, and for which no safeguard is stated.
fn without_safeguard<'a>(inventory: &'a Inventory, settings: &Settings) -> BTreeSet<&'a str> {
    let mut told = Vec::new();
    for egress in inventory.egress.values() {
        let country = egress.country.as_str();
        told.push((country, &egress.fields, is_on(&egress.switch, settings)));
        let also = egress.also.iter();
        told.extend(also.map(|more| (country, &more.fields, is_on(&more.switch, settings))));
    }
    for (name, embed) in &inventory.embed {
        let is_there = match &embed.switch {
            Some(switch) => is_on(switch, settings),
            None => name != "spotify" || !settings.players.spotify_client_id.is_empty(),
        };
        told.push((&embed.country, &embed.fields, is_there));
    }
    let grounds = &settings.operator.grounds;
    let lacking = told.into_iter().filter(|(country, fields, is_there)| {
        *is_there && Safeguard::of(*fields, country, grounds) == Safeguard::Unstated
    });
    lacking.map(|(country, ..)| country).collect()
}

/// Whether the setting that the inventory names turns on what belongs to it.
fn is_on(switch: &str, settings: &Settings) -> bool {
    let outbound = &settings.outbound;
    match switch {
        "outbound.payments.enabled" => outbound.payments.is_on(),
        "outbound.turnstile.enabled" => outbound.turnstile.is_on(),
        "outbound.short_links" => outbound.short_links,
        "mail.host" => !settings.mail.host.is_empty(),
        // All that a provider is told about a person may be in a short link, which it is asked where it leads.
        provider if provider.starts_with("outbound.providers.") => outbound.short_links,
        other => {
            let upstream = other.strip_prefix("outbound.upstreams.");
            let upstream = upstream.and_then(|rest| rest.strip_suffix(".enabled"));
            let upstream = upstream.and_then(|name| name.parse::<Upstream>().ok());
            upstream.is_some_and(|upstream| outbound.upstreams.is_on(upstream))
        }
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
        for country in without_safeguard(app::App::inventory(), &settings) {
            let country = country.to_owned();
            settings.operator.grounds.insert(country, Ground::Adequacy);
        }
        assert!(matches!(stated(&settings), Finding::Good(_)));
        settings.mail.host = "smtp.example".to_owned();
        let after = said(&settings);
        assert!(after.contains("ZZ") && !after.contains("US"), "{after}");
        assert!(matches!(stated(&Settings::default()), Finding::Good(_)));
    }

    #[test]
    fn each_switch_of_what_is_told_about_people_is_known() {
        let inventory = app::App::inventory();
        let mut settings = public();
        settings.outbound.payments.enabled = Some(true);
        settings.outbound.turnstile.enabled = Some(true);
        settings.mail.host = "smtp.example".to_owned();
        settings.outbound.upstreams.google.enabled = Some(true);
        settings.outbound.upstreams.spotify.enabled = Some(true);
        settings.outbound.upstreams.yandex.enabled = Some(true);
        settings.outbound.upstreams.telegram.enabled = Some(true);
        let none = privacy::Grounds::new();
        for (host, egress) in &inventory.egress {
            let whole = (&egress.fields, &egress.switch);
            let also = egress.also.iter().map(|more| (&more.fields, &more.switch));
            for (fields, switch) in std::iter::once(whole).chain(also) {
                let is_of_people =
                    Safeguard::of(fields, &egress.country, &none) == Safeguard::Unstated;
                assert!(
                    !is_of_people || is_on(switch, &settings),
                    "{host}: {switch}"
                );
            }
        }
    }
}
