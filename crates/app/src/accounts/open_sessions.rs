//! Sessions that hold sockets open, so that a session that ends takes its sockets with it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::SessionId;
use tokio_util::sync::CancellationToken;

/// The sessions of open sockets, each with what ends them.
#[derive(Clone, Default)]
pub(crate) struct OpenSessions {
    open: Arc<Mutex<HashMap<SessionId, Open>>>,
}

struct Open {
    sockets: usize,
    ended: CancellationToken,
}

/// One socket of a session, for as long as it is held.
pub struct SessionWatch {
    sessions: OpenSessions,
    session: SessionId,
    ended: CancellationToken,
}

impl OpenSessions {
    /// Counts a socket of `session`.
    pub(crate) fn watch(&self, session: SessionId) -> SessionWatch {
        let mut open = self.lock();
        let entry = open.entry(session).or_insert_with(|| Open {
            sockets: 0,
            ended: CancellationToken::new(),
        });
        entry.sockets += 1;
        SessionWatch {
            sessions: self.clone(),
            session,
            ended: entry.ended.clone(),
        }
    }

    /// Ends the sockets of `session`.
    pub(crate) fn end(&self, session: SessionId) {
        if let Some(open) = self.lock().get(&session) {
            open.ended.cancel();
        }
    }

    /// Every session that holds a socket open.
    pub(crate) fn all(&self) -> Vec<SessionId> {
        self.lock().keys().copied().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<SessionId, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SessionWatch {
    /// Completes when the session has ended.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Drop for SessionWatch {
    fn drop(&mut self) {
        let mut open = self.sessions.lock();
        if let Some(entry) = open.get_mut(&self.session) {
            entry.sockets -= 1;
            if entry.sockets == 0 {
                open.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OsEntropy;

    #[tokio::test]
    async fn ending_a_session_reaches_each_of_its_sockets_and_no_other() {
        let sessions = OpenSessions::default();
        let [mine, other] = [SessionId::new(&OsEntropy), SessionId::new(&OsEntropy)];
        let (first, second, foreign) = (
            sessions.watch(mine),
            sessions.watch(mine),
            sessions.watch(other),
        );
        sessions.end(mine);
        first.ended().await;
        second.ended().await;
        assert!(!foreign.ended.is_cancelled());
        drop((first, second));
        assert_eq!(sessions.all(), [other]);
    }
}
