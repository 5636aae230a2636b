//! Where a request for an official host really goes: there, or to the operator's mirror of it. A way to one address of the
//! operator's own leads nowhere else.

use std::collections::BTreeMap;

use url::Url;

use crate::{BadSettings, Failure, register};

/// The operator's mirrors, or the one address that may be asked in place of the register.
#[derive(Clone, Debug, Default)]
pub(crate) struct Routes {
    mirrors: BTreeMap<String, Url>,
    only: Option<Url>,
}

/// An address to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// By https, at public addresses only.
    Official(Url),
    /// The operator's word: it may be private.
    Mirror(Url),
}

impl Routes {
    pub(crate) fn read(mirrors: &BTreeMap<String, String>) -> Result<Self, BadSettings> {
        let mut routes = BTreeMap::new();
        for (host, address) in mirrors {
            if !register::knows(host) {
                return Err(BadSettings::UnknownHost(host.clone()));
            }
            let base = Url::parse(address).ok().filter(is_base);
            routes.insert(
                host.clone(),
                base.ok_or_else(|| BadSettings::BadMirror(host.clone()))?,
            );
        }
        Ok(Self {
            mirrors: routes,
            only: None,
        })
    }

    /// To this address of the operator's own, and nowhere else.
    pub(crate) fn only(address: Url) -> Self {
        Self {
            mirrors: BTreeMap::new(),
            only: Some(address),
        }
    }

    pub(crate) fn has_https_mirror(&self) -> bool {
        let mut own = self.mirrors.values().chain(&self.only);
        own.any(|address| address.scheme() == "https")
    }

    /// Where `url` is asked for; refused unless its host stands in the register.
    pub(crate) fn route(&self, url: &Url) -> Result<Route, Failure> {
        if let Some(only) = &self.only {
            return match url == only {
                true => Ok(Route::Mirror(url.clone())),
                false => Err(Failure::ForeignHost),
            };
        }
        let host = url
            .host_str()
            .filter(|host| register::is_plain(url) && register::knows(host));
        let host = host.ok_or(Failure::ForeignHost)?;
        let Some(base) = self.mirrors.get(host) else {
            return Ok(Route::Official(url.clone()));
        };
        let mut mirror = base.clone();
        mirror.set_path(&format!(
            "{}{}",
            base.path().trim_end_matches('/'),
            url.path()
        ));
        mirror.set_query(url.query());
        Ok(Route::Mirror(mirror))
    }
}

fn is_base(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.query().is_none()
        && url.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(host: &str, address: &str) -> Result<Routes, BadSettings> {
        Routes::read(&BTreeMap::from([(host.to_owned(), address.to_owned())]))
    }

    fn route(routes: &Routes, url: &str) -> Result<Route, Failure> {
        routes.route(&Url::parse(url).unwrap())
    }

    #[test]
    fn a_mirror_takes_the_place_of_its_host_and_keeps_the_rest() {
        let mirrored = routes("api.deezer.com", "http://127.0.0.1:9000/api.deezer.com/").unwrap();
        let there =
            Url::parse("http://127.0.0.1:9000/api.deezer.com/track/1%2F2?q=a+b%26").unwrap();
        assert_eq!(
            route(&mirrored, "https://api.deezer.com/track/1%2F2?q=a+b%26"),
            Ok(Route::Mirror(there))
        );
        let official = "https://musicbrainz.org/ws/2/url";
        assert_eq!(
            route(&mirrored, official),
            Ok(Route::Official(Url::parse(official).unwrap()))
        );
    }

    #[test]
    fn nothing_but_https_to_a_known_host_is_routed() {
        for foreign in [
            "http://api.deezer.com/",
            "https://api.deezer.com:8443/",
            "https://u@api.deezer.com/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://localhost/",
            "https://evil.example/",
            "ftp://api.deezer.com/",
            "file:///etc/passwd",
        ] {
            assert_eq!(
                route(&Routes::default(), foreign),
                Err(Failure::ForeignHost),
                "{foreign}"
            );
        }
    }

    #[test]
    fn the_way_to_the_operators_own_address_leads_nowhere_else() {
        let own = Url::parse("http://127.0.0.1:8000/api/7/envelope/").unwrap();
        let routes = Routes::only(own.clone());
        assert!(!routes.has_https_mirror());
        assert_eq!(routes.route(&own), Ok(Route::Mirror(own)));
        for foreign in [
            "http://127.0.0.1:8000/api/8/envelope/",
            "http://127.0.0.1:8001/api/7/envelope/",
            "https://api.deezer.com/",
        ] {
            assert_eq!(route(&routes, foreign), Err(Failure::ForeignHost));
        }
    }

    #[test]
    fn a_mirror_that_cannot_be_is_refused() {
        assert_eq!(
            routes("deezer", "http://x/").unwrap_err(),
            BadSettings::UnknownHost("deezer".to_owned())
        );
        for wrong in [
            "",
            "mirror.lan",
            "ftp://mirror.lan/",
            "http://mirror.lan/?a=b",
        ] {
            let refused = BadSettings::BadMirror("musicbrainz.org".to_owned());
            assert_eq!(
                routes("musicbrainz.org", wrong).unwrap_err(),
                refused,
                "{wrong}"
            );
        }
    }
}
