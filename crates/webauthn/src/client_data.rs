//! Client data (5.8.1): what the browser says of the page that asked.

use crate::refusal::Refusal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ceremony {
    Create,
    Get,
}

impl Ceremony {
    const fn word(self) -> &'static str {
        match self {
            Self::Create => "webauthn.create",
            Self::Get => "webauthn.get",
        }
    }
}

/// Members that aren't named here are to be ignored: a browser may add some.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    #[serde(default)]
    top_origin: Option<String>,
}

impl ClientData {
    pub(crate) fn read(json: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(json).map_err(|_| Refusal::ClientData)
    }

    pub(crate) fn check(
        &self,
        ceremony: Ceremony,
        challenge: &[u8],
        origin: &str,
    ) -> Result<(), Refusal> {
        if self.r#type != ceremony.word() {
            return Err(Refusal::OtherCeremony);
        }
        if self.challenge != URL_SAFE_NO_PAD.encode(challenge) {
            return Err(Refusal::OtherChallenge);
        }
        if self.origin != origin || self.cross_origin || self.top_origin.is_some() {
            return Err(Refusal::OtherOrigin);
        }
        Ok(())
    }
}
