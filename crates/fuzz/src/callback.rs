//! The query of TikTok's redirect.

use login_kit::{Callback, OAuthError};

/// What stands behind the `?`.
///
/// # Panics
///
/// Where both a code and an error are read or one of them is made up, where parameters of others
/// change anything, or where what was read and is written again is read otherwise.
pub fn callback(input: &[u8]) {
    let query = String::from_utf8_lossy(input);
    let read = Callback::parse(&query);
    let told = Told::of(&query);
    match &read {
        Callback::Authorized { code, state } => {
            assert_eq!(told.values("code"), [code], "{query:?}");
            assert!(told.values("error").is_empty(), "{query:?}");
            assert_eq!(told.values("state").first().copied(), state.as_ref());
            assert_eq!(format!("{read:?}"), "Authorized { .. }");
            for more in ["code=another", "error=access_denied", "state=another"] {
                let both = Callback::parse(&format!("{query}&{more}"));
                let is_first_state = more.starts_with("state") && state.is_none();
                let is_authorized = matches!(both, Callback::Authorized { .. });
                assert_eq!(is_authorized, is_first_state, "{query:?} {more}");
            }
        }
        Callback::Refused { error, .. } => {
            // What is told twice can't be believed, and what tells nothing neither.
            let names = ["code", "error", "error_description", "state"];
            let repeats = names.iter().any(|name| told.values(name).len() > 1);
            match told.values("error")[..] {
                [told] if !repeats => assert_eq!(*told, word(error), "{query:?}"),
                _ => assert_eq!(*error, OAuthError::InvalidRequest, "{query:?}"),
            }
        }
    }
    for around in [
        format!("scopes=user.info.basic&{query}"),
        format!("{query}&scopes=user.info.basic%2Cvideo.list"),
        format!("{query}&code=&error&state="),
    ] {
        assert_eq!(Callback::parse(&around), read, "{around:?}");
    }
    let written = write(&read);
    assert_eq!(Callback::parse(&written), read, "{query:?} {written:?}");
}

/// Every parameter that has a value.
struct Told(Vec<(String, String)>);

impl Told {
    fn of(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    fn values(&self, name: &str) -> Vec<&String> {
        let of_name = self.0.iter().filter(|(found, _)| found == name);
        of_name.map(|(_, value)| value).collect()
    }
}

/// As TikTok writes it.
fn word(error: &OAuthError) -> String {
    match error {
        OAuthError::Other(word) => word.clone(),
        OAuthError::AccessDenied
        | OAuthError::InvalidClient
        | OAuthError::InvalidGrant
        | OAuthError::InvalidRequest
        | OAuthError::InvalidScope
        | OAuthError::UnauthorizedClient
        | OAuthError::UnsupportedGrantType
        | OAuthError::UnsupportedResponseType
        | OAuthError::ServerError
        | OAuthError::TemporarilyUnavailable => error.to_string(),
    }
}

fn write(callback: &Callback) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let state = match callback {
        Callback::Authorized { code, state } => {
            query.append_pair("code", code);
            state
        }
        Callback::Refused {
            error,
            description,
            state,
        } => {
            query.append_pair("error", &word(error));
            if let Some(description) = description {
                query.append_pair("error_description", description);
            }
            state
        }
    };
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    query.finish()
}
