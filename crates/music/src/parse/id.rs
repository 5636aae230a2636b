//! Shapes of ids that several platforms share.

/// Digits in the largest decimal id: as many as 64 bits hold.
const DECIMAL_MAX: usize = 19;
/// Characters in the longest token of a short link, permalink or list.
const NAME_MAX: usize = 255;

/// A positive whole number without leading zeros.
pub(super) fn is_decimal(id: &str) -> bool {
    is_each(id, 1..=DECIMAL_MAX, |byte| byte.is_ascii_digit()) && !id.starts_with('0')
}

/// Letters and digits only.
pub(super) fn is_base62(id: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    is_each(id, length, |byte| byte.is_ascii_alphanumeric())
}

/// Letters, digits, `-` and `_` (RFC 4648, section 5).
pub(super) fn is_base64url(id: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    is_each(id, length, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
    })
}

/// A name that a person or the platform chose for an address.
pub(crate) fn is_name(id: &str) -> bool {
    is_base64url(id, 1..=NAME_MAX)
}

/// A UUID with its hyphens (RFC 9562).
pub(super) fn is_uuid(id: &str) -> bool {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = id.split('-').collect();
    groups.len() == GROUPS.len()
        && groups
            .iter()
            .zip(GROUPS)
            .all(|(group, length)| is_hex(group, length))
}

/// Exactly `length` hexadecimal digits.
pub(super) fn is_hex(id: &str, length: usize) -> bool {
    is_each(id, length..=length, |byte| byte.is_ascii_hexdigit())
}

fn is_each(id: &str, length: std::ops::RangeInclusive<usize>, fits: impl Fn(u8) -> bool) -> bool {
    length.contains(&id.len()) && id.bytes().all(fits)
}
