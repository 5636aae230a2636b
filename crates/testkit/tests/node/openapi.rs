//! The committed description of the API is what the server is.

use std::path::Path;

#[test]
fn the_committed_document_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let document = web::openapi_document();
    if std::env::var_os("WRITE_OPENAPI").is_some() {
        std::fs::write(&file, &document).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == document,
        "openapi.json is stale; write it with: WRITE_OPENAPI=1 cargo nextest run -p testkit openapi"
    );
}
