//! Why an answer isn't taken.

use crate::authenticator::MalformedData;
use crate::key::KeyRefused;

/// Why an answer isn't taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the client data is malformed")]
    ClientData,
    #[error("it answers another ceremony")]
    OtherCeremony,
    #[error("it answers another challenge")]
    OtherChallenge,
    #[error("it is of another origin, or of a frame in a page of another")]
    OtherOrigin,
    #[error(transparent)]
    AuthenticatorData(#[from] MalformedData),
    #[error("it is for another relying party")]
    OtherRelyingParty,
    #[error("nobody was there")]
    NoUser,
    #[error("the authenticator didn't verify its user")]
    UserNotVerified,
    #[error("what it says of backups contradicts itself, or what it said before")]
    Backup,
    #[error(transparent)]
    Key(#[from] KeyRefused),
    #[error("the signature doesn't fit")]
    Signature,
    /// There may be a copy of the authenticator (6.1.1).
    #[error("the authenticator has counted back")]
    CountedBack,
}
