//! Learned by `cargo xtask bench matching --train` from the sets named there; not edited by hand.

/// One weight for each of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::FEATURES.len()] = [
    -2.664, // always
    -0.946, // title_same
    1.228,  // title_alike
    -2.483, // title_other
    -1.257, // artist_same
    -1.016, // artist_alike
    -2.508, // artist_other
    0.874,  // artist_unknown
    3.693,  // both_same
    -1.689, // album_same
    0.896,  // album_alike
    -0.344, // album_other
    4.210,  // whole_alike
    1.378,  // duration_same
    -1.847, // duration_near
    -2.591, // duration_far
    2.023,  // year_same
    -0.749, // year_other
    -5.903, // version_other
    -1.937, // version_name_other
    -2.561, // part_other
    2.824,  // number_same
    -2.785, // number_other
];
