//! The relay under a TURN client that others wrote: Debian's `turnutils_uclient`.

mod relay_scene;

use relay_scene::Scene;

const LOOPBACK: &[&str] = &["127.0.0.0/8"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_hear_each_other_by_udp_without_loss() {
    let scene = Scene::start(LOOPBACK);
    let outcome = scene
        .client(
            &scene.admitted(),
            &["-y", "-c", "-m", "10", "-n", "100", "-l", "172", "-z", "5"],
        )
        .await;
    assert!(outcome.lost_nothing(), "{}", outcome.text);
    assert_eq!(outcome.received(), 1000, "{}", outcome.text);
    scene.end().await;
}
