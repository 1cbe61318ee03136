//! Events are spelled alike wherever they are written.

use domain::activity::Event;

#[test]
fn an_event_is_spelled_alike_in_a_column_and_in_json() {
    for event in Event::ALL {
        let json = serde_json::to_value(event).unwrap();
        assert_eq!(json, event.word());
        assert_eq!(Event::of_word(event.word()), Some(*event));
    }
    assert_eq!(Event::of_word("abducted"), None);
}
