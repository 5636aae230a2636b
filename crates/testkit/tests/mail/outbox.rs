//! The real program sends what waits, and its log says nothing of to whom.

use std::path::Path;
use std::time::Duration;

use base::{Clock, EntryId, OsEntropy, Personal, SystemClock};
use store::{NewMail, Store};
use testkit::command::{banner, unisono};
use tokio::io::AsyncReadExt;
use unisono::{Settings, store_part};

use crate::post_office::PostOffice;
use crate::{CODE, email, letter};

async fn open(folder: &Path) -> Store {
    let settings = Settings {
        data_dir: folder.join("unisono"),
        ..Settings::default()
    };
    store_part::open(&settings, &OsEntropy).await.unwrap()
}

async fn put(store: &Store, to: &str) -> EntryId {
    let (id, now, letter) = (EntryId::new(&OsEntropy), SystemClock.now(), letter());
    let mail = NewMail {
        id,
        account: None,
        template: letter.template().to_owned(),
        language: "en".to_owned(),
        letter: Personal::new(letter.to_outbox(&email(to))),
        created_at: now,
        expires_at: now.after(letter.life()),
    };
    assert!(store.put_mail(&mail).await.unwrap());
    id
}

#[tokio::test]
async fn what_waits_is_sent_and_the_log_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = PostOffice::open(folder.path()).await;
    let store = open(folder.path()).await;
    let sent = put(&store, "canary@example.org").await;
    let refused = put(&store, "nobody-canary@example.org").await;
    let put_off = put(&store, "grey-canary@example.org").await;
    let settings = office.settings();
    let mut serve = unisono(&["serve"], folder.path());
    serve
        .env("UNISONO_LISTEN", "127.0.0.1:0")
        .env("UNISONO_PUBLIC_URL", "http://localhost")
        .env("UNISONO_MAIL__HOST", &settings.host)
        .env("UNISONO_MAIL__PORT", settings.port().to_string())
        .env("UNISONO_MAIL__USER", &settings.user)
        .env("UNISONO_MAIL__PASSWORD", "canary-password")
        .env("UNISONO_MAIL__FROM", &settings.from)
        .env("UNISONO_MAIL__CERTIFICATE", settings.certificate.unwrap());
    let (mut child, mut log) = banner(&mut serve).await;
    let message = office.message().await;
    assert_eq!(message["to"][0], "canary@example.org");
    assert!(
        message["parts"]["text/plain"]
            .as_str()
            .unwrap()
            .contains(CODE)
    );
    until(async || store.mail_count().await.unwrap() == 1).await;
    assert!(store.mail(sent).await.unwrap().is_none());
    assert!(store.mail(refused).await.unwrap().is_none());
    until(async || {
        let row = store.mail(put_off).await.unwrap().unwrap();
        row.attempts == 1 && row.next_at.since(row.created_at) < Duration::from_secs(300)
    })
    .await;
    child.kill().await.unwrap();
    let mut errors = child.stderr.take().unwrap();
    errors.read_to_string(&mut log).await.unwrap();
    assert!(log.contains("a letter was not taken"), "{log}");
    for canary in ["canary", CODE, "example.org"] {
        assert!(!log.contains(canary), "{canary} in {log}");
    }
}

/// Waits until it is so; a test that waits in vain is ended by its runner.
async fn until(is_so: impl AsyncFn() -> bool) {
    while !is_so().await {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
