//! t.
fn main(){}
