//! What crosses the wire.
//!
//! [`table`] lists every use case once. A host answers each of them: the server over HTTP, the mock
//! in the tab. `POST /api/` and the use case's name with dashes takes its request as JSON and gives
//! its reply, or a [`problem::Problem`] as `application/problem+json`.
//!
//! It speaks codes and the names of pages; the app turns codes into sentences.

// docs/openapi.json quotes these docs.
#![warn(missing_docs)]

pub mod table;

pub mod account;
pub mod ads;
pub mod authorization;
pub mod drafts;
pub mod my_data;
pub mod passkeys;
pub mod session;
pub mod sign_up;
pub mod transfer;

pub mod check;
pub mod problem;
pub mod repeat;
pub mod route;
pub mod view;

pub use table::UseCase;
