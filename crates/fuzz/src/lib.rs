//! What must hold of everything that the portal reads from outside, as a function for each parser:
//! libFuzzer calls them with whatever reaches new code (`targets/`, by `cargo xtask fuzz`), the tests
//! with what is kept of it (`tests/replay.rs`).

mod amounts;
mod callback;
mod cookies;
mod drafts;
mod emails;
mod phones;

// The file itself: the whole server, compiled to be watched, takes minutes.
#[path = "../../server/src/cookie.rs"]
mod cookie;

pub use amounts::amounts;
pub use callback::callback;
pub use cookies::cookies;
pub use drafts::drafts;
pub use emails::emails;
pub use phones::phones;

/// A function that takes anything, and panics where what must hold doesn't.
pub type Target = fn(&[u8]);

/// By the names of the targets, which are those of the files in `seeds/` and `corpora/` too.
pub const TARGETS: [(&str, Target); 6] = [
    ("callback", callback),
    ("cookies", cookies),
    ("amounts", amounts),
    ("emails", emails),
    ("phones", phones),
    ("drafts", drafts),
];
