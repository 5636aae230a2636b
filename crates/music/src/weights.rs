//! Learned by `cargo run --release -p music --example matching -- --train` from the sets named there; not edited by hand.

/// One weight for each of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::FEATURES.len()] = [
    -2.679, // always
    -0.661, // title_same
    1.132,  // title_alike
    -2.488, // title_other
    -1.185, // artist_same
    -1.083, // artist_alike
    -2.706, // artist_other
    0.819,  // artist_unknown
    3.485,  // both_same
    -1.566, // album_same
    0.888,  // album_alike
    -0.095, // album_other
    4.195,  // whole_alike
    1.355,  // duration_same
    -1.842, // duration_near
    -2.602, // duration_far
    1.971,  // year_same
    -0.644, // year_other
    -5.810, // version_other
    -1.952, // version_name_other
    -2.651, // part_other
    3.078,  // number_same
    -2.953, // number_other
];
