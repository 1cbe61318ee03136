//! The OpenAPI document, made from the contract's table.

use contract::problem::Problem;
use contract::repeat::{KEY_HEADER, KEY_MAX, takes_key};
use serde_json::{Value, json};
use utoipa::openapi::link::{Link, LinkBuilder};
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{
    Content, HeaderBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathsBuilder,
    Ref, RefOr, Required, Response, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

/// A schema and its name.
type Named = (String, RefOr<Schema>);

/// What holds for every use case.
const DESCRIPTION: &str = "\
Every use case is a POST with a JSON body of at most 64 KiB, and answers with its reply or with a \
problem (RFC 9457) whose `code` is stable. Every answer carries `x-request-id`.\n\n\
Who asks is told by cookies that the server sets: `__Host-portal-browser` and \
`__Host-portal-session`, and `__Host-portal-proof` and `__Host-portal-sign-up`, without which a proof \
that waits can't be used and no code be tried. A browser may ask from the portal's own pages alone: `Sec-Fetch-Site`, or \
else `Origin`, is checked.\n\n\
A page says for whom it was drawn: the header `portal-account` has the id of the member whom it \
shows (`member.account` of `get_session`), or `none`. Where the session is another account's, each \
use case that runs for a member is refused with `other_account` and changes nothing; the page reads \
`get_session` and draws itself anew. A client that shows nobody leaves the header out and acts for \
its session. With the header, each use case but `get_session` needs the first cookie, and is refused \
with `cookies_refused` without it. What the header says is never an answer to whether an account exists.\n\n\
A request that changes something may carry a key of its own: the header `idempotency-key` \
(draft-ietf-httpapi-idempotency-key-header), a UUID, say, in quotes or without. Whoever lost the \
answer sends the same request with the same key, from the same browser (which `get_session` gives \
its cookie) and for the same page: for \
ten minutes it gets the same reply, or the same refusal of fields or credentials, without a second \
effect, and a session whose cookie was lost gets a new token. Any other refusal isn't kept. While \
the first is being worked on, a repeat is refused with `unavailable` and `retry-after`; a key that \
another request has, or that is none, with `malformed_request`; where somebody else is logged in \
since, with `other_account`. A log-out ends all that is kept of its browser.";

macro_rules! operations {
    ($($name:ident: $request:ty => $reply:ty;)+) => {
        /// The row of each use case, and the schemas that it needs.
        fn operations() -> (Vec<(&'static str, Operation)>, Vec<Named>) {
            let mut schemas = Vec::new();
            let operations = vec![$((
                stringify!($name),
                operation(
                    stringify!($name),
                    gather::<$request>(&mut schemas),
                    &gather::<$reply>(&mut schemas),
                ),
            )),+];
            gather::<Problem>(&mut schemas);
            (operations, schemas)
        }
    };
}

contract::use_cases!(operations);

pub fn document() -> OpenApi {
    let (operations, schemas) = operations();
    let paths = operations
        .into_iter()
        .fold(PathsBuilder::new(), |paths, (name, operation)| {
            let item = PathItem::new(HttpMethod::Post, operation);
            paths.path(contract::table::path(name), item)
        });
    let components = schemas
        .into_iter()
        .fold(ComponentsBuilder::new(), |components, (name, schema)| {
            components.schema(name, schema)
        });
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Business Portal")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(DESCRIPTION))
                .license(Some(
                    LicenseBuilder::new()
                        .name("MIT OR Apache-2.0")
                        .identifier(Some("MIT OR Apache-2.0"))
                        .build(),
                ))
                .build(),
        )
        .paths(paths.build())
        .components(Some(components.build()))
        .build()
}

/// A type of the contract, by name, with what its schema says about it.
struct Gathered {
    name: String,
    description: Option<String>,
}

/// Adds a type and all that it refers to.
fn gather<T: ToSchema + PartialSchema>(schemas: &mut Vec<Named>) -> Gathered {
    let name = T::name().into_owned();
    let schema = T::schema();
    let description = match &schema {
        RefOr::T(Schema::Object(object)) => object.description.clone(),
        RefOr::T(Schema::OneOf(one_of)) => one_of.description.clone(),
        RefOr::T(_) | RefOr::Ref(_) => None,
    };
    schemas.push((name.clone(), schema));
    T::schemas(schemas);
    Gathered { name, description }
}

fn operation(name: &str, request: Gathered, reply: &Gathered) -> Operation {
    OperationBuilder::new()
        .operation_id(Some(name))
        .summary(request.description)
        .parameters(takes_key(name).then(|| [key()]))
        .request_body(Some(
            RequestBodyBuilder::new()
                .required(Some(Required::True))
                .content("application/json", content(&request.name))
                .build(),
        ))
        .response("200", replied(name, reply))
        .response(
            "default",
            ResponseBuilder::new()
                .description("A problem: its `code` says which, its `status` is the answer's.")
                .content("application/problem+json", content(&Problem::name()))
                .header(
                    "retry-after",
                    HeaderBuilder::new()
                        .schema(Some(ObjectBuilder::new().schema_type(Type::Integer)))
                        .description(Some("Seconds to wait, where waiting helps."))
                        .build(),
                )
                .build(),
        )
        .build()
}

fn replied(name: &str, reply: &Gathered) -> Response {
    let response = ResponseBuilder::new()
        .description(reply.description.clone().unwrap_or_default())
        .content("application/json", content(&reply.name));
    let links = links_from(name).into_iter();
    links
        .fold(response, |response, (to, link)| response.link(to, link))
        .build()
}

/// What can be asked next with what a reply says, by the name of the use case.
fn links_from(name: &str) -> Vec<(&'static str, Link)> {
    let to = |name: &'static str, known: &Value| {
        let link = LinkBuilder::new()
            .operation_id(name)
            .request_body(Some(known.clone()));
        (name, link.build())
    };
    let to_draft = |id: &str, version: Option<&str>| {
        let by_id = json!({ "id": id });
        let by_version = version.map(|version| json!({ "id": id, "version": version }));
        let mut links = ["get_draft", "delete_draft"]
            .map(|name| to(name, &by_id))
            .to_vec();
        if let Some(by_version) = by_version {
            links.extend(
                ["save_draft", "finish_draft", "reopen_draft"].map(|name| to(name, &by_version)),
            );
        }
        links
    };
    match name {
        "create_draft" | "get_draft" | "finish_draft" | "reopen_draft" => {
            to_draft("$response.body#/id", Some("$response.body#/draft/version"))
        }
        "save_draft" => to_draft("$request.body#/id", Some("$response.body#/version")),
        "list_drafts" => to_draft("$response.body#/drafts/0/id", None),
        "list_sessions" => {
            let known = json!({ "id": "$response.body#/sessions/0/id" });
            vec![to("end_sessions", &known)]
        }
        "list_passkeys" => {
            let known = json!({ "id": "$response.body#/passkeys/0/id" });
            vec![to("remove_passkey", &known)]
        }
        "get_my_data" => {
            let next = json!({ "part": "$response.body#/next" });
            vec![to("get_my_data", &next)]
        }
        "sign_up" | "add_email" | "change_email" | "reset_password" | "resend_code" => {
            let known = json!({ "email": "$response.body#/email" });
            ["resend_code", "verify_email"]
                .map(|name| to(name, &known))
                .into()
        }
        _ => Vec::new(),
    }
}

/// The header by which a request is known again.
fn key() -> Parameter {
    ParameterBuilder::new()
        .name(KEY_HEADER)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "By which the same request is known when it is sent again.",
        ))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .max_length(Some(KEY_MAX)),
        ))
        .build()
}

fn content(name: &str) -> Content {
    Content::new(Some(Ref::from_schema_name(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_name_stands_for_one_schema() {
        let mut known = BTreeMap::new();
        for (name, schema) in operations().1 {
            let text = serde_json::to_string(&schema).unwrap();
            let before = known.insert(name.clone(), text.clone());
            assert!(
                before.is_none_or(|before| before == text),
                "two types are called {name}"
            );
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = serde_json::to_value(document()).unwrap();
        let text = document.to_string();
        let schemas = &document["components"]["schemas"];
        let mut references = text.split("\"#/components/schemas/").skip(1).peekable();
        assert!(references.peek().is_some());
        for reference in references {
            let name = reference.split('"').next().unwrap();
            assert!(schemas.get(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_link_leads_from_and_to_what_is_there() {
        let document = serde_json::to_value(document()).unwrap();
        let schema_of = |content: &Value| {
            let name = content["application/json"]["schema"]["$ref"]
                .as_str()
                .unwrap();
            document.pointer(name.strip_prefix('#').unwrap()).unwrap()
        };
        let operation = |name: &str| &document["paths"][contract::table::path(name)]["post"];
        let mut count = 0;
        for name in contract::table::NAMES {
            let from = operation(name);
            let reply = schema_of(&from["responses"]["200"]["content"]);
            let request = schema_of(&from["requestBody"]["content"]);
            let links = from["responses"]["200"]["links"].as_object();
            for link in links.into_iter().flatten().map(|(_, link)| link) {
                let to = operation(link["operationId"].as_str().unwrap());
                let asked = schema_of(&to["requestBody"]["content"]);
                for (member, expression) in link["requestBody"].as_object().unwrap() {
                    assert!(asked["properties"][member].is_object(), "{name}: {member}");
                    let (whose, at) = expression.as_str().unwrap().split_once("#/").unwrap();
                    let told = if whose == "$request.body" {
                        request
                    } else {
                        reply
                    };
                    let first = at.split('/').next().unwrap();
                    assert!(
                        told["properties"][first].is_object(),
                        "{name}: {expression}"
                    );
                }
                count += 1;
            }
        }
        assert!(count > 10, "{count}");
    }

    #[test]
    fn every_use_case_is_there_with_a_word_about_it() {
        let document = serde_json::to_value(document()).unwrap();
        for name in contract::table::NAMES {
            let operation = &document["paths"][contract::table::path(name)]["post"];
            assert_eq!(operation["operationId"], *name);
            assert!(operation["summary"].is_string(), "{name}");
            let key = &operation["parameters"][0]["name"];
            assert_eq!(key == KEY_HEADER, takes_key(name), "{name}");
        }
    }
}
