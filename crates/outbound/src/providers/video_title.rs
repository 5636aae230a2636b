//! What the title and the channel of a video say about the recording. Pure.

use music::Track;

/// Channels that YouTube makes itself for official audio: title and artist are clean there.
const TOPIC: &str = " - Topic";
const DASHES: [&str; 3] = [" - ", " \u{2013} ", " \u{2014} "];

/// Reads `Artist - Title (Official Video)` and the name of the channel.
pub(super) fn track(title: &str, channel: &str) -> Track {
    let title = title.trim();
    let named = |artist: &str, title: &str| Track {
        title: title.to_owned(),
        artists: Some(artist.trim().to_owned())
            .filter(|artist| !artist.is_empty())
            .into_iter()
            .collect(),
        ..Track::default()
    };
    if let Some(artist) = channel.strip_suffix(TOPIC) {
        return named(artist, title);
    }
    let channel = artist_channel(channel);
    let parts: Vec<&str> = split(title);
    match parts.as_slice() {
        [artist, name] if !artist.is_empty() && !name.is_empty() => named(artist, name),
        // The last of three is often the label, which is then also the channel.
        [artist, name, label] if label.eq_ignore_ascii_case(&channel) && !artist.is_empty() => {
            named(artist, name)
        }
        [artist, name, rest @ ..] if !artist.is_empty() && !name.is_empty() => {
            let rest: String = rest.iter().map(|part| format!(" - {part}")).collect();
            named(artist, &format!("{name}{rest}"))
        }
        _ => named(&channel, title),
    }
}

/// The artist that a channel is named for: without `- Topic`, and `AdaExampleVEVO` as two words.
pub(super) fn artist_channel(channel: &str) -> String {
    let channel = channel.trim();
    if let Some(artist) = channel.strip_suffix(TOPIC) {
        return artist.to_owned();
    }
    let Some(joined) = channel
        .strip_suffix("VEVO")
        .map(str::trim_end)
        .filter(|rest| !rest.is_empty())
    else {
        return channel.to_owned();
    };
    let mut words = String::with_capacity(joined.len() + 4);
    let mut was_small = false;
    for letter in joined.chars() {
        if letter.is_uppercase() && was_small {
            words.push(' ');
        }
        was_small = letter.is_lowercase();
        words.push(letter);
    }
    words
}

fn split(title: &str) -> Vec<&str> {
    let dash = DASHES.into_iter().find(|dash| title.contains(dash));
    dash.map_or_else(
        || vec![title],
        |dash| title.split(dash).map(str::trim).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn artist_and_title_are_told_apart() {
        for (title, channel, artist, name) in [
            (
                "Night Ferry",
                "Ada Example - Topic",
                "Ada Example",
                "Night Ferry",
            ),
            (
                "Night - Ferry",
                "Ada Example - Topic",
                "Ada Example",
                "Night - Ferry",
            ),
            (
                "Ada Example - Night Ferry (Official Video)",
                "AdaExampleVEVO",
                "Ada Example",
                "Night Ferry (Official Video)",
            ),
            (
                "Ada Example \u{2013} Night Ferry",
                "some label",
                "Ada Example",
                "Night Ferry",
            ),
            (
                "Ada Example - Night Ferry - Quay Records",
                "Quay Records",
                "Ada Example",
                "Night Ferry",
            ),
            (
                "Ada Example - Night Ferry - Live",
                "Quay Records",
                "Ada Example",
                "Night Ferry - Live",
            ),
            (
                "Night Ferry",
                "AdaExampleVEVO",
                "Ada Example",
                "Night Ferry",
            ),
            ("Night Ferry", "Ada Example", "Ada Example", "Night Ferry"),
            ("Jay-Z Song", "Ada", "Ada", "Jay-Z Song"),
            (" - Night Ferry", "Ada", "Ada", "- Night Ferry"),
        ] {
            let track = track(title, channel);
            assert_eq!(
                (track.artists[0].as_str(), track.title.as_str()),
                (artist, name),
                "{title}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_title_breaks_it(title: String, channel: String) {
            let _ = track(&title, &channel);
        }
    }
}
