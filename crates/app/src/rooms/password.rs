//! The password of a room that is open: given, changed, taken away.

use base::Secret;
use protocol::RoomCode;
use protocol::room::Grant;

use crate::App;
use crate::inside::NotServed;
use crate::room_task::Wish;

impl App {
    /// Sets what is asked of those who come to the room `code` from now on, or that nothing is, for the seat that holds
    /// `token`. Who is in stays in, and so may everybody whom the room remembers.
    pub async fn set_room_password(
        &self,
        code: RoomCode,
        token: &Secret<String>,
        password: Option<Secret<String>>,
    ) -> Result<(), NotServed> {
        let inside = self.inside(code, token).await?;
        if !inside.room.may(inside.seat, Grant::Configure) {
            return Err(NotServed::Forbidden);
        }
        let has_password = password.is_some();
        let hash = match password {
            Some(password) => Some(Secret::new(self.inner.passwords.hash(password).await)),
            None => None,
        };
        let store = &self.inner.store;
        let set = store.set_room_password(inside.id, hash.as_ref()).await;
        if !set.map_err(|error| self.not_served(&error))? {
            return Err(NotServed::NotInside);
        }
        if let Some(mailbox) = self.inner.bus.mailbox(inside.id) {
            // A room that is just being let go of reads it when it wakes.
            let _ = mailbox.send(Wish::AskPassword(has_password)).await;
        }
        Ok(())
    }
}
