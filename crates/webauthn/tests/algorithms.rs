//! Each algorithm, by keys and signatures that another library made (`signed.json`).

#![expect(clippy::unwrap_used, reason = "what a test can't do without fails it")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use webauthn::{Algorithm, Assertion, Credential, KeyRefused, PublicKey, Refusal, RelyingParty};

fn file() -> Value {
    serde_json::from_str(include_str!("signed.json")).unwrap()
}

fn bytes(of: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(of.as_str().unwrap()).unwrap()
}

fn logs_in(key: PublicKey, signed: &Value, signature: &[u8]) -> Result<Credential, Refusal> {
    let portal = RelyingParty {
        id: "business.portal.example".to_owned(),
        origin: "https://business.portal.example".to_owned(),
    };
    let credential = Credential {
        id: b"one".to_vec(),
        key,
        counter: 6,
        backup_eligible: true,
        backed_up: false,
    };
    let answer = Assertion {
        client_data: &bytes(&signed["client_data"]),
        authenticator_data: &bytes(&signed["authenticator_data"]),
        signature,
    };
    portal.authenticate(b"the challenge of the log-in", &credential, &answer)
}

#[test]
fn each_algorithm_is_verified_and_a_changed_signature_is_not() {
    let mut seen = Vec::new();
    for signed in file()["signed"].as_array().unwrap() {
        let name = &signed["name"];
        let algorithm = signed["algorithm"].as_i64().unwrap();
        let key = PublicKey::read(algorithm, &bytes(&signed["public_key"])).unwrap();
        seen.push(key.algorithm());
        let signature = bytes(&signed["signature"]);
        let used = logs_in(key.clone(), signed, &signature).unwrap();
        assert_eq!((used.counter, used.backed_up), (7, true), "{name}");
        for place in [0, signature.len() / 2, signature.len() - 1] {
            let mut changed = signature.clone();
            changed[place] ^= 1;
            let refused = logs_in(key.clone(), signed, &changed);
            assert_eq!(refused, Err(Refusal::Signature), "{name}, byte {place}");
        }
        let short = &signature[..signature.len() - 1];
        let refused = logs_in(key, signed, short);
        assert_eq!(refused, Err(Refusal::Signature), "{name}");
    }
    for algorithm in Algorithm::ALL {
        assert!(seen.contains(&algorithm), "{algorithm:?}");
    }
}

#[test]
fn a_key_is_of_the_algorithm_that_it_is_said_to_be() {
    let file = file();
    for signed in file["signed"].as_array().unwrap() {
        let der = bytes(&signed["public_key"]);
        let own = signed["algorithm"].as_i64().unwrap();
        for number in [-7, -8, -257, -35, -37, -65535, 0] {
            let read = PublicKey::read(number, &der);
            assert_eq!(
                read.is_ok(),
                number == own,
                "{} as {number}",
                signed["name"]
            );
        }
        assert_eq!(PublicKey::read(own, &[]), Err(KeyRefused));
        assert_eq!(PublicKey::read(own, &der[..der.len() - 1]), Err(KeyRefused));
        let longer = [der, vec![0; 1_100]].concat();
        assert_eq!(PublicKey::read(own, &longer), Err(KeyRefused));
    }
    let of_p384 = bytes(&file["key_of_p384"]);
    assert_eq!(PublicKey::read(-7, &of_p384), Err(KeyRefused));
    // One that can be factored.
    let short = bytes(&file["key_of_rsa_1024"]);
    assert_eq!(PublicKey::read(-257, &short), Err(KeyRefused));
    assert!(PublicKey::read(-257, &bytes(&file["key_of_rsa_2048"])).is_ok());
}
