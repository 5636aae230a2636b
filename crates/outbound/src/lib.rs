//! The only way out: music providers, where short links lead, pictures, and upstreams where people sign in. Each is asked
//! within its budget, and told a title, an artist, a code, a duration or its own id; never who asks. An upstream is told
//! the code that a person brought from there, and nothing else of them. Letters go to the operator's mail server. The
//! payment service is told the name that it gave an account itself, and a check against robots what it gave a browser.
//! The operator's own collector is told what failed.
//!
//! [`Outbound::ask`] takes a [`Question`] to one provider and brings back what it lists, or a typed [`Failure`].
//! Requests go to hosts of the [register](hosts) only, by https and to public addresses, or to the operator's mirror
//! of such a host. Nothing is followed, nothing is remembered between requests but tokens of the operator's own.
//!
//! This crate does not know rooms, pages, the database, or who asks.

mod breaker;
mod budget;
mod checks;
mod collector;
mod desk;
mod failure;
mod http;
mod mail;
mod outbound;
mod payments;
mod picture;
mod provider;
mod providers;
mod public_address;
mod question;
mod register;
mod route;
mod settings;
mod short_link;
mod upstreams;
mod wire;

pub use checks::NotConfirmed;
pub use collector::{Collector, CollectorCounts, FailureNote, NotTold};
pub use failure::Failure;
pub use mail::{BadLetter, Drawn, Letter, LetterKind, Mailer, NotSent};
pub use outbound::{Outbound, ProviderState};
pub use payments::{
    BadEvent, CheckoutAsked, CheckoutPage, CheckoutState, PaymentEvent, PaymentFailure,
    PaymentFault, Period, PortalDoor, Price, PriceReading, SIGNATURE_LIFE,
};
pub use picture::{Picture, PictureType};
pub use provider::ProviderId;
pub use question::Question;
pub use register::{Host, Purpose, hosts};
pub use settings::{
    AppleMusicSettings, BadErrorSettings, BadMailSettings, BadSettings, ClientSettings,
    ErrorSettings, ItunesSettings, KeySettings, MailSettings, MailTls, PaymentSettings, Providers,
    Settings, SwitchSettings, TokenSettings, TurnstileSettings, UpstreamSettings, Upstreams,
    WidgetSettings,
};
pub use upstreams::{Identified, NotIdentified};
