//! Authenticator data (6.1): bytes at fixed places, up to the credential's id.

/// Bytes at least of a credential's id (4, "Credential ID").
pub const CREDENTIAL_ID_MIN: usize = 16;
/// Bytes at most of a credential's id (7.1, step 25).
pub const CREDENTIAL_ID_MAX: usize = 1_023;

/// The authenticator data ends early, or has an id that is too short or too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the authenticator data is malformed")]
pub struct MalformedData;

#[expect(clippy::struct_excessive_bools, reason = "they are the format's flags")]
pub(crate) struct AuthenticatorData<'a> {
    pub(crate) rp_id_hash: &'a [u8],
    pub(crate) user_present: bool,
    pub(crate) user_verified: bool,
    pub(crate) backup_eligible: bool,
    pub(crate) backed_up: bool,
    pub(crate) counter: u32,
    /// Of a credential that was just made.
    pub(crate) credential_id: Option<&'a [u8]>,
}

impl<'a> AuthenticatorData<'a> {
    /// What comes after the id (the key in CBOR, extensions) isn't read: the key comes apart from it, and no
    /// extension is asked for.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, MalformedData> {
        let (rp_id_hash, rest) = split(bytes, 32)?;
        let (flags, rest) = split(rest, 1)?;
        let (counter, rest) = split(rest, 4)?;
        let has = |flag: u8| flags.iter().any(|flags| flags & flag != 0);
        let credential_id = if has(0x40) {
            let (_aaguid, rest) = split(rest, 16)?;
            let (length, rest) = split(rest, 2)?;
            let length = usize::from(u16::from_be_bytes(array(length)?));
            if !(CREDENTIAL_ID_MIN..=CREDENTIAL_ID_MAX).contains(&length) {
                return Err(MalformedData);
            }
            Some(split(rest, length)?.0)
        } else {
            None
        };
        Ok(Self {
            rp_id_hash,
            user_present: has(0x01),
            user_verified: has(0x04),
            backup_eligible: has(0x08),
            backed_up: has(0x10),
            counter: u32::from_be_bytes(array(counter)?),
            credential_id,
        })
    }
}

fn split(bytes: &[u8], at: usize) -> Result<(&[u8], &[u8]), MalformedData> {
    bytes.split_at_checked(at).ok_or(MalformedData)
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], MalformedData> {
    bytes.try_into().map_err(|_| MalformedData)
}
