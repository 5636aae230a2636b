//! What is free, what Pro adds, and what it never buys.

use std::collections::BTreeMap;

use account::plans::{Entitlements, Offer, Plan};
use app::{Period, Price};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{money, page, session_of, shell};
use crate::Web;
use crate::links::Tongue;
use crate::shell::Shell;
use crate::texts::Language;

/// What money does not buy here.
const NEVER: [&str; 4] = [
    "pricing-never-ads",
    "pricing-never-data",
    "pricing-never-services",
    "pricing-never-sound",
];

#[derive(Template)]
#[template(path = "plans/pricing.html")]
struct PricingPage {
    shell: Shell,
    t: Language,
    title: String,
    /// Nothing where everybody has everything.
    rows: Vec<Row>,
    /// None while the payment service is being asked.
    prices: Option<Vec<OnSale>>,
    is_test: bool,
    visitor: Who,
    never: [&'static str; 4],
}

/// One line of the table.
struct Row {
    what: String,
    free: String,
    pro: String,
}

struct OnSale {
    name: &'static str,
    text: String,
}

/// Who looks at the page, as far as it matters there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Stranger,
    Member,
    HasPro,
    /// What they bought gives nothing any more, and is not ended.
    HasBought,
}

/// What is on sale.
pub(super) struct Shelf<'a> {
    pub(super) offer: &'a Offer,
    pub(super) prices: Option<BTreeMap<Period, Price>>,
    pub(super) is_test: bool,
}

/// `GET /pricing`
pub(super) async fn show(State(web): State<Web>, tongue: Tongue, headers: HeaderMap) -> Response {
    let app = &web.inner.app;
    let who = match session_of(&web, &headers).await {
        None => Who::Stranger,
        Some(session) => match app.plan_view(&session).await {
            Ok(view) if view.plan == Plan::Pro => Who::HasPro,
            Ok(view) if view.bought.is_some() => Who::HasBought,
            _ => Who::Member,
        },
    };
    let shelf = Shelf {
        offer: app.offer(),
        prices: app.price_list(),
        is_test: app.sells_for_test_only(),
    };
    page(draw(&shelf, who, tongue))
}

pub(super) fn draw(shelf: &Shelf<'_>, visitor: Who, tongue: Tongue) -> String {
    let t = tongue.language;
    let rows = match shelf.offer {
        Offer::Everything => Vec::new(),
        plans @ Offer::Plans { .. } => rows(plans, t),
    };
    let title = match rows.is_empty() {
        true => "pricing-all-title",
        false => "pricing-title",
    };
    let pricing = PricingPage {
        shell: shell("/pricing", tongue),
        t,
        title: t.say(title),
        rows,
        prices: shelf.prices.as_ref().map(|prices| on_sale(prices, t)),
        is_test: shelf.is_test,
        visitor,
        never: NEVER,
    };
    pricing.render().expect("a page is written into memory")
}

fn on_sale(prices: &BTreeMap<Period, Price>, t: Language) -> Vec<OnSale> {
    let on_sale = prices.iter().map(|(period, price)| {
        let text = match (period, money::written(price, t)) {
            (Period::Month, Some(price)) => t.with("pricing-price-month", "price", price),
            (Period::Year, Some(price)) => t.with("pricing-price-year", "price", price),
            (Period::Month, None) => t.say("pricing-month"),
            (Period::Year, None) => t.say("pricing-year"),
        };
        let name = period.as_str();
        OnSale { name, text }
    });
    on_sale.collect()
}

fn rows(offer: &Offer, t: Language) -> Vec<Row> {
    let (free, pro) = (
        offer.entitlements(Plan::Free),
        offer.entitlements(Plan::Pro),
    );
    let row = |what, tell: &dyn Fn(&Entitlements) -> String| Row {
        what: t.say(what),
        free: tell(&free),
        pro: tell(&pro),
    };
    let count = |value: u64| t.number(value);
    let minutes =
        |span: std::time::Duration| t.with("pricing-minutes", "count", span.as_secs() / 60);
    let no_limit = || t.say("pricing-no-limit");
    let no = || t.say("pricing-no");
    let many = |value: usize| u64::try_from(value).unwrap_or(u64::MAX);
    vec![
        row("pricing-row-session", &|one| {
            one.limits
                .map_or_else(no_limit, |limits| minutes(limits.session))
        }),
        row("pricing-row-cooldown", &|one| {
            one.limits
                .map_or_else(no, |limits| minutes(limits.cooldown))
        }),
        row("pricing-row-devices", &|one| {
            one.limits
                .map_or_else(no_limit, |limits| count(many(limits.devices_max)))
        }),
        row("pricing-row-saved", &|one| match one.saved_rooms_max {
            0 => no(),
            saved => count(many(saved)),
        }),
        row("pricing-row-rest", &|_| t.say("pricing-all")),
    ]
}
