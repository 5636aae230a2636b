//! What leads somebody here: an invitation to make an account, and the way to the copy of one's data.

use account::{AccountAct, EmailAddress, OperatorAct, RegistrationRule};
use base::{Clock, OsEntropy, Secret, SystemClock};
use outbound::Letter;
use store::{NewMail, Store};
use texts::Language;

use super::{NoAccount, find, note};
use crate::settings::Settings;

/// Gives the link by which the owner of an address makes an account, or puts a letter with it into the outbox.
pub(super) async fn invite(
    store: &Store,
    settings: &Settings,
    address: &str,
    mail_in: Option<&str>,
) -> Result<String, NoAccount> {
    if settings.accounts.registration != RegistrationRule::Invited {
        return Err(NoAccount::NotByInvitation);
    }
    let origin = origin(settings)?;
    let email = EmailAddress::parse(address).map_err(|_| NoAccount::BadAddress)?;
    let language = match mail_in {
        Some(tag) => Some(Language::asked(Some(tag)).ok_or(NoAccount::BadLanguage)?),
        None => None,
    };
    note(store, OperatorAct::Invite, None).await?;
    let drawn = (SystemClock.now(), &OsEntropy as &dyn base::Entropy);
    let key = app::invitation_key(store, &OsEntropy).await?;
    let link = app::invitation_link(&key, origin, &email, drawn);
    let Some(language) = language else {
        return Ok(format!(
            "Pass this link on to the owner of the address. It works once, within seven days:\n{}",
            link.expose()
        ));
    };
    let letter = Letter::Invitation { address: link };
    let mail = app::new_mail(None, &email, language.tag(), &letter, drawn);
    put(store, &mail).await
}

/// Mails the owner of an account where they fetch the copy of their data, which the operator does not see.
pub(super) async fn send_copy(
    store: &Store,
    settings: &Settings,
    account: &str,
) -> Result<String, NoAccount> {
    let origin = origin(settings)?;
    let row = find(store, account).await?;
    let letter = Letter::ExportReady {
        address: Secret::new(format!("{origin}/account#data")),
    };
    let mail = app::mail_to(&row, &letter, SystemClock.now(), &OsEntropy);
    let mail = mail.ok_or(NoAccount::NoAddress)?;
    note(store, AccountAct::SendCopy, Some(row.id)).await?;
    put(store, &mail).await
}

async fn put(store: &Store, mail: &NewMail) -> Result<String, NoAccount> {
    match store.put_mail(mail).await? {
        true => Ok("The letter is in the outbox. It is sent within a minute, or shown by: unisono mail list".to_owned()),
        false => Err(NoAccount::OutboxFull),
    }
}

fn origin(settings: &Settings) -> Result<&str, NoAccount> {
    let address = settings.public_url.as_deref();
    let address = address.ok_or(NoAccount::NoPublicAddress)?;
    Ok(address.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use account::Rank;

    use super::super::tests::store_with;
    use super::super::{AccountCommand, NoAccount};
    use super::*;

    fn settings(registration: RegistrationRule) -> Settings {
        let mut settings = Settings {
            public_url: Some("https://listen.example/".to_owned()),
            ..Settings::default()
        };
        settings.accounts.registration = registration;
        settings
    }

    fn invite(address: &str, mail_in: Option<&str>) -> AccountCommand {
        AccountCommand::Invite {
            address: address.to_owned(),
            mail_in: mail_in.map(str::to_owned),
        }
    }

    // Promise C12
    #[tokio::test]
    async fn an_invitation_is_printed_or_mailed_and_nothing_else_is_kept_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with(folder.path(), &[]).await;
        let settings = settings(RegistrationRule::Invited);
        let shown = invite("canary@example.org", None);
        let shown = shown.run(&store, &settings).await.unwrap();
        assert!(
            shown.contains("\nhttps://listen.example/register#invitation="),
            "{shown}"
        );
        assert_eq!(store.mail_count().await.unwrap(), 0);
        let mailed = invite("canary@example.org", Some("ru"));
        let mailed = mailed.run(&store, &settings).await.unwrap();
        assert!(!mailed.contains("invitation="), "{mailed}");
        let mails = store.mails(10).await.unwrap();
        assert_eq!((mails.len(), mails[0].language.as_str()), (1, "ru"));
        let acts = store.acts(10).await.unwrap();
        assert!(acts.iter().all(|row| row.account.is_none()));
        assert_eq!(
            acts.len(),
            2,
            "that somebody was invited is written down, not who"
        );
    }

    #[tokio::test]
    async fn nobody_is_invited_where_it_would_open_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with(folder.path(), &[]).await;
        for rule in [RegistrationRule::Open, RegistrationRule::Closed] {
            let refused = invite("ada@example.org", None)
                .run(&store, &settings(rule))
                .await;
            assert!(matches!(refused, Err(NoAccount::NotByInvitation)));
        }
        let settings = settings(RegistrationRule::Invited);
        let refused = invite("ada@example", None).run(&store, &settings).await;
        assert!(matches!(refused, Err(NoAccount::BadAddress)));
        let refused = invite("ada@example.org", Some("xx"))
            .run(&store, &settings)
            .await;
        assert!(matches!(refused, Err(NoAccount::BadLanguage)));
        let unnamed = Settings {
            public_url: None,
            ..settings
        };
        let refused = invite("ada@example.org", None).run(&store, &unnamed).await;
        assert!(matches!(refused, Err(NoAccount::NoPublicAddress)));
        assert!(store.acts(10).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn the_way_to_a_copy_is_mailed_to_the_proved_address_and_written_down() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with(folder.path(), &[("ada@example.org", Rank::Member)]).await;
        let account = "ada@example.org".to_owned();
        let command = AccountCommand::SendCopy { account };
        let settings = settings(RegistrationRule::Open);
        command.run(&store, &settings).await.unwrap();
        let mails = store.mails(10).await.unwrap();
        let (to, letter) =
            Letter::from_outbox(&mails[0].template, mails[0].letter.expose()).unwrap();
        let Letter::ExportReady { address } = letter else {
            panic!("another letter");
        };
        assert_eq!(to.as_typed(), "ada@example.org");
        assert_eq!(address.expose(), "https://listen.example/account#data");
        let acts = store.acts(10).await.unwrap();
        assert_eq!(acts[0].act, AccountAct::SendCopy.into());
    }
}
