//! Sequences of what people do, walked at random over HTTP, on either kind of database. On PostgreSQL
//! two servers play, as in the scenarios.

use crate::database::{Database, Kind};
use crate::harness::TestServer;
use scenarios::sequences;
use std::collections::BTreeMap;

/// Few: in memory there are more. `PORTAL_SEQUENCES` has it walk as many as it says.
const SEQUENCES: u64 = 40;
/// On one database, and then on a new one.
const ON_ONE: u64 = 1_000;

async fn walk(kind: Kind, servers: usize) {
    let more = std::env::var("PORTAL_SEQUENCES").ok();
    let count = more.map_or(SEQUENCES, |number| number.parse().unwrap());
    let mut seen = BTreeMap::new();
    let mut walked = 0;
    while walked < count {
        let next = ON_ONE.min(count - walked);
        let server = TestServer::start_on(Database::of(kind).await, servers).await;
        sequences(&server, walked, next, &mut seen).await.unwrap();
        walked += next;
        println!("{walked} sequences");
    }
    // That they do anything; what they try is seen to in memory.
    assert!(
        seen.get("Link").is_some_and(|links| *links > 10),
        "{seen:#?}"
    );
}

mod sqlite {
    #[tokio::test]
    async fn no_sequence_of_what_people_do_breaks_an_invariant() {
        super::walk(super::Kind::Sqlite, 1).await;
    }
}

mod postgres {
    #[tokio::test]
    async fn no_sequence_of_what_people_do_breaks_an_invariant() {
        super::walk(super::Kind::Postgres, 2).await;
    }
}
