//! The server of the Business Portal, and what an operator does beside it. `docs/configuration.md` has
//! its settings.

use server::activity::export;
use server::announce::announcement;
use server::config::{Config, Faults, LogFormat};
use server::letters;
use server::machine::Machine;
use server::otlp::{TARGET, Traces};
use server::sealer::Keys;
use server::setting::EnvironmentFile;
use server::start::{StartError, open_store, start};
use server::store::{Moved, backup, transfer};
use service::env::Clock as _;
use std::fmt::Write as _;
use std::io::{BufWriter, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, Registry, fmt};

const USAGE: &str = "\
server        serves the portal: docs/configuration.md has its settings
server key    prints a new key for PORTAL_KEYS
server settings
              prints every setting with its meaning, as a file for systemd
server reseal seals with the first of PORTAL_KEYS what is stored, while servers serve
server letters
              lists the letters that can't be sent
server letters send all | ID…
              has them sent again by the servers that run
server activity
              prints the security activity of all accounts, a line of JSON for each entry
server backup FILE
              copies a database of SQLite's, as of one moment, while the server serves
server move --from sqlite:FILE --to postgres://USER@HOST/DATABASE
              moves all data while no server runs: docs/configuration.md";

/// `EX_CONFIG` of `sysexits.h`: without other settings it's the same the next time, so that whoever
/// starts the server needn't try again.
const MISCONFIGURED: u8 = 78;

/// What was done, in words, or why it wasn't.
type Done = Result<String, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.is_empty() {
        log(LogFormat::from_env(), None);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done: Done = match arguments.as_slice() {
        [] => run().await,
        ["key"] => Ok(format!("{}\n", *Keys::draw(&*Machine::real().randomness))),
        ["settings"] => Ok(EnvironmentFile.to_string()),
        ["reseal"] => reseal().await,
        ["letters"] => dead_letters(None).await,
        ["letters", "send", which @ ..] if !which.is_empty() => dead_letters(Some(which)).await,
        ["activity"] => activity().await,
        ["backup", file] => back_up(Path::new(file)).await,
        ["move", "--from", from, "--to", to] | ["move", "--to", to, "--from", from] => {
            move_data(from, to).await
        }
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            if error.is::<Faults>() {
                ExitCode::from(MISCONFIGURED)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

/// Has what is logged printed, with the time in the form of RFC 3339, and what is traced sent.
fn log(format: LogFormat, traces: Option<&Traces>) {
    let lines = fmt::layer::<Registry>();
    let lines = match format {
        LogFormat::Text => lines.with_ansi(std::io::stdout().is_terminal()).boxed(),
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true).with_span_list(false);
            lines.boxed()
        }
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = match format!("{TARGET}=off").parse() {
        Ok(no_spans) => filter.add_directive(no_spans),
        Err(_) => filter,
    };
    let log = tracing_subscriber::registry();
    match traces {
        // A filter for all, which costs less than one for each.
        None => log.with(lines).with(filter).init(),
        Some(traces) => {
            let lines = lines.with_filter(filter);
            log.with(lines).with(traces.layer()).init();
        }
    }
}

/// Lists the letters that can't be sent, or has `which` of them sent again.
async fn dead_letters(which: Option<&[&str]>) -> Done {
    let machine = Machine::real();
    let store = open_store(&Config::from_env()?, &machine).await?;
    store.check_keys().await.map_err(StartError::from)?;
    let now = machine.clock.now();
    let told = match which {
        None => letters::list(&store, now).await,
        Some(which) => letters::send_again(&store, which, now).await,
    };
    store.close().await;
    Ok(told?)
}

/// Prints the security activity.
async fn activity() -> Done {
    let store = open_store(&Config::from_env()?, &Machine::real()).await?;
    let mut lines = BufWriter::new(std::io::stdout().lock());
    let exported = export(&store, &mut lines).await;
    drop(lines);
    store.close().await;
    exported?;
    Ok(String::new())
}

/// Says what was sealed; and fails where more than the newest key is needed afterwards.
async fn reseal() -> Done {
    let store = open_store(&Config::from_env()?, &Machine::real()).await?;
    let report = store.reseal().await;
    store.close().await;
    let report = report.map_err(|error| {
        let error = StartError::from(error);
        format!("It has stopped, and can be begun again: {error}")
    })?;
    for row in &report.unreadable {
        eprintln!("{row}");
    }
    if report.is_complete() {
        Ok(report.to_string())
    } else {
        Err(report.to_string().into())
    }
}

async fn back_up(file: &Path) -> Done {
    let length = backup(&Config::from_env()?.database, file).await;
    let length = length.map_err(|error| format!("There is no copy: {error}"))?;
    Ok(format!(
        "{} holds all of it, {length} bytes.\n",
        file.display()
    ))
}

async fn move_data(from: &str, to: &str) -> Done {
    let all = transfer(from, to).await;
    let all = all.map_err(|error| format!("Nothing was moved: {error}"))?;
    let mut told = String::new();
    for Moved {
        table,
        rows,
        digest,
    } in all
    {
        writeln!(told, "{table:<20} {rows:>12} rows  sha256 {digest}")?;
    }
    told.push_str("Both hold the same. Let PORTAL_DATABASE_URL name the new one.\n");
    Ok(told)
}

/// Serves until it is told to stop.
async fn run() -> Done {
    let config = Config::from_env().inspect_err(|_| eprintln!("The server doesn't start:"))?;
    let traces = config.traces.as_ref().map(Traces::start).transpose();
    let traces = traces.map_err(|error| format!("The server doesn't start: {error}"))?;
    log(config.log, traces.as_ref());
    let served = serve(config).await;
    if let Some(traces) = traces {
        traces.end().await;
    }
    served.map_err(|error| format!("The server doesn't start: {error}").into())
}

async fn serve(config: Config) -> Done {
    // Before anyone is told that it runs: a signal must never find nobody.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let running = start(&config, Machine::real()).await?;
    match config.log {
        LogFormat::Text => println!("{}", announcement(&config, &running)),
        LogFormat::Json => {
            tracing::info!(public_url = running.public_url, address = %running.address, "serving");
        }
    }
    let drain = tokio::select! {
        _ = terminate.recv() => config.drain,
        // Somebody at a terminal: no proxy has to be told.
        _ = interrupt.recv() => Duration::ZERO,
    };
    if !drain.is_zero() {
        running.drain();
        tracing::info!(seconds = drain.as_secs(), "draining");
        tokio::select! {
            () = tokio::time::sleep(drain) => {}
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
    tracing::info!("stopping");
    running.stop().await;
    Ok(String::new())
}
