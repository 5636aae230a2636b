//! Data: from a client to a peer, from a peer to a client, and between two clients of ours.

use std::net::SocketAddr;

use base::Timestamp;

use super::requests::unknown;
use super::{Output, Server};
use crate::allocation::Transport;
use crate::stun::{
    ChannelData, Class, Message, Method, TransactionId, Writer, attribute, write_channel_data,
};
use crate::{AllocationId, Client, Refusal};

impl Server {
    /// Takes data for the peer behind a channel.
    pub(super) fn on_channel<'a>(
        &'a mut self,
        client: Client,
        message: &ChannelData<'a>,
        now: Timestamp,
    ) -> Output<'a> {
        let Some(&id) = self.by_client.get(&client) else {
            return self.refuse(Refusal::Mismatch);
        };
        match self.allocations[&id].peer(message.number, now) {
            Some(peer) => self.forward(id, peer, message.data, now),
            None => self.refuse(Refusal::NoPermission),
        }
    }

    /// Takes data for the peer that a Send indication names (RFC 8656, section 11.2).
    pub(super) fn on_send<'a>(
        &'a mut self,
        client: Client,
        message: &Message<'a>,
        now: Timestamp,
    ) -> Output<'a> {
        let known = [attribute::XOR_PEER_ADDRESS, attribute::DATA];
        if !unknown(message, &known).is_empty() {
            return self.refuse(Refusal::UnknownAttribute);
        }
        let peer = message.peers().next().flatten();
        let (Some(peer), Some(data)) = (peer, message.value(attribute::DATA)) else {
            return self.refuse(Refusal::Malformed);
        };
        match self.by_client.get(&client) {
            Some(&id) => self.forward(id, peer, data, now),
            None => self.refuse(Refusal::Mismatch),
        }
    }

    /// Sends data on from an allocation, straight to the other client where the peer is one of ours.
    fn forward<'a>(
        &'a mut self,
        id: AllocationId,
        peer: SocketAddr,
        data: &'a [u8],
        now: Timestamp,
    ) -> Output<'a> {
        let Some(allocation) = self.allocations.get_mut(&id) else {
            return self.refuse(Refusal::Mismatch);
        };
        if allocation.ends <= now || !allocation.permits(peer.ip(), now) {
            return self.refuse(Refusal::NoPermission);
        }
        if !allocation.spend(data.len(), &self.settings, now) {
            return self.refuse(Refusal::Budget);
        }
        let (place, relayed) = (allocation.place, allocation.relayed);
        if let Some(&other) = self.by_relayed.get(&peer) {
            let theirs = self.allocations[&other].place;
            let is_fellow = theirs.room == place.room && theirs.member != place.member;
            if !is_fellow && !self.policy.is_opened(peer.ip()) {
                return self.refuse(Refusal::UnknownPeer);
            }
            return self.deliver(other, relayed, data, now);
        }
        if !self.policy.lets_out(peer) {
            return self.refuse(Refusal::OwnPort);
        }
        self.count(data);
        Output::ToPeer {
            from: id,
            peer,
            data,
        }
    }

    /// Hands data from `peer` to the client of an allocation.
    pub(super) fn deliver<'a>(
        &'a mut self,
        id: AllocationId,
        peer: SocketAddr,
        data: &[u8],
        now: Timestamp,
    ) -> Output<'a> {
        let Some(allocation) = self.allocations.get_mut(&id) else {
            return self.refuse(Refusal::Mismatch);
        };
        if allocation.ends <= now || !allocation.permits(peer.ip(), now) {
            return self.refuse(Refusal::NoPermission);
        }
        if !allocation.spend(data.len(), &self.settings, now) {
            return self.refuse(Refusal::Budget);
        }
        let client = allocation.client;
        let channel = allocation.channel(peer, now);
        self.count(data);
        let message = match channel {
            Some(number) => {
                let padded = client.transport == Transport::Tcp;
                write_channel_data(&mut self.scratch, number, data, padded)
            }
            None => data_indication(&mut self.scratch, self.counters.packets, peer, data),
        };
        Output::ToClient { client, message }
    }

    const fn count(&mut self, data: &[u8]) {
        self.counters.packets += 1;
        self.counters.bytes += data.len() as u64;
    }
}

/// Nobody answers an indication, so its transaction only has to differ from the others: a count will do.
fn data_indication<'a>(
    buffer: &'a mut Vec<u8>,
    count: u64,
    peer: SocketAddr,
    data: &[u8],
) -> &'a [u8] {
    let mut transaction = [0; 12];
    transaction[4..].copy_from_slice(&count.to_be_bytes());
    Writer::new(
        buffer,
        Class::Indication,
        Method::Data,
        TransactionId(transaction),
    )
    .address(attribute::XOR_PEER_ADDRESS, peer)
    .value(attribute::DATA, data)
    .finish()
}
