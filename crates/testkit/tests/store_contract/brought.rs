//! What members bring along from another installation.

use account::UserName;
use base::{EntryId, OsEntropy, Personal};
use protocol::RoomCode;
use store::{Brought, SavedRoom, TakenIn};

use crate::home::{Home, at};
use crate::on_both_databases;
use crate::operator::member;

on_both_databases! {
    what_is_brought_along_is_taken_in_once_and_takes_nobodys_name,
}

fn room(name: &str, seconds: u64) -> SavedRoom {
    SavedRoom {
        id: EntryId::new(&OsEntropy),
        name: Personal::new(name.to_owned()),
        code: RoomCode::random(8, &OsEntropy),
        password_hash: None,
        has_queue: true,
        ask_first: false,
        saved_at: at(seconds),
    }
}

fn brought() -> Brought {
    Brought {
        user_name: Some(UserName::parse("Ada Vale").unwrap()),
        language: Some("ru".to_owned()),
        theme: Some("dark".to_owned()),
        rooms: vec![room("Kitchen", 1), room("Hall", 1), room("Kitchen", 2)],
        rooms_max: 2,
        ..Brought::default()
    }
}

async fn what_is_brought_along_is_taken_in_once_and_takes_nobodys_name(home: Home) {
    let store = home.store().await;
    let (ada, other) = (member(&store).await, member(&store).await);
    let first = store.take_in(ada, &brought(), at(10)).await.unwrap();
    let [whole, nothing] = [(true, 2), (false, 0)].map(|(has_name, rooms)| {
        Some(TakenIn {
            has_name,
            rooms,
            looked_at: 0,
        })
    });
    assert_eq!(first, whole, "no more rooms than they may have");
    let profile = store.account(ada).await.unwrap().unwrap().profile;
    assert_eq!(profile.language.as_deref(), Some("ru"));
    let again = Brought {
        user_name: None,
        rooms_max: 9,
        rooms: brought().rooms[..2].to_vec(),
        ..Brought::default()
    };
    let again = store.take_in(ada, &again, at(11)).await.unwrap();
    assert_eq!(again, nothing, "both are there");
    let profile = store.account(ada).await.unwrap().unwrap().profile;
    assert_eq!(
        profile.language.as_deref(),
        Some("ru"),
        "nothing is emptied"
    );
    let wish = Brought {
        rooms: Vec::new(),
        ..brought()
    };
    let theirs = store.take_in(other, &wish, at(12)).await.unwrap();
    assert_eq!(theirs, nothing, "the name is somebody's");
    let gone = base::AccountId::new(at(0), &OsEntropy);
    assert_eq!(store.take_in(gone, &brought(), at(13)).await.unwrap(), None);
}
