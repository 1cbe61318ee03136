//! Prints the OpenAPI document.

use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let document = server::openapi::document().to_pretty_json()?;
    writeln!(std::io::stdout(), "{document}")?;
    Ok(())
}
