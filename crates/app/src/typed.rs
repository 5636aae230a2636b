//! Text as somebody typed it into a form.

/// What was typed, without its margins. A form sends each line end as two characters, of which its field counts one (HTML,
/// "value sanitization" and "API value" of a textarea).
pub(crate) fn typed(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}
