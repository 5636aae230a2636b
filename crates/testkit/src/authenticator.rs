//! A passkey authenticator in software: it does what devices do, and what they must not do when a test asks for it.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The person touched the device (WebAuthn Level 3, 6.1).
const PRESENT: u8 = 0x01;
/// The device knows that it is its owner.
const VERIFIED: u8 = 0x04;
/// A new key is attached.
const ATTACHED: u8 = 0x40;

/// A device with passkeys, behind a browser that is on some page.
pub struct SoftAuthenticator {
    /// Where the browser thinks that it is.
    pub origin: String,
    /// Whom the device signs for, if not for whom it is asked.
    pub signs_for: Option<String>,
    /// Whether it knows its owner.
    pub is_verified: bool,
    /// How much each use adds to a passkey's count. Synced passkeys do not count.
    pub step: i64,
    passkeys: Vec<Passkey>,
}

struct Passkey {
    id: Vec<u8>,
    handle: Vec<u8>,
    count: i64,
    key: EcdsaKeyPair,
}

impl SoftAuthenticator {
    /// A device without passkeys, behind a browser at `origin`.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            signs_for: None,
            is_verified: true,
            step: 1,
            passkeys: Vec::new(),
        }
    }

    /// Makes a passkey; none on a device that holds one of those that the site excludes.
    pub fn create(&mut self, options: &Value) -> Option<Value> {
        let excluded = options["excludeCredentials"].as_array().cloned();
        let excluded: Vec<Vec<u8>> = excluded
            .unwrap_or_default()
            .iter()
            .map(|one| bytes(&one["id"]))
            .collect();
        if self.passkeys.iter().any(|own| excluded.contains(&own.id)) {
            return None;
        }
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random)
            .expect("the machine has random bytes");
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random)
                .expect("a key that was just made");
        let id = Sha256::digest(key.public_key().as_ref()).to_vec();
        let passkey = Passkey {
            id: id.clone(),
            handle: bytes(&options["user"]["id"]),
            count: 0,
            key,
        };
        let asked_for = options["rp"]["id"].as_str().unwrap_or_default();
        let mut data = self.data(asked_for, ATTACHED, 0);
        data.extend([0; 16]);
        data.extend(u16::try_from(id.len()).unwrap_or(0).to_be_bytes());
        data.extend(&id);
        data.extend(cose(passkey.key.public_key().as_ref()));
        self.passkeys.push(passkey);
        let client = self.client_data("webauthn.create", options);
        Some(json!({
            "id": text(&id), "rawId": text(&id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": text(client.as_bytes()),
                "attestationObject": text(&attestation(&data)),
                "transports": ["internal"],
            },
        }))
    }

    /// Answers with the newest passkey.
    pub fn get(&mut self, options: &Value) -> Option<Value> {
        let step = self.step;
        let newest = self.passkeys.last_mut()?;
        newest.count += step;
        let newest = self.passkeys.last()?;
        let asked_for = options["rpId"].as_str().unwrap_or_default();
        let data = self.data(asked_for, 0, newest.count);
        let client = self.client_data("webauthn.get", options);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature = newest.key.sign(&SystemRandom::new(), &signed).ok()?;
        Some(json!({
            "id": text(&newest.id), "rawId": text(&newest.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": text(client.as_bytes()),
                "authenticatorData": text(&data),
                "signature": text(signature.as_ref()),
                "userHandle": text(&newest.handle),
            },
        }))
    }

    fn data(&self, asked_for: &str, flags: u8, count: i64) -> Vec<u8> {
        let site = self.signs_for.as_deref().unwrap_or(asked_for);
        let verified = if self.is_verified { VERIFIED } else { 0 };
        let mut data = Sha256::digest(site).to_vec();
        data.push(PRESENT | verified | flags);
        data.extend(u32::try_from(count).unwrap_or(0).to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let challenge = &options["challenge"];
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
    }
}

/// A public key as COSE writes it (RFC 9053, 7.1): EC2, ES256, P-256, x, y.
fn cose(point: &[u8]) -> Vec<u8> {
    let (x, y) = (&point[1..33], &point[33..65]);
    let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
    [&head[..], x, &[0x22, 0x58, 0x20], y].concat()
}

/// An attestation of the kind "none", in CBOR.
fn attestation(data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).expect("authenticator data of one byte's length");
    let head = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58";
    [&head[..], &[length], data].concat()
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &Value) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text.as_str().unwrap_or_default())
        .unwrap_or_default()
}
