//! Both ceremonies with somebody else's client and authenticator, and what is refused of them.

#![expect(clippy::unwrap_used, reason = "what a test can't do without fails it")]

use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::client::{Client, DefaultClientData};
use passkey::crypto::iana;
use passkey::crypto::rust_crypto::RustCryptoBackend;
use passkey::types::ctap2::{Aaguid, Ctap2Error};
use passkey::types::webauthn::{
    AttestationConveyancePreference, CredentialCreationOptions, CredentialRequestOptions,
    PublicKeyCredentialCreationOptions, PublicKeyCredentialParameters,
    PublicKeyCredentialRequestOptions, PublicKeyCredentialRpEntity, PublicKeyCredentialType,
    PublicKeyCredentialUserEntity, UserVerificationRequirement,
};
use passkey::types::{Bytes, Passkey};
use url::Url;
use webauthn::{
    Algorithm, Assertion, Credential, MalformedData, Refusal, Registration, RelyingParty,
};

const FIRST: &[u8] = b"the challenge of the registration";
const SECOND: &[u8] = b"the challenge of the log-in";
const USER: &[u8] = b"0190cafe-0000-7000-8000-000000000001";

/// Somebody at the authenticator, which verifies them.
struct Somebody;

#[async_trait::async_trait]
impl UserValidationMethod for Somebody {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _hint: UiHint<'a, Passkey>,
        _presence: bool,
        _verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck {
            presence: true,
            verification: true,
        })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

fn portal() -> RelyingParty {
    RelyingParty {
        id: "business.portal.example".to_owned(),
        origin: "https://business.portal.example".to_owned(),
    }
}

/// What a browser sends of either ceremony.
struct Sent {
    id: Vec<u8>,
    client_data: Vec<u8>,
    authenticator_data: Vec<u8>,
    public_key: Vec<u8>,
    algorithm: i64,
    signature: Vec<u8>,
    user_handle: Option<Vec<u8>>,
}

impl Sent {
    fn registered(&self, portal: &RelyingParty, challenge: &[u8]) -> Result<Credential, Refusal> {
        portal.register(
            challenge,
            &Registration {
                client_data: &self.client_data,
                authenticator_data: &self.authenticator_data,
                public_key: &self.public_key,
                algorithm: self.algorithm,
            },
        )
    }

    fn logs_in(
        &self,
        portal: &RelyingParty,
        challenge: &[u8],
        credential: &Credential,
    ) -> Result<Credential, Refusal> {
        portal.authenticate(
            challenge,
            credential,
            &Assertion {
                client_data: &self.client_data,
                authenticator_data: &self.authenticator_data,
                signature: &self.signature,
            },
        )
    }
}

/// A registration and a log-in by it.
async fn ceremonies() -> (Sent, Sent) {
    let authenticator = Authenticator::new(
        Aaguid::new_empty(),
        None::<Passkey>,
        Somebody,
        RustCryptoBackend,
    );
    let mut client = Client::new(authenticator);
    let origin = Url::parse(&portal().origin).unwrap();
    let parameters = PublicKeyCredentialParameters {
        ty: PublicKeyCredentialType::PublicKey,
        alg: iana::Algorithm::ES256,
    };
    let create = CredentialCreationOptions {
        public_key: PublicKeyCredentialCreationOptions {
            rp: PublicKeyCredentialRpEntity {
                id: None,
                name: "Business Portal".into(),
            },
            user: PublicKeyCredentialUserEntity {
                id: USER.to_vec().into(),
                display_name: "Mai".into(),
                name: "mai@coffee.test".into(),
            },
            challenge: FIRST.to_vec().into(),
            pub_key_cred_params: vec![parameters],
            timeout: None,
            exclude_credentials: None,
            authenticator_selection: None,
            hints: None,
            attestation: AttestationConveyancePreference::None,
            attestation_formats: None,
            extensions: None,
        },
    };
    let made = client
        .register(&origin, create, DefaultClientData)
        .await
        .unwrap();
    let first = Sent {
        id: made.raw_id.to_vec(),
        client_data: made.response.client_data_json.to_vec(),
        authenticator_data: made.response.authenticator_data.to_vec(),
        public_key: made.response.public_key.unwrap().to_vec(),
        algorithm: made.response.public_key_algorithm,
        signature: Vec::new(),
        user_handle: None,
    };
    let get = CredentialRequestOptions {
        public_key: PublicKeyCredentialRequestOptions {
            challenge: Bytes::from(SECOND.to_vec()),
            timeout: None,
            rp_id: None,
            allow_credentials: None,
            user_verification: UserVerificationRequirement::default(),
            hints: None,
            attestation: AttestationConveyancePreference::None,
            attestation_formats: None,
            extensions: None,
        },
    };
    let used = client
        .authenticate(&origin, get, DefaultClientData)
        .await
        .unwrap();
    let second = Sent {
        id: used.raw_id.to_vec(),
        client_data: used.response.client_data_json.to_vec(),
        authenticator_data: used.response.authenticator_data.to_vec(),
        public_key: Vec::new(),
        algorithm: 0,
        signature: used.response.signature.to_vec(),
        user_handle: used.response.user_handle.map(|handle| handle.to_vec()),
    };
    (first, second)
}

#[tokio::test]
async fn a_passkey_is_made_and_logs_in() {
    let (first, second) = ceremonies().await;
    let made = first.registered(&portal(), FIRST).unwrap();
    assert_eq!(made.id, first.id);
    assert_eq!(made.key.algorithm(), Algorithm::Es256);
    assert_eq!(second.id, made.id);
    assert_eq!(second.user_handle.as_deref(), Some(USER));
    let used = second.logs_in(&portal(), SECOND, &made).unwrap();
    assert_eq!(used.id, made.id);
}

#[tokio::test]
async fn an_answer_is_of_its_challenge_its_origin_and_its_ceremony() {
    let (first, second) = ceremonies().await;
    let made = first.registered(&portal(), FIRST).unwrap();
    let other = RelyingParty {
        origin: "https://evil.example".to_owned(),
        ..portal()
    };
    let neighbour = RelyingParty {
        id: "portal.example".to_owned(),
        ..portal()
    };
    for (party, challenge, refusal) in [
        (portal(), &b"another"[..], Refusal::OtherChallenge),
        (portal(), &b""[..], Refusal::OtherChallenge),
        (other, FIRST, Refusal::OtherOrigin),
        (neighbour, FIRST, Refusal::OtherRelyingParty),
    ] {
        assert_eq!(first.registered(&party, challenge), Err(refusal.clone()));
        if challenge == FIRST {
            let used = second.logs_in(&party, SECOND, &made);
            assert_eq!(used, Err(refusal));
        }
    }
    let crossed = Sent {
        client_data: second.client_data.clone(),
        ..first
    };
    let refused = crossed.registered(&portal(), SECOND);
    assert_eq!(refused, Err(Refusal::OtherCeremony));
}

/// In a frame, or with members that a browser adds.
#[tokio::test]
async fn a_frame_of_another_origin_is_refused_and_what_is_unknown_is_not() {
    let (mut first, _) = ceremonies().await;
    let told = String::from_utf8(first.client_data.clone()).unwrap();
    let with = |member: &str| told.replacen('{', &format!("{{{member},"), 1).into_bytes();
    let plain = told.replace("\"crossOrigin\":false", "\"other\":{\"may\":[\"be\"]}");
    first.client_data = plain.into_bytes();
    assert!(first.registered(&portal(), FIRST).is_ok());
    first.client_data = with("\"topOrigin\":\"https://evil.example\"");
    let refused = first.registered(&portal(), FIRST);
    assert_eq!(refused, Err(Refusal::OtherOrigin));
    let framed = told.replace("\"crossOrigin\":false", "\"crossOrigin\":true");
    assert_ne!(framed, told);
    first.client_data = framed.into_bytes();
    let refused = first.registered(&portal(), FIRST);
    assert_eq!(refused, Err(Refusal::OtherOrigin));
    for malformed in ["", "{", "[]", "null", "{\"type\":1}"] {
        first.client_data = malformed.as_bytes().to_vec();
        let refused = first.registered(&portal(), FIRST);
        assert_eq!(refused, Err(Refusal::ClientData), "{malformed}");
    }
}

/// Each flag for itself, by the byte that has them all.
#[tokio::test]
async fn flags_say_who_was_there_and_where_the_key_is() {
    let (first, second) = ceremonies().await;
    let made = first.registered(&portal(), FIRST).unwrap();
    let with = |sent: &Sent, flags: &dyn Fn(u8) -> u8| {
        let mut data = sent.authenticator_data.clone();
        data[32] = flags(data[32]);
        data
    };
    for (change, refusal) in [
        (
            &(|flags: u8| flags & !0x01) as &dyn Fn(u8) -> u8,
            Refusal::NoUser,
        ),
        (&|flags| flags & !0x04, Refusal::UserNotVerified),
        (&|flags| (flags | 0x10) & !0x08, Refusal::Backup),
    ] {
        let registered = Sent {
            authenticator_data: with(&first, change),
            id: first.id.clone(),
            client_data: first.client_data.clone(),
            public_key: first.public_key.clone(),
            signature: Vec::new(),
            user_handle: None,
            ..first
        };
        let refused = registered.registered(&portal(), FIRST);
        assert_eq!(refused, Err(refusal.clone()));
        let used = Sent {
            authenticator_data: with(&second, change),
            id: second.id.clone(),
            client_data: second.client_data.clone(),
            public_key: Vec::new(),
            signature: second.signature.clone(),
            user_handle: None,
            ..second
        };
        assert_eq!(used.logs_in(&portal(), SECOND, &made), Err(refusal));
    }
    // One that could be on several devices, and is none of those by now.
    let other = Credential {
        backup_eligible: !made.backup_eligible,
        ..made.clone()
    };
    let refused = second.logs_in(&portal(), SECOND, &other);
    assert_eq!(refused, Err(Refusal::Backup));
}

#[tokio::test]
async fn a_signature_is_by_the_key_over_all_that_was_signed() {
    let (first, mut second) = ceremonies().await;
    let made = first.registered(&portal(), FIRST).unwrap();
    let (another, _) = ceremonies().await;
    let another = another.registered(&portal(), FIRST).unwrap();
    let refused = second.logs_in(&portal(), SECOND, &another);
    assert_eq!(refused, Err(Refusal::Signature));
    let signature = second.signature.clone();
    second.signature.clear();
    let refused = second.logs_in(&portal(), SECOND, &made);
    assert_eq!(refused, Err(Refusal::Signature));
    second.signature = signature;
    // A member more: the page is the same, and it wasn't signed.
    let told = String::from_utf8(second.client_data.clone()).unwrap();
    second.client_data = told.replacen('{', "{\"more\":1,", 1).into_bytes();
    let refused = second.logs_in(&portal(), SECOND, &made);
    assert_eq!(refused, Err(Refusal::Signature));
}

#[tokio::test]
async fn who_counts_counts_on() {
    let (first, second) = ceremonies().await;
    let made = first.registered(&portal(), FIRST).unwrap();
    let used = second.logs_in(&portal(), SECOND, &made).unwrap();
    let ahead = Credential {
        counter: used.counter.max(1),
        ..made
    };
    let refused = second.logs_in(&portal(), SECOND, &ahead);
    assert_eq!(refused, Err(Refusal::CountedBack));
}

#[tokio::test]
async fn data_that_ends_early_or_has_no_key_is_refused() {
    let (mut first, _) = ceremonies().await;
    let whole = first.authenticator_data.clone();
    let id_ends = 37 + 16 + 2 + first.id.len();
    for length in 0..id_ends {
        first.authenticator_data = whole[..length].to_vec();
        let refused = first.registered(&portal(), FIRST);
        assert_eq!(refused, Err(MalformedData.into()), "{length}");
    }
    // Without the flag that says that a credential comes with it.
    first.authenticator_data = whole.clone();
    first.authenticator_data[32] &= !0x40;
    let refused = first.registered(&portal(), FIRST);
    assert_eq!(refused, Err(MalformedData.into()));
    // Ids that are shorter and longer than any may be.
    for length in [0_u16, 15, 1_024] {
        first.authenticator_data.clone_from(&whole);
        first.authenticator_data.resize(4_000, 0);
        first.authenticator_data[53..55].copy_from_slice(&length.to_be_bytes());
        let refused = first.registered(&portal(), FIRST);
        assert_eq!(refused, Err(MalformedData.into()), "{length}");
    }
}
