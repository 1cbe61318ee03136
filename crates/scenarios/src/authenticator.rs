//! An authenticator in software, which makes one passkey and signs by it, and the browser before it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::passkeys::{AddPasskey, Assertion, NewPasskey, PasskeyRequest};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::EncodePublicKey as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// Somebody was there, and was verified; the key may be on several devices, and is.
const FLAGS: u8 = 0x01 | 0x04 | 0x08 | 0x10;
const HAS_KEY: u8 = 0x40;

/// An authenticator with one key, in a browser at an origin.
pub struct Authenticator {
    origin: String,
    key: SigningKey,
    id: Vec<u8>,
    user_handle: Option<String>,
    /// The signatures that it counts; it counts none while it is 0.
    pub counter: u32,
    /// Of its authenticator data.
    pub flags: u8,
}

impl Authenticator {
    /// One that differs from those of other numbers.
    pub fn new(origin: String, number: u8) -> Self {
        Self {
            origin,
            key: SigningKey::from_slice(&[number; 32]).unwrap(),
            id: vec![number; 16],
            user_handle: None,
            counter: 0,
            flags: FLAGS,
        }
    }

    /// The credential's id, in base64url.
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.id)
    }

    /// What `navigator.credentials.create` gives.
    pub fn make(&mut self, options: &NewPasskey, name: &str) -> AddPasskey {
        self.user_handle = Some(options.user_id.clone());
        let mut data = self.data(&options.rp_id, self.flags | HAS_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        let public_key = self.key.verifying_key().to_public_key_der().unwrap();
        AddPasskey {
            name: name.to_owned(),
            client_data: self.client_data("webauthn.create", &options.challenge),
            authenticator_data: URL_SAFE_NO_PAD.encode(data),
            public_key: URL_SAFE_NO_PAD.encode(public_key.as_bytes()),
            algorithm: -7,
        }
    }

    /// What `navigator.credentials.get` gives.
    pub fn sign(&mut self, request: &PasskeyRequest) -> Assertion {
        if self.counter > 0 {
            self.counter += 1;
        }
        let data = self.data(&request.rp_id, self.flags);
        let client_data = self.client_data("webauthn.get", &request.challenge);
        let hash = Sha256::digest(URL_SAFE_NO_PAD.decode(&client_data).unwrap());
        let signature: DerSignature = self.key.sign(&[&data[..], &hash].concat());
        Assertion {
            id: self.id(),
            client_data,
            authenticator_data: URL_SAFE_NO_PAD.encode(data),
            signature: URL_SAFE_NO_PAD.encode(signature.as_bytes()),
            user_handle: self.user_handle.clone(),
        }
    }

    fn data(&self, rp_id: &str, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(rp_id).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, ceremony: &str, challenge: &str) -> String {
        let told = json!({"type": ceremony, "challenge": challenge, "origin": self.origin});
        URL_SAFE_NO_PAD.encode(told.to_string())
    }
}
