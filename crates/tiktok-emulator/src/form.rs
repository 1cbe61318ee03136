//! Members of a query or of a form.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Request};

/// The members, decoded, in their order.
#[derive(Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

/// Bytes at most of a form.
const LENGTH_MAX: usize = 64 * 1024;

/// Why a body is no form.
pub(crate) enum NotAForm {
    /// Another content type.
    WrongType,
    /// Too many bytes.
    TooLong,
}

impl Form {
    /// From a query, or from a body in `application/x-www-form-urlencoded`.
    pub(crate) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The query of a request.
    pub(crate) fn of_query(request: &Request<Bytes>) -> Self {
        Self::parse(request.uri().query().unwrap_or_default().as_bytes())
    }

    /// The body of a request.
    pub(crate) fn of_body(request: &Request<Bytes>) -> Result<Self, NotAForm> {
        if request.body().len() > LENGTH_MAX {
            return Err(NotAForm::TooLong);
        }
        if is_form(request.headers()) {
            Ok(Self::parse(request.body()))
        } else {
            Err(NotAForm::WrongType)
        }
    }

    /// The member of this name. `None`: it is missing or empty, or it comes more than once, which
    /// OAuth forbids.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut values = self.all(name);
        let value = values.next()?;
        (values.next().is_none() && !value.is_empty()).then_some(value)
    }

    /// As [`Self::get`], with nothing for what is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// All members of this name.
    pub(crate) fn all<'form>(&'form self, name: &str) -> impl Iterator<Item = &'form str> {
        self.0
            .iter()
            .filter(move |(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| {
            kind.trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
}
