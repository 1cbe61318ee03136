//! The pages: plain HTML from the server, usable without a script.

pub(crate) mod consent;
pub(crate) mod log_in;
pub(crate) mod log_out;
pub(crate) mod problem;
pub(crate) mod sign_up;

use crate::answer::response;
use crate::config::{App, Config};
use crate::redirect;
use crate::words::Words;
use crate::world::Pending;
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{Response, StatusCode};

/// The style sheet of all pages.
pub(crate) const STYLE: &str = include_str!("../../assets/style.css");
/// Closes the window of the log-out page.
pub(crate) const CLOSE: &str = include_str!("../../assets/close.js");

/// What the pages of one browser have in common.
pub(crate) struct Scene<'a> {
    pub(crate) config: &'a Config,
    pub(crate) words: &'static Words,
    /// The token that forms carry.
    pub(crate) csrf: &'a str,
    /// The authorization that the page is about, and its id.
    pub(crate) authorization: Option<(&'a str, &'a Pending)>,
}

impl<'a> Scene<'a> {
    pub(crate) fn app(&self) -> Option<&'a App> {
        let (_, pending) = self.authorization?;
        self.config.app(&pending.client_key)
    }

    /// The address of a path below the mount, escaped for an attribute.
    fn address(&self, path: &str) -> String {
        escape(&format!("{}{path}", self.config.mount()))
    }

    /// As [`Self::address`], and the authorization goes along.
    fn link(&self, path: &str) -> String {
        match self.authorization {
            Some((id, _)) => self.address(&format!("{path}?authorization={id}")),
            None => self.address(path),
        }
    }

    /// The opening of a form, with what every form carries.
    fn form(&self, path: &str) -> String {
        let mut form = format!(
            "<form method=\"post\" action=\"{}\">\n{}",
            self.address(path),
            hidden("csrf", self.csrf),
        );
        if let Some((id, _)) = self.authorization {
            form.push_str(&hidden("authorization", id));
        }
        form
    }

    fn page(&self, page: &Page<'_>) -> Response<Bytes> {
        let Page {
            name,
            title,
            body,
            status,
            language_link,
            closes,
        } = page;
        let words = self.words;
        let footer = language_link
            .map(|path| {
                let (tag, other) = words.other;
                let join = if self.authorization.is_some() {
                    "&amp;"
                } else {
                    "?"
                };
                let href = self.link(path);
                format!(
                    "<footer><a lang=\"{tag}\" hreflang=\"{tag}\" href=\"{href}{join}lang={tag}\">{other}</a></footer>\n"
                )
            })
            .unwrap_or_default();
        let script = if *closes {
            let source = self.address("/close.js");
            format!("<script src=\"{source}\"></script>\n")
        } else {
            String::new()
        };
        let html = format!(
            "<!doctype html>\n\
             <html lang=\"{tag}\">\n\
             <head>\n\
             <meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{title}</title>\n\
             <link rel=\"stylesheet\" href=\"{style}\">\n\
             <link rel=\"icon\" href=\"data:,\">\n\
             </head>\n\
             <body>\n\
             <header class=\"ribbon\">{ribbon}</header>\n\
             <main data-page=\"{name}\">\n\
             <h1>{title}</h1>\n\
             {body}\
             </main>\n\
             {footer}{script}\
             </body>\n\
             </html>\n",
            tag = words.tag,
            title = escape(title),
            style = self.address("/style.css"),
            ribbon = words.ribbon,
        );
        response(
            *status,
            &[
                (CONTENT_TYPE, "text/html; charset=utf-8"),
                (CONTENT_LANGUAGE, words.tag),
                (CACHE_CONTROL, "no-store"),
                (CONTENT_SECURITY_POLICY, &self.policy()),
                (X_CONTENT_TYPE_OPTIONS, "nosniff"),
                // `no-referrer` would make browsers send `Origin: null` with the forms.
                (REFERRER_POLICY, "same-origin"),
            ],
            html,
        )
    }

    /// The policy of a page. Chromium holds the redirect after a form to `form-action`, too, so the
    /// app's own origin must stand there.
    fn policy(&self) -> String {
        let back = self
            .authorization
            .and_then(|(_, pending)| redirect::origin(&pending.redirect_uri))
            .map(|origin| format!(" {origin}"))
            .unwrap_or_default();
        format!(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
             form-action 'self'{back}; frame-ancestors 'self'; base-uri 'none'"
        )
    }
}

/// What differs from page to page.
struct Page<'a> {
    /// By which a program recognises it.
    name: &'a str,
    /// Title and heading, as text.
    title: &'a str,
    /// HTML.
    body: String,
    status: StatusCode,
    /// Where the same page is in the other language; `None`: nowhere.
    language_link: Option<&'a str>,
    /// Whether it closes its window.
    closes: bool,
}

impl<'a> Page<'a> {
    fn new(name: &'a str, title: &'a str, body: String) -> Self {
        Self {
            name,
            title,
            body,
            status: StatusCode::OK,
            language_link: None,
            closes: false,
        }
    }
}

/// Text as HTML, also within the quotes of an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

/// A sentence with what belongs in it, as HTML.
fn fill(sentence: &str, name: &str, value: &str) -> String {
    escape(&sentence.replace(name, value))
}

fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n",
        escape(value)
    )
}

/// An alert; nothing where there is none to give.
fn alert(text: Option<&str>) -> String {
    text.map(|text| format!("<p class=\"alert\" role=\"alert\">{}</p>\n", escape(text)))
        .unwrap_or_default()
}

struct Input<'a> {
    name: &'a str,
    label: &'a str,
    kind: &'a str,
    autocomplete: &'a str,
    value: &'a str,
    /// Said below it.
    rule: &'a str,
    /// What is wrong with it.
    fault: Option<&'a str>,
}

impl Input<'_> {
    fn html(&self) -> String {
        let Self {
            name,
            label,
            kind,
            autocomplete,
            value,
            rule,
            fault,
        } = self;
        let (note, class, invalid) = match fault {
            Some(fault) => (*fault, "note fault", " aria-invalid=\"true\""),
            None => (*rule, "note", ""),
        };
        let (described, note) = if note.is_empty() {
            (String::new(), String::new())
        } else {
            (
                format!(" aria-describedby=\"{name}-note\""),
                format!(
                    "<p class=\"{class}\" id=\"{name}-note\">{}</p>\n",
                    escape(note)
                ),
            )
        };
        let plain = if *name == "username" {
            " autocapitalize=\"none\" spellcheck=\"false\""
        } else {
            ""
        };
        format!(
            "<div class=\"field\">\n\
             <label for=\"{name}\">{label}</label>\n\
             <input id=\"{name}\" name=\"{name}\" type=\"{kind}\" value=\"{value}\" \
             autocomplete=\"{autocomplete}\" required{plain}{invalid}{described}>\n\
             {note}\
             </div>\n",
            label = escape(label),
            value = escape(value),
        )
    }
}
