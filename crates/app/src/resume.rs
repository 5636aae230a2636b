//! Resume tokens: a member comes back under its id, and nobody has to be stored for it.
//!
//! A token names its room, so that it is known to be ours before the store is asked anything.

use base::{MemberId, RoomId, Secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Role;
use sha2::Sha256;

/// Who comes back, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Returning {
    pub(crate) room: RoomId,
    pub(crate) member: MemberId,
    pub(crate) role: Role,
}

/// Signs and checks tokens of the form `room.member.role.mac`.
pub(crate) struct ResumeTokens {
    key: Secret<[u8; 32]>,
}

impl ResumeTokens {
    pub(crate) const fn new(key: Secret<[u8; 32]>) -> Self {
        Self { key }
    }

    pub(crate) fn issue(&self, room: RoomId, member: MemberId, role: Role) -> Secret<String> {
        let mac = URL_SAFE_NO_PAD.encode(self.mac(room, member, role).finalize().into_bytes());
        Secret::new(format!("{room}.{member}.{}.{mac}", letter(role)))
    }

    /// Who comes back, if the token is one of ours.
    pub(crate) fn check(&self, token: &Secret<String>) -> Option<Returning> {
        let mut parts = token.expose().split('.');
        let room: RoomId = parts.next()?.parse().ok()?;
        let member: MemberId = parts.next()?.parse().ok()?;
        let role = match parts.next()? {
            "c" => Role::Caster,
            "l" => Role::Listener,
            "p" => Role::Peer,
            _ => return None,
        };
        let mac = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        // `verify_slice` compares in constant time.
        self.mac(room, member, role).verify_slice(&mac).ok()?;
        let is_whole = parts.next().is_none();
        is_whole.then_some(Returning { room, member, role })
    }

    fn mac(&self, room: RoomId, member: MemberId, role: Role) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.expose())
            .expect("HMAC takes a key of any length");
        mac.update(format!("unisono/1 resume\0{room}\0{member}\0{}", letter(role)).as_bytes());
        mac
    }
}

const fn letter(role: Role) -> &'static str {
    match role {
        Role::Caster => "c",
        Role::Listener => "l",
        Role::Peer => "p",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{OsEntropy, Timestamp};

    #[test]
    fn a_token_names_who_comes_back_and_cannot_be_changed() {
        let tokens = ResumeTokens::new(Secret::new([7; 32]));
        let (member, role) = (MemberId::new(&OsEntropy), Role::Listener);
        let room = RoomId::new(Timestamp::default(), &OsEntropy);
        let token = tokens.issue(room, member, role);
        let returning = Returning { room, member, role };
        assert_eq!(tokens.check(&token), Some(returning));
        assert_eq!(ResumeTokens::new(Secret::new([8; 32])).check(&token), None);
        let other = RoomId::new(Timestamp::default(), &OsEntropy).to_string();
        for forged in [
            token.expose().replace(".l.", ".c."),
            token.expose().replace(&room.to_string(), &other),
            format!("{}.x", token.expose()),
            format!("{room}.{member}.c."),
            String::new(),
        ] {
            assert_eq!(tokens.check(&Secret::new(forged)), None);
        }
    }
}
