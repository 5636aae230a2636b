//! Sessions that hold sockets open, so that a session that ends takes its sockets with it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use base::{AccountId, SessionId};
use tokio_util::sync::CancellationToken;

/// The sessions of open sockets, each with what ends them.
#[derive(Clone, Default)]
pub(crate) struct OpenSessions {
    /// What ends them lives as long as a socket holds it.
    open: Arc<Mutex<HashMap<SessionId, Weak<CancellationToken>>>>,
}

/// One socket of a session, for as long as it is held.
pub struct SessionWatch {
    account: AccountId,
    ended: Arc<CancellationToken>,
}

impl OpenSessions {
    /// Counts a socket of `session`, which is `account`'s.
    pub(crate) fn watch(&self, session: SessionId, account: AccountId) -> SessionWatch {
        let mut open = self.lock();
        let held = open.get(&session).and_then(Weak::upgrade);
        let ended = held.unwrap_or_default();
        open.insert(session, Arc::downgrade(&ended));
        SessionWatch { account, ended }
    }

    /// Ends the sockets of `session`.
    pub(crate) fn end(&self, session: SessionId) {
        if let Some(ended) = self.lock().get(&session).and_then(Weak::upgrade) {
            ended.cancel();
        }
    }

    /// The session called `old` is called `new` from now on; its sockets stay.
    pub(crate) fn rename(&self, old: SessionId, new: SessionId) {
        let mut open = self.lock();
        if let Some(ended) = open.remove(&old) {
            open.insert(new, ended);
        }
    }

    /// Every session that holds a socket open.
    pub(crate) fn all(&self) -> Vec<SessionId> {
        let mut open = self.lock();
        open.retain(|_, ended| ended.strong_count() > 0);
        open.keys().copied().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<SessionId, Weak<CancellationToken>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SessionWatch {
    /// Whose session it is.
    pub(crate) const fn account(&self) -> AccountId {
        self.account
    }

    /// Completes when the session has ended.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{OsEntropy, Timestamp};

    #[tokio::test]
    async fn ending_a_session_reaches_each_of_its_sockets_and_no_other() {
        let sessions = OpenSessions::default();
        let [mine, other] = [SessionId::new(&OsEntropy), SessionId::new(&OsEntropy)];
        let account = AccountId::new(Timestamp::default(), &OsEntropy);
        let (first, second, foreign) = (
            sessions.watch(mine, account),
            sessions.watch(mine, account),
            sessions.watch(other, account),
        );
        sessions.end(mine);
        first.ended().await;
        second.ended().await;
        assert!(!foreign.ended.is_cancelled());
        drop((first, second));
        assert_eq!(sessions.all(), [other]);
    }

    #[tokio::test]
    async fn a_session_that_is_called_otherwise_keeps_its_sockets() {
        let sessions = OpenSessions::default();
        let [old, new] = [SessionId::new(&OsEntropy), SessionId::new(&OsEntropy)];
        let watch = sessions.watch(old, AccountId::new(Timestamp::default(), &OsEntropy));
        sessions.rename(old, new);
        sessions.end(old);
        assert!(!watch.ended.is_cancelled());
        sessions.end(new);
        watch.ended().await;
    }
}
