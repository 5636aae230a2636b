//! What the service knows: customers, pages where something is bought, and subscriptions.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Mood;
use super::event::{Event, canaries};

/// Stands in every field that must not be kept.
pub const CANARY: &str = "canary4242";
/// What a month costs: 5 EUR.
pub const PRICE_MONTH: &str = "price_month";
/// What a year costs: 50 EUR.
pub const PRICE_YEAR: &str = "price_year";
/// What a year costs elsewhere: 50 USD.
pub const PRICE_YEAR_USD: &str = "price_year_usd";
/// What a year cost once, and is sold no more.
pub const PRICE_YEAR_OLD: &str = "price_year_old";

const MONTH_S: i64 = 30 * 24 * 60 * 60;
const YEAR_S: i64 = 365 * 24 * 60 * 60;

/// Something that somebody has bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bought {
    /// What the service calls it.
    pub id: String,
    /// Who pays.
    pub customer: String,
    /// What for.
    pub price: String,
    /// How it stands, by the service's word.
    pub status: String,
    /// When the period began that is paid for, or is to be.
    pub period_start_s: i64,
    /// When it ends.
    pub period_end_s: i64,
    /// Whether it ends then.
    pub ends_with_period: bool,
}

/// A page where something can be bought.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) customer: String,
    pub(super) price: String,
    pub(super) done: String,
    pub(super) back: String,
    pub(super) status: &'static str,
}

pub(super) struct Ledger {
    pub(super) mood: Mood,
    pub(super) asked: Vec<String>,
    /// What was sent under a key, and what was answered.
    pub(super) answered: BTreeMap<String, (String, StatusCode, Value)>,
    /// Keys that have met a conflict, or an answer that was lost.
    pub(super) stumbled: BTreeSet<String>,
    pub(super) customers: BTreeSet<String>,
    pub(super) pages: BTreeMap<String, Page>,
    pub(super) bought: BTreeMap<String, Bought>,
    counted: u64,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            mood: Mood::Well,
            asked: Vec::new(),
            answered: BTreeMap::new(),
            stumbled: BTreeSet::new(),
            customers: BTreeSet::new(),
            pages: BTreeMap::new(),
            bought: BTreeMap::new(),
            counted: 0,
        }
    }
}

impl Ledger {
    pub(super) fn next(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }

    pub(super) fn create_customer(&mut self) -> Value {
        // As long as they are, so that none begins as another does.
        let id = format!("cus_{:014}", self.next());
        self.customers.insert(id.clone());
        json!({ "id": id, "object": "customer" })
    }

    pub(super) fn open_page(&mut self, page: Page) -> String {
        let id = format!("cs_test_{}", self.next());
        self.pages.insert(id.clone(), page);
        id
    }

    pub(super) fn open_pages(&self) -> Vec<String> {
        let open = self.pages.iter().filter(|(_, page)| page.status == "open");
        open.map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn page_told(&self, id: &str, origin: &str) -> Option<Value> {
        let page = self.pages.get(id)?;
        let mut told = canaries();
        told["id"] = json!(id);
        told["status"] = json!(page.status);
        told["customer"] = json!(page.customer);
        told["url"] = match page.status {
            "open" => json!(format!("{origin}/c/pay/{id}")),
            _ => Value::Null,
        };
        Some(told)
    }

    /// Closes a page; false when it is closed already.
    pub(super) fn expire(&mut self, id: &str) -> bool {
        let page = self.pages.get_mut(id);
        let open = page.filter(|page| page.status == "open");
        open.map(|page| page.status = "expired").is_some()
    }

    pub(super) fn spend_key(&mut self, key: &str) {
        let other = ("other words".to_owned(), StatusCode::OK, Value::Null);
        self.answered.insert(key.to_owned(), other);
    }

    pub(super) fn pay(&mut self, id: &str, now_s: i64) -> Vec<Event> {
        let Some(page) = self.pages.get_mut(id).filter(|page| page.status == "open") else {
            return Vec::new();
        };
        page.status = "complete";
        let page = page.clone();
        self.subscribe(
            &page.customer,
            &page.price,
            now_s,
            now_s + length_s(&page.price),
        );
        let kinds = [
            "checkout.session.completed",
            "customer.subscription.created",
            "invoice.paid",
        ];
        kinds.map(|kind| self.event(kind, &page.customer)).into()
    }

    pub(super) fn subscribe(
        &mut self,
        customer: &str,
        price: &str,
        period_start_s: i64,
        period_end_s: i64,
    ) {
        let id = format!("sub_{}", self.next());
        let bought = Bought {
            id: id.clone(),
            customer: customer.to_owned(),
            price: price.to_owned(),
            status: "active".to_owned(),
            period_start_s,
            period_end_s,
            ends_with_period: false,
        };
        self.bought.insert(id, bought);
    }

    pub(super) fn live(&self) -> Vec<Bought> {
        let is_live = |bought: &&Bought| bought.status != "canceled";
        self.bought.values().filter(is_live).cloned().collect()
    }

    pub(super) fn change(&mut self, id: &str, status: &str, period_end_s: i64) -> Event {
        let customer = self.bought.get_mut(id).map(|bought| {
            bought.status = status.to_owned();
            bought.period_end_s = period_end_s;
            bought.customer.clone()
        });
        self.event(
            "customer.subscription.updated",
            &customer.unwrap_or_default(),
        )
    }

    /// The next period begins, and then its payment fails: so it is in the real service.
    pub(super) fn fail_renewal(&mut self, id: &str) -> Vec<Event> {
        let Some(bought) = self.bought.get_mut(id) else {
            return Vec::new();
        };
        bought.period_start_s = bought.period_end_s;
        bought.period_end_s += length_s(&bought.price);
        bought.status = "past_due".to_owned();
        let customer = bought.customer.clone();
        let kinds = ["customer.subscription.updated", "invoice.payment_failed"];
        kinds.map(|kind| self.event(kind, &customer)).into()
    }

    pub(super) fn cancel(&mut self, id: &str) -> Option<Value> {
        self.bought.get_mut(id)?.status = "canceled".to_owned();
        self.bought_told(id)
    }

    pub(super) fn renew(&mut self, id: &str, ends: bool) -> Option<Value> {
        self.bought.get_mut(id)?.ends_with_period = ends;
        self.bought_told(id)
    }

    pub(super) fn delete_customer(&mut self, id: &str) -> Event {
        self.customers.remove(id);
        let theirs = self
            .bought
            .values_mut()
            .filter(|bought| bought.customer == id);
        theirs.for_each(|bought| bought.status = "canceled".to_owned());
        self.event("customer.deleted", id)
    }

    pub(super) fn event(&mut self, kind: &str, customer: &str) -> Event {
        let number = self.next();
        Event::new(
            number,
            kind,
            customer,
            json!({ "id": format!("obj_{number}") }),
        )
    }

    pub(super) fn bought_told(&self, id: &str) -> Option<Value> {
        let bought = self.bought.get(id)?;
        let mut told = canaries();
        told["id"] = json!(id);
        told["customer"] = json!(bought.customer);
        told["status"] = json!(bought.status);
        told["cancel_at_period_end"] = json!(bought.ends_with_period);
        let (mut item, mut price) = (canaries(), canaries());
        price["id"] = json!(bought.price);
        item["price"] = price;
        item["current_period_start"] = json!(bought.period_start_s);
        item["current_period_end"] = json!(bought.period_end_s);
        told["items"] = json!({ "data": [item] });
        Some(told)
    }

    pub(super) fn all_told(&self, customer: &str) -> Option<Value> {
        self.customers.get(customer)?;
        let theirs = self
            .bought
            .values()
            .filter(|bought| bought.customer == customer);
        let told: Vec<Value> = theirs
            .filter_map(|bought| self.bought_told(&bought.id))
            .collect();
        Some(json!({ "object": "list", "data": told, "has_more": false }))
    }
}

fn length_s(price: &str) -> i64 {
    match price {
        PRICE_YEAR => YEAR_S,
        _ => MONTH_S,
    }
}
