//! The conversions under way, by what they are of.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use base::PageId;

use super::flight::Flight;
use super::memory::{Way, lock};
use super::{LinkEvent, LinkRefusal, LinkView};

/// What a conversion under way is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    /// A link whose page is not known yet.
    Link(Way),
    /// A page that is being completed.
    Page(PageId),
}

/// The conversions under way. Each holds one of the permits for conversions, so they are bounded.
#[derive(Default)]
pub(crate) struct Flights(Mutex<HashMap<Topic, Arc<Flight>>>);

impl Flights {
    /// The conversion of `topic`, if one is under way.
    pub(super) fn get(&self, topic: &Topic) -> Option<Arc<Flight>> {
        lock(&self.0).get(topic).cloned()
    }

    pub(super) fn len(&self) -> usize {
        lock(&self.0).len()
    }

    /// Hides the conversion of `page` from those who come from now on, whatever they come by: the page is gone.
    pub(super) fn forget(&self, page: PageId) {
        let mut flights = lock(&self.0);
        if let Some(of_page) = flights.get(&Topic::Page(page)).cloned() {
            flights.retain(|_, flight| !Arc::ptr_eq(flight, &of_page));
        }
    }

    /// Joins the conversion of `topic`, or starts one with what `allowed` gives for it.
    pub(super) fn board<T>(
        self: &Arc<Self>,
        topic: Topic,
        allowed: impl FnOnce() -> Result<T, LinkRefusal>,
    ) -> Result<Boarding<T>, LinkRefusal> {
        let mut flights = lock(&self.0);
        if let Some(flight) = flights.get(&topic) {
            return Ok(Boarding::Joined(Arc::clone(flight)));
        }
        let allowed = allowed()?;
        let flight = Arc::new(Flight::new());
        flights.insert(topic.clone(), Arc::clone(&flight));
        let trip = Trip {
            flights: Arc::clone(self),
            flight,
            topics: vec![topic],
        };
        Ok(Boarding::Started(trip, allowed))
    }
}

/// A place in a conversion.
pub(super) enum Boarding<T> {
    /// It was under way.
    Joined(Arc<Flight>),
    /// It begins, and what was needed for that is its own.
    Started(Trip, T),
}

/// What drives a conversion holds this. However that ends, also by a panic, nobody is left watching, and those who
/// come from now on start anew.
pub(super) struct Trip {
    flights: Arc<Flights>,
    flight: Arc<Flight>,
    /// What it was ever known by: its link, then its page.
    topics: Vec<Topic>,
}

impl Trip {
    pub(super) const fn flight(&self) -> &Arc<Flight> {
        &self.flight
    }

    /// Lets those who come for `page` watch this as well.
    pub(super) fn announce(&mut self, page: PageId) {
        let topic = Topic::Page(page);
        lock(&self.flights.0).insert(topic.clone(), Arc::clone(&self.flight));
        self.topics.push(topic);
    }

    /// The page is known already, from another conversion.
    pub(super) fn end_at(self, view: Arc<LinkView>) {
        self.flight.show_page(LinkView::clone(&view));
        let done = LinkEvent::Done { is_complete: false };
        self.flight.show(done, view);
    }

    /// Hides this from those who come for `page` from now on.
    pub(super) fn leave(&self, page: PageId) {
        self.land(&Topic::Page(page));
    }

    /// Another conversion may be known by the same name since.
    fn land(&self, topic: &Topic) {
        let mut flights = lock(&self.flights.0);
        let is_own = |flight: &Arc<Flight>| Arc::ptr_eq(flight, &self.flight);
        if flights.get(topic).is_some_and(is_own) {
            flights.remove(topic);
        }
    }
}

impl Drop for Trip {
    fn drop(&mut self) {
        self.flight.refuse(LinkRefusal::Unidentified);
        for topic in &self.topics {
            self.land(topic);
        }
    }
}

#[cfg(test)]
mod tests {
    use base::OsEntropy;
    use music::{Context, Kind, Link, Platform};

    use super::*;

    fn topic() -> Topic {
        let link = Link::new(Platform::Deezer, Kind::Track, "1", Context::default());
        Topic::Link(Way::of(&link.unwrap()))
    }

    fn start(flights: &Arc<Flights>, topic: Topic) -> Trip {
        match flights.board(topic, || Ok(())) {
            Ok(Boarding::Started(trip, ())) => trip,
            _ => panic!("nothing was under way"),
        }
    }

    #[tokio::test]
    async fn a_driver_that_panics_leaves_nobody_waiting_and_blocks_nobody() {
        let flights = Arc::new(Flights::default());
        let mut trip = start(&flights, topic());
        trip.announce(PageId::new(&OsEntropy));
        let Ok(Boarding::Joined(joined)) = flights.board(topic(), || Ok(())) else {
            panic!("it is under way");
        };
        let driver = tokio::spawn(async move {
            let _trip = trip;
            panic!("a driver with a mistake");
        });
        assert!(driver.await.unwrap_err().is_panic());
        let seen = joined.identified().await;
        assert_eq!(seen, Err(LinkRefusal::Unidentified));
        assert_eq!(flights.len(), 0);
        drop(start(&flights, topic()));
    }

    #[test]
    fn a_conversion_ends_no_other_one_of_the_same_page() {
        let flights = Arc::new(Flights::default());
        let page = PageId::new(&OsEntropy);
        let earlier = start(&flights, Topic::Page(page));
        let mut later = start(&flights, topic());
        later.announce(page);
        earlier.leave(page);
        drop(earlier);
        let known = flights.get(&Topic::Page(page));
        assert!(known.is_some_and(|flight| Arc::ptr_eq(&flight, later.flight())));
        drop(later);
        assert_eq!(flights.len(), 0);
    }

    #[test]
    fn nobody_joins_the_conversion_of_a_page_that_is_gone() {
        let flights = Arc::new(Flights::default());
        let page = PageId::new(&OsEntropy);
        let mut gone = start(&flights, topic());
        gone.announce(page);
        let other = start(&flights, Topic::Page(PageId::new(&OsEntropy)));
        flights.forget(page);
        assert_eq!(flights.len(), 1);
        let anew = start(&flights, topic());
        drop(gone);
        let known = flights.get(&topic());
        assert!(known.is_some_and(|flight| Arc::ptr_eq(&flight, anew.flight())));
        drop(other);
    }

    #[test]
    fn what_is_not_allowed_does_not_start() {
        let flights = Arc::new(Flights::default());
        let refused = flights.board(topic(), || Err::<(), _>(LinkRefusal::NotAllowed));
        assert!(refused.is_err());
        assert_eq!(flights.len(), 0);
    }
}
