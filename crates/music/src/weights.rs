//! Learned by `cargo xtask bench matching --train` from the sets named there; not edited by hand.

/// One weight for each of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::FEATURES.len()] = [
    -2.690, // always
    -0.946, // title_same
    0.828,  // title_alike
    -2.450, // title_other
    -1.147, // artist_same
    -1.296, // artist_alike
    -2.118, // artist_other
    0.926,  // artist_unknown
    3.949,  // both_same
    -1.662, // album_same
    1.037,  // album_alike
    -0.383, // album_other
    4.468,  // whole_alike
    1.343,  // duration_same
    -1.929, // duration_near
    -2.618, // duration_far
    1.906,  // year_same
    -0.868, // year_other
    -5.742, // version_other
    -1.820, // version_name_other
    -2.269, // part_other
    2.926,  // number_same
    -2.902, // number_other
];
