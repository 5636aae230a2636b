//! Nodes of one installation.

use base::Secret;
use testkit::TestApp;
use testkit::postgres::Postgres;
use unisono::Settings;

/// Two that share a database.
pub(crate) struct TwoNodes {
    pub(crate) here: TestApp,
    pub(crate) there: TestApp,
    /// Goes when they have.
    _postgres: Postgres,
}

impl TwoNodes {
    pub(crate) async fn start() -> Self {
        let postgres = Postgres::start().unwrap();
        Self {
            here: node_at(&postgres).await,
            there: node_at(&postgres).await,
            _postgres: postgres,
        }
    }

    pub(crate) async fn stop(self) {
        self.here.stop().await;
        self.there.stop().await;
    }
}

/// A node of those that share a database.
pub(crate) async fn node_at(postgres: &Postgres) -> TestApp {
    node_with(postgres, |_| {}).await
}

/// The same with settings that were `changed` first.
pub(crate) async fn node_with(postgres: &Postgres, change: impl FnOnce(&mut Settings)) -> TestApp {
    let url = Secret::new(postgres.url());
    TestApp::start_with(|settings| {
        settings.database_url = Some(url);
        // Nodes that share a database share the key of what is sealed in it.
        settings.sealing_key = Some(Secret::new("5e".repeat(32)));
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        change(settings);
    })
    .await
}
