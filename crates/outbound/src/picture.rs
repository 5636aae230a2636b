//! Pictures: what is taken for one, whatever its host calls it.

use url::Url;

use crate::Failure;
use crate::http::{BodyLimit, Reply, Request};
use crate::register::{self, Purpose};

/// The largest picture that is read.
const PICTURE_MAX: usize = 5 * 1024 * 1024;
/// Redirects from the cover archive to where the file lies.
pub(crate) const HOPS_MAX: usize = 3;

/// A picture, as its host sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What its first bytes say that it is.
    pub kind: PictureType,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A form of picture that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureType {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

/// The request for a picture; refused unless pictures are fetched from its host.
pub(crate) fn request(url: &Url) -> Result<Request, Failure> {
    if !register::allows(url, Purpose::Pictures) {
        return Err(Failure::ForeignHost);
    }
    Ok(Request::at(url.clone()).limit(BodyLimit::Whole(PICTURE_MAX)))
}

/// What an answer holds: a picture, or where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Arrived(Picture),
    Further(Url),
}

pub(crate) fn read(reply: Reply, here: &Url) -> Result<Step, Failure> {
    if let (300..400, Some(location)) = (reply.status, reply.location()) {
        let mut url = here.join(location).map_err(|_| Failure::BadAnswer)?;
        // The archive redirects to http and answers by https as well.
        if url.scheme() == "http" && url.port().is_none() {
            // Between two web schemes this always succeeds.
            let _ = url.set_scheme("https");
        }
        return Ok(Step::Further(url));
    }
    if reply.status != 200 {
        return Err(Failure::Refused {
            status: reply.status,
        });
    }
    let kind = PictureType::of(&reply.body).ok_or(Failure::BadAnswer)?;
    Ok(Step::Arrived(Picture {
        kind,
        bytes: reply.body,
    }))
}

impl PictureType {
    /// Tells by the first bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
