//! Reads the emulator's own HTML, and no other: regular tags, quoted attributes.

use std::collections::BTreeMap;

/// A page, as far as a visitor needs it.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// `data-page` of its `main`.
    pub(super) name: String,
    /// What stands in its `main`, without tags.
    pub(super) text: String,
    pub(super) forms: Vec<Form>,
    /// Where its links lead.
    pub(super) links: Vec<String>,
}

/// A form, with the values that it would send.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) action: String,
    fields: Vec<(String, String)>,
}

struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

impl Page {
    pub(super) fn read(html: &str) -> Self {
        let mut page = Self::default();
        let mut rest = html;
        let mut is_in_main = false;
        while let Some((text, after)) = rest.split_once('<') {
            if is_in_main {
                page.text.push_str(text);
                page.text.push(' ');
            }
            let (inside, after) = after.split_once('>').unwrap_or((after, ""));
            rest = after;
            let tag = Tag::read(inside);
            match tag.name.as_str() {
                "main" => is_in_main = true,
                "/main" => is_in_main = false,
                _ => {}
            }
            page.take(&tag);
        }
        page.text = unescape(&page.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        page
    }

    fn take(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "main" => tag.get("data-page").clone_into(&mut self.name),
            "a" => self.links.push(tag.get("href").to_owned()),
            "form" => self.forms.push(Form {
                action: tag.get("action").to_owned(),
                fields: Vec::new(),
            }),
            "select" => self.field(tag, ""),
            "input" if tag.get("type") != "checkbox" || tag.has("checked") => {
                self.field(tag, tag.get("value"));
            }
            _ => {}
        }
    }

    fn field(&mut self, tag: &Tag, value: &str) {
        if let Some(form) = self.forms.last_mut() {
            form.fields
                .push((tag.get("name").to_owned(), value.to_owned()));
        }
    }

    /// The form that sends to a path with this end.
    pub(super) fn form(&self, path: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.action.ends_with(path))
    }

    /// The link that leads to this path, with whatever query.
    pub(super) fn link(&self, path: &str) -> Option<&str> {
        self.links
            .iter()
            .map(String::as_str)
            .find(|link| link.split('?').next().is_some_and(|it| it.ends_with(path)))
    }
}

impl Form {
    /// The value that a field has.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body, with these fields filled in, this switch turned off, and this button pressed.
    pub(super) fn body(
        &self,
        filled: &[(&str, &str)],
        off: Option<&str>,
        button: Option<(&str, &str)>,
    ) -> String {
        let mut body = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.fields {
            if name == "scope" && off == Some(value) {
                continue;
            }
            let value = filled
                .iter()
                .find(|(other, _)| other == name)
                .map_or(value.as_str(), |(_, value)| value);
            body.append_pair(name, value);
        }
        body.extend_pairs(button);
        body.finish()
    }
}

impl Tag {
    fn read(inside: &str) -> Self {
        let (name, mut rest) = inside
            .split_once(char::is_whitespace)
            .unwrap_or((inside, ""));
        let mut attributes = BTreeMap::new();
        loop {
            rest = rest.trim_start();
            let end = rest
                .find(|it: char| it == '=' || it.is_whitespace())
                .unwrap_or(rest.len());
            let (attribute, after) = rest.split_at(end);
            if attribute.is_empty() {
                break;
            }
            let value = after
                .strip_prefix("=\"")
                .and_then(|after| after.split_once('"'));
            let (value, after) = value.unwrap_or(("", after));
            attributes.insert(attribute.to_owned(), unescape(value));
            rest = after.trim_start_matches('=');
        }
        Self {
            name: name.to_ascii_lowercase(),
            attributes,
        }
    }

    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }
}

/// The reverse of what the pages escape; `&` last, or `&amp;lt;` would become a tag.
fn unescape(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read() {
        let page = Page::read(
            "<title>x</title><main data-page=\"consent\"><h1>A &amp;lt; B</h1>\n\
             <a href=\"/signup?a=1&amp;b=2\">c</a>\
             <form method=\"post\" action=\"/consent\">\
             <input type=\"hidden\" name=\"csrf\" value=\"a&quot;b\">\
             <input type=\"checkbox\" name=\"scope\" value=\"on\" checked>\
             <input type=\"checkbox\" name=\"scope\" value=\"never\">\
             <select name=\"rehearse\"></select></form></main>after",
        );
        assert_eq!(page.name, "consent");
        assert_eq!(page.text, "A &lt; B c");
        assert_eq!(page.link("/signup"), Some("/signup?a=1&b=2"));
        let form = page.form("/consent").unwrap();
        assert_eq!(form.value("csrf"), Some("a\"b"));
        assert_eq!(
            form.body(&[("rehearse", "x")], None, Some(("decision", "yes"))),
            "csrf=a%22b&scope=on&rehearse=x&decision=yes"
        );
        assert_eq!(form.body(&[], Some("on"), None), "csrf=a%22b&rehearse=");
    }
}
