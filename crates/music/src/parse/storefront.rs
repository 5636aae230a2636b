//! Countries that a catalogue can belong to.

/// The officially assigned codes of ISO 3166-1, and Kosovo's `xk`, where Apple has a storefront too.
const COUNTRIES: &str = "\
    ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz \
    ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr \
    ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it \
    je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly \
    ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om \
    pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw \
    sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz \
    tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws xk ye yt za zm zw";

/// Whether `code` is a country in lower case.
pub(crate) fn is_storefront(code: &str) -> bool {
    code.len() == 2 && COUNTRIES.split(' ').any(|country| country == code)
}

/// Whether a path segment has the place of a country or a language: two letters.
pub(super) fn is_two_letters(segment: &str) -> bool {
    segment.len() == 2 && segment.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a path segment is a locale such as `fr-ca`.
pub(super) fn is_locale(segment: &str) -> bool {
    segment
        .split_once('-')
        .is_some_and(|(language, country)| is_two_letters(language) && is_two_letters(country))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_assigned_country_and_no_other_pair_of_letters_is_a_storefront() {
        assert_eq!(COUNTRIES.split(' ').count(), 249 + 1);
        assert!(COUNTRIES.split(' ').is_sorted_by(|a, b| a < b));
        for other in ["uk", "en", "xx", "GB", "gb ", "", "gbr"] {
            assert!(!is_storefront(other), "{other}");
        }
    }
}
