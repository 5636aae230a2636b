//! Stand-ins listen on 127.0.0.1 alone, and end with whoever started them.

use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A listener on a port of choice, or on any free one for 0.
///
/// # Panics
/// When the port of 127.0.0.1 is taken.
pub(crate) async fn listen(port: u16) -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .expect("a free port of 127.0.0.1");
    let address = listener.local_addr().expect("a bound port has an address");
    (listener, address)
}

/// Answers there by `router` until the task is ended.
pub(crate) fn serve(listener: TcpListener, router: Router) -> JoinHandle<()> {
    tokio::spawn(async move {
        // The listener of a test fails with the test.
        let _ = axum::serve(listener, router).await;
    })
}
