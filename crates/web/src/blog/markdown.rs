//! Markdown as HTML that can do nothing: a closed list of marks, no markup of the file's own, no pictures, no styles.

use std::fmt::{self, Write};

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};

use super::post::{BadPost, is_slug};

/// The longest page, in bytes of HTML.
const HTML_BYTES_MAX: usize = 1024 * 1024;
/// What a link may lead to, besides places of this server and other posts.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// Takes text up to a bound.
#[derive(Default)]
struct Page(String);

impl Write for Page {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > HTML_BYTES_MAX {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

/// What is open where an event comes.
#[derive(Default)]
struct Open {
    /// Whether each link was let through.
    links: Vec<bool>,
    /// The headings that what comes stands under, as the file has them.
    headings: Vec<HeadingLevel>,
}

impl Open {
    /// The level of a heading on the page: one below the heading that it stands under, and the highest below the title,
    /// whichever the file begins with.
    fn level(&self) -> HeadingLevel {
        match self.headings.len() {
            0 | 1 => HeadingLevel::H2,
            2 => HeadingLevel::H3,
            3 => HeadingLevel::H4,
            4 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        }
    }

    fn begin_heading(&mut self, level: HeadingLevel) {
        self.headings.retain(|above| *above < level);
        self.headings.push(level);
    }
}

/// The HTML of `text`.
pub(super) fn render(text: &str) -> Result<String, BadPost> {
    let mut open = Open::default();
    let events = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH);
    let events = events.filter_map(|event| harmless(event, &mut open));
    let mut page = Page::default();
    match html::write_html_fmt(&mut page, events) {
        Ok(()) => Ok(page.0),
        Err(fmt::Error) => Err(BadPost::TooLong),
    }
}

/// The event, if its mark is one of those there are.
fn harmless<'t>(event: Event<'t>, open: &mut Open) -> Option<Event<'t>> {
    match event {
        Event::Start(tag) => start(tag, open).map(Event::Start),
        Event::End(tag) => end(tag, open).map(Event::End),
        // Markup of the file's own is shown as it is written.
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {
            Some(event)
        }
        _ => None,
    }
}

fn start<'t>(tag: Tag<'t>, open: &mut Open) -> Option<Tag<'t>> {
    match tag {
        Tag::Heading { level, .. } => {
            open.begin_heading(level);
            Some(Tag::Heading {
                level: open.level(),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })
        }
        Tag::BlockQuote(_) => Some(Tag::BlockQuote(None)),
        Tag::CodeBlock(_) => Some(Tag::CodeBlock(CodeBlockKind::Indented)),
        Tag::Link {
            link_type,
            ref dest_url,
            ..
        } => {
            // An address in angle brackets comes without the scheme that it is written with.
            let is_harmless = link_type == LinkType::Email || leads_somewhere_harmless(dest_url);
            open.links.push(is_harmless);
            is_harmless.then_some(tag)
        }
        Tag::Paragraph
        | Tag::List(_)
        | Tag::Item
        | Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough => Some(tag),
        _ => None,
    }
}

fn end(tag: TagEnd, open: &mut Open) -> Option<TagEnd> {
    match tag {
        TagEnd::Heading(_) => Some(TagEnd::Heading(open.level())),
        TagEnd::BlockQuote(_) => Some(TagEnd::BlockQuote(None)),
        TagEnd::Link => open.links.pop().unwrap_or_default().then_some(tag),
        TagEnd::Paragraph
        | TagEnd::CodeBlock
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough => Some(tag),
        _ => None,
    }
}

fn leads_somewhere_harmless(address: &str) -> bool {
    let is_plain = |letter: char| letter > ' ' && letter != '\\' && !letter.is_control();
    if !address.chars().all(is_plain) {
        return false;
    }
    let is_here =
        address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//"));
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let is_known = |it: &str| SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(it));
    is_here || is_slug(address) || scheme.is_some_and(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every tag that a page may hold. None has an attribute but a link's two and a list's start.
    const TAGS: [&str; 20] = [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "code",
        "ol",
        "ul",
        "li",
        "em",
        "strong",
        "del",
        "a",
        "br",
        "hr",
        "br /",
        "hr /",
    ];

    fn tags(html: &str) -> Vec<&str> {
        let tags = html.split('<').skip(1);
        tags.filter_map(|rest| rest.split('>').next()).collect()
    }

    fn is_harmless(tag: &str) -> bool {
        let name = tag.trim_start_matches('/');
        let listed = name.starts_with("ol start=\"")
            && name[10..].trim_end_matches('"').parse::<u64>().is_ok();
        let link = name
            .strip_prefix("a href=\"")
            .and_then(|rest| rest.split('"').next());
        TAGS.contains(&name) || listed || link.is_some_and(leads_somewhere_harmless)
    }

    #[test]
    fn marks_become_html_below_the_title() {
        let html =
            render("# One\n\nA *b* **c** ~~d~~ `e` [f](https://example.org/)\n\n- g\n\n> h\n")
                .unwrap();
        for part in [
            "<h2>One</h2>",
            "<em>b</em>",
            "<strong>c</strong>",
            "<del>d</del>",
            "<code>e</code>",
            "<a href=\"https://example.org/\">f</a>",
            "<li>g</li>",
            "<blockquote>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn headings_begin_below_the_title_and_never_leave_a_level_out() {
        let html = render("### a\n\n### b\n\n##### c\n\n###### d\n\n# e\n\n## f\n").unwrap();
        let levels: Vec<&str> = html.lines().filter_map(|line| line.get(1..3)).collect();
        assert_eq!(levels, ["h2", "h2", "h3", "h4", "h2", "h3"]);
    }

    #[test]
    fn markup_scripts_pictures_and_odd_links_do_nothing() {
        for bad in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div style=\"position:fixed\">\n\n<iframe src=//evil.example>\n",
            "<!-- --><svg/onload=alert(1)>",
            "![alt](https://evil.example/pixel.png)",
            "[![alt](https://evil.example/pixel.png)](javascript:alert(1))",
            "[a](javascript:alert(1)) [b](JAVASCRIPT&colon;alert(1)) [c](data:text/html,x)",
            "[a](//evil.example) [b](/\\evil.example) [c](<java\tscript:alert(1)>) [d](vbscript:x)",
            "[a][x]\n\n[x]: javascript:alert(1) 'on\"click=1'",
            "<javascript:alert(1)> <https://ok.example/\"onclick=alert(1)>",
            "[a](https://ok.example/\"onclick=\"alert(1) \"t\\\"onmouseover=x\")",
            "```html\" onclick=\"alert(1)\n<b>\n```",
            "# a {#id .class onclick=x}\n\n| a | b |\n|---|---|\n| <b> | c |\n",
            "<javascript:alert@evil.example> <a\"onclick=alert@evil.example> <a'@evil.example>",
            "$x$ [^1]\n\n[^1]: <script>\n\n- [x] <u>done</u>",
            "1000. <b>x</b>",
        ] {
            let html = render(bad).unwrap();
            let wrong: Vec<&str> = tags(&html)
                .into_iter()
                .filter(|tag| !is_harmless(tag))
                .collect();
            assert!(wrong.is_empty(), "{bad}: {html}");
            assert!(!html.contains("src=\""), "{html}");
        }
        let alt = render("![a picture](https://evil.example/pixel.png)").unwrap();
        assert_eq!(alt, "<p>a picture</p>\n");
    }

    #[test]
    fn links_lead_to_addresses_letters_places_of_this_server_and_other_posts() {
        for (text, address) in [
            (
                "[x](https://example.org/a?b#c)",
                "https://example.org/a?b#c",
            ),
            ("<http://example.org/>", "http://example.org/"),
            ("<me@example.org>", "mailto:me@example.org"),
            ("[x](mailto:me@example.org)", "mailto:me@example.org"),
            ("[x](/rooms?lang=ru)", "/rooms?lang=ru"),
            ("[x](#top)", "#top"),
            ("[x](2026-11-22-hello)", "2026-11-22-hello"),
        ] {
            let html = render(text).unwrap();
            let link = format!("<p><a href=\"{address}\">");
            assert!(html.starts_with(&link), "{text}: {html}");
        }
    }

    #[test]
    fn of_other_links_the_words_stay() {
        for address in [
            "Hello",
            "hello.md",
            "./hello",
            "../hello",
            "a/b",
            "?page=2",
            "//example.org",
            "ftp://example.org/",
            "javascript:alert(1)",
            "data:text/html,x",
            "hello#part",
        ] {
            let html = render(&format!("[words]({address})")).unwrap();
            assert_eq!(html, "<p>words</p>\n", "{address}");
        }
    }

    #[test]
    fn a_page_that_grows_too_long_is_refused() {
        let growing = "&".repeat(HTML_BYTES_MAX / 4);
        assert_eq!(render(&growing), Err(BadPost::TooLong));
    }

    #[test]
    fn deep_nesting_ends() {
        let brackets = "[".repeat(50_000);
        assert_eq!(render(&brackets), Ok(format!("<p>{brackets}</p>\n")));
        assert_eq!(render(&">".repeat(50_000)), Err(BadPost::TooLong));
    }
}
