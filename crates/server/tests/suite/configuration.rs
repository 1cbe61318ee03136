//! The settings: what is wrong is told at once and by name, and the page about them is true.

use crate::harness::{KEYS, settings};
use server::config::{Config, Environment, Faults};
use server::setting::SETTINGS;
use server::store::Address;
use sqlx::postgres::PgSslMode;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn read(pairs: &[(&'static str, &str)]) -> Result<Config, Faults> {
    let pairs: BTreeMap<_, _> = pairs.iter().copied().collect();
    Config::read(&|name| pairs.get(name).map(|value| (*value).to_owned()))
}

fn names(pairs: &[(&'static str, &str)]) -> Vec<&'static str> {
    let faults = read(pairs).map(drop).unwrap_err();
    faults.0.iter().map(|fault| fault.name).collect()
}

/// The settings that production requires.
const PRODUCTION: [(&str, &str); 9] = [
    ("PORTAL_ENV", "production"),
    ("PORTAL_PUBLIC_URL", "https://portal.example"),
    (
        "PORTAL_DATABASE_URL",
        "sqlite:/var/lib/portal/portal.sqlite",
    ),
    ("PORTAL_KEYS", KEYS),
    ("PORTAL_CLIENT_ADDRESS_HEADER", "x-forwarded-for"),
    ("PORTAL_TIKTOK_CLIENT_KEY", "key"),
    ("PORTAL_TIKTOK_CLIENT_SECRET", "secret"),
    ("PORTAL_MAIL", "smtps://user:password@mail.example"),
    ("PORTAL_MAIL_FROM", "Portal <portal@portal.example>"),
];

#[test]
fn nothing_needs_to_be_set_to_try_it() {
    let config = read(&[]).unwrap();
    assert_eq!(config.environment, Environment::Development);
    assert_eq!(config.address.to_string(), "127.0.0.1:3000");
    assert_eq!(config.public_url(config.address), "http://127.0.0.1:3000");
    assert!(config.is_demonstration());
    assert!(config.rollout.regions.len() > 20);
    assert_eq!(config.rollout.rollout_percent, 100);
}

#[test]
fn an_empty_value_is_none() {
    assert!(read(&[("PORTAL_ADDRESS", ""), ("PORTAL_TIKTOK_CLIENT_KEY", " ")]).is_ok());
}

#[test]
fn every_wrong_value_is_told_at_once_by_name() {
    let wrong = [
        ("PORTAL_ADDRESS", "localhost"),
        ("PORTAL_PUBLIC_URL", "http://portal.example"),
        ("PORTAL_ENV", "prod"),
        ("PORTAL_DATABASE_URL", "mysql://host/portal"),
        ("PORTAL_KEYS", "key"),
        ("PORTAL_TIKTOK_CLIENT_KEY", "key"),
        ("PORTAL_TIKTOK_EMULATOR", "http://tiktok.example"),
        ("PORTAL_TIKTOK_PKCE", "md5"),
        ("PORTAL_MAIL", "sendmail"),
        ("PORTAL_MAIL_FROM", "nobody"),
        ("PORTAL_REGIONS", "VN,XX"),
        ("PORTAL_SHARE", "101"),
        ("PORTAL_COUNTRY_HEADER", "not a header"),
        ("PORTAL_CLIENT_ADDRESS_HEADER", "not a header"),
        ("PORTAL_DRAIN", "601"),
        ("PORTAL_METRICS_ADDRESS", "9464"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318"),
        ("PORTAL_LOG", "xml"),
    ];
    let told: BTreeSet<_> = names(&wrong).into_iter().collect();
    let mut expected: BTreeSet<_> = wrong.into_iter().map(|(name, _)| name).collect();
    // The secret is what is missing beside the key.
    expected.remove("PORTAL_TIKTOK_CLIENT_KEY");
    expected.insert("PORTAL_TIKTOK_CLIENT_SECRET");
    assert_eq!(told, expected);
}

#[test]
fn an_emulator_that_servers_share_stands_in_for_tiktok_outside_production() {
    let emulator = ("PORTAL_TIKTOK_EMULATOR", "http://127.0.0.1:4000");
    assert_eq!(names(&[emulator]), ["PORTAL_TIKTOK_CLIENT_KEY"]);
    let app = [
        ("PORTAL_TIKTOK_CLIENT_KEY", "key"),
        ("PORTAL_TIKTOK_CLIENT_SECRET", "secret"),
    ];
    let config = read(&[app.as_slice(), &[emulator]].concat()).unwrap();
    let named = config
        .tiktok
        .as_ref()
        .and_then(|app| app.emulator.as_deref());
    assert_eq!(named, Some("http://127.0.0.1:4000"));
    assert!(!config.is_demonstration());
    let production = [PRODUCTION.as_slice(), &[emulator]].concat();
    assert_eq!(names(&production), ["PORTAL_TIKTOK_EMULATOR"]);
}

#[test]
fn a_wrong_value_is_not_repeated() {
    let faults = read(&[("PORTAL_MAIL", "smtq://user:hunter2@mail.example")]);
    assert!(
        !faults
            .map(drop)
            .unwrap_err()
            .to_string()
            .contains("hunter2")
    );
}

#[test]
fn traces_go_to_the_path_for_them_below_the_address_of_a_collector() {
    let read = |endpoint: &str| {
        let config = read(&[("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)]);
        config.map(|config| config.traces.unwrap().endpoint)
    };
    for (given, expected) in [
        ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
        ("http://collector:4318/", "http://collector:4318/v1/traces"),
        (
            "https://otlp.example/team",
            "https://otlp.example/team/v1/traces",
        ),
    ] {
        assert_eq!(read(given).unwrap(), expected);
    }
    for given in [
        "collector",
        "grpc://collector:4317",
        "http://user@collector",
        "http://user:hunter2@collector",
        "http://collector?a=b",
        "http://collector#a",
    ] {
        let told = read(given).unwrap_err().to_string();
        assert!(told.contains("OTEL_EXPORTER_OTLP_ENDPOINT"), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[test]
fn there_are_traces_only_where_somebody_takes_them() {
    let service = ("OTEL_SERVICE_NAME", "portal-2");
    assert_eq!(read(&[service]).unwrap().traces, None);
    let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
    let named = |given: &[_]| read(given).unwrap().traces.unwrap().service;
    assert_eq!(named(&[endpoint]), "business-portal");
    assert_eq!(named(&[endpoint, service]), "portal-2");
}

const KEY: &str = "b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2w=";

#[test]
fn keys_are_read_or_refused_with_words_that_quote_none() {
    let read = |keys: &str| read(&[("PORTAL_KEYS", keys)]);
    for keys in [
        format!("a:{KEY}"),
        format!(" 2026-11:{KEY} , b.2:{KEY} "),
        format!("{}:{KEY}", "x".repeat(32)),
    ] {
        assert!(read(&keys).is_ok(), "{keys}");
    }
    for (keys, told) in [
        (KEY.to_owned(), "`id:key`"),
        (format!("a:{KEY},"), "`id:key`"),
        (format!(":{KEY}"), "an id"),
        (format!("{}:{KEY}", "x".repeat(33)), "an id"),
        (format!("a_b:{KEY}"), "an id"),
        (format!("á:{KEY}"), "an id"),
        (format!("a:{KEY},b:{KEY},a:{KEY}"), "the same id twice"),
        ("a:".to_owned(), "base64 of 32 bytes"),
        (format!("a:{}", &KEY[..40]), "base64 of 32 bytes"),
        (format!("a:{KEY}{KEY}"), "base64 of 32 bytes"),
        (format!("a:{}!", &KEY[..43]), "base64 of 32 bytes"),
        (format!("a:{KEY}:{KEY}"), "base64 of 32 bytes"),
    ] {
        let refused = read(&keys).map(drop).unwrap_err().to_string();
        assert!(refused.contains("PORTAL_KEYS"), "{keys}: {refused}");
        assert!(refused.contains(told), "{keys}: {refused}");
        assert!(!refused.contains("b2xk"), "{refused}");
    }
}

#[test]
fn the_command_that_prints_a_key_prints_another_each_time_and_the_setting_takes_it() {
    let print = || {
        let server = Command::new(env!("CARGO_BIN_EXE_server"))
            .env_clear()
            .arg("key")
            .output()
            .unwrap();
        assert!(server.status.success());
        String::from_utf8(server.stdout).unwrap()
    };
    let (one, other) = (print(), print());
    assert_ne!(one, other);
    let both = format!("{},{}", one.trim(), other.trim());
    let config = read(&[("PORTAL_KEYS", both.as_str())]).unwrap();
    assert_eq!(config.keys.unwrap().ids().count(), 2);
}

#[test]
fn an_argument_that_it_does_not_know_is_told_with_those_that_it_does() {
    let server = Command::new(env!("CARGO_BIN_EXE_server"))
        .env_clear()
        .arg("keys")
        .output()
        .unwrap();
    assert!(!server.status.success());
    let told = String::from_utf8(server.stderr).unwrap();
    assert!(told.contains("server key"), "{told}");
}

#[test]
fn a_public_url_is_an_origin_as_browsers_write_it() {
    let normal = |text: &str| read(&[("PORTAL_PUBLIC_URL", text)]).map(|config| config.public_url);
    for (text, expected) in [
        ("https://Portal.Example/", "https://portal.example"),
        ("https://portal.example:443", "https://portal.example"),
        ("https://portal.example:8443", "https://portal.example:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ] {
        assert_eq!(normal(text), Ok(Some(expected.to_owned())));
    }
    for text in [
        "portal.example",
        "ftp://portal.example",
        "https://portal.example/portal",
        "https://portal.example/?a=b",
        "https://portal.example/#a",
        "https://user@portal.example",
        "http://192.168.0.1:3000",
    ] {
        assert!(normal(text).is_err(), "{text}");
    }
}

#[test]
fn a_database_in_memory_or_locked_in_another_way_is_refused() {
    for text in [
        "sqlite::memory:",
        "sqlite:",
        "sqlite://",
        "sqlite:a?mode=memory",
        "sqlite:a?vfs=unix-dotfile",
    ] {
        assert_eq!(
            names(&[("PORTAL_DATABASE_URL", text)]),
            ["PORTAL_DATABASE_URL"],
            "{text}"
        );
    }
}

/// What is said of an address, or the mode in which PostgreSQL is spoken to there.
fn postgres(text: &str) -> Result<PgSslMode, String> {
    match read(&[("PORTAL_DATABASE_URL", text)]) {
        Ok(config) => match config.database {
            Address::Postgres(options) => Ok(options.get_ssl_mode()),
            Address::Sqlite(_) => Err("SQLite".to_owned()),
        },
        Err(faults) => Err(faults.to_string()),
    }
}

#[test]
fn a_database_on_another_machine_has_to_prove_who_it_is_unless_the_address_says_otherwise() {
    for (text, expected) in [
        ("postgres://a:b@db.example/portal", PgSslMode::VerifyFull),
        ("postgresql://a@10.0.0.9:5433/portal", PgSslMode::VerifyFull),
        (
            "postgres://a@localhost.example/portal",
            PgSslMode::VerifyFull,
        ),
        (
            "postgres://a@db.example/portal?sslmode=verify-ca&sslrootcert=/etc/ca.pem",
            PgSslMode::VerifyCa,
        ),
        (
            "postgres://a@db.example/portal?sslmode=require",
            PgSslMode::Require,
        ),
        (
            "postgres://a@db.example/portal?sslmode=disable",
            PgSslMode::Disable,
        ),
        ("postgres://a@localhost/portal", PgSslMode::Disable),
        ("postgres://a@127.0.0.1/portal", PgSslMode::Disable),
        ("postgres://a@[::1]:5432/portal", PgSslMode::Disable),
        (
            "postgres://a@[::1]/portal?sslmode=verify-full",
            PgSslMode::VerifyFull,
        ),
        (
            "postgres://a@%2Frun%2Fpostgresql/portal",
            PgSslMode::Disable,
        ),
        (
            "postgres://a@localhost/portal?host=/run/postgresql",
            PgSslMode::Disable,
        ),
    ] {
        let mode = postgres(text).unwrap();
        let is_expected = core::mem::discriminant(&mode) == core::mem::discriminant(&expected);
        assert!(is_expected, "{text}: {mode:?}");
    }
}

#[test]
fn an_address_of_postgresql_that_cannot_be_used_is_refused_in_words() {
    for (text, why) in [
        ("postgres:portal", "names no host"),
        ("postgres:///portal", "names no host"),
        ("postgres://a@db.example", "names no database"),
        ("postgres://a@db.example/", "names no database"),
        ("postgres://a@db.example:port/portal", "isn't `postgres://"),
        (
            "postgres://a@db.example/portal?sslmode=prefer",
            "an sslmode that is none of",
        ),
        (
            "postgres://a@db.example/portal?sslmode=allow",
            "an sslmode that is none of",
        ),
        (
            "postgres://a@db.example/portal?host=other.example",
            "`host` that isn't the folder",
        ),
        (
            "postgres://a@db.example/portal?hostaddr=10.0.0.9",
            "a parameter that is none of",
        ),
        (
            "postgres://a:hunter2@db.example/portal?pasword=hunter2",
            "a parameter that is none of",
        ),
        (
            "postgresql+ssl://a@db.example/portal",
            "is neither `sqlite:`",
        ),
        ("portal.sqlite", "is neither `sqlite:`"),
    ] {
        let told = postgres(text).unwrap_err();
        assert!(told.contains(why), "{text}: {told}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[test]
fn production_starts_with_all_that_it_needs() {
    let config = read(&PRODUCTION).unwrap();
    assert_eq!(config.environment, Environment::Production);
    assert!(!config.is_demonstration());
}

#[test]
fn production_names_each_thing_that_is_missing() {
    for (missing, _) in PRODUCTION.iter().skip(1) {
        let mut given = PRODUCTION.to_vec();
        given.retain(|(name, _)| name != missing);
        assert_eq!(names(&given), [*missing]);
    }
    assert_eq!(names(&PRODUCTION[..1]).len(), PRODUCTION.len() - 1);
}

#[test]
fn a_server_without_a_proxy_in_front_says_so() {
    let mut given = PRODUCTION.to_vec();
    given.push(("PORTAL_CLIENT_ADDRESS_HEADER", "none"));
    assert_eq!(read(&given).unwrap().client_address_header, None);
}

#[test]
fn a_header_that_holds_more_than_addresses_is_refused() {
    let given = [("PORTAL_CLIENT_ADDRESS_HEADER", "Forwarded")];
    assert_eq!(names(&given), ["PORTAL_CLIENT_ADDRESS_HEADER"]);
}

#[test]
fn a_password_for_the_mail_server_goes_by_tls_or_stays_on_the_machine() {
    let told = |mail: &'static str| {
        let mut given = PRODUCTION.to_vec();
        given.push(("PORTAL_MAIL", mail));
        read(&given).map(drop).map_err(|faults| faults.0[0].name)
    };
    for shown in [
        "smtp://user:password@mail.example",
        "smtp://user:password@mail.example:587",
        "smtp://user:password@mail.example?tls=opportunistic",
        "smtp://user:password@10.0.0.9:25",
        "smtp://user:password@localhost.example",
    ] {
        assert_eq!(told(shown), Err("PORTAL_MAIL"), "{shown}");
    }
    for safe in [
        "smtps://user:password@mail.example",
        "smtp://user:password@mail.example:587?tls=required",
        "smtp://user:password@localhost:25",
        "smtp://user:password@127.0.0.1:25",
        "smtp://user:password@[::1]:25",
        "smtp://mail.example",
    ] {
        assert_eq!(told(safe), Ok(()), "{safe}");
    }
    let in_development = [("PORTAL_MAIL", "smtp://user:password@mail.example")];
    assert!(read(&in_development).is_ok());
}

#[test]
fn a_demonstration_for_all_sends_real_letters_only_where_that_is_said() {
    let mut given = vec![
        ("PORTAL_PUBLIC_URL", "https://demo.example"),
        ("PORTAL_MAIL", "smtps://mail.example"),
    ];
    assert_eq!(names(&given), ["PORTAL_MAIL"]);
    given.push(("PORTAL_PUBLIC_OUTBOX", "maybe"));
    assert_eq!(names(&given), ["PORTAL_PUBLIC_OUTBOX"]);
    given.push(("PORTAL_PUBLIC_OUTBOX", "yes"));
    assert!(read(&given).is_ok());
    for alone in [
        ("PORTAL_PUBLIC_URL", "https://demo.example"),
        ("PORTAL_MAIL", "smtps://mail.example"),
    ] {
        assert!(read(&[alone]).is_ok(), "{}", alone.0);
    }
}

/// `/dev` shows every code to anyone.
#[test]
fn development_is_not_for_a_portal_that_tiktok_and_others_know() {
    let mut given = PRODUCTION.to_vec();
    given.retain(|(name, _)| *name != "PORTAL_ENV");
    assert_eq!(names(&given), ["PORTAL_ENV"]);
    given.push(("PORTAL_PUBLIC_URL", "http://localhost:3000"));
    assert!(read(&given).is_ok(), "on one's own machine it is");
}

#[test]
fn production_takes_neither_a_console_for_mail_nor_http() {
    for changed in [
        ("PORTAL_MAIL", "console"),
        ("PORTAL_PUBLIC_URL", "http://localhost"),
    ] {
        let mut given = PRODUCTION.to_vec();
        given.push(changed);
        assert_eq!(names(&given), [changed.0]);
    }
}

#[test]
fn the_binary_refuses_to_start_in_production_without_its_secrets_and_needs_no_second_try() {
    let output = Command::new(env!("CARGO_BIN_EXE_server"))
        .env_clear()
        .env("PORTAL_ENV", "production")
        .output()
        .unwrap();
    // The unit of the package reads this one as "don't start it again".
    assert_eq!(output.status.code(), Some(78));
    let told = String::from_utf8(output.stderr).unwrap();
    for (name, _) in PRODUCTION.iter().skip(1) {
        assert!(told.contains(name), "{told}");
    }
}

#[test]
fn the_file_of_settings_explains_each_in_lines_of_a_page_and_sets_none() {
    let output = Command::new(env!("CARGO_BIN_EXE_server"))
        .env_clear()
        .arg("settings")
        .output()
        .unwrap();
    let file = String::from_utf8(output.stdout).unwrap();
    for line in file.lines() {
        assert!(line.is_empty() || line.starts_with('#'), "{line}");
        assert!(line.chars().count() <= 78, "{line}");
    }
    let entries: Vec<_> = file
        .split("\n\n")
        .map(|entry| entry.trim_end().replace("\n# ", " "))
        .collect();
    let expected: Vec<_> = SETTINGS
        .iter()
        .map(|setting| {
            format!(
                "# {} Default: {}\n#{}=",
                setting.meaning, setting.default, setting.name
            )
        })
        .collect();
    assert_eq!(entries, expected);
}

#[test]
fn the_page_about_the_settings_is_true() {
    let page = include_str!("../../../../docs/configuration.md");
    let rows: Vec<_> = page
        .lines()
        .filter(|line| line.starts_with("| `PORTAL_") || line.starts_with("| `OTEL_"))
        .collect();
    let expected: Vec<_> = SETTINGS
        .iter()
        .map(|setting| {
            format!(
                "| `{}` | {} | {} |",
                setting.name, setting.default, setting.meaning
            )
        })
        .collect();
    assert_eq!(rows, expected, "docs/configuration.md");
}

#[test]
fn every_setting_of_the_tests_exists() {
    let folder = tempfile::tempdir().unwrap();
    for name in settings(&folder).keys() {
        assert!(
            SETTINGS.iter().any(|setting| setting.name == *name),
            "{name}"
        );
    }
}
