//! Spotify and Yandex: a code for a token, and the token for one look at who it is about.

use base::{Personal, Secret};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenResponse,
};
use oauth2::{
    AuthorizationCode, Client, ClientId, ClientSecret, ErrorResponse, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, StandardRevocableToken, TokenResponse, TokenUrl,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{ANSWER_MAX, Errand, Identified, NotIdentified};
use crate::Failure;
use crate::http::{BodyLimit, Request};

/// What Yandex knows this server by as a device: the same for everybody, so that a person has one token at most.
pub(super) const YANDEX_DEVICE: &str = "unisono-server";

/// A client whose token endpoint answers with a `T`.
type OAuth<T> = Client<
    BasicErrorResponse,
    T,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

/// Of Spotify's profile, no more than the names that it gives an account.
#[derive(Deserialize)]
struct SpotifyProfile {
    account_id: Option<Personal<String>>,
    id: Option<Personal<String>>,
}

/// Of Yandex's, the name that it gives an account and the app that asked.
#[derive(Deserialize)]
struct YandexProfile {
    id: Personal<String>,
    client_id: Option<String>,
}

impl Errand<'_> {
    pub(super) async fn by_spotify(
        &self,
        code: Secret<String>,
    ) -> Result<Identified, NotIdentified> {
        let tokens: BasicTokenResponse = self
            .exchange(code, "https://accounts.spotify.com/api/token")
            .await?;
        let token = Secret::new(tokens.access_token().secret().clone());
        let request =
            Request::get("api.spotify.com", &["v1", "me"]).authorization("Bearer", &token);
        let profile: SpotifyProfile = self.look(request).await?;
        // Older names were chosen by their owners, so one could be made to look like an account id.
        let older = |id: Personal<String>| Personal::new(format!("id:{}", id.expose()));
        let older = profile.id.filter(|id| !id.expose().is_empty()).map(older);
        let subject = profile.account_id.or(older);
        Ok(Identified {
            subject: subject.ok_or(NotIdentified::Untrusted)?,
            email: None,
            token: self.kept(&tokens),
        })
    }

    pub(super) async fn by_yandex(
        &self,
        code: Secret<String>,
    ) -> Result<Identified, NotIdentified> {
        let tokens: BasicTokenResponse = self
            .exchange(code, "https://oauth.yandex.com/token")
            .await?;
        let token = Secret::new(tokens.access_token().secret().clone());
        let request = Request::get("login.yandex.ru", &["info"])
            .query("format", "json")
            .authorization("OAuth", &token);
        let profile: YandexProfile = self.look(request).await?;
        if profile.client_id.is_some_and(|app| app != self.client.id) {
            return Err(NotIdentified::Untrusted);
        }
        Ok(Identified {
            subject: profile.id,
            email: None,
            token: self.kept(&tokens),
        })
    }

    /// Exchanges the code for tokens, and takes them only if they open no more than was asked for.
    pub(super) async fn exchange<T: TokenResponse>(
        &self,
        code: Secret<String>,
        url: &str,
    ) -> Result<T, NotIdentified> {
        let untrusted = |_| NotIdentified::Untrusted;
        let client: OAuth<T> = Client::new(ClientId::new(self.client.id.clone()));
        let client = client
            .set_client_secret(ClientSecret::new(self.client.secret.expose().clone()))
            .set_redirect_uri(RedirectUrl::new(self.back_to.to_owned()).map_err(untrusted)?)
            .set_token_uri(TokenUrl::new(url.to_owned()).map_err(untrusted)?);
        let verifier = PkceCodeVerifier::new(self.attempt.verifier.expose().clone());
        let asking = client
            .exchange_code(AuthorizationCode::new(code.expose().clone()))
            .set_pkce_verifier(verifier)
            .request_async(self.carrier)
            .await;
        let tokens = asking.map_err(|error| refusal(&error))?;
        let granted = tokens.scopes().into_iter().flatten();
        self.client
            .upstream
            .check_grant(granted.map(|scope| scope.as_str()))
            .map_err(|_| NotIdentified::MoreThanAsked)?;
        Ok(tokens)
    }

    /// The token, where it will be needed to take back the grant. Elsewhere it is dropped here.
    pub(super) fn kept(&self, tokens: &impl TokenResponse) -> Option<Secret<String>> {
        let keeps = self.client.upstream.revokes();
        keeps.then(|| Secret::new(tokens.access_token().secret().clone()))
    }

    async fn look<T: DeserializeOwned>(&self, request: Request) -> Result<T, NotIdentified> {
        let request = request.limit(BodyLimit::Whole(ANSWER_MAX));
        let reply = self.carrier.send(request).await?;
        match reply.status {
            200 => serde_json::from_slice(&reply.body).map_err(|_| NotIdentified::Untrusted),
            400..=499 => Err(NotIdentified::Refused),
            status => Err(NotIdentified::Failed(Failure::Refused { status })),
        }
    }
}

/// What came of a question for a token. Nothing of the answer itself is passed on: it may hold one.
fn refusal<E: ErrorResponse>(error: &RequestTokenError<Failure, E>) -> NotIdentified {
    match error {
        RequestTokenError::Request(failure) => NotIdentified::Failed(*failure),
        RequestTokenError::ServerResponse(_) => NotIdentified::Refused,
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => NotIdentified::Untrusted,
    }
}
