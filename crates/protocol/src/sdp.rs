//! Session descriptions, and the few lines of them that the server must see to keep a promise.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Candidate, CandidateKind};

/// A session description (RFC 8866). It holds addresses, so it never prints.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Sdp(pub String);

impl std::fmt::Debug for Sdp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[sdp]")
    }
}

/// The candidates inside a description.
pub fn candidates(sdp: &Sdp) -> impl Iterator<Item = Candidate<'_>> {
    sdp.0.lines().filter_map(Candidate::parse)
}

/// The description without any address but those of relays.
///
/// Besides candidates, connection and origin lines (RFC 8866, sections 5.2 and 5.7) and `a=rtcp` may carry one.
#[must_use]
pub fn only_relayed(sdp: &Sdp) -> Sdp {
    let mut kept = String::with_capacity(sdp.0.len());
    for line in sdp.0.lines() {
        if let Some(line) = without_address(line) {
            kept.push_str(&line);
            kept.push_str("\r\n");
        }
    }
    Sdp(kept)
}

fn without_address(line: &str) -> Option<String> {
    if line.starts_with("a=candidate") {
        let candidate = Candidate::parse(line)?;
        let is_relayed = candidate.kind() == CandidateKind::Relayed;
        return is_relayed.then(|| format!("a={}", candidate.without_related_address()));
    }
    if line.starts_with("c=IN ") {
        return Some("c=IN IP4 0.0.0.0".to_owned());
    }
    if line.starts_with("a=rtcp:") {
        return Some("a=rtcp:9 IN IP4 0.0.0.0".to_owned());
    }
    if let Some((head, _address)) = line.split_once(" IN IP").filter(|_| line.starts_with("o=")) {
        return Some(format!("{head} IN IP4 127.0.0.1"));
    }
    Some(line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relayed_addresses_remain() {
        let sdp = Sdp(concat!(
            "v=0\r\no=- 1 2 IN IP4 10.0.0.7\r\nc=IN IP4 10.0.0.7\r\na=rtcp:5 IN IP4 10.0.0.7\r\n",
            "a=candidate:1 1 udp 1 10.0.0.7 5 typ host\r\n",
            "a=candidate:2 1 udp 1 198.51.100.1 5 typ srflx raddr 10.0.0.7 rport 5\r\n",
            "a=candidate:3 1 udp 1 192.0.2.9 6 typ relay raddr 10.0.0.7 rport 5\r\n",
            "a=mid:0\r\n",
        )
        .to_owned());
        assert_eq!(candidates(&sdp).count(), 3);
        insta::assert_snapshot!(only_relayed(&sdp).0.replace('\r', ""), @r"
        v=0
        o=- 1 2 IN IP4 127.0.0.1
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=candidate:3 1 udp 1 192.0.2.9 6 typ relay raddr 0.0.0.0 rport 0
        a=mid:0
        ");
    }
}
