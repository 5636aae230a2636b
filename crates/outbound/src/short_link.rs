//! Where a short link leads: read from redirects and from the page that some answer instead, never by following into
//! a foreign host.

use music::{Kind, Link, Platform};
use url::Url;

use crate::Failure;
use crate::http::{BodyLimit, Reply, Request};
use crate::register::{self, Purpose};

/// Redirects that are read.
pub(crate) const HOPS_MAX: usize = 5;
/// Of a page that stands in for a redirect, so much is read: addresses stand in its head.
const PAGE_MAX: usize = 64 * 1024;

/// What one hop says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// There: it is a piece of music.
    Arrived(Link),
    /// Another host of the platform knows.
    Further(Url),
}

/// The request for one hop; refused unless its host is the platform's own.
pub(crate) fn hop(url: &Url, platform: Platform) -> Result<Request, Failure> {
    if !register::allows(url, Purpose::ShortLinks(platform)) {
        return Err(Failure::ForeignHost);
    }
    Ok(Request::at(url.clone()).limit(BodyLimit::Start(PAGE_MAX)))
}

/// Reads where an answer of the host at `here` leads.
pub(crate) fn read(reply: &Reply, here: &Url, platform: Platform) -> Result<Step, Failure> {
    if let Some(location) = reply.location() {
        return target(location, here, platform);
    }
    match reply.status {
        200..300 => {
            let page = String::from_utf8_lossy(&reply.body);
            let targets = addresses(&page).map(|address| target(&address, here, platform));
            // A page names itself as well: only an address that leads on counts.
            let is_further =
                |step: &Result<Step, Failure>| *step != Ok(Step::Further(here.clone()));
            let mut steps = targets.filter(is_further);
            let first = steps.next().unwrap_or(Err(Failure::BadAnswer));
            std::iter::once(first)
                .chain(steps)
                .find(Result::is_ok)
                .unwrap_or(Err(Failure::BadAnswer))
        }
        status => Err(Failure::Refused { status }),
    }
}

/// Reads one address: a piece of the platform, the one that is named in `dest=`, or a further hop.
fn target(address: &str, here: &Url, platform: Platform) -> Result<Step, Failure> {
    let url = here.join(address).map_err(|_| Failure::BadAnswer)?;
    let inner = url
        .query_pairs()
        .find(|(name, _)| name == "dest")
        .map(|(_, value)| value.into_owned());
    let mut reject = None;
    for text in inner.as_deref().into_iter().chain([url.as_str()]) {
        match music::parse(text) {
            Ok(link) if link.kind() != Kind::Short && link.platform() == platform => {
                return Ok(Step::Arrived(link));
            }
            Ok(_) => {}
            Err(music::Reject::UnknownHost | music::Reject::Disguised | music::Reject::NoLink) => {}
            // Something of a known service that is no music: a podcast, somebody's page.
            Err(why) => reject = Some(why),
        }
    }
    let url = upgraded(url);
    let is_own = register::allows(&url, Purpose::ShortLinks(platform));
    match reject {
        Some(
            music::Reject::Podcast
            | music::Reject::Station
            | music::Reject::Profile
            | music::Reject::Video,
        ) => Err(Failure::NotMusic),
        _ if is_own => Ok(Step::Further(url)),
        _ => Err(Failure::ForeignHost),
    }
}

/// These hosts all speak https, whatever their redirects say.
fn upgraded(mut url: Url) -> Url {
    if url.scheme() == "http" && url.port().is_none() {
        // Between two web schemes this always succeeds.
        let _ = url.set_scheme("https");
    }
    url
}

/// The addresses by which a page says what it stands for: a meta refresh, `og:url`, or its canonical address.
fn addresses(page: &str) -> impl Iterator<Item = String> + '_ {
    page.split('<').skip(1).filter_map(|rest| {
        let tag = rest.split('>').next()?;
        let name = tag.split_ascii_whitespace().next()?.to_ascii_lowercase();
        match name.as_str() {
            "meta" if is(tag, "http-equiv", "refresh") => {
                let content = attribute(tag, "content")?;
                let at = content.to_ascii_lowercase().find("url=")?;
                Some(
                    content[at + 4..]
                        .trim_matches(|c| matches!(c, '\'' | '"' | ' '))
                        .to_owned(),
                )
            }
            "meta" if is(tag, "property", "og:url") || is(tag, "name", "og:url") => {
                attribute(tag, "content")
            }
            "link" if is(tag, "rel", "canonical") => attribute(tag, "href"),
            _ => None,
        }
    })
}

fn is(tag: &str, name: &str, value: &str) -> bool {
    attribute(tag, name).is_some_and(|found| found.eq_ignore_ascii_case(value))
}

/// The value of an attribute in quotes, with its one entity that addresses hold.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(name) {
        let start = from + found;
        let end = start + name.len();
        from = end;
        if !lower[..start].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'') {
            continue;
        }
        let Some(value) = tag[end..]
            .trim_start()
            .strip_prefix('=')
            .map(str::trim_start)
        else {
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let text = value[1..].split(quote).next()?;
        return Some(text.replace("&amp;", "&"));
    }
    None
}

#[cfg(test)]
mod tests;
