//! The feed: Atom (RFC 4287), with ids that stay as long as a post keeps its name and day.

use std::fmt::Write as _;

use super::post::Post;

/// Posts in the feed, the newest.
const ENTRIES_MAX: usize = 50;

/// What the feed says of itself.
pub(super) struct About<'a> {
    /// Scheme, name and port of the server.
    pub(super) origin: &'a str,
    pub(super) title: &'a str,
    pub(super) author: &'a str,
}

/// The feed of posts, the newest first; there is at least one.
pub(super) fn write<'p>(
    about: &About<'_>,
    posts: impl Iterator<Item = &'p Post> + Clone,
) -> String {
    let posts = posts.take(ENTRIES_MAX);
    let updated = posts.clone().map(|post| &post.updated).max();
    let updated = updated.map_or_else(String::new, super::post::Day::moment);
    let (origin, title, author) = (
        escaped(about.origin),
        escaped(about.title),
        escaped(about.author),
    );
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{origin}/blog</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n\
         <author><name>{author}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{origin}/blog/feed.xml\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{origin}/blog\"/>\n"
    );
    for post in posts {
        entry(&mut feed, about.origin, post);
    }
    feed + "</feed>\n"
}

fn entry(feed: &mut String, origin: &str, post: &Post) {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    // RFC 4151: a name and a day under that name, for ever.
    let host = host.split(':').next().unwrap_or(host);
    let id = escaped(&format!(
        "tag:{host},{}:/blog/{}",
        post.date.as_str(),
        post.slug
    ));
    let address = escaped(&format!("{origin}/blog/{}", post.slug));
    let language = post
        .language
        .as_deref()
        .map_or_else(String::new, |tag| format!(" xml:lang=\"{}\"", escaped(tag)));
    let summary = match post.summary.as_str() {
        "" => String::new(),
        text => format!("<summary>{}</summary>\n", escaped(text)),
    };
    write!(
        feed,
        "<entry{language}>\n<id>{id}</id>\n<title>{}</title>\n<published>{}</published>\n<updated>{}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n{summary}\
         <content type=\"html\" xml:base=\"{address}\">{}</content>\n</entry>\n",
        escaped(&post.title),
        post.date.moment(),
        post.updated.moment(),
        escaped(&post.html),
    )
    .expect("a text in memory takes more");
}

/// Text as it may stand in XML 1.0, which has no words for most control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter < ' ' => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_xml_is_left_out_and_marks_are_text() {
        assert_eq!(escaped("a\u{0}b\u{b}<&>\"\n"), "ab&lt;&amp;&gt;&quot;\n");
    }
}
