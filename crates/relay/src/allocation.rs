//! One allocation: whose it is, how long it lives, whom it reaches, and what it may still carry.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use base::Timestamp;

use crate::Settings;
use crate::budget::Budget;
use crate::directory::Place;
use crate::stun::{ChannelNumber, LongTermKey, TransactionId};

/// How long a permission lasts (RFC 8656, section 9).
const PERMISSION_LIFE: Duration = Duration::from_secs(5 * 60);
/// How long a channel lasts (RFC 8656, section 12).
const CHANNEL_LIFE: Duration = Duration::from_secs(10 * 60);

/// How a client reached the relay.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// By datagrams.
    Udp,
    /// By a stream.
    Tcp,
}

/// One client of the relay. It has no Debug, because it is an address.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client {
    /// How it reached us.
    pub transport: Transport,
    /// Where it reached us from.
    pub address: SocketAddr,
}

/// What tells allocations apart for as long as the server lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AllocationId(pub(crate) u64);

/// Whether an address is of IPv4 or IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Four bytes.
    V4,
    /// Sixteen bytes.
    V6,
}

impl Family {
    pub(crate) const fn of(address: SocketAddr) -> Self {
        match address {
            SocketAddr::V4(_) => Self::V4,
            SocketAddr::V6(_) => Self::V6,
        }
    }
}

/// An allocation that is granted as soon as there is a port for it.
pub struct Opening {
    /// What the port is for.
    pub id: AllocationId,
    /// Who asks.
    pub client: Client,
    /// Which kind of address is asked for.
    pub family: Family,
    /// Whether the port must be even.
    pub even_port: bool,
    pub(crate) name: Box<str>,
    pub(crate) place: Place,
    pub(crate) life: Duration,
    pub(crate) transaction: TransactionId,
    pub(crate) key: LongTermKey,
}

/// Why a channel was not bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotBound {
    /// The number or the peer is taken by another channel.
    Taken,
    /// There are as many as there may be.
    Full,
}

pub(crate) struct Allocation {
    pub(crate) client: Client,
    pub(crate) relayed: SocketAddr,
    pub(crate) name: Box<str>,
    pub(crate) place: Place,
    /// The request that made it, to know the same one when it comes again.
    pub(crate) transaction: TransactionId,
    pub(crate) ends: Timestamp,
    permissions: Vec<Permission>,
    channels: Vec<Channel>,
    bytes: Budget,
    packets: Budget,
}

struct Permission {
    address: IpAddr,
    ends: Timestamp,
}

struct Channel {
    number: ChannelNumber,
    peer: SocketAddr,
    ends: Timestamp,
}

impl Allocation {
    pub(crate) fn new(
        opening: Opening,
        relayed: SocketAddr,
        settings: &Settings,
        now: Timestamp,
    ) -> Self {
        Self {
            client: opening.client,
            relayed,
            name: opening.name,
            place: opening.place,
            transaction: opening.transaction,
            ends: now.after(opening.life),
            permissions: Vec::new(),
            channels: Vec::new(),
            bytes: Budget::new(settings.bytes, now),
            packets: Budget::new(settings.packets, now),
        }
    }

    /// Takes one packet of `length` bytes from the budgets.
    pub(crate) fn spend(&mut self, length: usize, settings: &Settings, now: Timestamp) -> bool {
        self.packets.take(1, settings.packets, now)
            && self.bytes.take(length as u64, settings.bytes, now)
    }

    /// Whether `address` has a permission.
    pub(crate) fn permits(&self, address: IpAddr, now: Timestamp) -> bool {
        self.permissions
            .iter()
            .any(|permission| permission.address == address && now < permission.ends)
    }

    /// Gives or renews permissions, all of them or none when there would be more than `most`.
    pub(crate) fn permit(&mut self, addresses: &[IpAddr], most: usize, now: Timestamp) -> bool {
        self.permissions.retain(|permission| now < permission.ends);
        let held = |address| self.permissions.iter().any(|held| held.address == address);
        let mut fresh: Vec<IpAddr> = addresses.iter().copied().filter(|&a| !held(a)).collect();
        fresh.sort_unstable();
        fresh.dedup();
        if self.permissions.len() + fresh.len() > most {
            return false;
        }
        let ends = now.after(PERMISSION_LIFE);
        for permission in &mut self.permissions {
            if addresses.contains(&permission.address) {
                permission.ends = ends;
            }
        }
        let fresh = fresh
            .into_iter()
            .map(|address| Permission { address, ends });
        self.permissions.extend(fresh);
        true
    }

    /// Binds or renews a channel.
    pub(crate) fn bind(
        &mut self,
        number: ChannelNumber,
        peer: SocketAddr,
        most: usize,
        now: Timestamp,
    ) -> Result<(), NotBound> {
        self.channels.retain(|channel| now < channel.ends);
        let ends = now.after(CHANNEL_LIFE);
        let overlaps = |channel: &Channel| channel.number == number || channel.peer == peer;
        match self.channels.iter().position(overlaps) {
            Some(at) if self.channels[at].number == number && self.channels[at].peer == peer => {
                self.channels[at].ends = ends;
                Ok(())
            }
            Some(_) => Err(NotBound::Taken),
            None if self.channels.len() >= most => Err(NotBound::Full),
            None => {
                self.channels.push(Channel { number, peer, ends });
                Ok(())
            }
        }
    }

    /// The peer behind a channel.
    pub(crate) fn peer(&self, number: ChannelNumber, now: Timestamp) -> Option<SocketAddr> {
        self.channels
            .iter()
            .find(|channel| channel.number == number && now < channel.ends)
            .map(|channel| channel.peer)
    }

    /// The channel to a peer.
    pub(crate) fn channel(&self, peer: SocketAddr, now: Timestamp) -> Option<ChannelNumber> {
        self.channels
            .iter()
            .find(|channel| channel.peer == peer && now < channel.ends)
            .map(|channel| channel.number)
    }

    /// Every address with a permission.
    pub(crate) fn permitted(&self) -> Vec<IpAddr> {
        self.permissions
            .iter()
            .map(|permission| permission.address)
            .collect()
    }

    /// Withdraws the permissions of all but `addresses`.
    pub(crate) fn withdraw_all_but(&mut self, addresses: &[IpAddr]) {
        self.permissions
            .retain(|permission| addresses.contains(&permission.address));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{MemberId, OsEntropy, RoomId};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_ms(seconds * 1000)
    }

    fn allocation() -> Allocation {
        let address: SocketAddr = "192.0.2.1:1".parse().unwrap();
        let opening = Opening {
            id: AllocationId(0),
            client: Client {
                transport: Transport::Udp,
                address,
            },
            family: Family::V4,
            even_port: false,
            name: "name".into(),
            place: Place {
                room: RoomId::new(at(0), &OsEntropy),
                member: MemberId::new(&OsEntropy),
            },
            life: Duration::from_secs(600),
            transaction: TransactionId([0; 12]),
            key: LongTermKey::new("", "", ""),
        };
        Allocation::new(opening, address, &Settings::default(), at(0))
    }

    const NUMBER: ChannelNumber = ChannelNumber::new(0x4001).unwrap();
    const OTHER: ChannelNumber = ChannelNumber::new(0x4002).unwrap();

    #[test]
    fn a_permission_lasts_five_minutes_from_its_last_renewal() {
        let mut allocation = allocation();
        let address: IpAddr = "198.51.100.7".parse().unwrap();
        assert!(allocation.permit(&[address], 1, at(0)));
        assert!(allocation.permits(address, at(299)));
        assert!(!allocation.permits(address, at(300)));
        assert!(allocation.permit(&[address, address], 1, at(200)));
        assert!(allocation.permits(address, at(499)));
        assert!(!allocation.permits(address, at(500)));
    }

    #[test]
    fn permissions_are_given_all_or_none() {
        let mut allocation = allocation();
        let addresses: Vec<IpAddr> = (0..3).map(|n| [198, 51, 100, n].into()).collect();
        assert!(!allocation.permit(&addresses, 2, at(0)));
        assert!(!allocation.permits(addresses[0], at(0)));
        assert!(allocation.permit(&addresses[..2], 2, at(0)));
        assert!(!allocation.permit(&addresses[2..], 2, at(299)));
        assert!(allocation.permit(&addresses[2..], 2, at(300)));
    }

    #[test]
    fn a_channel_lasts_ten_minutes_from_its_last_renewal() {
        let mut allocation = allocation();
        let peer = "198.51.100.7:7".parse().unwrap();
        assert_eq!(allocation.bind(NUMBER, peer, 1, at(0)), Ok(()));
        assert_eq!(allocation.bind(NUMBER, peer, 1, at(599)), Ok(()));
        assert_eq!(allocation.peer(NUMBER, at(1198)), Some(peer));
        assert_eq!(allocation.channel(peer, at(1198)), Some(NUMBER));
        assert_eq!(allocation.peer(NUMBER, at(1199)), None);
        assert_eq!(allocation.channel(peer, at(1199)), None);
    }

    #[test]
    fn a_channel_joins_one_number_and_one_peer() {
        let mut allocation = allocation();
        let (peer, other) = (
            "198.51.100.7:7".parse().unwrap(),
            "198.51.100.7:8".parse().unwrap(),
        );
        assert_eq!(allocation.bind(NUMBER, peer, 1, at(0)), Ok(()));
        assert_eq!(
            allocation.bind(NUMBER, other, 1, at(0)),
            Err(NotBound::Taken)
        );
        assert_eq!(allocation.bind(OTHER, peer, 1, at(0)), Err(NotBound::Taken));
        assert_eq!(allocation.bind(OTHER, other, 1, at(0)), Err(NotBound::Full));
        assert_eq!(allocation.bind(OTHER, other, 1, at(600)), Ok(()));
    }
}
