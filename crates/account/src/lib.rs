//! Who somebody is and how they prove it: addresses, passwords, codes, sessions and their rules.
//!
//! This crate does not know HTTP, storage, mail or clocks.

mod device;
mod digits;
mod email;
mod invitation;
mod operator_act;
mod passkey;
mod password;
pub mod plans;
mod profile;
mod proof_of_work;
pub mod recovery;
mod session;
mod session_token;
mod sign_in;
mod throttle;
mod ticket;
mod totp;
mod upstream;
mod user_name;

pub use device::{Browser, DeviceFamily, System};
pub use email::{BadEmail, EmailAddress};
pub use invitation::{BadInvitation, INVITATION_LIFE, InvitationKey, RegistrationRule};
pub use operator_act::{AccountAct, OperatorAct};
pub use passkey::{
    BadPasskeyName, PASSKEY_ANSWER_MAX, PASSKEY_NAME_MAX, PasskeyName, Site, UserHandle,
};
pub use password::{BadPasswordHash, PasswordHash, WeakPassword, check_password};
pub use profile::{BadCountry, BadHistoryDays, BadRank, Country, HistoryDays, Rank};
pub use proof_of_work::{
    BadProof, Challenge, Difficulty, Purpose, SpentProof, WORK_DEFAULT, WorkKeys,
};
pub use session::{Proof, Session, UnknownProof, day_of};
pub use session_token::{BadToken, TokenKey, TokenKeys};
pub use sign_in::{AwaitsSecond, FirstProof, SecondProof, SignIn, Standing};
pub use throttle::{AccountKey, Act, Hold, Throttles};
pub use ticket::{BadTicketKind, Code, TicketKind, link_secret, link_secret_hash};
pub use totp::{BadTotpSecret, TotpSecret, WrongCode};
pub use upstream::{
    Attempt, BadWidget, Denied, MoreThanAsked, NoUpstream, Returned, Upstream, WIDGET_LIFE,
    WidgetAnswer, check_widget, trusted_email,
};
pub use user_name::{BadUserName, UserName};
