//! Traps that are laid for an address before its owner has an account: each is gone when the owner comes.
//!
//! The five of Sudhodanan and Paverd, Pre-hijacked Accounts (USENIX Security 2022). That a stranger's registration
//! and password come to nothing is in `registering`, that a reset ends every session in `resetting`, that an upstream's
//! word for an address opens nothing in `upstreams`; here are a change of address that is left open, and what hangs on a step.

use super::*;

const ADA: &str = "ada@example.org";

/// The unexpired change of address: begun by a stranger's account before the owner has one, finished after.
#[tokio::test]
async fn a_change_to_somebody_elses_address_comes_to_nothing_once_its_owner_has_an_account() {
    let app = start().await;
    let mut eve = member(&app, "eve@example.org").await;
    tick(&app);
    let begun = eve
        .post("/api/v1/account/email", &json!({ "email": ADA }))
        .await;
    assert_eq!(begun.status, 202, "{}", begun.body);
    let begun: Value = read(&begun);
    // Even with the code, which only the owner of the address gets.
    let stolen = code(&app, ADA).await;
    let mut ada = member(&app, ADA).await;
    let body = json!({ "ticket": begun["ticket"], "code": stolen });
    let finished = eve.post("/api/v1/account/email/verify", &body).await;
    assert!((400..500).contains(&finished.status), "{}", finished.body);
    let eves: Value = read(&account(&mut eve).await);
    assert_eq!(eves["email"], "eve@example.org");
    let adas: Value = read(&account(&mut ada).await);
    assert_eq!(adas["email"], ADA);
    let mut again = browser(&app);
    assert_eq!(sign_in(&mut again, ADA, PASSWORD).await.status, 200);
    app.stop().await;
}

/// The trojan identifier: nothing can be hung on an account that is not there yet.
#[tokio::test]
async fn who_has_begun_to_register_an_address_can_add_no_way_in_to_it() {
    let app = start().await;
    let mut eve = browser(&app);
    begin(&app, &mut eve, ADA, Some("the stranger's own phrase")).await;
    for (method, path) in [
        ("POST", "/api/v1/account/identities/google"),
        ("POST", "/api/v1/account/passkeys"),
        ("POST", "/api/v1/account/totp"),
        ("POST", "/api/v1/account/recovery-codes"),
    ] {
        let refused = eve.send_json(method, path, &json!({})).await;
        assert_eq!(refused.status, 401, "{method} {path}: {}", refused.body);
    }
    let mut ada = member(&app, ADA).await;
    let adas: Value = read(&account(&mut ada).await);
    let ways_in = &adas["ways_in"];
    assert_eq!(
        (&ways_in["passkeys"], &ways_in["identities"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(ways_in["has_totp"], false);
    app.stop().await;
}
