//! Who asks, as far as accounts care.

use account::DeviceFamily;
use base::{ClientKey, Secret};

/// Somebody at a door. Of it all, only the family of the device is ever kept.
#[derive(Clone)]
pub struct Caller {
    /// What stands for their address today.
    pub(crate) client: ClientKey,
    /// Family of browser and system.
    pub(crate) device: DeviceFamily,
    /// The language of the page, as a tag; mails are written in it until the account names another.
    pub(crate) language: &'static str,
    /// The token of a session that their browser showed.
    pub(crate) holds: Option<Secret<String>>,
}

impl Caller {
    /// A caller with the text that their program gives as its name (`User-Agent`), of which only the family is kept.
    #[must_use]
    pub fn new(client: ClientKey, user_agent: &str, language: &'static str) -> Self {
        Self {
            client,
            device: DeviceFamily::of(user_agent),
            language,
            holds: None,
        }
    }

    /// The same with the token that the browser showed: signing in ends the session that it names.
    #[must_use]
    pub fn holding(self, token: Option<Secret<String>>) -> Self {
        Self {
            holds: token,
            ..self
        }
    }
}
