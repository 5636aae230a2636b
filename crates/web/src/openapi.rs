//! The public description of the API, with the socket's messages in the same document.

use utoipa::openapi::{Content, OpenApi as OpenApiDocument, RefOr};
use utoipa::{Modify, OpenApi};

use crate::health::{About, Ready};
use crate::links::{api as links, art, corrections, find, tracks};
use crate::problem::Problem;
use crate::rooms::{self, list};
use crate::{accounts, health, plans, privacy_centre, socket, status};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Unisono",
        description = "See docs/signalling.md for the order of socket messages."
    ),
    paths(
        health::about,
        health::live,
        health::ready,
        status::twin,
        socket::open,
        links::convert,
        links::page,
        links::follow,
        art::art,
        find::tracks,
        corrections::correct,
        corrections::undo,
        tracks::start,
        tracks::watch,
        privacy_centre::guest::held,
        privacy_centre::guest::copy,
        privacy_centre::guest::erase,
        privacy_centre::notice::notice,
        privacy_centre::notice::seen,
        accounts::register::terms,
        accounts::register::work,
        accounts::register::begin,
        accounts::register::finish,
        accounts::register::begin_setup,
        accounts::sign_in::by_password,
        accounts::sign_in::factor,
        accounts::sign_in::begin_code,
        accounts::sign_in::finish_code,
        accounts::sign_in::begin_reset,
        accounts::sign_in::finish_reset,
        accounts::sign_in::prove,
        accounts::sign_in::begin_proof,
        accounts::sessions::sign_out,
        accounts::sessions::list,
        accounts::sessions::end,
        accounts::sessions::end_others,
        accounts::sessions::events,
        accounts::profile::account,
        accounts::profile::change,
        accounts::profile::begin_email,
        accounts::profile::finish_email,
        accounts::factors::set_password,
        accounts::factors::remove_password,
        accounts::factors::begin_totp,
        accounts::factors::finish_totp,
        accounts::factors::remove_totp,
        accounts::factors::new_recovery_codes,
        accounts::passkeys::begin_sign_in,
        accounts::passkeys::finish_sign_in,
        accounts::passkeys::begin_proof,
        accounts::passkeys::list,
        accounts::passkeys::begin,
        accounts::passkeys::finish,
        accounts::passkeys::rename,
        accounts::passkeys::remove,
        accounts::upstreams::list,
        accounts::upstreams::agreement,
        accounts::upstreams::agree,
        accounts::upstreams::begin_link,
        accounts::upstreams::identities,
        accounts::upstreams::disconnect,
        accounts::belongings::history,
        accounts::belongings::forget,
        accounts::belongings::bring,
        accounts::saved_rooms::list,
        accounts::saved_rooms::save,
        accounts::saved_rooms::change,
        accounts::saved_rooms::delete,
        accounts::follows::host,
        accounts::follows::begin,
        accounts::follows::list,
        accounts::follows::end,
        accounts::follows::mails,
        accounts::follows::hosting,
        accounts::follows::set_hosting,
        accounts::follows::notices,
        accounts::follows::see,
        accounts::follows::forget,
        accounts::leaving::copy,
        accounts::leaving::leave,
        accounts::leaving::stay,
        accounts::avatar::set,
        accounts::avatar::remove,
        plans::webhook::hear,
        rooms::directory::listed,
        rooms::password::set,
        list::list
    ),
    components(schemas(
        About,
        Ready,
        Problem,
        app::LinkEvent,
        app::LinkView,
        app::PlaylistProgress,
        protocol::ClientMessage,
        protocol::ServerMessage
    )),
    modifiers(&ProblemKind)
)]
struct Document;

/// Says of each problem that it comes as one (RFC 9457, section 3).
struct ProblemKind;

impl Modify for ProblemKind {
    fn modify(&self, document: &mut OpenApiDocument) {
        for item in document.paths.paths.values_mut() {
            let doors = [
                &mut item.get,
                &mut item.put,
                &mut item.post,
                &mut item.patch,
                &mut item.delete,
            ];
            let answers = doors
                .into_iter()
                .flatten()
                .flat_map(|door| door.responses.responses.values_mut());
            for answer in answers {
                if let RefOr::T(answer) = answer {
                    let content = std::mem::take(&mut answer.content);
                    answer.content = content.into_iter().map(named).collect();
                }
            }
        }
    }
}

fn named((kind, content): (String, RefOr<Content>)) -> (String, RefOr<Content>) {
    let is_problem = match &content {
        RefOr::T(content) => {
            matches!(&content.schema, Some(RefOr::Ref(schema)) if schema.ref_location.ends_with("/Problem"))
        }
        RefOr::Ref(_) => false,
    };
    match is_problem {
        true => ("application/problem+json".to_owned(), content),
        false => (kind, content),
    }
}

/// The document as committed in `openapi.json`.
#[must_use]
pub fn document() -> String {
    let mut text = Document::openapi()
        .to_pretty_json()
        .expect("the document has text keys only");
    text.push('\n');
    text
}
