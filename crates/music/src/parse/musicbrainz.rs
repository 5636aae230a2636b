//! MusicBrainz: an encyclopedia that knows where recordings are.

use super::address::Address;
use super::{Door, Shape, id, refusal};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &["musicbrainz.org", "www.musicbrainz.org"],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits: |kind, id| matches!(kind, Kind::Track | Kind::Album | Kind::Artist) && id::is_uuid(id),
    canonical: |link| {
        let word = match link.kind {
            Kind::Track => "recording",
            Kind::Artist => "artist",
            _ => "release",
        };
        format!("https://musicbrainz.org/{word}/{}", link.id)
    },
    ..Shape::PLAIN
};

/// An album in all its editions. Its id looks like that of one edition, so the link keeps what it is.
const GROUP: &str = "https://musicbrainz.org/release-group/";

const OTHERS: [(&str, Reject); 5] = [
    ("user", Reject::Profile),
    ("recording", Reject::BadId),
    ("release", Reject::BadId),
    ("release-group", Reject::BadId),
    ("artist", Reject::BadId),
];

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    match path.as_slice() {
        ["recording", id] => Link::plain(Platform::Musicbrainz, Some(Kind::Track), id),
        ["release", id] => Link::plain(Platform::Musicbrainz, Some(Kind::Album), id),
        ["release-group", id] => Ok(Link {
            stem: Some(GROUP),
            ..Link::plain(Platform::Musicbrainz, Some(Kind::Album), id)?
        }),
        ["artist", id] => Link::plain(Platform::Musicbrainz, Some(Kind::Artist), id),
        [word] => Err(refusal(&[word], &OTHERS)),
        ["user", ..] => Err(Reject::Profile),
        _ => Err(Reject::OtherPage),
    }
}
