//! The scenarios of the contract.

use crate::harness::{Memory, block_on};

macro_rules! tests {
    ($($module:ident :: $name:ident;)+) => {$(
        #[test]
        fn $name() {
            block_on(scenarios::$name(&Memory::seeded()));
        }
    )+};
}

scenarios::for_each!(tests);
