//! `failure`: the run in which servers and a database are lost (crates/server/benches/failure).

use anyhow::Result;

use crate::native;
use crate::shell::{Workspace, run, say};
use crate::system_tools::{HAPROXY, install_postgres, install_programs};

pub(crate) fn failure(place: &Workspace, words: &[&str]) -> Result<()> {
    install_postgres(place)?;
    let [haproxy] = install_programs(place, [&HAPROXY])?;
    say("Building the server as it is released, and what plays with it (6 minutes the first time)");
    let mut bench = native::bench(place, "failure");
    run(bench.args(words).env("HAPROXY", haproxy))
}
