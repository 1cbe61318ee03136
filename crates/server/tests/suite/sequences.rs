//! Sequences of what people do, walked at random over HTTP, on either kind of database. On PostgreSQL
//! two servers play, as in the scenarios.

use crate::database::{Database, Kind};
use crate::harness::TestServer;
use scenarios::sequences;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use tokio::runtime::Runtime;

/// Few: in memory there are more. `PORTAL_SEQUENCES` has it walk as many as it says.
const SEQUENCES: u64 = 40;
/// On one database, and then on a new one.
const ON_ONE: u64 = 1_000;

/// Walks them, on as many databases at once as there are cores.
fn walk(kind: Kind, servers: usize) {
    let more = std::env::var("PORTAL_SEQUENCES").ok();
    let count = more.map_or(SEQUENCES, |number| number.parse().unwrap());
    let begun = AtomicU64::new(0);
    let walk_some = || async {
        let mut seen = BTreeMap::new();
        loop {
            let first = begun.fetch_add(ON_ONE, Ordering::Relaxed);
            if first >= count {
                return seen;
            }
            let server = TestServer::start_on(Database::of(kind).await, servers).await;
            let next = ON_ONE.min(count - first);
            sequences(&server, first, next, &mut seen).await.unwrap();
            println!("sequences {first} to {}", first + next);
        }
    };
    let links = thread::scope(|scope| {
        let cores = thread::available_parallelism().unwrap().get();
        let start = |_| scope.spawn(|| Runtime::new().unwrap().block_on(walk_some()));
        let walking: Vec<_> = (0..cores).map(start).collect();
        let seen = walking.into_iter().map(|it| it.join().unwrap());
        seen.filter_map(|seen| seen.get("Link").copied())
            .sum::<u32>()
    });
    // That anything is done; what is tried is seen to in memory.
    assert!(links > 10, "{links} links");
}

mod sqlite {
    #[test]
    fn no_sequence_of_what_people_do_breaks_an_invariant() {
        super::walk(super::Kind::Sqlite, 1);
    }
}

mod postgres {
    #[test]
    fn no_sequence_of_what_people_do_breaks_an_invariant() {
        super::walk(super::Kind::Postgres, 2);
    }
}
