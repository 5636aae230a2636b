//! Google and Telegram: an ID token, checked as OpenID Connect Core, section 3.1.3.7 says.

use std::time::Duration;

use account::{Upstream, trusted_email};
use base::{Personal, Secret, Timestamp};
use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreGenderClaim, CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, ClientId, DiscoveryError, EmptyExtraTokenFields, IdTokenFields,
    IdTokenVerifier, IssuerUrl, JsonWebKeySetUrl, Nonce, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};

use super::{Errand, Identified, NotIdentified};

/// What an upstream may sign with. Each takes a public key: nothing that we both know can sign.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// How far the upstream's clock may be from ours.
const SKEW: Duration = Duration::from_secs(60);

/// The one claim beyond the standard's that is looked at: the organisation that Google runs the address for.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Organisation {
    hd: Option<Personal<String>>,
}

impl AdditionalClaims for Organisation {}

type Fields = IdTokenFields<
    Organisation,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
/// Where tokens and keys of an issuer are.
const fn addresses(upstream: Upstream) -> Option<[&'static str; 2]> {
    match upstream {
        Upstream::Google => Some([
            "https://oauth2.googleapis.com/token",
            "https://www.googleapis.com/oauth2/v3/certs",
        ]),
        Upstream::Telegram => Some([
            "https://oauth.telegram.org/token",
            "https://oauth.telegram.org/.well-known/jwks.json",
        ]),
        _ => None,
    }
}

impl Errand<'_> {
    /// Exchanges the code for an ID token, and believes what holds of it.
    pub(super) async fn by_openid(
        &self,
        code: Secret<String>,
        now: Timestamp,
    ) -> Result<Identified, NotIdentified> {
        let [token_url, keys_url] = addresses(self.client.upstream).ok_or(NotIdentified::Off)?;
        let tokens: Tokens = self.exchange(code, token_url).await?;
        let keys = self.keys(keys_url).await?;
        let id_token = tokens.id_token().ok_or(NotIdentified::Untrusted)?;
        let nonce = Nonce::new(self.attempt.nonce.expose().clone());
        let verifier = self.verifier(keys, now)?;
        let claims = id_token
            .claims(&verifier, &nonce)
            .map_err(|_| NotIdentified::Untrusted)?;
        // The library leaves this one to us.
        let party = claims.authorized_party().map(|party| party.as_str());
        if party.is_some_and(|party| party != self.client.id) {
            return Err(NotIdentified::Untrusted);
        }
        let email = claims.email().and_then(|email| {
            let has_organisation = claims.additional_claims().hd.is_some();
            let is_verified = claims.email_verified() == Some(true);
            let email = Personal::new(email.as_str().to_owned());
            trusted_email(self.client.upstream, email, is_verified, has_organisation)
        });
        Ok(Identified {
            subject: Personal::new(claims.subject().as_str().to_owned()),
            email,
            token: self.kept(&tokens),
        })
    }

    async fn keys(&self, url: &str) -> Result<CoreJsonWebKeySet, NotIdentified> {
        let url = JsonWebKeySetUrl::new(url.to_owned()).map_err(|_| NotIdentified::Untrusted)?;
        let keys = CoreJsonWebKeySet::fetch_async(&url, self.carrier).await;
        keys.map_err(|error| match error {
            DiscoveryError::Request(failure) => NotIdentified::Failed(failure),
            _ => NotIdentified::Untrusted,
        })
    }

    fn verifier(
        &self,
        keys: CoreJsonWebKeySet,
        now: Timestamp,
    ) -> Result<IdTokenVerifier<'static, CoreJsonWebKey>, NotIdentified> {
        let time = |ms: i64| DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default();
        let skew_ms = i64::try_from(SKEW.as_millis()).unwrap_or(0);
        let (earliest, latest) = (time(now.unix_ms() - skew_ms), time(now.unix_ms() + skew_ms));
        let verifier = IdTokenVerifier::new_public_client(self.id(), self.issuer()?, keys)
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || earliest)
            .set_issue_time_verifier_fn(move |issued| match issued <= latest {
                true => Ok(()),
                false => Err("issued in the future".to_owned()),
            });
        Ok(verifier)
    }

    fn id(&self) -> ClientId {
        ClientId::new(self.client.id.clone())
    }

    fn issuer(&self) -> Result<IssuerUrl, NotIdentified> {
        let issuer = self.client.upstream.issuer().to_owned();
        IssuerUrl::new(issuer).map_err(|_| NotIdentified::Untrusted)
    }
}
