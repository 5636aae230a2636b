//! No visit leaves a line, and no setting changes that.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use testkit::command::{address, unisono};
use testkit::files::files_with;
use testkit::http::get;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

const ADDRESS: &str = "203.0.113.78";
const VISITED: &str = "canary-path";
const VISITS: usize = 60;
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that writes all its output into files of `folder`, and what it said until it was ready.
async fn serve(folder: &Path, form: &str) -> (Child, String) {
    let file = |name| File::create(folder.join(name)).unwrap();
    let mut command = unisono(&["serve"], folder);
    command
        .env("UNISONO_LISTEN", "127.0.0.1:0")
        .env("UNISONO_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#)
        .env("UNISONO_LOG", form)
        .env("RUST_LOG", "trace")
        .stdout(file("out.txt"))
        .stderr(file("err.txt"));
    let server = command.spawn().unwrap();
    let started = async {
        loop {
            let said = std::fs::read_to_string(folder.join("out.txt")).unwrap();
            if said.contains("Stop with") {
                return said;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    let said = timeout(PATIENCE, started).await.expect("a start in time");
    (server, said)
}

async fn end(mut server: Child) {
    let process = server.id().expect("it runs").to_string();
    let asked = Command::new("kill")
        .args(["-TERM", &process])
        .status()
        .await;
    assert!(asked.unwrap().success());
    let ended = timeout(PATIENCE, server.wait()).await;
    assert!(ended.expect("it ends").unwrap().success());
}

/// Promises S10, T16: whoever looks at all that the program writes, to its output, its log and its folder, finds neither
/// who came nor what they opened, nor a line for each of them.
#[tokio::test]
async fn a_visit_leaves_no_line_and_no_address_in_any_form_of_the_log() {
    for form in ["human", "json"] {
        let folder = tempfile::tempdir().unwrap();
        let (server, said) = serve(folder.path(), form).await;
        let node = address(&said);
        for number in 0..VISITS {
            let path = match number % 4 {
                0 => format!("/{VISITED}-{number}"),
                1 => format!("/?text={VISITED}"),
                2 => format!("/api/v1/{VISITED}"),
                _ => format!("/privacy?from={VISITED}"),
            };
            let agent = format!("Browser/{VISITED}");
            let headers = [("x-forwarded-for", ADDRESS), ("user-agent", &agent)];
            let answer = get(node, &path, &headers).await;
            assert_ne!(answer.status, 0, "{path}");
        }
        end(server).await;
        for trace in [ADDRESS, VISITED] {
            let found = files_with(folder.path(), trace);
            assert_eq!(found, Vec::<String>::new(), "{trace} as {form}");
        }
        let written = ["out.txt", "err.txt"]
            .map(|name| std::fs::read_to_string(folder.path().join(name)).unwrap())
            .concat();
        assert!(written.contains("localhost:"), "the scan reads the output");
        let lines = written.lines().count();
        assert!(
            lines < VISITS,
            "{lines} lines of {VISITS} visits: {written}"
        );
    }
}

/// Promise S10: what nobody can turn on needs no bound of days.
#[tokio::test]
async fn no_setting_turns_an_access_log_on() {
    for wish in [
        "access_log = true",
        "log = \"access\"",
        "log = \"trace\"",
        "[logs]\nip = \"full\"",
        "[logs]\naccess_days = 30",
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("unisono.toml"), wish).unwrap();
        let mut check = unisono(&["config", "check"], folder.path());
        let checked = check.output().await.unwrap();
        assert!(!checked.status.success(), "{wish}");
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(said.contains("log"), "{wish}: {said}");
    }
}
