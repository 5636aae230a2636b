//! The store's contract: each claim is tried on SQLite and on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

mod accounts;
mod answers;
mod brought;
mod grants;
mod home;
mod in_tray;
mod links;
mod opening;
mod operator;
mod payments;
mod plans;
mod policy_seen;
mod queues;
mod rewriting;
mod rooms;
mod secrets;
mod several_nodes;
mod status;
mod support;
mod words;

/// Makes one test for each claim and database. A claim is an async function that takes the [`home::Home`].
macro_rules! on_both_databases {
    ($($claim:ident,)*) => {
        mod sqlite {
            $(#[tokio::test] async fn $claim() {
                super::$claim($crate::home::Home::sqlite()).await;
            })*
        }
        mod postgresql {
            $(#[tokio::test] async fn $claim() {
                super::$claim($crate::home::Home::postgresql()).await;
            })*
        }
    };
}

pub(crate) use on_both_databases;
