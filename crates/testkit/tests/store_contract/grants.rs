//! What members let whoever runs the installation look at: never more, never longer, and each look noted.

use base::{AccountId, EntryId, OsEntropy, Timestamp};
use privacy::{GrantLength, GrantScope, Subject};
use store::{GRANT_VIEWS_MAX, GRANTS_MAX, GrantRow, Store, plans};

use crate::home::{Home, at};
use crate::on_both_databases;
use crate::operator::member;

on_both_databases! {
    a_grant_opens_one_kind_of_one_account_until_its_end,
    what_is_taken_back_opens_nothing,
    a_new_grant_takes_the_place_of_one_that_runs,
    of_two_that_are_given_at_once_one_runs,
    after_a_restore_nothing_is_open_that_may_have_been_taken_back,
    a_locked_account_opens_nothing,
    grants_and_looks_are_bounded,
    grants_go_with_their_looks_after_ninety_days,
    only_what_the_grant_says_is_read,
}

const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;
const OPERATOR: &str = "0123456789abcdef";

/// A grant for an hour.
async fn give(
    store: &Store,
    account: AccountId,
    scope: GrantScope,
    given_at: Timestamp,
) -> EntryId {
    let id = EntryId::new(&OsEntropy);
    let grant = GrantRow {
        id,
        account,
        scope,
        given_at,
        ends_at: GrantLength::Hour.end(given_at),
        revoked_at: None,
    };
    assert!(store.give_grant(&grant).await.unwrap());
    id
}

async fn look(store: &Store, account: AccountId, scope: GrantScope, now: Timestamp) -> bool {
    let id = EntryId::new(&OsEntropy);
    let noted = store.note_granted_view(id, (account, scope), OPERATOR, now);
    noted.await.unwrap()
}

async fn looks(store: &Store, account: AccountId) -> usize {
    store.granted_views_of(account).await.unwrap().len()
}

async fn a_grant_opens_one_kind_of_one_account_until_its_end(home: Home) {
    let store = home.store().await;
    let (ada, ben) = (member(&store).await, member(&store).await);
    assert!(!look(&store, ada, GrantScope::Profile, at(0)).await);
    let grant = give(&store, ada, GrantScope::Profile, at(10)).await;
    assert!(!look(&store, ada, GrantScope::Rooms, at(20)).await);
    assert!(!look(&store, ben, GrantScope::Profile, at(20)).await);
    assert!(
        !look(&store, ada, GrantScope::Profile, at(9)).await,
        "a clock that jumped back"
    );
    assert!(look(&store, ada, GrantScope::Profile, at(10)).await);
    assert!(look(&store, ada, GrantScope::Profile, at(9 + HOUR)).await);
    assert_eq!(
        store.running_grants(at(9 + HOUR)).await.unwrap()[0].id,
        grant
    );
    assert!(!look(&store, ada, GrantScope::Profile, at(10 + HOUR)).await);
    assert_eq!(store.running_grants(at(10 + HOUR)).await.unwrap(), []);
    let noted = store.granted_views_of(ada).await.unwrap();
    let noted: Vec<_> = noted
        .iter()
        .map(|look| (look.grant, &*look.operator, look.at))
        .collect();
    assert_eq!(
        noted,
        [(grant, OPERATOR, at(9 + HOUR)), (grant, OPERATOR, at(10))]
    );
    assert_eq!(looks(&store, ben).await, 0);
}

async fn what_is_taken_back_opens_nothing(home: Home) {
    let store = home.store().await;
    let (ada, ben) = (member(&store).await, member(&store).await);
    let grant = give(&store, ada, GrantScope::History, at(0)).await;
    assert!(
        !store.revoke_grant(ben, grant, at(1)).await.unwrap(),
        "it is not theirs"
    );
    assert!(look(&store, ada, GrantScope::History, at(1)).await);
    assert!(store.revoke_grant(ada, grant, at(2)).await.unwrap());
    assert!(
        !store.revoke_grant(ada, grant, at(3)).await.unwrap(),
        "it is over"
    );
    assert!(!look(&store, ada, GrantScope::History, at(3)).await);
    assert_eq!(
        store.grants_of(ada).await.unwrap()[0].revoked_at,
        Some(at(2))
    );
    assert_eq!(looks(&store, ada).await, 1);
}

async fn a_new_grant_takes_the_place_of_one_that_runs(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    let first = give(&store, ada, GrantScope::Rooms, at(0)).await;
    let other = give(&store, ada, GrantScope::Plan, at(0)).await;
    let second = give(&store, ada, GrantScope::Rooms, at(60)).await;
    let mut running: Vec<EntryId> = Vec::new();
    for grant in store.running_grants(at(61)).await.unwrap() {
        running.push(grant.id);
    }
    assert_eq!(running, [other, second]);
    let rows = store.grants_of(ada).await.unwrap();
    let replaced = rows.iter().find(|row| row.id == first).unwrap();
    assert_eq!(replaced.revoked_at, Some(at(60)));
}

async fn of_two_that_are_given_at_once_one_runs(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    for minute in 0..5 {
        let now = at(60 * minute);
        let (one, other) = tokio::join!(
            give(&store, ada, GrantScope::Rooms, now),
            give(&store, ada, GrantScope::Rooms, now),
        );
        let running = store.running_grants(now).await.unwrap();
        assert_eq!(running.len(), 1, "of {one} and {other}");
    }
}

async fn after_a_restore_nothing_is_open_that_may_have_been_taken_back(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    give(&store, ada, GrantScope::Rooms, at(0)).await;
    store.begin_anew(at(60)).await.unwrap();
    assert_eq!(store.running_grants(at(61)).await.unwrap(), []);
    assert!(!look(&store, ada, GrantScope::Rooms, at(61)).await);
}

async fn a_locked_account_opens_nothing(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    give(&store, ada, GrantScope::SignIns, at(0)).await;
    store.set_locked(ada, Some(at(1))).await.unwrap();
    assert!(!look(&store, ada, GrantScope::SignIns, at(2)).await);
    assert_eq!(store.running_grants(at(2)).await.unwrap(), []);
    store.set_locked(ada, None).await.unwrap();
    assert!(look(&store, ada, GrantScope::SignIns, at(3)).await);
}

async fn grants_and_looks_are_bounded(home: Home) {
    let store = home.store().await;
    let (ada, ben) = (member(&store).await, member(&store).await);
    for second in 0..u64::from(GRANTS_MAX) {
        give(&store, ada, GrantScope::Notices, at(second)).await;
    }
    let one_more = GrantRow {
        id: EntryId::new(&OsEntropy),
        given_at: at(500),
        ..store.grants_of(ada).await.unwrap().remove(0)
    };
    assert!(!store.give_grant(&one_more).await.unwrap());
    let running = store.running_grants(at(501)).await.unwrap();
    assert_eq!(running.len(), 1, "what is refused takes nobody's place");
    give(&store, ben, GrantScope::Notices, at(500)).await;
    for _ in 0..GRANT_VIEWS_MAX {
        assert!(look(&store, ben, GrantScope::Notices, at(501)).await);
    }
    assert!(!look(&store, ben, GrantScope::Notices, at(501)).await);
}

async fn grants_go_with_their_looks_after_ninety_days(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    give(&store, ada, GrantScope::Profile, at(0)).await;
    assert!(look(&store, ada, GrantScope::Profile, at(1)).await);
    store.sweep(at(90 * DAY - 1)).await.unwrap();
    assert_eq!(
        (
            store.grants_of(ada).await.unwrap().len(),
            looks(&store, ada).await
        ),
        (1, 1)
    );
    let swept = store.sweep(at(90 * DAY)).await.unwrap();
    assert_eq!(swept.get("support_grants"), Some(&1));
    let subject = Subject::of_account(ada);
    let left = store.counts_of(&subject).await.unwrap();
    let tables = ["support_grants", "support_views"];
    assert!(
        tables.iter().all(|table| !left.contains_key(*table)),
        "{left:?}"
    );
}

async fn only_what_the_grant_says_is_read(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    let subject = Subject::of_account(ada);
    for scope in GrantScope::ALL {
        for copy in store.granted_of(&subject, scope).await.unwrap() {
            for column in &copy.table.columns {
                assert_eq!(column.rule.grant, Some(scope), "{}", column.name);
            }
        }
        let planned = &plans().granted[&scope].tables;
        assert!(!planned.is_empty(), "{scope} shows something");
    }
    let profile = store
        .granted_of(&subject, GrantScope::Profile)
        .await
        .unwrap();
    assert_eq!(profile[0].table.holding.table, "accounts");
    let shown = format!("{profile:?}");
    assert!(!shown.contains("@example.org"), "no address");
}
