//! The memory of a process, as Linux tells it.

use crate::portal::Server;

impl Server {
    /// KiB of memory that it takes now.
    pub(crate) fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// A number of KiB of what the kernel (Linux) says about it.
    pub(crate) fn status(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.unwrap().trim().split(' ').next().unwrap();
        number.parse().unwrap()
    }
}
