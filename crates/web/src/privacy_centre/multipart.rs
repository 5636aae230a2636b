//! The parts of a form that holds a file (RFC 7578), read from a whole body within bounds.

/// Parts that a form of ours has at most.
const PARTS_MAX: usize = 8;
/// The longest boundary (RFC 2046, section 5.1.1).
const BOUNDARY_CHARS_MAX: usize = 70;

/// A field of a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    pub(super) content: &'a [u8],
}

/// The parts of a body; none when it is no such form, or its end is missing.
pub(super) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let boundary = boundary(content_type)?;
    let (first, between) = (format!("--{boundary}"), format!("\r\n--{boundary}"));
    let mut rest = body.strip_prefix(first.as_bytes())?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        if parts.len() == PARTS_MAX {
            return None;
        }
        let part = rest.strip_prefix(b"\r\n")?;
        let end = find(part, between.as_bytes())?;
        parts.push(read(&part[..end])?);
        rest = &part[end + between.len()..];
    }
    Some(parts)
}

fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut parameters = parameters.split(';').map(str::trim);
    let boundary = parameters.find_map(|it| it.strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    (1..=BOUNDARY_CHARS_MAX)
        .contains(&boundary.len())
        .then_some(boundary)
}

fn read(part: &[u8]) -> Option<Part<'_>> {
    let end = find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&part[..end]).ok()?;
    let about = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })?;
    let mut fields = about.split(';').map(str::trim);
    let name = fields.find_map(|it| it.strip_prefix("name="))?;
    Some(Part {
        name: name.trim_matches('"'),
        content: &part[end + 4..],
    })
}

/// Where `wanted` begins first. Most bytes of a file are not how a line ends.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let place = from + bytes[from..].iter().position(|byte| *byte == wanted[0])?;
        if bytes[place..].starts_with(wanted) {
            return Some(place);
        }
        from = place + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=\"x-1\"";
    const BODY: &[u8] = b"--x-1\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nsecret\r\n--x-1\r\n\
        content-disposition: form-data; name=\"copy\"; filename=\"a.zip\"\r\nContent-Type: application/zip\r\n\r\n\
        PK\r\n--x\0\r\n\r\n--x-1--\r\n";

    #[test]
    fn a_form_with_a_file_is_read() {
        let read = parts(KIND, BODY).unwrap();
        let read: Vec<(&str, &[u8])> = read.iter().map(|it| (it.name, it.content)).collect();
        assert_eq!(
            read,
            [
                ("password", b"secret".as_slice()),
                ("copy", b"PK\r\n--x\0\r\n".as_slice())
            ]
        );
        assert_eq!(
            parts("multipart/form-data; boundary=x", b"--x--"),
            Some(vec![])
        );
    }

    #[test]
    fn half_a_form_is_none_and_neither_is_another_kind() {
        for length in 0..BODY.len() - 4 {
            assert_eq!(parts(KIND, &BODY[..length]), None, "{length}");
        }
        for kind in [
            "multipart/form-data",
            "text/plain; boundary=x-1",
            "multipart/form-data; boundary=",
        ] {
            assert_eq!(parts(kind, BODY), None, "{kind}");
        }
        let many = "--x\r\ncontent-disposition: form-data; name=a\r\n\r\n\r\n"
            .repeat(PARTS_MAX + 1)
            + "--x--";
        assert_eq!(
            parts("multipart/form-data; boundary=x", many.as_bytes()),
            None
        );
    }
}
