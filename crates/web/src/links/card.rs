//! The preview picture of a page, as other programs show it beside a link.

/// Width in pixels: what Open Graph's readers take for a large picture.
pub(crate) const WIDTH: u32 = 1200;
/// Height in pixels.
pub(crate) const HEIGHT: u32 = 630;
