//! The scenarios of the contract over the store in memory.

mod harness;

use harness::{Memory, block_on};

macro_rules! tests {
    ($($module:ident :: $name:ident;)+) => {$(
        #[test]
        fn $name() {
            block_on(contract::scenarios::$name(&Memory::seeded()));
        }
    )+};
}

contract::scenarios!(tests);
