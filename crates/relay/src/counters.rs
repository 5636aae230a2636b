//! What happened, in numbers: no names, no addresses.

/// Why something was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Neither STUN nor ChannelData, or a message that makes no sense.
    Malformed,
    /// It names an attribute that must be understood and is not.
    UnknownAttribute,
    /// It carries no signature, as every first request.
    Unsigned,
    /// Its nonce is over or not ours.
    StaleNonce,
    /// Its credential's time is over.
    Expired,
    /// Its name belongs to no member of a live room.
    NotAdmitted,
    /// Its signature is not the one its name would make.
    Forged,
    /// It asks for a transport or an address family that is not offered.
    Unsupported,
    /// It does not fit the allocation that is there, or none is.
    Mismatch,
    /// Its name has as many allocations as it may have.
    NameQuota,
    /// The room, the relay or an allocation is full.
    Capacity,
    /// The peer is one of our own ports, or our own machine outside of a member's allocation.
    OwnPort,
    /// The peer is of a kind no relay may reach: loopback, link-local, multicast and the like.
    SpecialPeer,
    /// The peer is in a private network, and those are not opened.
    PrivatePeer,
    /// The peer is nobody from the same room.
    UnknownPeer,
    /// There is no permission for the peer, or it ran out.
    NoPermission,
    /// The allocation has used up its bytes or packets.
    Budget,
}

impl Refusal {
    /// Every reason there is.
    pub const ALL: [Self; 17] = [
        Self::Malformed,
        Self::UnknownAttribute,
        Self::Unsigned,
        Self::StaleNonce,
        Self::Expired,
        Self::NotAdmitted,
        Self::Forged,
        Self::Unsupported,
        Self::Mismatch,
        Self::NameQuota,
        Self::Capacity,
        Self::OwnPort,
        Self::SpecialPeer,
        Self::PrivatePeer,
        Self::UnknownPeer,
        Self::NoPermission,
        Self::Budget,
    ];

    /// The reason as a metric's label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnknownAttribute => "unknown_attribute",
            Self::Unsigned => "unsigned",
            Self::StaleNonce => "stale_nonce",
            Self::Expired => "expired",
            Self::NotAdmitted => "not_admitted",
            Self::Forged => "forged",
            Self::Unsupported => "unsupported",
            Self::Mismatch => "mismatch",
            Self::NameQuota => "name_quota",
            Self::Capacity => "capacity",
            Self::OwnPort => "own_port",
            Self::SpecialPeer => "special_peer",
            Self::PrivatePeer => "private_peer",
            Self::UnknownPeer => "unknown_peer",
            Self::NoPermission => "no_permission",
            Self::Budget => "budget",
        }
    }
}

/// Everything counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Allocations that exist now.
    pub allocations: u64,
    /// Allocations ever made.
    pub allocations_made: u64,
    /// Binding requests answered.
    pub bindings: u64,
    /// Packets relayed.
    pub packets: u64,
    /// Bytes of data relayed, without headers.
    pub bytes: u64,
    refused: [u64; Refusal::ALL.len()],
}

impl Counters {
    /// How often something was refused for `reason`.
    #[must_use]
    pub const fn refused(&self, reason: Refusal) -> u64 {
        self.refused[reason as usize]
    }

    pub(crate) const fn refuse(&mut self, reason: Refusal) {
        self.refused[reason as usize] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_own_count_and_label() {
        for (index, reason) in Refusal::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, index);
            let mut counters = Counters::default();
            counters.refuse(reason);
            let counted = Refusal::ALL.map(|other| counters.refused(other));
            assert_eq!(counted.iter().sum::<u64>(), 1);
            assert_eq!(counters.refused(reason), 1, "{}", reason.label());
        }
    }
}
