//! Requests: who asks, what they ask, the answer.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use base::Timestamp;

use super::answers::{Grant, Request};
use super::failure::{Code, FULL, Failure, MALFORMED, NO_ALLOCATION};
use super::{Output, Server, lock};
use crate::allocation::NotBound;
use crate::directory::Place;
use crate::stun::{ChannelNumber, Class, LongTermKey, Message, Method, attribute};
use crate::{AllocationId, Client, Credentials, Family, Opening, Refusal};

/// UDP in the REQUESTED-TRANSPORT attribute: its number among IP's protocols.
const UDP: u8 = 17;

/// Who signed a request.
struct Signer {
    name: Box<str>,
    place: Place,
    key: LongTermKey,
}

/// Where a request leads.
enum Step {
    Granted(Grant),
    Open(Box<Opening>),
}

impl Server {
    /// Says which address a client has.
    pub(super) fn answer_binding<'a>(
        &'a mut self,
        client: Client,
        message: &Message,
        now: Timestamp,
    ) -> Output<'a> {
        let request = Request::of(client, message);
        let unknown = unknown(message, &[]);
        if !unknown.is_empty() {
            return self.fail(&request, None, &unknown_attributes(unknown), now);
        }
        self.counters.bindings += 1;
        let message = request
            .writer(&mut self.scratch, Class::Success)
            .address(attribute::XOR_MAPPED_ADDRESS, client.address)
            .fingerprint()
            .finish();
        Output::ToClient { client, message }
    }

    /// Answers a request that must be signed.
    pub(super) fn answer<'a>(
        &'a mut self,
        client: Client,
        message: &Message,
        now: Timestamp,
    ) -> Output<'a> {
        let request = Request::of(client, message);
        let signer = match self.signer(client, message, now) {
            Ok(signer) => signer,
            Err(failure) => return self.fail(&request, None, &failure, now),
        };
        let key = signer.key.clone();
        let step = match message.method {
            Method::Allocate => self.allocate(client, signer, message, now),
            Method::Refresh => self.refresh(client, &signer, message, now),
            Method::CreatePermission => self.permit(client, &signer, message, now),
            Method::ChannelBind => self.bind(client, &signer, message, now),
            Method::Binding | Method::Send | Method::Data => Err(MALFORMED),
        };
        match step {
            Ok(Step::Open(opening)) => Output::Open(opening),
            Ok(Step::Granted(grant)) => self.reply(&request, Some(&key), Ok(grant), now),
            Err(failure) => self.fail(&request, Some(&key), &failure, now),
        }
    }

    /// Checks the long-term credential (RFC 8489, section 9.2.4), its time, and its name's room.
    fn signer(&self, client: Client, message: &Message, now: Timestamp) -> Result<Signer, Failure> {
        if !message.is_signed() {
            return Err(Code::Unauthenticated.because(Refusal::Unsigned));
        }
        let (Some(username), Some(realm), Some(nonce)) = (
            message.text(attribute::USERNAME),
            message.text(attribute::REALM),
            message.value(attribute::NONCE),
        ) else {
            return Err(MALFORMED);
        };
        if !self.nonces.is_good(nonce, client.address, now) {
            return Err(Code::StaleNonce.because(Refusal::StaleNonce));
        }
        let name = Credentials::name(username, now)?;
        let key = self.credentials.key(username, &self.settings.realm);
        if realm != self.settings.realm || !message.is_signed_with(key.as_bytes()) {
            return Err(Code::Unauthenticated.because(Refusal::Forged));
        }
        let Some(place) = lock(&self.directory).place(name) else {
            return Err(Code::Unauthenticated.because(Refusal::NotAdmitted));
        };
        let name = name.into();
        Ok(Signer { name, place, key })
    }

    fn allocate(
        &mut self,
        client: Client,
        signer: Signer,
        message: &Message,
        now: Timestamp,
    ) -> Result<Step, Failure> {
        let known = [
            attribute::LIFETIME,
            attribute::REQUESTED_TRANSPORT,
            attribute::REQUESTED_ADDRESS_FAMILY,
            attribute::EVEN_PORT,
            attribute::RESERVATION_TOKEN,
        ];
        understood(message, &known)?;
        if let Some(id) = self.by_client.get(&client) {
            return self.allocated_already(*id, message, now);
        }
        match message.value(attribute::REQUESTED_TRANSPORT) {
            Some([UDP, ..]) => {}
            Some(_) => return Err(Code::UnsupportedTransport.because(Refusal::Unsupported)),
            None => return Err(MALFORMED),
        }
        let family = requested_family(message)?;
        let even_port = wants_even_port(message)?;
        self.is_there_space(&signer)?;
        let id = AllocationId(self.next);
        self.next += 1;
        Ok(Step::Open(Box::new(Opening {
            id,
            client,
            family,
            even_port,
            name: signer.name,
            place: signer.place,
            life: self.life(message),
            transaction: message.transaction,
            key: signer.key,
        })))
    }

    /// A request that comes again gets its answer again (RFC 8656, section 7.2).
    fn allocated_already(
        &self,
        id: AllocationId,
        message: &Message,
        now: Timestamp,
    ) -> Result<Step, Failure> {
        let allocation = self.allocations.get(&id).ok_or(NO_ALLOCATION)?;
        if allocation.transaction != message.transaction {
            return Err(NO_ALLOCATION);
        }
        Ok(Step::Granted(Grant::Allocation {
            relayed: allocation.relayed,
            life: allocation.ends.since(now),
        }))
    }

    fn is_there_space(&self, signer: &Signer) -> Result<(), Failure> {
        let in_room = self
            .by_room
            .get(&signer.place.room)
            .map_or(&[][..], Vec::as_slice);
        let of_name = in_room
            .iter()
            .filter(|id| self.allocations[id].name == signer.name)
            .count();
        if of_name >= self.settings.allocations_per_name_max {
            return Err(Code::QuotaReached.because(Refusal::NameQuota));
        }
        let is_full = in_room.len() >= self.settings.allocations_per_room_max
            || self.allocations.len() >= self.settings.allocations_max;
        if is_full { Err(FULL) } else { Ok(()) }
    }

    fn refresh(
        &mut self,
        client: Client,
        signer: &Signer,
        message: &Message,
        now: Timestamp,
    ) -> Result<Step, Failure> {
        let known = [attribute::LIFETIME, attribute::REQUESTED_ADDRESS_FAMILY];
        understood(message, &known)?;
        let id = self.held(client, signer, now)?;
        if message.value(attribute::REQUESTED_ADDRESS_FAMILY).is_some()
            && requested_family(message)? != Family::of(self.allocations[&id].relayed)
        {
            return Err(Code::FamilyMismatch.because(Refusal::Unsupported));
        }
        if message.number(attribute::LIFETIME) == Some(0) {
            self.end(id);
            return Ok(Step::Granted(Grant::Life(Duration::ZERO)));
        }
        let life = self.life(message);
        if let Some(allocation) = self.allocations.get_mut(&id) {
            allocation.ends = now.after(life);
        }
        Ok(Step::Granted(Grant::Life(life)))
    }

    fn permit(
        &mut self,
        client: Client,
        signer: &Signer,
        message: &Message,
        now: Timestamp,
    ) -> Result<Step, Failure> {
        understood(message, &[attribute::XOR_PEER_ADDRESS])?;
        let id = self.held(client, signer, now)?;
        let mut addresses: Vec<IpAddr> = Vec::new();
        for peer in message.peers() {
            let peer = peer.ok_or(MALFORMED)?;
            self.is_permitted(id, peer)?;
            addresses.push(peer.ip());
        }
        if addresses.is_empty() {
            return Err(MALFORMED);
        }
        self.grant(id, &addresses, now)?;
        Ok(Step::Granted(Grant::Done))
    }

    fn bind(
        &mut self,
        client: Client,
        signer: &Signer,
        message: &Message,
        now: Timestamp,
    ) -> Result<Step, Failure> {
        understood(
            message,
            &[attribute::XOR_PEER_ADDRESS, attribute::CHANNEL_NUMBER],
        )?;
        let id = self.held(client, signer, now)?;
        let peer = message.peers().next().flatten().ok_or(MALFORMED)?;
        // The number stands in the upper half of the value (RFC 8656, section 18.1).
        let number = message.number(attribute::CHANNEL_NUMBER).ok_or(MALFORMED)?;
        let number = ChannelNumber::new((number >> 16) as u16).ok_or(MALFORMED)?;
        self.is_permitted(id, peer)?;
        self.grant(id, &[peer.ip()], now)?;
        let most = self.settings.channels_max;
        let allocation = self.allocations.get_mut(&id).ok_or(NO_ALLOCATION)?;
        match allocation.bind(number, peer, most, now) {
            Ok(()) => Ok(Step::Granted(Grant::Done)),
            Err(NotBound::Taken) => Err(MALFORMED),
            Err(NotBound::Full) => Err(FULL),
        }
    }

    /// The allocation of `client`, if it is of the one who signed.
    fn held(
        &self,
        client: Client,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<AllocationId, Failure> {
        let id = *self.by_client.get(&client).ok_or(NO_ALLOCATION)?;
        let allocation = self.allocations.get(&id).ok_or(NO_ALLOCATION)?;
        if allocation.name != signer.name {
            return Err(Code::WrongCredentials.because(Refusal::Mismatch));
        }
        if allocation.ends <= now {
            return Err(NO_ALLOCATION);
        }
        Ok(id)
    }

    fn is_permitted(&self, id: AllocationId, peer: SocketAddr) -> Result<(), Failure> {
        let allocation = self.allocations.get(&id).ok_or(NO_ALLOCATION)?;
        if Family::of(peer) != Family::of(allocation.relayed) {
            return Err(Code::FamilyMismatch.because(Refusal::Unsupported));
        }
        let is_relayed = self.another_is_relayed_at(allocation.place, peer);
        let directory = lock(&self.directory);
        self.policy
            .permits(peer, allocation.place, &directory, is_relayed)
            .map_err(|reason| Code::Forbidden.because(reason))
    }

    fn grant(
        &mut self,
        id: AllocationId,
        addresses: &[IpAddr],
        now: Timestamp,
    ) -> Result<(), Failure> {
        let most = self.settings.permissions_max;
        let allocation = self.allocations.get_mut(&id).ok_or(NO_ALLOCATION)?;
        if allocation.permit(addresses, most, now) {
            Ok(())
        } else {
            Err(FULL)
        }
    }

    /// The life a request gets: what it asks for, within the limits.
    fn life(&self, message: &Message) -> Duration {
        message
            .number(attribute::LIFETIME)
            .map_or(self.settings.lifetime_default, |seconds| {
                Duration::from_secs(u64::from(seconds))
                    .min(self.settings.lifetime_max)
                    .max(self.settings.lifetime_default)
            })
    }
}

/// The family a client asks for (RFC 8656, section 18.6), IPv4 if it does not say.
fn requested_family(message: &Message) -> Result<Family, Failure> {
    match message.value(attribute::REQUESTED_ADDRESS_FAMILY) {
        None | Some([1, ..]) => Ok(Family::V4),
        Some([2, ..]) => Ok(Family::V6),
        Some(_) => Err(Code::FamilyNotSupported.because(Refusal::Unsupported)),
    }
}

/// Whether the port must be even (RFC 8656, section 18.8), as the first of a pair for RTP and RTCP.
fn wants_even_port(message: &Message) -> Result<bool, Failure> {
    let even_port = message.value(attribute::EVEN_PORT);
    let family = message.value(attribute::REQUESTED_ADDRESS_FAMILY);
    let token = message.value(attribute::RESERVATION_TOKEN);
    if token.is_some() && (even_port.is_some() || family.is_some()) {
        return Err(MALFORMED);
    }
    match even_port {
        // The second of a pair is never reserved, so neither it nor a token for it can be had.
        _ if token.is_some() => Err(FULL),
        Some([flags, ..]) if flags & 0x80 != 0 => Err(FULL),
        Some([_, ..]) => Ok(true),
        Some([]) => Err(MALFORMED),
        None => Ok(false),
    }
}

/// Fails for attributes that must be understood and are not.
fn understood(message: &Message, known: &[u16]) -> Result<(), Failure> {
    let unknown = unknown(message, known);
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(unknown_attributes(unknown))
    }
}

fn unknown_attributes(unknown: Vec<u16>) -> Failure {
    Failure {
        unknown,
        ..Code::UnknownAttribute.because(Refusal::UnknownAttribute)
    }
}

/// The attributes that must be understood and are not, besides those any request may carry.
pub(super) fn unknown(message: &Message, known: &[u16]) -> Vec<u16> {
    /// How many are named in an answer, so that it stays smaller than the question.
    const NAMED_MAX: usize = 8;
    let always = [
        attribute::USERNAME,
        attribute::REALM,
        attribute::NONCE,
        attribute::MESSAGE_INTEGRITY,
    ];
    message
        .attributes()
        .map(|(kind, _)| kind)
        .filter(|kind| attribute::must_be_understood(*kind))
        .filter(|kind| !always.contains(kind) && !known.contains(kind))
        .take(NAMED_MAX)
        .collect()
}
