//! `unisono link` as a process: lines in and out, and one link everywhere else.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// The program in a place without settings that could be read.
fn link_parse() -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unisono"));
    command
        .args(["link", "parse"])
        .env_clear()
        .env("UNISONO_CONFIG", "there-is-no-such-file.toml")
        .env("UNISONO_NO_SUCH_SETTING", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("the program starts")
}

fn answers(input: &[u8]) -> Vec<serde_json::Value> {
    let mut child = link_parse();
    let mut stdin = child.stdin.take().expect("its input is piped");
    let input = input.to_vec();
    let writing = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    let written = writing.join().expect("writing does not panic");
    written.expect("every line is read");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let text = String::from_utf8(output.stdout).expect("answers are UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("each answer is JSON"))
        .collect()
}

#[test]
fn each_line_is_answered_in_order_whatever_it_holds() {
    let mut input = b"https://youtu.be/dQw4w9WgXcQ\n\xff\xfe\xfd\n\n".to_vec();
    input.extend(vec![b'x'; 3_000_000]);
    input.extend(b"\nspotify:track:0aTiUssEOy0Mt69bsavj6K");
    let answers = answers(&input);
    let rejects: Vec<_> = answers
        .iter()
        .map(|answer| answer["reject"].as_str())
        .collect();
    assert_eq!(
        rejects,
        [
            None,
            Some("no_link"),
            Some("no_link"),
            Some("too_long"),
            None
        ]
    );
    assert_eq!(answers[4]["platform"], "spotify");
    assert!(
        answers[3].to_string().len() < 10_000,
        "a long line is not said back"
    );
}

#[test]
fn an_answer_comes_before_the_next_line_is_asked_for() {
    let mut child = link_parse();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in ["1", "2", "3"] {
        writeln!(stdin, "https://www.deezer.com/track/{id}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_early_hears_no_complaint() {
    let mut child = link_parse();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let line = b"https://www.deezer.com/track/1\n";
    // The pipe breaks on this side too, as soon as the program has left.
    while stdin.write_all(line).is_ok() {}
    let mut complaint = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut complaint)
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(complaint, "");
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn the_shared_cases_come_out_as_they_should() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/links/urls.tsv");
    let Ok(table) = std::fs::read_to_string(file) else {
        eprintln!(
            "skipped the_shared_cases_come_out_as_they_should: the folder of shared data is not beside this clone"
        );
        return;
    };
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    let inputs: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let answers = answers(inputs.join("\n").as_bytes());
    assert_eq!(answers.len(), rows.len());
    for (row, answer) in rows.iter().zip(answers) {
        assert_eq!(answer["input"], row[0]);
        if row[1] == "reject" {
            assert!(answer["reject"].is_string(), "{answer}");
            continue;
        }
        let entries = row[4].split(';').filter_map(|entry| entry.split_once('='));
        let context: serde_json::Map<_, _> = entries
            .map(|(key, value)| (key.to_owned(), value.into()))
            .collect();
        let expected = serde_json::json!({
            "input": row[0], "platform": row[1], "kind": row[2], "id": row[3], "context": context,
        });
        assert_eq!(answer, expected);
    }
}

/// What Deezer says of one track.
const TRACK: &str = r#"{"id":100000001,"readable":true,"title":"Night Ferry","duration":214,"isrc":"GBAAA0500123",
    "artist":{"id":7,"name":"Ada Example"},"album":{"id":55,"title":"Harbour"},"type":"track"}"#;

/// What Deezer says of all others, with the status 200.
const NOTHING: &str = r#"{"error":{"type":"DataException","message":"no data","code":800}}"#;

/// A machine that is Deezer to those who ask for that track, and knows nothing else.
fn deezer() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = String::new();
            let mut lines = BufReader::new(&mut stream).lines();
            while let Some(Ok(line)) = lines.next() {
                if line.is_empty() {
                    break;
                }
                head.push_str(&line);
            }
            let (status, body) = if head.starts_with("GET /api.deezer.com/track/100000001 ") {
                ("200 OK", TRACK)
            } else if head.starts_with("GET /api.deezer.com/") {
                ("200 OK", NOTHING)
            } else {
                ("404 Not Found", "{}")
            };
            let length = body.len();
            let kind = "Content-Type: application/json\r\nConnection: close";
            // Who has left needs no answer.
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\n{kind}\r\nContent-Length: {length}\r\n\r\n{body}"
            );
        }
    });
    address
}

fn link_convert(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let services = deezer();
    let mut settings = format!("data_dir = {:?}\n[outbound.mirrors]\n", folder.path());
    for host in outbound::hosts() {
        let name = host.name;
        writeln!(settings, "{name:?} = \"http://{services}/{name}\"").expect("a string takes it");
    }
    let file = folder.path().join("unisono.toml");
    std::fs::write(&file, settings).expect("the folder takes a file");
    Command::new(env!("CARGO_BIN_EXE_unisono"))
        .args(["link", "convert"])
        .args(arguments)
        .env_clear()
        .env("UNISONO_CONFIG", file)
        .output()
        .expect("the program runs")
}

#[test]
fn a_link_is_converted_without_a_server() {
    let output = link_convert(&["https://www.deezer.com/de/track/100000001"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(text.starts_with("Ada Example: Night Ferry\n"), "{text}");
    let line = |service: &str| {
        text.lines()
            .find(|line| line.trim_start().starts_with(service))
    };
    let deezer = line("Deezer").expect("a line for each service");
    assert!(
        deezer.contains("exact") && deezer.ends_with("https://www.deezer.com/track/100000001"),
        "{text}"
    );
    assert!(
        line("Spotify")
            .expect("a line for each service")
            .contains("https://open.spotify.com/search/"),
        "{text}"
    );
}

#[test]
fn a_converted_link_is_written_as_json_on_request() {
    let output = link_convert(&["--json", "deezer://track/100000001"]);
    let page: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(page["piece"]["title"], "Night Ferry");
    assert_eq!(
        page["matches"].as_array().map(Vec::len),
        Some(music::Platform::TARGETS.len())
    );
}

#[test]
fn what_is_no_link_or_leads_nowhere_is_refused_with_the_reason() {
    let cases = [
        (
            "https://example.com/track/1",
            "not the address of a music service",
        ),
        ("https://www.deezer.com/track/5", "points at nothing"),
    ];
    for (text, reason) in cases {
        let output = link_convert(&[text]);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{complaint}");
        assert!(
            complaint.starts_with("unisono: ") && complaint.contains(reason),
            "{complaint}"
        );
        assert!(complaint.contains(". Give ") || complaint.contains(". Check "));
        assert_eq!(output.stdout, b"");
        let output = link_convert(&["--json", text]);
        assert_eq!(output.status.code(), Some(1));
        let refused: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(refused["error"].as_str().unwrap().contains(reason));
        assert!(!refused["next"].as_str().unwrap().is_empty());
    }
}
