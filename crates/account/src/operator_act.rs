//! What an operator may do to somebody's account, or to let somebody have one, from the page or the command line. Each is written down.

/// Something that an operator does to an account. None of it shows what the account holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountAct {
    /// Nobody can sign in to it, and everybody who was is signed out.
    Lock,
    /// It can be signed in to again.
    Unlock,
    /// Everybody who was signed in is signed out.
    SignOut,
    /// Its owner is mailed where to fetch the copy of their data; the operator does not see it.
    SendCopy,
    /// Everything of it goes.
    Erase,
}

impl AccountAct {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Lock,
        Self::Unlock,
        Self::SignOut,
        Self::SendCopy,
        Self::Erase,
    ];

    /// As stored, and as forms name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::SignOut => "sign-out",
            Self::SendCopy => "send-copy",
            Self::Erase => "erase",
        }
    }

    /// The act of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == name)
    }

    const fn event(self) -> Option<&'static str> {
        match self {
            Self::Lock => Some("operator-locked"),
            Self::Unlock => Some("operator-unlocked"),
            Self::SignOut => Some("operator-signed-out"),
            Self::SendCopy => Some("operator-sent-copy"),
            Self::Erase => None,
        }
    }
}

/// Something that an operator does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorAct {
    /// It is done to an account.
    Account(AccountAct),
    /// Somebody without an account is invited to make one. Who it is is not written down.
    Invite,
}

const INVITE: &str = "invite";

impl OperatorAct {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account(act) => act.as_str(),
            Self::Invite => INVITE,
        }
    }

    /// The act of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            INVITE => Some(Self::Invite),
            _ => AccountAct::named(name).map(Self::Account),
        }
    }

    /// The kind of event by which the owner of the account sees it, as stored; none where nobody is left to see it.
    #[must_use]
    pub const fn event(self) -> Option<&'static str> {
        match self {
            Self::Account(act) => act.event(),
            Self::Invite => None,
        }
    }
}

impl From<AccountAct> for OperatorAct {
    fn from(act: AccountAct) -> Self {
        Self::Account(act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_act_is_found_by_its_name_and_seen_by_the_owner_that_is_left() {
        for act in AccountAct::ALL {
            assert_eq!(AccountAct::named(act.as_str()), Some(act));
            let written = OperatorAct::from(act);
            assert_eq!(OperatorAct::named(written.as_str()), Some(written));
            assert_eq!(written.event().is_some(), act != AccountAct::Erase);
        }
        assert_eq!(OperatorAct::named("read"), None);
    }

    #[test]
    fn an_invitation_is_written_down_and_done_to_no_account() {
        let invite = OperatorAct::Invite;
        assert_eq!(OperatorAct::named(invite.as_str()), Some(invite));
        assert_eq!(invite.event(), None);
        assert_eq!(AccountAct::named(invite.as_str()), None);
    }
}
