//! Learned by `cargo run --release -p music --example matching -- --train` from the sets named there; not edited by hand.

/// One weight for each of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::FEATURES.len()] = [
    -2.651, // always
    -0.628, // title_same
    1.124,  // title_alike
    -2.472, // title_other
    -1.179, // artist_same
    -1.045, // artist_alike
    -2.774, // artist_other
    0.850,  // artist_unknown
    3.478,  // both_same
    -1.612, // album_same
    0.954,  // album_alike
    -0.196, // album_other
    4.104,  // whole_alike
    1.348,  // duration_same
    -1.851, // duration_near
    -2.599, // duration_far
    1.957,  // year_same
    -0.639, // year_other
    -5.807, // version_other
    -1.952, // version_name_other
    -2.649, // part_other
    3.070,  // number_same
    -2.954, // number_other
];
