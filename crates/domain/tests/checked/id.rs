//! Ids are read as they are written, and in no other spelling.

use domain::id::DraftId;
use uuid::Uuid;

const SPELLED: &str = "018f3c5e-7b1a-7c3d-9e4f-0123456789ab";

#[test]
fn an_id_is_read_as_it_is_written() {
    let id: DraftId = SPELLED.parse().unwrap();
    assert_eq!(id.0, Uuid::try_parse(SPELLED).unwrap());
    assert_eq!(id.to_string(), SPELLED);
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(json, format!("\"{SPELLED}\""));
    assert_eq!(serde_json::from_str::<DraftId>(&json).unwrap(), id);
    let shouted: DraftId = SPELLED.to_ascii_uppercase().parse().unwrap();
    assert_eq!(shouted, id);
}

#[test]
fn nothing_else_is_one() {
    for text in [
        "",
        "018f3c5e7b1a7c3d9e4f0123456789ab",
        "018f3c5e-7b1a-7c3d-9e4f-0123456789a",
        "018f3c5e-7b1a-7c3d-9e4f-0123456789abc",
        "018f3c5e-7b1a-7c3d-9e4f-0123456789ag",
        "018f3c5e-7b1a-7c3d-9e4f+0123456789ab",
        "018f3c5e7-b1a-7c3d-9e4f-0123456789ab",
        "018f3c5e-7b1a-7c3d-9e4f-0123456789é",
        "{18f3c5e-7b1a-7c3d-9e4f-0123456789ab",
    ] {
        assert!(text.parse::<DraftId>().is_err(), "{text:?}");
        let json = serde_json::to_string(text).unwrap();
        assert!(serde_json::from_str::<DraftId>(&json).is_err(), "{text:?}");
    }
}
