//! The program itself: its commands, and what it says when something is wrong.

use std::net::TcpListener;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use base::{Clock as _, SystemClock};
use testkit::command::{address, banner, log_of, unisono};
use testkit::http::get;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

async fn run(arguments: &[&str], folder: &Path, change: impl FnOnce(&mut Command)) -> Output {
    let mut command = unisono(arguments, folder);
    change(&mut command);
    let output = command.output();
    timeout(Duration::from_secs(60), output)
        .await
        .expect("it ends")
        .expect("it starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn it_says_its_version_and_its_commands() {
    let folder = tempfile::tempdir().unwrap();
    let version = run(&["--version"], folder.path(), |_| {}).await;
    assert_eq!(
        stdout(&version).trim(),
        concat!("unisono ", env!("CARGO_PKG_VERSION"))
    );
    let help = stdout(&run(&["--help"], folder.path(), |_| {}).await);
    assert!(
        ["serve", "config", "doctor"]
            .iter()
            .all(|command| help.contains(command)),
        "{help}"
    );
}

#[tokio::test]
async fn a_broken_settings_file_is_named_with_the_setting() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("unisono.toml"),
        "lisen = \"127.0.0.1:1\"",
    )
    .unwrap();
    for command in [&["config", "check"][..], &["serve"]] {
        let output = run(command, folder.path(), |_| {}).await;
        assert!(!output.status.success());
        let error = stderr(&output);
        assert!(
            error.contains("lisen") && error.contains("unisono config check"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn good_settings_are_shown_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["config", "check"], folder.path(), |command| {
        command
            .env("UNISONO_RELAY__SECRET", "canary")
            .env("UNISONO_LISTEN", "127.0.0.1:0");
    })
    .await;
    let text = stdout(&output);
    assert!(
        output.status.success() && text.contains("127.0.0.1:0"),
        "{text}"
    );
    assert!(!text.contains("canary"), "{text}");
}

#[tokio::test]
async fn a_busy_port_is_named_when_it_was_asked_for() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&["serve"], folder.path(), |command| {
        command.env("UNISONO_LISTEN", &address);
    })
    .await;
    let error = stderr(&output);
    assert!(!output.status.success());
    assert!(
        error.contains(&address) && error.contains("UNISONO_LISTEN"),
        "{error}"
    );
}

#[tokio::test]
async fn without_a_wish_the_next_free_port_is_taken_and_said() {
    // Whoever has 8080 already serves the test as well.
    let _taken = TcpListener::bind("0.0.0.0:8080");
    let folder = tempfile::tempdir().unwrap();
    let (_server, text) = banner(&mut unisono(&["serve"], folder.path())).await;
    assert!(
        text.contains("port 8080 is in use, so this is port 80"),
        "{text}"
    );
    let answer = get(address(&text), "/healthz", &[]).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_data_folder_that_is_a_file_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("unisono");
    std::fs::write(&file, "").unwrap();
    let output = run(&["serve"], folder.path(), |command| {
        command.env("UNISONO_LISTEN", "127.0.0.1:0");
    })
    .await;
    assert!(
        stderr(&output).contains("UNISONO_DATA_DIR"),
        "{}",
        stderr(&output)
    );
}

#[tokio::test]
async fn the_doctor_looks_at_everything() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["doctor"], folder.path(), |command| {
        command
            .env("UNISONO_LISTEN", "127.0.0.1:0")
            .env("UNISONO_RELAY__PORT", "3999");
    })
    .await;
    let text = stdout(&output);
    for part in [
        "pages", "relay", "network", "TLS", "disk", "database", "clock",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(output.status.success(), "{text}");
}

#[tokio::test]
async fn sigterm_ends_it_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = unisono(&["serve"], folder.path());
    command.env("UNISONO_LISTEN", "127.0.0.1:0");
    let (mut server, _) = banner(&mut command).await;
    let process = server.id().expect("it runs").to_string();
    Command::new("kill")
        .args(["-TERM", &process])
        .status()
        .await
        .unwrap();
    let status = timeout(Duration::from_secs(30), server.wait())
        .await
        .expect("it ends")
        .unwrap();
    assert!(status.success());
}

/// Logs of nodes that stand in different places are one log.
#[tokio::test]
async fn the_log_tells_the_time_in_utc_wherever_the_machine_stands() {
    const HOURS_AHEAD: i64 = 11;
    let folder = tempfile::tempdir().unwrap();
    let blog = folder.path().join("unisono").join("blog");
    std::fs::create_dir_all(&blog).unwrap();
    // What is no post is worth a line.
    std::fs::write(blog.join("broken.md"), "no head").unwrap();
    let mut command = unisono(&["serve"], folder.path());
    command
        .env("UNISONO_LISTEN", "127.0.0.1:0")
        .env("UNISONO_LOG", "json")
        .env("TZ", format!("THERE-{HOURS_AHEAD}"));
    let (mut server, _) = banner(&mut command).await;
    let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
    let line = timeout(Duration::from_secs(60), log.next_line()).await;
    let line = line.expect("a line").unwrap().unwrap();
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    let told = line["timestamp"].as_str().unwrap();
    assert!(told.ends_with('Z'), "{told}");
    let now = privacy::rfc3339(SystemClock.now());
    let hours = |moment: &str| -> i64 { moment[11..13].parse().unwrap() };
    let ahead = (hours(told) - hours(&now)).rem_euclid(24);
    assert_ne!(ahead, HOURS_AHEAD, "{told}, and it is {now}");
}

/// A small disk can be mounted by root only.
mod needs_root {
    use super::*;

    /// A full disk: the room is not opened, the person gets a reference, and the log holds the same one.
    #[tokio::test]
    async fn a_full_disk_is_told_with_a_reference() {
        let folder = tempfile::tempdir().unwrap();
        let disk = folder.path().join("disk");
        std::fs::create_dir(&disk).unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "none"])
            .arg(&disk)
            .status()
            .await;
        assert!(
            mount.is_ok_and(|status| status.success()),
            "root can mount a small disk"
        );
        let outcome = on_a_full_disk(folder.path(), &disk).await;
        Command::new("umount")
            .arg("--lazy")
            .arg(&disk)
            .status()
            .await
            .unwrap();
        let (failure, log) = outcome;
        assert_eq!(failure.code, protocol::ErrorCode::Server);
        assert!(failure.message.contains("disk is full"), "{failure:?}");
        let reference = failure.reference.expect("a reference");
        assert!(log.contains(&reference), "{log}");
    }

    async fn on_a_full_disk(folder: &Path, disk: &Path) -> (protocol::Failure, String) {
        let mut command = unisono(&["serve"], folder);
        command
            .env("UNISONO_LISTEN", "127.0.0.1:0")
            .env("UNISONO_DATA_DIR", disk);
        let (server, text) = banner(&mut command).await;
        // Fill what is left, byte by byte in the end.
        let mut filler = std::fs::File::create(disk.join("filler")).unwrap();
        for size in [4096, 1] {
            while std::io::Write::write_all(&mut filler, &vec![0; size]).is_ok() {}
        }
        let node = address(&text);
        let mut caster = testkit::TestSocket::open(node, &[]).await.unwrap();
        let failure = loop {
            caster.say(testkit::create()).await;
            match caster.hear().await {
                protocol::ServerMessage::Error(failure) => break failure,
                // The write-ahead log had room for it: the next one will not.
                _ => caster = testkit::TestSocket::open(node, &[]).await.unwrap(),
            }
        };
        let log = log_of(server).await;
        (failure, log)
    }
}
