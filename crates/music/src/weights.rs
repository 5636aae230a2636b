//! Learned by `cargo run --release -p music --example matching -- --train` from the sets named there; not edited by hand.

/// One weight for each of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::FEATURES.len()] = [
    -2.852, // always
    -0.578, // title_same
    1.511,  // title_alike
    -2.780, // title_other
    -0.974, // artist_same
    -0.998, // artist_alike
    -2.903, // artist_other
    0.885,  // artist_unknown
    3.388,  // both_same
    -1.686, // album_same
    0.824,  // album_alike
    -0.182, // album_other
    3.776,  // whole_alike
    1.668,  // duration_same
    -1.580, // duration_near
    -2.353, // duration_far
    2.026,  // year_same
    -0.634, // year_other
    -6.128, // version_other
    -2.144, // version_name_other
    -2.819, // part_other
    2.761,  // number_same
    -2.812, // number_other
];
