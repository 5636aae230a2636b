//! The ceremonies of passkeys, by the library that knows them (WebAuthn Level 3, 7.1 and 7.2).
//!
//! The library draws challenges and looks at the machine's clock itself, so it stays here and out of the rules. That a
//! challenge is answered once and in time is held by the ticket around it.

use std::num::NonZeroU32;

use account::{Site, TicketKind, UserHandle};
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle64,
    Username,
};
use webauthn_rp::request::{AsciiDomain, PublicKeyCredentialDescriptor, RpId};
use webauthn_rp::response::auth::ser_relaxed::DiscoverableAuthenticationRelaxed64;
use webauthn_rp::response::register::ser_relaxed::RegistrationRelaxed;
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication64, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions,
    RegistrationServerState,
};

/// Bytes of a user handle.
const HANDLE: usize = 64;
/// Bytes of what changes with each use.
const DYNAMIC: usize = 7;
/// Shown by an authenticator that is given a name which it can't show.
const NO_NAME: &str = "unisono";

type PublicKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// An answer that does not belong to its challenge, this site, this passkey, or is no such answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the passkey's answer does not hold")]
pub(super) struct BadAnswer;

/// What the browser is asked, and what is kept until it has answered.
pub(super) struct Challenge {
    pub(super) options: Value,
    pub(super) state: Vec<u8>,
}

/// A passkey as it is kept: whose it is, how it is reached, what changes with each use, and its public key.
pub(super) struct Kept {
    handle: [u8; HANDLE],
    transports: u8,
    dynamic: [u8; DYNAMIC],
    public: Vec<u8>,
}

impl Kept {
    /// Reads what [`Kept::to_bytes`] wrote.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (handle, rest) = bytes.split_first_chunk()?;
        let (transports, rest) = rest.split_first()?;
        let (dynamic, public) = rest.split_first_chunk()?;
        Some(Self {
            handle: *handle,
            transports: *transports,
            dynamic: *dynamic,
            public: public.to_vec(),
        })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let head = [&self.handle[..], &[self.transports], &self.dynamic].concat();
        [head.as_slice(), &self.public].concat()
    }

    /// What authenticators know the account by.
    pub(super) const fn handle(&self) -> UserHandle {
        UserHandle::from_bytes(self.handle)
    }
}

/// Asks for a new passkey, on none of the authenticators that hold one of `existing`.
pub(super) fn begin_making(
    site: &Site,
    handle: &UserHandle,
    name: &str,
    existing: Vec<(Vec<u8>, Kept)>,
) -> Result<Challenge, BadAnswer> {
    let site = rp_id(site)?;
    let handle = user_handle(handle);
    let excluded = existing.into_iter().filter_map(|(id, kept)| {
        Some(PublicKeyCredentialDescriptor {
            id: CredentialId::decode(id).ok()?,
            transports: AuthTransports::decode(kept.transports).ok()?,
        })
    });
    let name = Username::try_from(name).or_else(|_| Username::try_from(NO_NAME));
    let user = PublicKeyCredentialUserEntity {
        name: name.map_err(|_| BadAnswer)?,
        id: &handle,
        display_name: None,
    };
    // Discoverable and with the person verified, by the library's own choice.
    let mut options = PublicKeyCredentialCreationOptions::passkey(&site, user, excluded.collect());
    options.timeout = life(TicketKind::PasskeyNew);
    // Verification is asked for at each use, and many authenticators fail where this is enforced.
    options.extensions.cred_protect = CredProtect::None;
    let (server, client) = options.start_ceremony().map_err(|_| BadAnswer)?;
    Ok(Challenge {
        options: serde_json::to_value(&client).map_err(|_| BadAnswer)?,
        state: server.encode().map_err(|_| BadAnswer)?,
    })
}

/// Takes a new passkey: its name at the authenticator, and what is kept of it.
pub(super) fn finish_making(
    site: &Site,
    state: &[u8],
    answer: &Value,
) -> Result<(Vec<u8>, Vec<u8>), BadAnswer> {
    let text = answer.to_string();
    let RegistrationRelaxed(answer) = read(&text)?;
    let server = RegistrationServerState::<HANDLE>::decode(state).map_err(|_| BadAnswer)?;
    let origins = [site.origin.as_str()];
    let options = RegistrationVerificationOptions::<&str, &str> {
        allowed_origins: &origins,
        error_on_unsolicited_extensions: false,
        ..RegistrationVerificationOptions::default()
    };
    let made = server.verify(&rp_id(site)?, &answer, &options);
    let (id, transports, handle, public, dynamic, _) = made.map_err(|_| BadAnswer)?.into_parts();
    let kept = Kept {
        handle: infallible(handle.encode()),
        transports: infallible(transports.encode()),
        dynamic: infallible(dynamic.encode()),
        public: infallible(public.encode()),
    };
    Ok((id.as_ref().to_vec(), kept.to_bytes()))
}

/// Asks for any passkey of this site.
pub(super) fn begin_using(site: &Site) -> Result<Challenge, BadAnswer> {
    let site = rp_id(site)?;
    let mut options = DiscoverableCredentialRequestOptions::passkey(&site);
    options.0.timeout = life(TicketKind::PasskeySignIn);
    let (server, client) = options.start_ceremony().map_err(|_| BadAnswer)?;
    Ok(Challenge {
        options: serde_json::to_value(&client).map_err(|_| BadAnswer)?,
        state: server.encode().map_err(|_| BadAnswer)?,
    })
}

/// An answer that still has to be checked.
pub(super) struct Use(DiscoverableAuthentication64);

impl Use {
    pub(super) fn read(answer: &Value) -> Result<Self, BadAnswer> {
        let answer: DiscoverableAuthenticationRelaxed64 = read(&answer.to_string())?;
        Ok(Self(answer.0))
    }

    /// Which passkey it claims to be of.
    pub(super) fn credential_id(&self) -> Vec<u8> {
        self.0.raw_id().as_ref().to_vec()
    }

    /// Checks it: challenge, site, person verified, signature, and that no copy of the passkey has counted further.
    /// Gives what is to be kept from now on.
    pub(super) fn check(
        &self,
        site: &Site,
        state: &[u8],
        kept: &[u8],
    ) -> Result<Vec<u8>, BadAnswer> {
        let mut kept = Kept::read(kept).ok_or(BadAnswer)?;
        let server = DiscoverableAuthenticationServerState::decode(state).map_err(|_| BadAnswer)?;
        let handle = user_handle(&kept.handle());
        let public = StaticState::<PublicKey>::decode(&kept.public).map_err(|_| BadAnswer)?;
        let dynamic = DynamicState::decode(kept.dynamic).map_err(|_| BadAnswer)?;
        let passkey = AuthenticatedCredential::new(self.0.raw_id(), &handle, public, dynamic);
        let mut passkey = passkey.map_err(|_| BadAnswer)?;
        let origins = [site.origin.as_str()];
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::default()
        };
        let checked = server.verify(&rp_id(site)?, &self.0, &mut passkey, &options);
        checked.map_err(|_| BadAnswer)?;
        kept.dynamic = infallible(passkey.dynamic_state().encode());
        Ok(kept.to_bytes())
    }
}

fn read<T: DeserializeOwned>(answer: &str) -> Result<T, BadAnswer> {
    serde_json::from_str(answer).map_err(|_| BadAnswer)
}

fn rp_id(site: &Site) -> Result<RpId, BadAnswer> {
    let domain = AsciiDomain::try_from(site.host.clone()).map_err(|_| BadAnswer)?;
    Ok(RpId::Domain(domain))
}

fn user_handle(handle: &UserHandle) -> UserHandle64 {
    infallible(UserHandle64::decode(*handle.bytes()))
}

/// As long as the ticket around it lives.
fn life(kind: TicketKind) -> NonZeroU32 {
    let ms = u32::try_from(kind.life().as_millis()).unwrap_or(u32::MAX);
    NonZeroU32::new(ms).unwrap_or(NonZeroU32::MAX)
}

fn infallible<T>(written: Result<T, std::convert::Infallible>) -> T {
    match written {
        Ok(value) => value,
        Err(never) => match never {},
    }
}
