//! What the relay writes down about its clients: nothing.

mod relay_scene;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use relay_scene::Scene;
use tracing_subscriber::fmt::MakeWriter;

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .expect("no writer panics")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_log_holds_an_address_or_a_name_however_talkative() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .init();
    let scene = Scene::start(&["127.0.0.0/8"]);
    let issued = scene.admitted();
    for options in [
        &["-y", "-c", "-m", "2", "-n", "5"][..],
        &["-t", "-y", "-c", "-m", "2", "-n", "5"][..],
        &["-c", "-e", "10.0.0.1", "-m", "1", "-n", "1"][..],
    ] {
        scene.client(&issued, options).await;
    }
    assert!(scene.relay.counters().packets > 0);
    scene.end().await;
    tracing::trace!("canary");

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let (_, name) = issued.username.split_once(':').unwrap();
    assert!(text.contains("canary"), "the log is listened to");
    for secret in ["127.0.0.1", "10.0.0.1", name, issued.password.expose()] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}
