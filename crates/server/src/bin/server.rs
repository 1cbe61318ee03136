//! The server of the Business Portal; `server key`, which prints a key to seal with; and `server move`,
//! which moves a portal's data into another database.
//! `docs/configuration.md` has its settings.

use server::announce::announcement;
use server::config::Config;
use server::machine::Machine;
use server::sealer::Keys;
use server::start::start;
use server::store::{Moved, transfer};
use std::io::IsTerminal as _;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

const USAGE: &str = "\
server        serves the portal: docs/configuration.md has its settings
server key    prints a new key for PORTAL_KEYS
server move --from sqlite:FILE --to postgres://USER@HOST/DATABASE
              moves all data while no server runs: docs/configuration.md";

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stdout().is_terminal())
        .init();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => {}
        ["key"] => {
            println!("{}", *Keys::draw(&*Machine::real().randomness));
            return ExitCode::SUCCESS;
        }
        ["move", "--from", from, "--to", to] | ["move", "--to", to, "--from", from] => {
            return move_data(from, to).await;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    }
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The server doesn't start: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn move_data(from: &str, to: &str) -> ExitCode {
    match transfer(from, to).await {
        Ok(all) => {
            for Moved {
                table,
                rows,
                digest,
            } in all
            {
                println!("{table:<20} {rows:>12} rows  sha256 {digest}");
            }
            println!("Both hold the same. Let PORTAL_DATABASE_URL name the new one.");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Nothing was moved: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::from_env()?;
    // Before anyone is told that it runs: a signal must never find nobody.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let running = start(&config, Machine::real()).await?;
    println!("{}", announcement(&config, &running));
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}
