//! Answers: what a client is told, written into the buffer that is used again and again.

use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;

use super::failure::Failure;
use super::{Output, Server};
use crate::Client;
use crate::stun::{Class, LongTermKey, Message, Method, TransactionId, Writer, attribute};

/// What an answer must repeat.
pub(super) struct Request {
    pub(super) client: Client,
    pub(super) method: Method,
    pub(super) transaction: TransactionId,
}

/// What a successful answer says.
pub(super) enum Grant {
    Allocation { relayed: SocketAddr, life: Duration },
    Life(Duration),
    Done,
}

impl Server {
    pub(super) fn reply(
        &mut self,
        request: &Request,
        key: Option<&LongTermKey>,
        outcome: Result<Grant, Failure>,
        now: Timestamp,
    ) -> Output<'_> {
        let grant = match outcome {
            Ok(grant) => grant,
            Err(failure) => return self.fail(request, key, &failure, now),
        };
        let client = request.client;
        let writer = request.writer(&mut self.scratch, Class::Success);
        let writer = match grant {
            Grant::Allocation { relayed, life } => writer
                .address(attribute::XOR_RELAYED_ADDRESS, relayed)
                .number(attribute::LIFETIME, seconds(life))
                .address(attribute::XOR_MAPPED_ADDRESS, client.address),
            Grant::Life(life) => writer.number(attribute::LIFETIME, seconds(life)),
            Grant::Done => writer,
        };
        let message = signed(writer, key);
        Output::ToClient { client, message }
    }

    pub(super) fn fail(
        &mut self,
        request: &Request,
        key: Option<&LongTermKey>,
        failure: &Failure,
        now: Timestamp,
    ) -> Output<'_> {
        self.counters.refuse(failure.reason);
        let client = request.client;
        let mut writer = request
            .writer(&mut self.scratch, Class::Error)
            .error(failure.code as u16, failure.code.phrase());
        if failure.code.is_challenge() {
            writer = writer
                .value(attribute::REALM, self.settings.realm.as_bytes())
                .value(attribute::NONCE, &self.nonces.issue(client.address, now));
        }
        if !failure.unknown.is_empty() {
            let kinds: Vec<u8> = failure
                .unknown
                .iter()
                .flat_map(|kind| kind.to_be_bytes())
                .collect();
            writer = writer.value(attribute::UNKNOWN_ATTRIBUTES, &kinds);
        }
        let message = signed(writer, key);
        Output::ToClient { client, message }
    }
}

impl Request {
    pub(super) fn of(client: Client, message: &Message) -> Self {
        Self {
            client,
            method: message.method,
            transaction: message.transaction,
        }
    }

    pub(super) fn writer<'a>(&self, buffer: &'a mut Vec<u8>, class: Class) -> Writer<'a> {
        Writer::new(buffer, class, self.method, self.transaction)
    }
}

fn signed<'a>(writer: Writer<'a>, key: Option<&LongTermKey>) -> &'a [u8] {
    match key {
        Some(key) => writer.sign(key.as_bytes()).fingerprint().finish(),
        None => writer.fingerprint().finish(),
    }
}

fn seconds(life: Duration) -> u32 {
    u32::try_from(life.as_secs()).unwrap_or(u32::MAX)
}
