//! Sends the letters that wait, one by one, until the mail server takes or refuses each.

use std::time::Duration;

use base::{Secret, Timestamp};
use outbound::{Letter, Mailer, NotSent};
use store::{MailRow, StoreError};
use texts::Language;

use crate::due::{ATTEMPTS_MAX, BATCH, EVERY, FOR_A_WEEK, next_look, work_off};
use crate::{App, Job, JobState};

/// How long nobody else sends a letter that is being sent: longer than sending a batch of them takes.
const LEASE: Duration = Duration::from_secs(15 * 60);

/// Sends what is due, until the server stops. Without a mail server letters wait for the operator.
pub(crate) async fn keep_mail(app: App) {
    let Some(mailer) = app.inner.links.outbound().mailer().cloned() else {
        app.note_job(Job::Letters, JobState::Off);
        return;
    };
    loop {
        let mut failure = None;
        if let Err(error) = send_due(&app, &mailer).await {
            let reference = app.reference();
            tracing::error!(%reference, %error, "letters could not be read; trying again in a moment");
            failure = Some(reference);
        }
        app.note_run(Job::Letters, failure, app.now().after(EVERY));
        if !next_look(&app, &app.inner.accounts.mail_waits).await {
            return;
        }
    }
}

async fn send_due(app: &App, mailer: &Mailer) -> Result<(), StoreError> {
    let store = &app.inner.store;
    let take = |now: Timestamp| store.take_due_mails(now, now.after(LEASE), BATCH);
    work_off(app, take, |mail| send(app, mailer, mail)).await
}

async fn send(app: &App, mailer: &Mailer, mail: MailRow) -> Result<(), StoreError> {
    let store = &app.inner.store;
    let now = app.now();
    let sent = match Letter::from_outbox(&mail.template, mail.letter.expose()) {
        Ok((to, letter)) => {
            let language = Language::asked(Some(&mail.language)).unwrap_or(Language::English);
            let unique = Secret::new(app.entropy().bytes16());
            mailer.send(&letter, &to, language, now, unique).await
        }
        Err(_) => Err(NotSent::Unwritable),
    };
    app.inner.status.note_letter(sent, app.now());
    match sent {
        Ok(()) => {
            store.delete_mail(mail.id).await?;
        }
        Err(error) => {
            let reference = app.reference();
            tracing::warn!(%reference, %error, "a letter was not taken");
            match next_turn(error, mail.attempts, app.now()) {
                Some(next_at) => store.put_off_mail(mail.id, next_at).await?,
                None => store.delete_mail(mail.id).await?,
            };
        }
    }
    Ok(())
}

/// When to try again after `attempts` that failed; never, where that is no use.
fn next_turn(error: NotSent, attempts: u32, now: Timestamp) -> Option<Timestamp> {
    if error.is_final() || attempts >= ATTEMPTS_MAX {
        return None;
    }
    Some(FOR_A_WEEK.next(attempts, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(error: NotSent, attempts: u32) -> Option<Duration> {
        let now = Timestamp::from_unix_ms(0);
        next_turn(error, attempts, now).map(|next| next.since(now))
    }

    #[test]
    fn pauses_grow_from_a_minute_to_half_a_day() {
        let minutes = [1, 4, 16, 64, 256, 720, 720];
        for (attempts, minutes) in (1..).zip(minutes) {
            let expected = Some(Duration::from_secs(minutes * 60));
            assert_eq!(pause(NotSent::Later(450), attempts), expected);
            assert_eq!(pause(NotSent::Unreachable, attempts), expected);
        }
    }

    #[test]
    fn what_is_refused_or_was_tried_too_often_is_not_tried_again() {
        assert_eq!(pause(NotSent::Refused(550), 1), None);
        assert_eq!(pause(NotSent::Unwritable, 1), None);
        assert_eq!(pause(NotSent::Later(450), ATTEMPTS_MAX), None);
        assert!(
            pause(NotSent::Later(535), 1).is_some(),
            "our own password is put right"
        );
    }
}
