//! `forwarder <port>`: passes on WebSocket frames between pairs of sockets on this machine and does nothing else, for comparison.

use std::error::Error;
use std::net::Ipv4Addr;

use testkit::loader::forward;
use tokio::net::TcpListener;
use tokio::task::LocalSet;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::args().nth(1).ok_or("forwarder <port>")?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.parse()?)).await?;
    Ok(LocalSet::new().run_until(forward(listener)).await?)
}
