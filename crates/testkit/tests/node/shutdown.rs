//! Leaving politely.

use testkit::{Closed, TestApp, create};

#[tokio::test]
async fn open_sockets_are_told_to_come_back() {
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    caster.say(create()).await;
    caster.welcome().await;
    let mut half_open = app.socket().await;
    let stopping = tokio::spawn(app.stop());
    assert_eq!(caster.closed().await, Closed(Some(1012)));
    assert_eq!(half_open.closed().await, Closed(Some(1012)));
    stopping.await.unwrap();
}
