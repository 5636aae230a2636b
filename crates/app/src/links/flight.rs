//! A conversion under way, which any number of people watch.

use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use super::memory::lock;
use super::page::Page;
use super::{LinkEvent, LinkRefusal, LinkView};

/// What a conversion has shown so far. One task writes it, everybody who asked reads it.
pub(crate) struct Flight {
    log: Mutex<Log>,
    grew: watch::Sender<usize>,
}

struct Log {
    events: Vec<LinkEvent>,
    view: Option<Arc<LinkView>>,
    refusal: Option<LinkRefusal>,
    is_over: bool,
}

impl Flight {
    pub(super) fn new() -> Self {
        let log = Log {
            events: Vec::new(),
            view: None,
            refusal: None,
            is_over: false,
        };
        Self {
            log: Mutex::new(log),
            grew: watch::Sender::new(0),
        }
    }

    /// Shows a step; `view` is the whole page after it.
    pub(super) fn show(&self, event: LinkEvent, view: Arc<LinkView>) {
        let mut log = lock(&self.log);
        log.is_over |= matches!(event, LinkEvent::Done { .. });
        log.events.push(event);
        log.view = Some(view);
        drop(log);
        self.grew.send_modify(|steps| *steps += 1);
    }

    /// Shows a page to those who watch.
    pub(super) fn show_page(&self, view: LinkView) {
        let event = LinkEvent::Identified { page: view.clone() };
        self.show(event, Arc::new(view));
    }

    /// Ends without a page.
    pub(super) fn refuse(&self, refusal: LinkRefusal) {
        let mut log = lock(&self.log);
        if !log.is_over {
            log.is_over = true;
            log.refusal = Some(refusal);
        }
        drop(log);
        self.grew.send_modify(|steps| *steps += 1);
    }

    /// The page as it is now, with what people set on `page` since it was shown.
    pub(super) fn view_with(&self, page: &Page) -> Option<Arc<LinkView>> {
        let mut log = lock(&self.log);
        let laid = log.view.as_ref().and_then(|view| page.laid_over(view));
        if let Some(laid) = laid {
            log.view = Some(Arc::new(laid));
        }
        log.view.clone()
    }

    /// The page as it is now.
    pub(super) fn view(&self) -> Option<Arc<LinkView>> {
        lock(&self.log).view.clone()
    }

    fn event(&self, index: usize) -> Option<LinkEvent> {
        lock(&self.log).events.get(index).cloned()
    }

    fn is_over(&self) -> bool {
        lock(&self.log).is_over
    }

    /// Waits until the page is known, or why there is none.
    pub(super) async fn identified(&self) -> Result<(), LinkRefusal> {
        let mut grew = self.grew.subscribe();
        loop {
            {
                let log = lock(&self.log);
                if let Some(refusal) = &log.refusal {
                    return Err(refusal.clone());
                }
                if log.view.is_some() {
                    return Ok(());
                }
            }
            if grew.changed().await.is_err() {
                return Err(LinkRefusal::Unidentified);
            }
        }
    }
}

/// One person's look at a conversion. Looking away does not stop it for others.
pub struct Conversion {
    way: Way,
}

enum Way {
    /// Everything is known already.
    Known {
        view: Arc<LinkView>,
        is_complete: bool,
        step: usize,
    },
    /// It is being found out.
    Live {
        flight: Arc<Flight>,
        grew: watch::Receiver<usize>,
        next: usize,
    },
}

impl Conversion {
    /// `is_complete` when asking again later would show nothing more.
    pub(super) const fn known(view: Arc<LinkView>, is_complete: bool) -> Self {
        Self {
            way: Way::Known {
                view,
                is_complete,
                step: 0,
            },
        }
    }

    pub(super) fn live(flight: Arc<Flight>) -> Self {
        let grew = flight.grew.subscribe();
        Self {
            way: Way::Live {
                flight,
                grew,
                next: 0,
            },
        }
    }

    /// The page as it is now.
    #[must_use]
    pub fn view(&self) -> Arc<LinkView> {
        match &self.way {
            Way::Known { view, .. } => Arc::clone(view),
            Way::Live { flight, .. } => flight
                .view()
                .expect("a conversion is given out once it is identified"),
        }
    }

    /// The next step; none after [`LinkEvent::Done`].
    pub async fn next(&mut self) -> Option<LinkEvent> {
        match &mut self.way {
            Way::Known {
                view,
                is_complete,
                step,
            } => {
                *step += 1;
                match step {
                    1 => Some(LinkEvent::Identified {
                        page: LinkView::clone(view),
                    }),
                    2 => Some(LinkEvent::Done {
                        is_complete: *is_complete,
                    }),
                    _ => None,
                }
            }
            Way::Live { flight, grew, next } => loop {
                // Marked first, so that a step shown meanwhile is not missed.
                grew.borrow_and_update();
                if let Some(event) = flight.event(*next) {
                    *next += 1;
                    return Some(event);
                }
                if flight.is_over() || grew.changed().await.is_err() {
                    return None;
                }
            },
        }
    }

    /// Waits for everything that a person waits for, and gives the page.
    pub async fn finish(mut self) -> Arc<LinkView> {
        if let Way::Live { .. } = self.way {
            while self.next().await.is_some() {}
        }
        self.view()
    }
}
