//! What is shown to whom, and that nothing is where nothing is sold.

use testkit::http::get;

use super::*;

#[tokio::test]
async fn the_price_list_says_what_is_free_what_pro_adds_and_what_it_costs() {
    let shop = Shop::open().await;
    let mut stranger = TestBrowser::new(shop.app.address());
    until(async || {
        let page = get(shop.app.address(), "/pricing", &[]).await;
        page.body.contains("5\u{a0}EUR") && page.body.contains("50\u{a0}EUR")
    })
    .await;
    let page = stranger.send("GET", "/pricing").await;
    for part in [
        "60 minutes",
        "15 minutes",
        "no limit",
        "/sign-in",
        "cards for tests only",
        "Spotify",
    ] {
        assert!(texts::plain(&page.body).contains(part), "{part}");
    }
    assert!(
        !page.body.contains("<button"),
        "who is not signed in can't buy"
    );
    let mut ada = shop.member("ada@example.org").await;
    let page = ada.send("GET", "/pricing?lang=ar").await;
    assert!(page.body.contains("dir=\"rtl\"") && page.body.contains("/account/plan/buy?lang=ar"));
    shop.sold(&mut ada, "month").await;
    let page = ada.send("GET", "/pricing").await;
    assert!(page.body.contains("You have Pro.") && !page.body.contains("period"));
}

/// Promise S6: no page of ours has a field for a card, or a script of the payment service.
#[tokio::test]
async fn no_page_asks_for_a_card_or_runs_another_s_script() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let forward = buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    let events = shop.service.pay(&page, shop.now_s());
    shop.tell_all(&events).await;
    until_plan(&shop, &mut ada, "pro").await;
    let mut answers = vec![forward];
    for path in [
        "/pricing",
        "/account/plan",
        "/account/plan/done",
        "/account/plan/cancel",
    ] {
        answers.push(ada.send("GET", path).await);
    }
    for answer in answers {
        assert_eq!(answer.status, 200);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("form-action 'self'") && !policy.contains("stripe"),
            "{policy}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        for field in [
            "cc-number",
            "cardnumber",
            "cvc",
            "js.stripe.com",
            "type=\"text\"",
        ] {
            assert!(!answer.body.contains(field), "{field}");
        }
    }
}

/// The policy names the payment service where something is sold, under a version of its own.
#[tokio::test]
async fn the_policy_names_the_payment_service_where_there_is_one() {
    let shop = Shop::open().await;
    let open = TestApp::start().await;
    let policy = async |app: &TestApp| get(app.address(), "/privacy", &[]).await.body;
    let (sold, not_sold) = (policy(&shop.app).await, policy(&open).await);
    for part in [
        "api.stripe.com",
        "the payment service, Stripe",
        "Buying a plan",
    ] {
        assert!(sold.contains(part) && !not_sold.contains(part), "{part}");
    }
    assert_ne!(shop.app.app().policy_version(), open.app().policy_version());
    for (app, page) in [(&shop.app, &sold), (&open, &not_sold)] {
        let version = app.app().policy_version();
        assert!(page.contains(version), "it is in force");
    }
}

#[tokio::test]
async fn where_nothing_is_sold_everything_is_everybody_s() {
    let app = TestApp::start().await;
    let page = get(app.address(), "/pricing", &[]).await;
    assert!(page.body.contains("All of this is yours") && page.body.contains("Set no key"));
    for word in ["Pro", "Stripe", "<form", "<table"] {
        let (_, main) = page.body.split_once("<main").unwrap();
        let (main, _) = main.split_once("</main>").unwrap();
        assert!(!main.contains(word), "{word}");
    }
    let mut visitor = TestBrowser::new(app.address());
    for path in [
        "/account/plan",
        "/account/plan/done",
        "/account/plan/cancel",
    ] {
        let sent_on = visitor.send("GET", path).await;
        assert_eq!(sent_on.header("location"), Some("/pricing"), "{path}");
    }
    let headers = [("stripe-signature", "t=1,v1=00")];
    let closed = visitor.request("POST", WEBHOOK, &headers, b"{}").await;
    assert_eq!(closed.status, 404);
}

#[tokio::test]
async fn a_member_is_led_to_their_plan_where_there_are_plans() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let told = ada.send("GET", "/api/v1/account").await;
    assert!(told.body.contains("\"has_plans\":true"), "{}", told.body);
    let app = TestApp::start().await;
    let mut ben = member(&app, "ben@example.org").await;
    let told = ben.send("GET", "/api/v1/account").await;
    assert!(told.body.contains("\"has_plans\":false"), "{}", told.body);
    app.stop().await;
}
