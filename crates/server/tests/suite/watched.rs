//! Programs that end with the one that started them, however that ends.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A process with a shell that watches over it: the shell kills it once its own standard input ends.
pub(crate) struct Watched(pub(crate) Child);

const WATCH: &str = r#""$@" </dev/null & cat >/dev/null; kill -9 $! 2>/dev/null; wait"#;

impl Watched {
    /// `prepare` says as whom, and where. What the program says is added to `log`.
    pub(crate) fn start(words: &[&str], log: &Path, prepare: impl FnOnce(&mut Command)) -> Self {
        let open = || File::options().create(true).append(true).open(log).unwrap();
        let mut command = Command::new("sh");
        prepare(&mut command);
        command.args(["-c", WATCH, "sh"]).args(words);
        command.stdin(Stdio::piped()).stdout(open()).stderr(open());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
