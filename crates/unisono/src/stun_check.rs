//! Asks a relay whether it is there.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use base::{Entropy, OsEntropy};
use tokio::net::UdpSocket;
use tokio::time::timeout;

/// How long it may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// A message without attributes.
const HEADER: usize = 20;

/// Sends a STUN Binding request (RFC 8489, sections 5 and 7.3.1) and waits for its answer.
pub(crate) async fn answers(relay: SocketAddr) -> bool {
    let mut request = [0; HEADER];
    request[1] = 0x01;
    request[4..8].copy_from_slice(&0x2112_A442_u32.to_be_bytes());
    OsEntropy.fill(&mut request[8..]);
    let exchange = async {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).await?;
        socket.send_to(&request, relay).await?;
        let mut answer = [0; 256];
        let length = socket.recv(&mut answer).await?;
        std::io::Result::Ok(
            length >= HEADER && answer[..2] == [0x01, 0x01] && answer[4..HEADER] == request[4..],
        )
    };
    matches!(timeout(ANSWER_WITHIN, exchange).await, Ok(Ok(true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_answers_where_nobody_listens() {
        let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let nobody = silent.local_addr().unwrap();
        assert!(!answers(nobody).await);
    }
}
