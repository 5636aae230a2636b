//! The door that the payment service knocks at.

use app::PaymentRefusal;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::Web;
use crate::problem::{General, Problem};

/// The longest header with signatures that is looked at.
const SIGNATURE_BYTES_MAX: usize = 4 * 1024;

/// `POST /api/v1/payments/webhook`: an event of the payment service, signed by it. It is known by its signature, which is
/// made of the very bytes of the body. What it says is not believed: it only makes this server ask.
#[utoipa::path(
    post,
    operation_id = "payments_webhook",
    path = "/api/v1/payments/webhook",
    request_body(content = String, content_type = "application/json"),
    params(("Stripe-Signature" = String, Header, description = "Time and signatures.")),
    responses(
        (status = 200, description = "It was heard; also when it does not matter here."),
        (status = 400, body = Problem, description = "The signature does not hold, or is of another time."),
        (status = 404, body = Problem, description = "Nothing is sold here."),
        (status = 413, body = Problem, description = "It is longer than any event."),
        (status = 503, body = Problem, description = "It could not be kept, and counts when it is sent again.")
    )
)]
pub(crate) async fn hear(
    State(web): State<Web>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else {
        return General::EventCutOff.into_response();
    };
    let signature = headers.get("stripe-signature");
    let signature = signature.and_then(|signature| signature.to_str().ok());
    let signature = signature.filter(|text| text.len() <= SIGNATURE_BYTES_MAX);
    let app = &web.inner.app;
    match app
        .hear_payment_event(signature.unwrap_or_default(), &body)
        .await
    {
        Ok(()) => StatusCode::OK.into_response(),
        Err(PaymentRefusal::NothingSold) => General::NothingSold.into_response(),
        Err(PaymentRefusal::Failed(reference)) => General::EventNotKept.under(reference),
        Err(_) => General::UnsignedEvent.into_response(),
    }
}
