//! What the operator does about plans by the command line.

use account::plans::Plan;
use unisono::Settings;
use unisono::plan_command::{KeptPlanCommand, NoPlan};

use super::super::accounts::member;
use super::*;

async fn run(app: &TestApp, command: KeptPlanCommand) -> Result<String, NoPlan> {
    let settings = Settings {
        plans: Some(PlanSettings::default()),
        ..Settings::default()
    };
    let store = app.store().await;
    let now = base::Clock::now(&app.clock);
    let done = command.run(&store, &settings, now).await;
    store.close().await;
    done
}

fn gift(address: &str, until: &str) -> KeptPlanCommand {
    let (address, until) = (address.to_owned(), until.to_owned());
    KeptPlanCommand::Gift { address, until }
}

fn end(address: &str) -> KeptPlanCommand {
    let address = address.to_owned();
    KeptPlanCommand::End { address }
}

async fn plan(app: &TestApp, account: AccountId) -> Plan {
    // What was read before is believed no more.
    app.clock.advance(Duration::from_secs(2));
    app.app().plan_of(account).await.unwrap()
}

#[tokio::test]
async fn a_gift_lasts_to_the_end_of_its_day_or_until_it_is_taken_back() {
    let app = start().await;
    for email in ["ada@example.org", "ben@example.org"] {
        member(&app, email).await;
    }
    let ada = account_of(&app, "ada@example.org").await;
    let counts = async || run(&app, KeptPlanCommand::Counts).await.unwrap();
    assert_eq!(counts().await, "Pro   0\nfree  2");
    let given = run(&app, gift("ada@example.org", "2026-11-23")).await;
    let expected = format!("{ada} has Pro until the end of 2026-11-23, UTC.");
    assert_eq!(given.unwrap(), expected);
    assert_eq!(plan(&app, ada).await, Plan::Pro);
    assert_eq!(counts().await, "Pro   1\nfree  1");
    let ended = run(&app, end("ada@example.org")).await;
    let expected = format!("{ada} has no gift any more. What was bought stays.");
    assert_eq!(ended.unwrap(), expected);
    assert_eq!(plan(&app, ada).await, Plan::Free);
    run(&app, gift("ada@example.org", "2026-11-23"))
        .await
        .unwrap();
    app.clock.advance(MINUTE * 60 * 47);
    assert_eq!(plan(&app, ada).await, Plan::Pro);
    app.clock.advance(MINUTE * 60);
    assert_eq!(plan(&app, ada).await, Plan::Free);
    assert_eq!(counts().await, "Pro   0\nfree  2");
    app.stop().await;
}

#[tokio::test]
async fn nothing_is_given_to_nobody_or_for_a_day_that_is_over() {
    let app = start().await;
    member(&app, "ada@example.org").await;
    for address in ["ada@example.com", "no address"] {
        let given = run(&app, gift(address, "2027-01-31")).await;
        assert!(matches!(given, Err(NoPlan::Unknown)), "{address}");
        let ended = run(&app, end(address)).await;
        assert!(matches!(ended, Err(NoPlan::Unknown)), "{address}");
    }
    for day in ["2026-11-21", "2026-11-31", "soon"] {
        let given = run(&app, gift("ada@example.org", day)).await;
        assert!(matches!(given, Err(NoPlan::BadDay)), "{day}");
    }
    let counted = run(&app, KeptPlanCommand::Counts).await.unwrap();
    assert_eq!(counted, "Pro   0\nfree  1");
    app.stop().await;
}
