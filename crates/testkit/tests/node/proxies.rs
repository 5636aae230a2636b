//! The set-ups of `docs/proxies.md`, word for word but for ports and paths, with the real proxies.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;

use testkit::TestApp;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::tls::certificate;

const NAME: &str = "unisono.example";

/// The block of `docs/proxies.md` in `language`.
fn block(language: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/proxies.md");
    let page = std::fs::read_to_string(file).unwrap();
    let start = format!("```{language}\n");
    let (_, rest) = page.split_once(&start).expect("the page has this block");
    rest.split_once("```").expect("the block ends").0.to_owned()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Where the test's proxy listens.
struct Ports {
    plain: u16,
    tls: u16,
}

/// A node that believes the proxy, and the documented set-up turned towards it.
async fn behind(language: &str, folder: &Path) -> (TestApp, String, Ports) {
    let ports = Ports {
        plain: free_port(),
        tls: free_port(),
    };
    let app = TestApp::start_with(|settings| {
        settings.public_url = Some(format!("https://{NAME}:{}", ports.tls));
        settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let files = certificate(folder).await;
    let text = block(language)
        .replace("127.0.0.1:8080", &app.address().to_string())
        .replace(
            "/etc/unisono/certificate.pem",
            &files.certificate.display().to_string(),
        )
        .replace("/etc/unisono/key.pem", &files.key.display().to_string())
        .replace("listen 80;", &format!("listen 127.0.0.1:{};", ports.plain))
        .replace("listen 443 ", &format!("listen 127.0.0.1:{} ", ports.tls))
        .replace(&format!("{NAME}:443"), &format!("{NAME}:{}", ports.tls))
        .replace(&format!("{NAME}:80"), &format!("{NAME}:{}", ports.plain));
    (app, text, ports)
}

async fn wait_for(port: u16) {
    for _ in 0..200 {
        if TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port)))
            .await
            .is_ok()
        {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("the proxy does not listen");
}

async fn curl(folder: &Path, ports: &Ports, path: &str, arguments: &[&str]) -> String {
    let output = Command::new("curl")
        .args(["--silent", "--include", "--max-time", "5", "--resolve"])
        .arg(format!("{NAME}:{}:127.0.0.1", ports.tls))
        .arg("--cacert")
        .arg(folder.join("cert.pem"))
        .args(arguments)
        .arg(format!("https://{NAME}:{}{path}", ports.tls))
        .output()
        .await
        .expect("curl is installed");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

async fn check(folder: &Path, ports: &Ports) {
    wait_for(ports.tls).await;
    let answer = curl(folder, ports, "/healthz", &[]).await;
    assert!(
        answer.contains(" 200") && answer.ends_with("ok\n"),
        "{answer}"
    );
    for (path, expected) in [("/cast", 308), ("/api/v1/about", 403)] {
        let address = SocketAddr::from(([127, 0, 0, 1], ports.plain));
        let plain = testkit::http::get(address, path, &[("host", NAME)]).await;
        assert_eq!(plain.status, expected, "{path} in the clear");
    }
    let origin = format!("Origin: https://{NAME}:{}", ports.tls);
    let upgrade = [
        "--http1.1",
        "--header",
        "Connection: Upgrade",
        "--header",
        "Upgrade: websocket",
        "--header",
        "Sec-WebSocket-Version: 13",
        "--header",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "--header",
    ];
    let own = curl(
        folder,
        ports,
        "/api/v1/socket",
        &[&upgrade[..], &[&origin]].concat(),
    )
    .await;
    assert!(own.contains(" 101 "), "{own}");
    let foreign = [&upgrade[..], &["Origin: https://evil.example"]].concat();
    let foreign = curl(folder, ports, "/api/v1/socket", &foreign).await;
    assert!(foreign.contains(" 403"), "{foreign}");
    // What a client claims about itself is not believed: it is not this machine.
    let metrics = curl(
        folder,
        ports,
        "/metrics",
        &["--header", "X-Forwarded-For: 127.0.0.1"],
    )
    .await;
    assert!(metrics.contains(" 403"), "{metrics}");
}

fn start(command: &mut Command) -> Child {
    command
        .kill_on_drop(true)
        .spawn()
        .expect("the proxy is installed")
}

#[tokio::test]
async fn the_nginx_set_up_works() {
    let folder = tempfile::tempdir().unwrap();
    let (_app, text, ports) = behind("nginx", folder.path()).await;
    // The test leaves the system's own folders alone.
    let scratch = format!(
        "http {{\n client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c; uwsgi_temp_path {0}/d; scgi_temp_path {0}/e;",
        folder.path().display()
    );
    let file = folder.path().join("nginx.conf");
    std::fs::write(&file, text.replacen("http {", &scratch, 1)).unwrap();
    let _nginx = start(
        Command::new("nginx")
            .arg("-c")
            .arg(&file)
            .arg("-p")
            .arg(folder.path())
            .args(["-g", "daemon off; master_process off; pid nginx.pid;"]),
    );
    check(folder.path(), &ports).await;
}

#[tokio::test]
async fn the_caddy_set_up_works() {
    let folder = tempfile::tempdir().unwrap();
    let (_app, text, ports) = behind("caddyfile", folder.path()).await;
    let file = folder.path().join("Caddyfile");
    std::fs::write(&file, text).unwrap();
    let _caddy = start(
        Command::new("caddy")
            .args(["run", "--adapter", "caddyfile", "--config"])
            .arg(&file)
            .env("HOME", folder.path())
            .env("XDG_DATA_HOME", folder.path())
            .env("XDG_CONFIG_HOME", folder.path())
            .stderr(std::process::Stdio::null()),
    );
    check(folder.path(), &ports).await;
}
