//! The egress register: every host that may be called, and what for. The inventory of the store declares the same.

use account::Upstream;
use music::Platform;
use url::Url;

use crate::ProviderId;

/// What a host is called for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Questions to a provider.
    Provider(ProviderId),
    /// Where a short link of this platform leads.
    ShortLinks(Platform),
    /// Pictures of what was found.
    Pictures,
    /// Letting somebody sign in at this upstream, because they asked to.
    SignIn(Upstream),
    /// Letting somebody pay.
    Payments,
    /// Confirming a check against robots.
    Check,
}

/// A host of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    /// The exact name. One that begins with `*.` stands for the hosts below it: the store of the Internet Archive
    /// spreads its pictures over hosts without a list.
    pub name: &'static str,
    /// What it is called for.
    pub purposes: &'static [Purpose],
}

impl Host {
    fn has(&self, name: &str) -> bool {
        match self.name.strip_prefix('*') {
            Some(suffix) => name.len() > suffix.len() && name.ends_with(suffix),
            None => name == self.name,
        }
    }
}

/// Every host that may be called.
#[must_use]
pub fn hosts() -> &'static [Host] {
    HOSTS
}

/// Whether this address may be called for this purpose: by https, and without anything that disguises a host.
pub(crate) fn allows(url: &Url, purpose: Purpose) -> bool {
    let serves = |name| {
        HOSTS
            .iter()
            .any(|host| host.has(name) && host.purposes.contains(&purpose))
    };
    is_plain(url) && url.host_str().is_some_and(serves)
}

/// Whether an address is https with a host and nothing before or after its name.
pub(crate) fn is_plain(url: &Url) -> bool {
    let has_user = !url.username().is_empty() || url.password().is_some();
    url.scheme() == "https" && !has_user && url.port().is_none()
}

/// Whether `name` may be called at all.
pub(crate) fn knows(name: &str) -> bool {
    HOSTS.iter().any(|host| host.has(name))
}

const fn host(name: &'static str, purposes: &'static [Purpose]) -> Host {
    Host { name, purposes }
}

const HOSTS: &[Host] = &[
    host("api.deezer.com", &[Purpose::Provider(ProviderId::Deezer)]),
    host("itunes.apple.com", &[Purpose::Provider(ProviderId::Itunes)]),
    host(
        "api.music.apple.com",
        &[Purpose::Provider(ProviderId::AppleMusic)],
    ),
    host(
        "musicbrainz.org",
        &[Purpose::Provider(ProviderId::Musicbrainz)],
    ),
    host(
        "labs.api.listenbrainz.org",
        &[Purpose::Provider(ProviderId::Listenbrainz)],
    ),
    host(
        "open.spotify.com",
        &[
            Purpose::Provider(ProviderId::SpotifyOembed),
            Purpose::ShortLinks(Platform::Spotify),
        ],
    ),
    host(
        "accounts.spotify.com",
        &[
            Purpose::Provider(ProviderId::SpotifyWeb),
            Purpose::SignIn(Upstream::Spotify),
        ],
    ),
    host(
        "api.spotify.com",
        &[
            Purpose::Provider(ProviderId::SpotifyWeb),
            Purpose::SignIn(Upstream::Spotify),
        ],
    ),
    host(
        "www.youtube.com",
        &[Purpose::Provider(ProviderId::YoutubeOembed)],
    ),
    host(
        "www.googleapis.com",
        &[
            Purpose::Provider(ProviderId::YoutubeData),
            Purpose::SignIn(Upstream::Google),
        ],
    ),
    host(
        "music.youtube.com",
        &[Purpose::Provider(ProviderId::YoutubeMusicWeb)],
    ),
    host(
        "api.music.yandex.net",
        &[Purpose::Provider(ProviderId::YandexMusic)],
    ),
    host("auth.tidal.com", &[Purpose::Provider(ProviderId::Tidal)]),
    host("openapi.tidal.com", &[Purpose::Provider(ProviderId::Tidal)]),
    host(
        "soundcloud.com",
        &[
            Purpose::Provider(ProviderId::SoundcloudOembed),
            Purpose::ShortLinks(Platform::Soundcloud),
        ],
    ),
    host("spotify.link", &[Purpose::ShortLinks(Platform::Spotify)]),
    host(
        "spotify.app.link",
        &[Purpose::ShortLinks(Platform::Spotify)],
    ),
    host("spoti.fi", &[Purpose::ShortLinks(Platform::Spotify)]),
    host("deezer.page.link", &[Purpose::ShortLinks(Platform::Deezer)]),
    host("dzr.page.link", &[Purpose::ShortLinks(Platform::Deezer)]),
    host("link.deezer.com", &[Purpose::ShortLinks(Platform::Deezer)]),
    host("www.deezer.com", &[Purpose::ShortLinks(Platform::Deezer)]),
    host(
        "on.soundcloud.com",
        &[Purpose::ShortLinks(Platform::Soundcloud)],
    ),
    host(
        "soundcloud.app.goo.gl",
        &[Purpose::ShortLinks(Platform::Soundcloud)],
    ),
    host(
        "m.soundcloud.com",
        &[Purpose::ShortLinks(Platform::Soundcloud)],
    ),
    host(
        "oauth2.googleapis.com",
        &[Purpose::SignIn(Upstream::Google)],
    ),
    host("oauth.yandex.com", &[Purpose::SignIn(Upstream::Yandex)]),
    host("login.yandex.ru", &[Purpose::SignIn(Upstream::Yandex)]),
    host("oauth.telegram.org", &[Purpose::SignIn(Upstream::Telegram)]),
    host("api.stripe.com", &[Purpose::Payments]),
    host("challenges.cloudflare.com", &[Purpose::Check]),
    host("i.scdn.co", &[Purpose::Pictures]),
    host("mosaic.scdn.co", &[Purpose::Pictures]),
    host("image-cdn-ak.spotifycdn.com", &[Purpose::Pictures]),
    host("image-cdn-fa.spotifycdn.com", &[Purpose::Pictures]),
    host("is1-ssl.mzstatic.com", &[Purpose::Pictures]),
    host("is2-ssl.mzstatic.com", &[Purpose::Pictures]),
    host("is3-ssl.mzstatic.com", &[Purpose::Pictures]),
    host("is4-ssl.mzstatic.com", &[Purpose::Pictures]),
    host("is5-ssl.mzstatic.com", &[Purpose::Pictures]),
    host("i.ytimg.com", &[Purpose::Pictures]),
    host("yt3.ggpht.com", &[Purpose::Pictures]),
    host("lh3.googleusercontent.com", &[Purpose::Pictures]),
    host("cdn-images.dzcdn.net", &[Purpose::Pictures]),
    host("e-cdns-images.dzcdn.net", &[Purpose::Pictures]),
    host("avatars.yandex.net", &[Purpose::Pictures]),
    host("resources.tidal.com", &[Purpose::Pictures]),
    host("i1.sndcdn.com", &[Purpose::Pictures]),
    host("coverartarchive.org", &[Purpose::Pictures]),
    host("archive.org", &[Purpose::Pictures]),
    host("*.archive.org", &[Purpose::Pictures]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn may_call(url: &str, purpose: Purpose) -> bool {
        allows(&Url::parse(url).unwrap(), purpose)
    }

    #[test]
    fn a_host_is_known_by_its_exact_name() {
        let deezer = Purpose::Provider(ProviderId::Deezer);
        assert!(may_call("https://api.deezer.com/track/1", deezer));
        assert!(!may_call("https://api.deezer.com/", Purpose::Pictures));
        for wrong in [
            "http://api.deezer.com/",
            "https://api.deezer.com:8443/",
            "https://user@api.deezer.com/",
            "https://deezer.com/",
            "https://xapi.deezer.com/",
            "https://api.deezer.com./",
            "https://api.deezer.com.evil.example/",
        ] {
            assert!(!may_call(wrong, deezer), "{wrong}");
        }
    }

    #[test]
    fn hosts_below_the_archive_hold_pictures_and_nothing_else_has_a_suffix() {
        assert!(may_call(
            "https://ia800.us.archive.org/x",
            Purpose::Pictures
        ));
        assert!(!knows("evilarchive.org") && !knows(".archive.org"));
        let suffixes = hosts().iter().filter(|host| host.name.starts_with('*'));
        assert_eq!(suffixes.count(), 1);
    }

    /// Promises S2, S16, T1, T7, Y12, Y24
    #[test]
    fn the_register_and_the_inventory_name_the_same_hosts() {
        assert_eq!(differences(hosts(), &declared()), [""; 0]);
    }

    /// A test of the gate above: it can fail.
    #[test]
    fn a_host_or_a_use_of_one_that_nobody_declared_is_named() {
        const PURPOSES: &[Purpose] = &[Purpose::Pictures];
        let declared = declared();
        let canary = Host {
            name: "canary.example",
            purposes: PURPOSES,
        };
        let grown = [hosts(), &[canary]].concat();
        assert_eq!(
            differences(&grown, &declared),
            ["canary.example is not in the inventory"]
        );
        let mut wider = hosts().to_vec();
        let place = wider
            .iter()
            .position(|host| host.purposes == [Purpose::Payments]);
        wider[place.unwrap()].purposes = &[Purpose::Payments, Purpose::Pictures];
        let name = wider[place.unwrap()].name;
        assert_eq!(
            differences(&wider, &declared),
            [format!(
                "{name} is called for more or less than is declared"
            )]
        );
        let gone = wider.remove(place.unwrap());
        assert_eq!(
            differences(&wider, &declared),
            [format!("{} is called for nothing", gone.name)]
        );
    }

    fn declared() -> toml::Table {
        let inventory = include_str!("../../store/inventory/outbound.toml");
        let inventory: toml::Table = inventory.parse().unwrap();
        inventory["egress"].as_table().unwrap().clone()
    }

    /// What differs between the hosts that may be called and those that are declared.
    fn differences(hosts: &[Host], declared: &toml::Table) -> Vec<String> {
        let of_hosts = hosts.iter().filter_map(|host| {
            let Some(entry) = declared.get(host.name) else {
                return Some(format!("{} is not in the inventory", host.name));
            };
            let switches: Vec<String> = host.purposes.iter().map(switch_of).collect();
            let also = entry.get("also").and_then(|also| also.as_array());
            let uses = std::iter::once(entry).chain(also.into_iter().flatten());
            let declared: Vec<&str> = uses.map(|one| one["switch"].as_str().unwrap()).collect();
            (switches != declared)
                .then(|| format!("{} is called for more or less than is declared", host.name))
        });
        let is_used = |name: &str| hosts.iter().any(|host| host.name == name);
        let unused = declared.keys().filter(|name| !is_used(name));
        let unused = unused.map(|name| format!("{name} is called for nothing"));
        of_hosts.chain(unused).collect()
    }

    fn switch_of(purpose: &Purpose) -> String {
        match purpose {
            Purpose::Provider(id) => format!("outbound.providers.{}.enabled", id.name()),
            Purpose::ShortLinks(_) => "outbound.short_links".to_owned(),
            Purpose::Pictures => "outbound.pictures".to_owned(),
            Purpose::SignIn(upstream) => format!("outbound.upstreams.{upstream}.enabled"),
            Purpose::Payments => "outbound.payments.enabled".to_owned(),
            Purpose::Check => "outbound.turnstile.enabled".to_owned(),
        }
    }

    #[test]
    fn each_host_stands_once_and_each_provider_has_one() {
        for host in hosts() {
            assert_eq!(
                hosts()
                    .iter()
                    .filter(|other| other.name == host.name)
                    .count(),
                1,
                "{}",
                host.name
            );
            assert!(!host.purposes.is_empty());
        }
        for provider in ProviderId::ALL {
            let purpose = Purpose::Provider(provider);
            assert!(
                hosts().iter().any(|host| host.purposes.contains(&purpose)),
                "{provider:?}"
            );
        }
    }
}
