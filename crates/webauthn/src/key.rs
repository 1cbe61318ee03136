//! Public keys of credentials, and signatures by them.

use ed25519_dalek::pkcs8::DecodePublicKey as _;
use rsa::pkcs1v15;
use rsa::signature::Verifier as _;
use rsa::traits::PublicKeyParts as _;
use sha2::Sha256;

/// A signature algorithm, by its number at COSE (IANA).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256: nearly every authenticator has it.
    Es256,
    /// Ed25519.
    EdDsa,
    /// RSASSA-PKCS1-v1_5 with SHA-256: some of Windows Hello have this alone.
    Rs256,
}

impl Algorithm {
    /// Those that are asked for, the best first.
    pub const ALL: [Self; 3] = [Self::Es256, Self::EdDsa, Self::Rs256];

    pub const fn number(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Rs256 => -257,
        }
    }
}

/// A key in `SubjectPublicKeyInfo` (DER) that can be read as one of its algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    algorithm: Algorithm,
    der: Vec<u8>,
}

/// The key is none of an algorithm that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key is none of an algorithm that is known")]
pub struct KeyRefused;

/// Bytes at least of the modulus of a key of RSA: one of 1,024 bits can be factored.
const RSA_MIN: usize = 256;
/// Bytes at most of a key in DER: RSA's of 4,096 bits takes 550.
const DER_MAX: usize = 1_024;

impl PublicKey {
    /// Reads a key of the algorithm of that number.
    pub fn read(algorithm: i64, der: &[u8]) -> Result<Self, KeyRefused> {
        let algorithm = Algorithm::ALL
            .into_iter()
            .find(|it| it.number() == algorithm)
            .ok_or(KeyRefused)?;
        let key = Self {
            algorithm,
            der: der.to_vec(),
        };
        if der.len() > DER_MAX || key.verifier().is_none() {
            return Err(KeyRefused);
        }
        Ok(key)
    }

    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// As it was read.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self.verifier() {
            Some(Verifier::Es256(key)) => p256::ecdsa::DerSignature::try_from(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Some(Verifier::EdDsa(key)) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            Some(Verifier::Rs256(key)) => pkcs1v15::Signature::try_from(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            None => false,
        }
    }

    fn verifier(&self) -> Option<Verifier> {
        let der = &self.der;
        match self.algorithm {
            Algorithm::Es256 => {
                let key = p256::ecdsa::VerifyingKey::from_public_key_der(der).ok()?;
                Some(Verifier::Es256(key))
            }
            Algorithm::EdDsa => {
                let key = ed25519_dalek::VerifyingKey::from_public_key_der(der).ok()?;
                Some(Verifier::EdDsa(key))
            }
            Algorithm::Rs256 => {
                let key = rsa::PublicKey::from_public_key_der(der).ok()?;
                if key.size() < RSA_MIN {
                    return None;
                }
                Some(Verifier::Rs256(pkcs1v15::VerifyingKey::new(key)))
            }
        }
    }
}

enum Verifier {
    Es256(p256::ecdsa::VerifyingKey),
    EdDsa(ed25519_dalek::VerifyingKey),
    Rs256(pkcs1v15::VerifyingKey<Sha256>),
}
