//! Starts the app.

fn main() {
    portal::start::start();
}
