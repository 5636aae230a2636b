//! Every way to ask for something: the API by its description, pages and forms by the table of routes.

use std::collections::BTreeMap;

use super::*;
use crate::route_table::routes;

/// What is sent to each form of a page: `{}` is a name of something of Ada's, `{table}` where that is held. Forms that end
/// what Ben has himself lack what they want for it.
const FORMS: [(&str, &str); 30] = [
    ("/account/plan/buy", "period=month"),
    ("/account/plan/cancel", "shown=at-once"),
    ("/account/plan/keep", ""),
    ("/account/plan/pages", "for=everything"),
    ("/admin/account", "account={}"),
    ("/admin/account/act", "account={}&act=erase&word=erase"),
    ("/admin/invite", "email={}&mail_in=en"),
    ("/admin/look", "account={}&scope=profile"),
    ("/f/{secret}", ""),
    ("/l", "text={}"),
    ("/l/{id}", ""),
    ("/l/{id}/corrections", "text={}"),
    ("/l/{id}/tracks", ""),
    (
        "/privacy/me/ask",
        "kind=erasure&message=All+of+it&email=ada-canary%40example.org",
    ),
    ("/privacy/me/ask/code", "ticket={}&code=123456"),
    ("/privacy/me/bring", "copy={}"),
    ("/privacy/me/code", ""),
    ("/privacy/me/consent", "matter=youtube&is_given=false"),
    ("/privacy/me/copy", ""),
    (
        "/privacy/me/correct",
        "user_name=Ben&country=&language=en&theme=dark&history_days=0",
    ),
    ("/privacy/me/erase", "table={table}&item={}"),
    ("/privacy/me/grant", "scope=profile&hours=1&account={}"),
    ("/privacy/me/grant/revoke", "grant={}"),
    ("/privacy/me/leave", "when=now&word={}"),
    ("/privacy/me/object", "purpose=history&is_on=true"),
    ("/privacy/me/restrict", "is_on=false"),
    ("/privacy/me/stay", ""),
    ("/privacy/seen", "policy=0&back=/"),
    ("/support", "topic=fault&text=Nothing+plays"),
    ("/support/{id}", "text=Me+too"),
];
/// Forms without a field, whose address says it all.
const BARE: [&str; 2] = ["/support/{id}/delete", "/u/{id}"];

/// What goes with a request.
pub(super) enum Body {
    None,
    /// JSON of this schema.
    Json(Value),
    Picture,
    /// The fields of a form.
    Form(&'static str),
}

/// A way to ask for something.
pub(super) struct Door {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) body: Body,
    /// Whether it asks who one is.
    pub(super) is_guarded: bool,
}

impl Door {
    pub(super) fn has_parameter(&self) -> bool {
        self.path.contains('{')
    }

    /// Whether it can be asked for something by its name.
    pub(super) fn takes_name(&self) -> bool {
        self.has_parameter() || matches!(self.body, Body::Form(fields) if fields.contains("{}"))
    }

    /// Whether whoever asks types this in by themselves, and so may read it in the form that comes back.
    pub(super) fn types(&self, secret: &str) -> bool {
        matches!(self.body, Body::Form(fields) if fields.contains(&secret.replace('@', "%40")))
    }

    /// The path with `name` in place of each parameter.
    pub(super) fn filled(&self, name: &str) -> String {
        let mut path = String::new();
        let mut rest = self.path.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            path.push_str(before);
            path.push_str(name);
            rest = after.split_once('}').unwrap().1;
        }
        path + rest
    }
}

pub(super) fn document() -> Value {
    serde_json::from_str(&web::openapi_document()).unwrap()
}

/// The doors of the API.
pub(super) fn doors(document: &Value) -> Vec<Door> {
    let mut doors = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, about) in methods.as_object().unwrap() {
            let content = about["requestBody"]["content"].as_object();
            let body = content.and_then(|content| content.iter().next());
            doors.push(Door {
                method: method.to_uppercase(),
                path: path.clone(),
                body: body.map_or(Body::None, |(kind, about)| match kind.as_str() {
                    "application/json" => Body::Json(about["schema"].clone()),
                    _ => Body::Picture,
                }),
                is_guarded: about["responses"].get("401").is_some(),
            });
        }
    }
    doors
}

/// What has a route and is not described: pages, forms and files.
pub(super) fn pages_and_forms(document: &Value) -> Vec<Door> {
    let bare = BARE.map(|path| (path, ""));
    let mut forms: BTreeMap<&str, &str> = FORMS.into_iter().chain(bare).collect();
    let mut others = Vec::new();
    let mut described = 0;
    for route in routes() {
        for method in route.methods {
            if !document["paths"][&route.path][method.to_lowercase()].is_null() {
                described += 1;
                continue;
            }
            let fields = match method.as_str() {
                "GET" => None,
                _ => forms.remove(route.path.as_str()),
            };
            assert!(
                method == "GET" || fields.is_some(),
                "{method} {} is not in FORMS",
                route.path
            );
            others.push(Door {
                is_guarded: is_guarded(&route.path, &method),
                path: route.path.clone(),
                method,
                body: fields.map_or(Body::None, Body::Form),
            });
        }
    }
    assert_eq!(described, doors(document).len());
    assert!(forms.is_empty(), "{forms:?} have no route");
    others
}

/// Whether a page or a form is for members. A request can be made without an account; plans lead to signing in.
fn is_guarded(path: &str, method: &str) -> bool {
    let is_own = path.starts_with("/privacy/me/") && !path.starts_with("/privacy/me/ask");
    path.starts_with("/admin") || (method == "POST" && is_own)
}

/// A value of the form that `schema` asks for, about Ada wherever that can be.
pub(super) fn sample(document: &Value, schema: &Value, name: &str, ada: &Ada) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        return sample(document, document.pointer(pointer).unwrap(), name, ada);
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        let of = schema[choice].as_array().into_iter().flatten();
        if let Some(one) = of.into_iter().find(|one| one["type"] != "null") {
            return sample(document, one, name, ada);
        }
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        kind => vec![kind.clone()],
    };
    match kinds
        .iter()
        .filter_map(Value::as_str)
        .find(|kind| *kind != "null")
    {
        Some("string") => match name {
            "email" => json!(ADA),
            "ticket" => json!(ada.ticket),
            "code" => json!(ada.code),
            "password" | "current" => json!("not the right one"),
            _ => json!(ada.account),
        },
        Some("integer" | "number") => match name {
            "until" => json!(FAR_AHEAD_MS),
            _ => json!(1),
        },
        Some("boolean") => json!(true),
        Some("array") => json!([sample(document, &schema["items"], name, ada)]),
        _ => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields = fields.map(|(name, of)| (name.clone(), sample(document, of, name, ada)));
            Value::Object(fields.collect())
        }
    }
}
