//! What a relying party verifies of WebAuthn's two ceremonies (Web Authentication Level 3, 7.1 and 7.2), for
//! passkeys: discoverable credentials whose authenticator verifies its user. Nobody's make is attested, so any
//! authenticator will do.
//!
//! It asks for no clock and no random numbers: who asks draws the challenge, keeps it, and knows when it ends.
//! `webauthn-rs` and `webauthn_rp` ask the machine for both, which a tab of a browser refuses.

mod authenticator;
mod client_data;
mod key;
mod refusal;

pub use authenticator::{CREDENTIAL_ID_MAX, CREDENTIAL_ID_MIN, MalformedData};
pub use key::{Algorithm, KeyRefused, PublicKey};
pub use refusal::Refusal;

use authenticator::AuthenticatorData;
use client_data::{Ceremony, ClientData};
use sha2::{Digest as _, Sha256};

/// Who credentials are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    /// The RP ID: a domain, without scheme and port.
    pub id: String,
    /// The origin of its pages: scheme, host and port, without a slash at the end.
    pub origin: String,
}

/// What an authenticator has made for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    pub id: Vec<u8>,
    pub key: PublicKey,
    /// The signatures that it has counted; 0 where it counts none.
    pub counter: u32,
    /// Whether it may be on several devices (`BE`). It stays as it is.
    pub backup_eligible: bool,
    /// Whether it is on several devices, or will survive the loss of one (`BS`).
    pub backed_up: bool,
}

/// The answer to `navigator.credentials.create`, decoded from base64url.
#[derive(Clone, Debug)]
pub struct Registration<'a> {
    /// `response.clientDataJSON`.
    pub client_data: &'a [u8],
    /// `response.getAuthenticatorData()`.
    pub authenticator_data: &'a [u8],
    /// `response.getPublicKey()`: `SubjectPublicKeyInfo` in DER.
    pub public_key: &'a [u8],
    /// `response.getPublicKeyAlgorithm()`, a number of COSE's.
    pub algorithm: i64,
}

/// The answer to `navigator.credentials.get`, decoded from base64url.
#[derive(Clone, Debug)]
pub struct Assertion<'a> {
    /// `response.clientDataJSON`.
    pub client_data: &'a [u8],
    /// `response.authenticatorData`.
    pub authenticator_data: &'a [u8],
    /// `response.signature`.
    pub signature: &'a [u8],
}

impl RelyingParty {
    /// Whose pages are at an origin: its host is the RP ID.
    pub fn at(origin: &str) -> Self {
        let (_, authority) = origin.split_once("://").unwrap_or(("", origin));
        let (host, _) = authority.split_once(':').unwrap_or((authority, ""));
        Self {
            id: host.to_owned(),
            origin: origin.to_owned(),
        }
    }

    /// The credential that was made for `challenge`. Whether its id is somebody's already is for the caller
    /// to see (7.1, step 26).
    pub fn register(
        &self,
        challenge: &[u8],
        answer: &Registration<'_>,
    ) -> Result<Credential, Refusal> {
        ClientData::read(answer.client_data)?.check(Ceremony::Create, challenge, &self.origin)?;
        let data = AuthenticatorData::read(answer.authenticator_data)?;
        self.check(&data)?;
        let id = data.credential_id.ok_or(MalformedData)?;
        Ok(Credential {
            id: id.to_vec(),
            key: PublicKey::read(answer.algorithm, answer.public_key)?,
            counter: data.counter,
            backup_eligible: data.backup_eligible,
            backed_up: data.backed_up,
        })
    }

    /// The credential as it is after it has signed `challenge`. Which one it is, and whose, is known to the
    /// caller by its id and the user handle (7.2, steps 5 and 6).
    pub fn authenticate(
        &self,
        challenge: &[u8],
        credential: &Credential,
        answer: &Assertion<'_>,
    ) -> Result<Credential, Refusal> {
        ClientData::read(answer.client_data)?.check(Ceremony::Get, challenge, &self.origin)?;
        let data = AuthenticatorData::read(answer.authenticator_data)?;
        self.check(&data)?;
        if data.backup_eligible != credential.backup_eligible {
            return Err(Refusal::Backup);
        }
        let signed = [
            answer.authenticator_data,
            Sha256::digest(answer.client_data).as_slice(),
        ]
        .concat();
        if !credential.key.has_signed(&signed, answer.signature) {
            return Err(Refusal::Signature);
        }
        let counts = data.counter != 0 || credential.counter != 0;
        if counts && data.counter <= credential.counter {
            return Err(Refusal::CountedBack);
        }
        Ok(Credential {
            counter: data.counter,
            backed_up: data.backed_up,
            ..credential.clone()
        })
    }

    /// What holds of both ceremonies.
    fn check(&self, data: &AuthenticatorData<'_>) -> Result<(), Refusal> {
        if data.rp_id_hash != Sha256::digest(&self.id).as_slice() {
            return Err(Refusal::OtherRelyingParty);
        }
        if !data.user_present {
            return Err(Refusal::NoUser);
        }
        if !data.user_verified {
            return Err(Refusal::UserNotVerified);
        }
        if data.backed_up && !data.backup_eligible {
            return Err(Refusal::Backup);
        }
        Ok(())
    }
}
