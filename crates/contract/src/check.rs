//! Checks: the same function for the page, as it is typed, and for the host, before it acts.

use domain::input::FieldFault;

/// A request with something typed in it.
pub trait Check {
    /// What it holds once it is right.
    type Checked;

    /// Every fault at once, in the order of the form; or what it holds, parsed.
    fn check(&self) -> Result<Self::Checked, Vec<FieldFault>>;
}
