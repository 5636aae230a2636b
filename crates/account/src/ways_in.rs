//! The ways into an account, the last of which cannot be taken away.

/// The last way into an account, which cannot be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is the last way into the account")]
pub struct LastWayIn;

/// How the owner of an account can sign in, and what helps when the second factor is lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaysIn {
    /// There is an address, and this server sends mails: a code can be mailed.
    pub has_mail: bool,
    /// There is a password.
    pub has_password: bool,
    /// How many passkeys there are.
    pub passkeys: usize,
    /// How many upstreams are connected.
    pub identities: usize,
    /// There is an authenticator app, so all but passkeys need a second proof.
    pub has_totp: bool,
    /// Recovery codes that were not used yet.
    pub recovery_codes_left: usize,
}

/// A way in that somebody wants to take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayIn {
    /// The password.
    Password,
    /// One passkey.
    Passkey,
    /// One upstream.
    Identity,
}

impl WaysIn {
    /// What is left without `way`.
    pub const fn without(self, way: WayIn) -> Result<Self, LastWayIn> {
        let left = match way {
            WayIn::Password => Self {
                has_password: false,
                ..self
            },
            WayIn::Passkey => Self {
                passkeys: self.passkeys.saturating_sub(1),
                ..self
            },
            WayIn::Identity => Self {
                identities: self.identities.saturating_sub(1),
                ..self
            },
        };
        if left.is_open() {
            Ok(left)
        } else {
            Err(LastWayIn)
        }
    }

    /// Whether the owner can sign in at all.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.has_mail || self.has_password || self.passkeys > 0 || self.identities > 0
    }

    /// Whether losing one thing more would lock the owner out, which the page then says.
    #[must_use]
    pub const fn is_frail(self) -> bool {
        let ways =
            self.has_mail as usize + self.has_password as usize + self.passkeys + self.identities;
        ways < 2 || (self.has_totp && self.recovery_codes_left == 0 && self.passkeys == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WAYS: [WayIn; 3] = [WayIn::Password, WayIn::Passkey, WayIn::Identity];

    #[test]
    fn the_last_way_in_stays() {
        let none = WaysIn::default();
        let one = [
            WaysIn {
                has_password: true,
                ..none
            },
            WaysIn {
                passkeys: 1,
                ..none
            },
            WaysIn {
                identities: 1,
                ..none
            },
        ];
        for (ways, way) in one.into_iter().zip(WAYS) {
            assert_eq!(ways.without(way), Err(LastWayIn), "{way:?}");
        }
    }

    #[test]
    fn with_a_mailed_code_everything_else_may_go() {
        let ways = WaysIn {
            has_mail: true,
            has_password: true,
            ..WaysIn::default()
        };
        let left = ways.without(WayIn::Password).unwrap();
        assert!(left.is_open() && left.is_frail());
    }

    #[test]
    fn an_app_without_paper_is_frail_unless_there_is_a_passkey() {
        let ways = WaysIn {
            has_mail: true,
            has_password: true,
            has_totp: true,
            ..WaysIn::default()
        };
        assert!(ways.is_frail());
        let with_paper = WaysIn {
            recovery_codes_left: 3,
            ..ways
        };
        assert!(!with_paper.is_frail());
        assert!(
            !WaysIn {
                passkeys: 1,
                ..ways
            }
            .is_frail()
        );
    }

    proptest! {
        #[test]
        fn no_row_of_removals_closes_an_open_account(
            has_mail: bool, has_password: bool, passkeys in 0_usize..4, identities in 0_usize..4,
            removals in proptest::collection::vec(0_usize..3, 0..20),
        ) {
            let none = WaysIn::default();
            let mut ways = WaysIn { has_mail, has_password, passkeys, identities, ..none };
            prop_assume!(ways.is_open());
            for way in removals {
                ways = ways.without(WAYS[way]).unwrap_or(ways);
                prop_assert!(ways.is_open());
            }
        }
    }
}
