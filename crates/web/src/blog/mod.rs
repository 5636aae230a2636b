//! The blog: Markdown files of a folder, as pages and as a feed. Without files nobody sees that there could be one.

mod feed;
mod markdown;
mod post;
mod shelf;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::links::{Tongue, parameter};
use crate::shell::Shell;
use crate::texts::Language;
use crate::visitor::Visitor;
use crate::{Web, assets};
use post::Post;
use shelf::Posts;

pub(crate) use shelf::Shelf;

/// Where the blog is.
const PATH: &str = "/blog";
/// Posts on one page of the list.
const LISTED: usize = 50;
/// How the feed is called without an operator's name.
const AUTHOR: &str = "Unisono";

tokio::task_local! {
    /// Whether the pages of the request that is being answered lead to the blog.
    static IS_OFFERED: bool;
}

/// Whether the page that is being drawn leads to the blog.
pub(crate) fn is_offered() -> bool {
    IS_OFFERED
        .try_with(|is_offered| *is_offered)
        .unwrap_or_default()
}

/// Lets the pages of a request know whether there is a blog.
pub(crate) async fn offer(State(web): State<Web>, request: Request, next: Next) -> Response {
    let blog = &web.inner.blog;
    let looking = blog.look_again(web.inner.app.now());
    // Whoever asks for the blog sees the folder as it is; other pages do not wait for it.
    if let Some(looking) = looking
        && request.uri().path().starts_with(PATH)
    {
        // What was kept before is still there if the look came to nothing.
        looking.await.ok();
    }
    let is_offered = !blog.posts().is_empty();
    IS_OFFERED.scope(is_offered, next.run(request)).await
}

/// The routes of the blog.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/blog", get(list))
        .route("/blog/feed.xml", get(feed))
        .route("/blog/{slug}", get(read))
}

#[derive(Template)]
#[template(path = "blog/list.html")]
struct ListPage<'a> {
    shell: Shell,
    t: Language,
    title: String,
    posts: &'a [Arc<Post>],
    newer: Option<String>,
    older: Option<String>,
}

#[derive(Template)]
#[template(path = "blog/post.html")]
struct PostPage<'a> {
    shell: Shell,
    t: Language,
    title: String,
    post: &'a Post,
}

/// `GET /blog`
async fn list(uri: Uri, headers: HeaderMap, tongue: Tongue, State(web): State<Web>) -> Response {
    let posts = web.inner.blog.posts();
    let page = parameter(&uri, "page").map_or(Some(1), |number| number.parse().ok());
    let listed = page.and_then(|page| Some((page, part(&posts, page)?)));
    match listed {
        Some((page, listed)) => {
            let is_last = page.saturating_mul(LISTED) >= posts.len();
            shown(draw_list(listed, (page, is_last), tongue))
        }
        None => assets::file(uri, headers).await,
    }
}

/// The posts of one page; none where there are none.
fn part(posts: &Posts, page: usize) -> Option<&[Arc<Post>]> {
    posts.chunks(LISTED).nth(page.checked_sub(1)?)
}

fn draw_list(posts: &[Arc<Post>], (page, is_last): (usize, bool), tongue: Tongue) -> String {
    let t = tongue.language;
    let shell = Shell::new(PATH, t, tongue.is_asked);
    let language = shell.query.replace('?', "&");
    let address = |number: usize| format!("/blog?page={number}{language}");
    let page = ListPage {
        t,
        title: t.with("pages-document-title", "title", t.say("blog-title")),
        posts,
        newer: (page > 1).then(|| address(page - 1)),
        older: (!is_last).then(|| address(page + 1)),
        shell,
    };
    page.render().expect("a page is written into memory")
}

/// `GET /blog/{slug}`
async fn read(
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    tongue: Tongue,
    State(web): State<Web>,
) -> Response {
    let posts = web.inner.blog.posts();
    let Some(post) = posts.iter().find(|post| post.slug == slug) else {
        return assets::file(uri, headers).await;
    };
    let t = tongue.language;
    let page = PostPage {
        shell: Shell::new(&format!("/blog/{slug}"), t, tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", post.title.as_str()),
        post,
    };
    shown(page.render().expect("a page is written into memory"))
}

/// `GET /blog/feed.xml`
async fn feed(uri: Uri, headers: HeaderMap, visitor: Visitor, State(web): State<Web>) -> Response {
    let posts = web.inner.blog.posts();
    if posts.is_empty() {
        return assets::file(uri, headers).await;
    }
    let operator = web.inner.settings.operator.name.as_str();
    let about = feed::About {
        origin: &visitor.place.origin,
        title: "Unisono",
        author: if operator.is_empty() {
            AUTHOR
        } else {
            operator
        },
    };
    let feed = feed::write(&about, posts.iter().map(AsRef::as_ref));
    let headers = [
        (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, feed).into_response()
}

fn shown(page: String) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-language"),
    ];
    (headers, Html(page)).into_response()
}
