//! The picture of an account: only its pixels are kept, never what its file said of place, time or camera.

use base::AvatarId;
use bytes::Bytes;

use super::{AccountRefusal, AccountView, LiveSession};
use crate::{App, pixels};

/// Pixels a side: twice what pages show, for fine screens.
const SIDE: u32 = 256;

impl App {
    /// Gives the account a picture in place of the one it had: decoded, cut to a square and encoded anew, under another
    /// random name.
    pub async fn set_avatar(
        &self,
        session: &LiveSession,
        picture: Bytes,
    ) -> Result<AccountView, AccountRefusal> {
        let jpeg = self.squared(picture).await;
        let jpeg = jpeg.ok_or(AccountRefusal::BadPicture)?;
        let (account, id) = (session.account(), AvatarId::new(self.entropy()));
        let set = self.inner.store.set_avatar(account, id, &jpeg, self.now());
        match set.await.map_err(|error| self.account_failure(&error))? {
            true => self.account_view(account).await,
            false => Err(AccountRefusal::NotSignedIn),
        }
    }

    /// The pixels of a picture as accounts keep them; none when it cannot be used.
    pub(crate) async fn squared(&self, picture: Bytes) -> Option<Vec<u8>> {
        let pictures = &self.inner.accounts.pictures;
        let made = pictures.run(move || pixels::square(&picture, SIDE)).await;
        made.ok().flatten()
    }

    /// Takes the picture of the account away.
    pub async fn remove_avatar(
        &self,
        session: &LiveSession,
    ) -> Result<AccountView, AccountRefusal> {
        let removed = self.inner.store.delete_avatar(session.account()).await;
        removed.map_err(|error| self.account_failure(&error))?;
        self.account_view(session.account()).await
    }

    /// The picture called `id`, as JPEG.
    pub async fn avatar(&self, id: AvatarId) -> Result<Option<Vec<u8>>, AccountRefusal> {
        let jpeg = self.inner.store.avatar(id).await;
        jpeg.map_err(|error| self.account_failure(&error))
    }
}
