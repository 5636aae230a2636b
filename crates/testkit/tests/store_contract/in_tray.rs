//! What waits for whoever runs an installation.

use base::{BreachId, OsEntropy};
use privacy::{Breach, BreachFacts};
use store::{InTray, RequestAnswer, Waiting};

use crate::answers::erasure_asked;
use crate::home::{Home, at};
use crate::on_both_databases;
use crate::operator::{legal_row, member};
use crate::support::open;

on_both_databases! {
    what_waits_is_counted_since_its_oldest_until_it_is_done,
}

fn waits(count: u64, since: u64) -> Waiting {
    let since = Some(at(since));
    Waiting { count, since }
}

async fn what_waits_is_counted_since_its_oldest_until_it_is_done(home: Home) {
    let store = home.store().await;
    assert_eq!(store.in_tray().await.unwrap(), InTray::default());
    let ada = member(&store).await;
    let asked = erasure_asked(ada);
    assert!(store.insert_request(&asked, 1).await.unwrap());
    let breaches = [3, 2].map(|seconds| Breach::new(at(seconds), BreachFacts::default()));
    let ids = [0, 1].map(|second| BreachId::new(at(second), &OsEntropy));
    for (id, breach) in ids.iter().zip(&breaches) {
        store.keep_breach(*id, breach).await.unwrap();
    }
    // It need not be told: a risk for people is unlikely (GDPR, Article 33(1)).
    let facts = BreachFacts {
        no_risk_because: "The lost disk is encrypted.".to_owned(),
        ..BreachFacts::default()
    };
    let harmless = BreachId::new(at(2), &OsEntropy);
    let breach = Breach::new(at(1), facts);
    store.keep_breach(harmless, &breach).await.unwrap();
    assert_eq!(store.breach(harmless).await.unwrap(), Some(breach));
    let legal = legal_row(ada);
    store.record_legal_request(&legal).await.unwrap();
    let thread = open(&store, Some(ada), at(5)).await.unwrap();
    open(&store, None, at(4)).await.unwrap();
    let all = InTray {
        requests: waits(1, 0),
        breaches: waits(2, 2),
        legal_requests: waits(1, 0),
        threads: waits(2, 4),
    };
    assert_eq!(store.in_tray().await.unwrap(), all);
    let answer = RequestAnswer {
        outcome: "It is erased.",
        letter: None,
        erases: None,
    };
    store
        .answer_request(asked.id, &answer, at(6))
        .await
        .unwrap();
    let [_, mut told] = breaches;
    told.authority_told_at = Some(at(6));
    store.keep_breach(ids[1], &told).await.unwrap();
    let refused = legal.request.clone().refuse(at(6)).unwrap();
    let step = store.step_legal_request(&legal, &refused, None);
    step.await.unwrap();
    assert!(store.close_thread(thread, at(6)).await.unwrap());
    let rest = InTray {
        breaches: waits(1, 3),
        threads: waits(1, 4),
        ..InTray::default()
    };
    assert_eq!(store.in_tray().await.unwrap(), rest);
}
