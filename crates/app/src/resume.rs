//! Resume tokens: a member comes back under its id, and nobody has to be stored for it.

use base::{MemberId, RoomId, Secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Role;
use sha2::Sha256;

/// Signs and checks tokens of the form `member.role.mac`, all in one room.
pub(crate) struct ResumeTokens {
    key: Secret<[u8; 32]>,
}

impl ResumeTokens {
    pub(crate) const fn new(key: Secret<[u8; 32]>) -> Self {
        Self { key }
    }

    pub(crate) fn issue(&self, room: RoomId, member: MemberId, role: Role) -> Secret<String> {
        let mac = URL_SAFE_NO_PAD.encode(self.mac(room, member, role).finalize().into_bytes());
        Secret::new(format!("{member}.{}.{mac}", letter(role)))
    }

    /// Who comes back, if the token is one of ours for this room.
    pub(crate) fn check(&self, room: RoomId, token: &Secret<String>) -> Option<(MemberId, Role)> {
        let mut parts = token.expose().split('.');
        let member: MemberId = parts.next()?.parse().ok()?;
        let role = match parts.next()? {
            "c" => Role::Caster,
            "l" => Role::Listener,
            _ => return None,
        };
        let mac = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        // `verify_slice` compares in constant time.
        self.mac(room, member, role).verify_slice(&mac).ok()?;
        parts.next().is_none().then_some((member, role))
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{OsEntropy, Timestamp};

    #[test]
    fn a_token_opens_its_room_only_and_cannot_be_changed() {
        let tokens = ResumeTokens::new(Secret::new([7; 32]));
        let room = || RoomId::new(Timestamp::default(), &OsEntropy);
        let (mine, other, member) = (room(), room(), MemberId::new(&OsEntropy));
        let token = tokens.issue(mine, member, Role::Listener);
        assert_eq!(tokens.check(mine, &token), Some((member, Role::Listener)));
        assert_eq!(tokens.check(other, &token), None);
        assert_eq!(
            ResumeTokens::new(Secret::new([8; 32])).check(mine, &token),
            None
        );
        for forged in [
            token.expose().replace(".l.", ".c."),
            token.expose().replacen("m_", "m_0", 1),
            format!("{}.x", token.expose()),
            format!("{member}.c."),
            String::new(),
        ] {
            assert_eq!(tokens.check(mine, &Secret::new(forged)), None);
        }
    }
}
