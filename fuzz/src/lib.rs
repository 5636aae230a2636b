//! What the fuzz targets share: chance without chance, bytes taken one by one, and a client that signs.

use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha1::Sha1;

/// The same bytes each time, and different ones at each call.
#[derive(Default)]
pub struct Counting(std::sync::atomic::AtomicU8);

impl base::Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    }
}

/// The fuzzer's bytes, read from the front. Past the end there are zeros.
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// Whether anything is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        self.some(1).first().copied().unwrap_or(0)
    }

    /// The next bytes, as many as the first of them says.
    pub fn counted(&mut self) -> &'a [u8] {
        let count = usize::from(self.byte());
        self.some(count)
    }

    fn some(&mut self, count: usize) -> &'a [u8] {
        let (taken, left) = self.0.split_at(count.min(self.0.len()));
        self.0 = left;
        taken
    }
}

/// A STUN request, built without the relay's own code.
pub struct Request(Vec<u8>);

impl Request {
    /// A request of `method`.
    #[must_use]
    pub fn new(method: u8, transaction: u8) -> Self {
        let mut bytes = vec![0, method, 0, 0, 0x21, 0x12, 0xa4, 0x42];
        bytes.extend([transaction; 12]);
        Self(bytes)
    }

    /// Adds an attribute.
    pub fn attribute(&mut self, kind: u16, value: &[u8]) {
        let length = u16::try_from(value.len()).unwrap_or(u16::MAX);
        self.0.extend(kind.to_be_bytes());
        self.0.extend(length.to_be_bytes());
        self.0.extend(value);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
        self.set_length(0);
    }

    /// Adds the address of an IPv4 peer.
    pub fn peer(&mut self, address: [u8; 4], port: u16) {
        let mut value = vec![0, 1];
        value.extend((port ^ 0x2112).to_be_bytes());
        let cookie = [0x21, 0x12, 0xa4, 0x42];
        value.extend(address.iter().zip(cookie).map(|(byte, mask)| byte ^ mask));
        self.attribute(0x0012, &value);
    }

    /// Signs the request with a long-term credential.
    #[must_use]
    pub fn sign(mut self, username: &str, password: &str, realm: &str, nonce: &[u8]) -> Vec<u8> {
        self.attribute(0x0006, username.as_bytes());
        self.attribute(0x0014, realm.as_bytes());
        self.attribute(0x0015, nonce);
        let key = Md5::digest(format!("{username}:{realm}:{password}"));
        self.set_length(24);
        let mut mac = Hmac::<Sha1>::new_from_slice(&key).expect("HMAC takes a key of any length");
        mac.update(&self.0);
        let code = mac.finalize().into_bytes();
        self.attribute(0x0008, &code);
        self.0
    }

    /// The request as it is.
    #[must_use]
    pub fn unsigned(self) -> Vec<u8> {
        self.0
    }

    fn set_length(&mut self, more: usize) {
        let length = u16::try_from(self.0.len() - 20 + more).unwrap_or(u16::MAX);
        self.0[2..4].copy_from_slice(&length.to_be_bytes());
    }
}

/// The value of the first attribute of `kind` in an answer of ours.
#[must_use]
pub fn value(message: &[u8], kind: u16) -> Option<Vec<u8>> {
    let mut rest = message.get(20..)?;
    while let Some((&[k0, k1, l0, l1], after)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes([l0, l1]));
        let value = after.get(..length)?;
        if u16::from_be_bytes([k0, k1]) == kind {
            return Some(value.to_vec());
        }
        rest = after.get(length.next_multiple_of(4)..)?;
    }
    None
}
