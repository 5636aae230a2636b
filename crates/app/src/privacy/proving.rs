//! What proves that somebody is who they say: a code for whoever wrote a mail, a digest for an operator.

use base::{AccountId, Entropy, RequestId, Secret};
use hmac::{Hmac, KeyInit, Mac};
use privacy::ActorDigest;
use sha2::{Digest, Sha256};
use store::{Store, StoreError};

/// Name of the key in the store that codes of requests are made with.
const KEY_NAME: &str = "request-check";
/// Letters of a code: 50 bits of Crockford's alphabet, far beyond what can be tried by mail.
const CODE_CHARS: usize = 10;

/// What whoever asked by mail answers with, to show that the address is theirs. It is made anew each time and kept nowhere.
pub async fn request_code(
    store: &Store,
    request: RequestId,
    entropy: &dyn Entropy,
) -> Result<Secret<String>, StoreError> {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let fresh = Secret::new(entropy.bytes32());
    let key = store.node_secret(KEY_NAME, fresh).await?;
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.expose()).expect("HMAC takes a key of any length");
    mac.update(b"unisono/1 request\0");
    mac.update(request.to_string().as_bytes());
    let bytes = mac.finalize().into_bytes();
    // A power of two divides 256, so no letter is likelier than another.
    let letters = bytes.iter().take(CODE_CHARS);
    let code = letters.map(|byte| char::from(DIGITS[usize::from(byte % 32)]));
    Ok(Secret::new(code.collect()))
}

/// Whether somebody typed this code, in whatever case and with whatever spaces.
pub fn is_code(code: &Secret<String>, typed: &str) -> bool {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    let typed: String = letters.map(|it| it.to_ascii_uppercase()).collect();
    *code == Secret::new(typed)
}

/// What tells two operators apart in a register that names none of them.
pub fn actor_digest(operator: AccountId) -> ActorDigest {
    let digest = Sha256::new()
        .chain_update(b"unisono/1 operator\0")
        .chain_update(operator.to_string().as_bytes());
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code = Secret::new("ABCDE12345".to_owned());
        assert!(is_code(&code, "abcde 12345") && is_code(&code, "ABCDE-12345\n"));
        assert!(!is_code(&code, "ABCDE12346") && !is_code(&code, ""));
    }
}
