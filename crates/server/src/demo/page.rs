//! Plain HTML for those who build the portal. What goes into it is escaped.

use crate::page::escape;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use domain::region::Language;
use std::fmt::Write as _;

/// The look of these pages.
pub(super) const STYLE: &str = "\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .25rem 1rem .25rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
article { border-top: 1px solid; margin-top: 1.5rem; }
input, button { font: inherit; padding: .25rem .5rem; }
";

/// A table; every cell is escaped.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut html = String::from("<table><thead><tr>");
    for cell in head {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escape(cell));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for cell in row {
            let _ = write!(html, "<td>{}</td>", escape(cell));
        }
        html.push_str("</tr>");
    }
    html + "</tbody></table>"
}

/// Text in a language.
pub(super) fn preformatted(text: &str, language: Language) -> String {
    format!("<pre lang=\"{}\">{}</pre>", language.tag(), escape(text))
}

/// A page. `body` is HTML.
pub(super) fn page(title: &str, body: &str) -> Response {
    let title = escape(title);
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"stylesheet\" href=\"/dev/style.css\">\n</head>\n<body>\n\
         <nav><a href=\"/dev\">Development</a> · <a href=\"/dev/outbox\">Outbox</a> · \
         <a href=\"/dev/clock\">Clock</a> · <a href=\"/\">The portal</a></nav>\n\
         <main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    );
    typed("text/html; charset=utf-8", html)
}

/// An answer of this type that isn't kept.
pub(super) fn typed(content_type: &'static str, body: impl Into<String>) -> Response {
    let mut answer = body.into().into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_into_a_page_is_text() {
        let html = table(&["a"], &[vec!["<script>\"'&".to_owned()]]);
        assert!(html.contains("<td>&lt;script&gt;&quot;&#39;&amp;</td>"));
        assert!(!preformatted("</pre><b>", Language::Vietnamese).contains("<b>"));
    }
}
