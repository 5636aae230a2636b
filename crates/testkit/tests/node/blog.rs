//! The blog: files of a folder as pages and as a feed, harmless whatever they hold.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use testkit::TestApp;
use testkit::http::{Answer, get};
use tokio::time::timeout;

const PAGE: (&str, &str) = ("accept", "text/html");
/// As long as the folder is not looked at again.
const A_WHILE: Duration = Duration::from_secs(5);
/// Longer than a look at the folder takes, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pages that are no part of the blog, of those that lead there. The second is kept as it was drawn.
const LEADING: [&str; 3] = ["/contact", "/privacy", "/terms"];
/// The greater part of a long file, in bytes: what is left of all files' room is less than one of them.
const LONG: usize = 250_000;
/// All files that are shown together, in bytes.
const BYTES_MAX: usize = 16 * 1024 * 1024;

fn folder(app: &TestApp) -> PathBuf {
    let folder = app.folder().join("data").join("blog");
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(app: &TestApp, name: &str, head: &str, body: &str) {
    let text = format!("---\n{head}\n---\n{body}");
    fs::write(folder(app).join(name), text).unwrap();
}

async fn page(app: &TestApp, path: &str) -> Answer {
    get(app.address(), path, &[PAGE]).await
}

async fn leads_to_blog(app: &TestApp, path: &str) -> bool {
    page(app, path).await.body.contains("href=\"/blog\"")
}

/// Asks for a page that is no part of the blog until it leads there, or no longer does.
async fn until_offered(app: &TestApp, is_offered: bool) {
    let asking = async { while leads_to_blog(app, "/contact").await != is_offered {} };
    timeout(PATIENCE, asking)
        .await
        .unwrap_or_else(|_| panic!("whether the blog is offered stays {}", !is_offered));
}

/// An installation with one post.
async fn with_post() -> TestApp {
    let app = TestApp::start().await;
    let head = "title: Hello\ndate: 2026-11-20\nsummary: The first.";
    write(&app, "hello.md", head, "# Here\n\nWe are.\n");
    until_offered(&app, true).await;
    app
}

#[tokio::test]
async fn without_files_nobody_sees_that_there_could_be_a_blog() {
    let app = TestApp::start().await;
    let nowhere = page(&app, "/nowhere").await;
    for path in ["/blog", "/blog/hello", "/blog/feed.xml"] {
        let there = page(&app, path).await;
        assert_eq!(
            (there.status, there.body),
            (404, nowhere.body.clone()),
            "{path}"
        );
    }
    for path in LEADING {
        assert!(!leads_to_blog(&app, path).await, "{path}");
    }
    app.stop().await;
}

#[tokio::test]
async fn pages_lead_to_the_blog_as_soon_as_there_is_a_post_and_no_longer_than_that() {
    let app = TestApp::start().await;
    for is_offered in [false, true, false] {
        if is_offered {
            write(&app, "hello.md", "title: Hello\ndate: 2026-11-20", "");
        } else {
            fs::remove_dir_all(folder(&app)).unwrap();
        }
        app.clock.advance(A_WHILE);
        until_offered(&app, is_offered).await;
        for path in LEADING {
            assert_eq!(leads_to_blog(&app, path).await, is_offered, "{path}");
        }
        let about = get(app.address(), "/api/v1/about", &[]).await;
        let about: serde_json::Value = serde_json::from_str(&about.body).unwrap();
        assert_eq!(about["has_blog"], is_offered, "for pages drawn by script");
        let status = if is_offered { 200 } else { 404 };
        assert_eq!(page(&app, "/blog/hello").await.status, status);
    }
    app.stop().await;
}

/// Promise Y56
#[tokio::test]
async fn posts_are_listed_and_shown_in_every_language_of_the_pages() {
    let app = with_post().await;
    let head = "title: مرحبا\ndate: 2026-11-22\nlanguage: ar";
    write(&app, "salam.md", head, "أهلًا.\n");
    app.clock.advance(A_WHILE);
    for (language, heading) in [("en", "Blog"), ("ru", "Блог"), ("ar", "المدوّنة")] {
        let list = page(&app, &format!("/blog?lang={language}")).await;
        assert_eq!(list.status, 200);
        assert!(
            list.body.contains(&format!("<h1>{heading}</h1>")),
            "{language}"
        );
        assert!(list.body.contains("<article lang=\"ar\" dir=\"auto\">"));
        let (newer, older) = (list.body.find("مرحبا"), list.body.find("Hello"));
        assert!(newer < older, "the newest first");
        assert!(list.body.contains("The first."));
        assert!(!list.body.contains("blog-"), "{language} lacks a text");
        let post = page(&app, &format!("/blog/hello?lang={language}")).await;
        assert!(post.body.contains("<h2>Here</h2>") && post.body.contains("2026-11-20"));
        assert!(post.body.contains("dir=\"auto\""));
        assert!(!post.body.contains("blog-all"), "{language} lacks a text");
    }
    app.stop().await;
}

/// The names of elements in the order of their ends; panics where they do not fit.
fn elements(xml: &str) -> Vec<String> {
    let (mut open, mut ended) = (Vec::new(), Vec::new());
    for part in xml.split('<').skip(1) {
        let (tag, _) = part.split_once('>').unwrap();
        let name = tag.split([' ', '/']).next().unwrap().to_owned();
        match tag {
            tag if tag.starts_with('?') => {}
            tag if tag.starts_with('/') => {
                let last: String = open.pop().unwrap();
                assert_eq!(tag[1..], last);
                ended.push(last);
            }
            tag if tag.ends_with('/') => ended.push(name),
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    ended
}

#[tokio::test]
async fn the_feed_is_atom_with_ids_that_stay() {
    let app = with_post().await;
    let head = "title: A <b> & \"c\"\ndate: 2026-11-21\nupdated: 2026-11-22\nlanguage: en";
    write(&app, "marks.md", head, "x < y & [z](/rooms)\n");
    app.clock.advance(A_WHILE);
    let feed = page(&app, "/blog/feed.xml").await;
    let kind = feed.header("content-type");
    assert_eq!(
        (feed.status, kind),
        (200, Some("application/atom+xml; charset=utf-8"))
    );
    let ended = elements(&feed.body);
    for (name, count) in [
        ("entry", 2),
        ("id", 3),
        ("title", 3),
        ("updated", 3),
        ("content", 2),
        ("author", 1),
    ] {
        assert_eq!(
            ended.iter().filter(|it| *it == name).count(),
            count,
            "{name}"
        );
    }
    let first_update = "<updated>2026-11-22T00:00:00Z</updated>\n<author>";
    assert!(feed.body.contains(first_update), "{}", feed.body);
    assert!(
        feed.body
            .contains("<title>A &lt;b&gt; &amp; &quot;c&quot;</title>")
    );
    assert!(feed.body.contains(",2026-11-20:/blog/hello</id>"));
    assert!(feed.body.contains("/blog/marks\"/>") && feed.body.contains("rel=\"self\""));
    app.clock.advance(A_WHILE);
    assert_eq!(page(&app, "/blog/feed.xml").await.body, feed.body);
    app.stop().await;
}

#[tokio::test]
async fn files_are_read_again_without_a_restart() {
    let app = with_post().await;
    let hello = folder(&app).join("hello.md");
    let text = fs::read_to_string(&hello)
        .unwrap()
        .replace("We are.", "We were here.");
    fs::write(&hello, text).unwrap();
    let soon = page(&app, "/blog/hello").await;
    assert!(
        soon.body.contains("We are."),
        "the folder is not looked at all the time"
    );
    app.clock.advance(A_WHILE);
    assert!(
        page(&app, "/blog/hello")
            .await
            .body
            .contains("We were here.")
    );
    fs::remove_file(&hello).unwrap();
    app.clock.advance(A_WHILE);
    assert_eq!(page(&app, "/blog/hello").await.status, 404);
    assert!(!page(&app, "/contact").await.body.contains("href=\"/blog\""));
    app.stop().await;
}

/// Promise S20
#[tokio::test]
async fn what_a_file_holds_is_never_markup_of_the_page() {
    let app = with_post().await;
    let evil = "<script>alert(1)</script>";
    let head = format!("title: {evil}\ndate: 2026-11-22\nsummary: {evil}");
    let body = format!(
        "{evil}\n\n<img src=x onerror=alert(1)>\n\n![p](https://evil.example/p.png)\n\n[a](javascript:alert(1))\n"
    );
    write(&app, "evil.md", &head, &body);
    app.clock.advance(A_WHILE);
    for path in ["/blog", "/blog/evil", "/blog/feed.xml"] {
        let shown = page(&app, path).await;
        assert_eq!(shown.status, 200, "{path}");
        for harm in ["<script>alert", "<img", "javascript:", "evil.example/p.png"] {
            assert!(!shown.body.contains(harm), "{path}: {harm}");
        }
        let policy = shown.header("content-security-policy").unwrap();
        assert!(
            !policy.contains("unsafe") && !policy.contains("https:"),
            "{policy}"
        );
    }
    app.stop().await;
}

#[tokio::test]
async fn nothing_beside_the_posts_of_the_folder_is_shown() {
    let app = with_post().await;
    let head = "---\ntitle: Canary\ndate: 2026-11-22\n---\n";
    fs::write(app.folder().join("data").join("secret.md"), head).unwrap();
    fs::write(folder(&app).join("notes.txt"), head).unwrap();
    fs::write(folder(&app).join("Bad Name.md"), head).unwrap();
    fs::write(folder(&app).join("no-head.md"), "Canary\n").unwrap();
    fs::write(
        folder(&app).join("bytes.md"),
        [head.as_bytes(), &[0xff]].concat(),
    )
    .unwrap();
    fs::write(
        folder(&app).join("long.md"),
        head.to_owned() + &"a".repeat(256 * 1024),
    )
    .unwrap();
    fs::create_dir(folder(&app).join("folder.md")).unwrap();
    std::os::unix::fs::symlink(
        app.folder().join("data").join("secret.md"),
        folder(&app).join("link.md"),
    )
    .unwrap();
    app.clock.advance(A_WHILE);
    let list = page(&app, "/blog").await;
    assert_eq!(list.body.matches("<article").count(), 1, "{}", list.body);
    for path in [
        "/blog/secret",
        "/blog/..%2fsecret",
        "/blog/%2e%2e%2fsecret",
        "/blog/..%2fsecret.md",
        "/blog/../blog/secret",
        "/blog/hello.md",
        "/blog/notes",
        "/blog/no-head",
        "/blog/bytes",
        "/blog/long",
        "/blog/folder",
        "/blog/link",
        "/blog/hello%00",
        "/blog/",
        "/blog?page=0",
        "/blog?page=2",
        "/blog?page=x",
        "/blog?page=99999999999999999999",
    ] {
        let there = page(&app, path).await;
        assert_eq!(there.status, 404, "{path}");
        assert!(!there.body.contains("Canary"), "{path}");
    }
    assert_eq!(page(&app, "/blog/hello").await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn of_ten_thousand_files_a_thousand_are_shown() {
    let app = with_post().await;
    for number in 0..10_000 {
        let head = "title: One of many\ndate: 2026-11-22";
        write(&app, &format!("post-{number:05}.md"), head, "");
    }
    app.clock.advance(A_WHILE);
    let first = page(&app, "/blog").await;
    assert_eq!(first.body.matches("<article").count(), 50);
    let last = page(&app, "/blog?page=20").await;
    assert_eq!(last.body.matches("<article").count(), 50);
    assert_eq!(page(&app, "/blog?page=21").await.status, 404);
    assert_eq!(page(&app, "/blog/post-09999").await.status, 200);
    assert_eq!(page(&app, "/blog/post-08999").await.status, 404);
    let feed = page(&app, "/blog/feed.xml").await;
    assert_eq!(feed.body.matches("<entry>").count(), 50);
    app.stop().await;
}

/// Writes post number `number`, of nearly the 256 KiB that a file may have.
fn write_long(app: &TestApp, number: usize) {
    let head = "title: A long one\ndate: 2026-11-22\n".to_owned() + &" ".repeat(LONG);
    write(app, &format!("post-{number:02}.md"), &head, "");
}

/// Asserts that of the posts up to `last` those from `first` on are shown.
async fn assert_shown(app: &TestApp, first: usize, last: usize) {
    for number in 0..=last {
        let status = if number < first { 404 } else { 200 };
        let there = page(app, &format!("/blog/post-{number:02}")).await;
        assert_eq!(there.status, status, "{number}");
    }
}

#[tokio::test]
async fn where_all_files_are_too_long_together_the_newest_are_shown() {
    let app = TestApp::start().await;
    let room = BYTES_MAX / LONG;
    for number in 0..room + 3 {
        write_long(&app, number);
    }
    assert_shown(&app, 3, room + 2).await;
    app.stop().await;
}

#[tokio::test]
async fn posts_that_were_shown_make_room_for_newer_ones_and_come_back_after_them() {
    let app = TestApp::start().await;
    let room = BYTES_MAX / LONG;
    for number in 0..room {
        write_long(&app, number);
    }
    assert_shown(&app, 0, room - 1).await;
    write_long(&app, room);
    write_long(&app, room + 1);
    app.clock.advance(A_WHILE);
    assert_shown(&app, 2, room + 1).await;
    fs::remove_file(folder(&app).join(format!("post-{:02}.md", room + 1))).unwrap();
    app.clock.advance(A_WHILE);
    assert_shown(&app, 1, room).await;
    app.stop().await;
}
