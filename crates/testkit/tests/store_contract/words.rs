//! What people write reaches the database as a value, and never as a part of a statement.

use account::EmailAddress;
use base::{EntryId, OsEntropy, Personal};
use store::{ThreadMessage, ThreadRow};

use crate::home::{Home, at};

crate::on_both_databases! {
    words_that_look_like_statements_are_kept_and_looked_for_as_words,
}

const HOSTILE: [&str; 5] = [
    "'; DROP TABLE support_threads; --",
    "x' OR '1'='1",
    "\"); DELETE FROM support_threads; /*",
    "\\'; UPDATE support_threads SET topic = 'taken'; --",
    "$1 ?1 :reference {} %s",
];

async fn words_that_look_like_statements_are_kept_and_looked_for_as_words(home: Home) {
    let store = home.store().await;
    let mut kept = Vec::new();
    for words in HOSTILE {
        let there = store.thread_by_reference(words).await.unwrap();
        assert!(there.is_none(), "{words}: nothing has this reference yet");
        let thread = ThreadRow {
            id: EntryId::new(&OsEntropy),
            reference: words.to_owned(),
            account: None,
            contact: Some(EmailAddress::parse("guest@example.org").unwrap()),
            topic: words.to_owned(),
            language: words.to_owned(),
            origin: words.to_owned(),
            opened_at: at(0),
            closed_at: None,
        };
        let message = ThreadMessage {
            id: EntryId::new(&OsEntropy),
            is_answer: false,
            text: Personal::new(words.to_owned()),
            at: at(0),
        };
        assert!(store.open_thread(&thread, &message).await.unwrap());
        kept.push((words, thread, message));
    }
    for (words, thread, message) in kept {
        let found = store.thread_by_reference(words).await.unwrap().unwrap();
        assert_eq!(found.id, thread.id, "{words}");
        for column in [found.reference, found.topic, found.language, found.origin] {
            assert_eq!(column, words);
        }
        assert_eq!(store.thread_messages(thread.id).await.unwrap(), [message]);
    }
}
