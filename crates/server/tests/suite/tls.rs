//! TLS to PostgreSQL: whoever stands in between reads nothing, and can't pass for the database.

use crate::database::Cluster;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use server::store::SqlStore;
use service::store::{Mode, Store as _, StoreError};
use std::fs;
use tempfile::TempDir;

/// An address of this machine at which nobody listens: PostgreSQL speaks TLS on no socket, and its port
/// is part of a socket's name.
const HOST: &str = "127.83.12.5";

/// An authority, whose certificate is in the folder as `NAME.pem`.
fn authority(folder: &TempDir, name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new([]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    fs::write(folder.path().join(format!("{name}.pem")), authority.pem()).unwrap();
    authority
}

/// Has the authority say that the database is `host`.
fn certify(cluster: &Cluster, authority: &CertifiedIssuer<'static, KeyPair>, host: &str) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new([host.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    cluster.put("server.crt", &certificate.pem());
    cluster.put("server.key", &key.serialize_pem());
}

const NO_TLS: &str = "server does not support TLS";
const UNKNOWN: &str = "UnknownIssuer";
const ANOTHER: &str = "not valid for name";

/// Those of the portal's connections that are open are by TLS.
const IS_BY_TLS: &str = "DO $$ BEGIN ASSERT (
    SELECT COUNT(*) > 0 AND bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
    WHERE usename = 'portal'
); END $$";

#[tokio::test(flavor = "multi_thread")]
async fn the_database_proves_who_it_is_before_it_is_told_anything() {
    let cluster = Cluster::of_its_own(None).await;
    let database = cluster.database().await;
    let folder = tempfile::tempdir().unwrap();
    let (ours, _) = (authority(&folder, "ours"), authority(&folder, "others"));
    let file = |name: &str| folder.path().join(name).display().to_string();
    let address = database.at(HOST);
    let open = async |mode: &str, trusted: &str| {
        SqlStore::open(&format!("{address}?sslmode={mode}&sslrootcert={trusted}")).await
    };
    let (ours_alone, others_alone) = (file("ours.pem"), file("others.pem"));
    let listen = format!("ALTER SYSTEM SET listen_addresses = '{HOST}'");
    database.command(&listen).await;
    cluster.stop();
    cluster.start();

    // As long as it speaks no TLS, nobody talks to it unless told to.
    for mode in ["require", "verify-ca", "verify-full"] {
        assert!(is_refused(open(mode, &ours_alone).await, NO_TLS), "{mode}");
    }
    open("disable", &ours_alone).await.unwrap().close().await;

    certify(cluster, &ours, HOST);
    database.command("ALTER SYSTEM SET ssl = on").await;
    cluster.stop();
    cluster.start();
    for mode in ["require", "verify-ca", "verify-full"] {
        let store = open(mode, &ours_alone).await.unwrap();
        let reads = store.begin(Mode::Read).await.unwrap();
        database.command(IS_BY_TLS).await;
        drop(reads);
        store.close().await;
    }
    // An authority has certified it that isn't trusted.
    for mode in ["verify-ca", "verify-full"] {
        assert!(
            is_refused(open(mode, &others_alone).await, UNKNOWN),
            "{mode}"
        );
    }

    // Another host that the authority knows has come in between.
    certify(cluster, &ours, "db.other.example");
    cluster.stop();
    cluster.start();
    open("verify-ca", &ours_alone).await.unwrap().close().await;
    assert!(is_refused(open("verify-full", &ours_alone).await, ANOTHER));
}

/// Whether it isn't opened, for this reason.
fn is_refused(opened: Result<SqlStore, StoreError>, why: &str) -> bool {
    match opened {
        Ok(_) => false,
        Err(error) => {
            assert!(error.to_string().contains(why), "{error}");
            true
        }
    }
}
