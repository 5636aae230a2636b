//! Measures the embedded relay against Debian's coturn under the same load, on loopback.
//!
//! `relay_load [rounds]` starts each server as its own process and lets `turnutils_uclient` send
//! sound-sized messages from client to client through two allocations; the servers take turns.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measuring tool prints its figures and stops where it cannot measure"
)]

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use base::{Clock, MemberId, OsEntropy, RoomId, Secret, SystemClock};
use relay::{Allowance, Credentials, Directory};
use tokio_util::sync::CancellationToken;
use unisono::relay_sockets::{RelaySockets, Settings};

const ROUNDS_DEFAULT: usize = 2;
/// 100 clients, 1500 messages each of the size of 20 ms of Opus at 64 kbit/s, one a millisecond.
const LOAD: [&str; 10] = [
    "-y", "-c", "-m", "100", "-n", "1500", "-l", "172", "-z", "1",
];
/// The client paces itself and is the slowest of the three, so runs without loss differ by its timers only:
/// what lies below this many messages a second says nothing about a server.
const GRAIN: f64 = 100.0;
/// The process's clock in `/proc`, fixed by Linux for every architecture we build for.
const TICKS_PER_SECOND: f64 = 100.0;

fn main() {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("serve") {
        return serve();
    }
    let rounds = argument.map_or(ROUNDS_DEFAULT, |text| {
        text.parse().expect("a number of rounds")
    });
    println!("load average before: {}", load_average());
    let mut ours = Vec::new();
    let mut coturns = Vec::new();
    for _ in 0..rounds {
        ours.push(run("unisono", start_ours));
        coturns.push(run("coturn", start_coturn));
    }
    println!("load average after: {}", load_average());
    let ratio = |figure: fn(&Run) -> f64| median(&ours, figure) / median(&coturns, figure);
    println!(
        "messages/s, unisono / coturn: {:.2}",
        ratio(|run| run.messages_per_s)
    );
    println!(
        "peak memory, unisono / coturn: {:.2}",
        ratio(|run| run.peak_kib)
    );
    println!("CPU, unisono / coturn: {:.2}", ratio(|run| run.cpu_s));
    let lost: f64 = ours.iter().map(|run| run.lost_percent).sum();
    println!("lost by unisono in all rounds: {lost} %");
}

/// The child: our relay alone, until it is killed. Its one room is open to loopback and unlimited.
#[tokio::main]
async fn serve() {
    let plenty = Allowance {
        per_second: 1 << 40,
        burst: 1 << 40,
    };
    let settings = Settings {
        listen: "127.0.0.1:0".parse().unwrap(),
        rules: relay::Settings {
            allowed: vec!["127.0.0.0/8".parse().unwrap()],
            allocations_per_name_max: 1000,
            allocations_per_room_max: 1000,
            bytes: plenty,
            packets: plenty,
            ..relay::Settings::default()
        },
        ..Settings::default()
    };
    let clock = SystemClock;
    let credentials = Credentials::new(Secret::new(b"load".to_vec()));
    let mut directory = Directory::new();
    let name = relay::new_name(&OsEntropy);
    let room = RoomId::new(clock.now(), &OsEntropy);
    directory.admit(&name, room, MemberId::new(&OsEntropy));
    let issued = credentials.issue(&name, clock.now());
    let relay = RelaySockets::start(
        settings,
        Arc::new(Mutex::new(directory)),
        credentials,
        Arc::new(clock),
        Arc::new(OsEntropy),
        CancellationToken::new(),
    )
    .unwrap();
    println!(
        "{} {} {}",
        relay.port(),
        issued.username,
        issued.password.expose()
    );
    relay.stopped().await;
}

/// A server process, and how to use it.
struct Server {
    process: Child,
    port: String,
    username: String,
    password: String,
}

fn start_ours() -> Server {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let mut words = line.split_whitespace().map(str::to_owned);
    let mut word = || {
        words
            .next()
            .expect("the child says port, name and password")
    };
    Server {
        process,
        port: word(),
        username: word(),
        password: word(),
    }
}

fn start_coturn() -> Server {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
        .to_string();
    let process = Command::new("turnserver")
        .args([
            "-n",
            "--listening-ip=127.0.0.1",
            "--relay-ip=127.0.0.1",
            "-p",
            &port,
        ])
        .args([
            "--lt-cred-mech",
            "--user=user:pass",
            "--realm=unisono",
            "--allow-loopback-peers",
        ])
        .args([
            "--no-tls",
            "--no-dtls",
            "--no-cli",
            "--min-port=50000",
            "--max-port=64999",
        ])
        .args(["--log-file=stdout", "--pidfile=/dev/null"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("turnserver is in Debian's coturn");
    let address = format!("127.0.0.1:{port}");
    while TcpStream::connect(&address).is_err() {
        sleep(Duration::from_millis(50));
    }
    Server {
        process,
        port,
        username: "user".to_owned(),
        password: "pass".to_owned(),
    }
}

/// What one run showed.
struct Run {
    messages_per_s: f64,
    lost_percent: f64,
    cpu_s: f64,
    peak_kib: f64,
}

fn run(title: &str, start: fn() -> Server) -> Run {
    let mut server = start();
    let client = Command::new("stdbuf")
        .args([
            "-oL",
            "turnutils_uclient",
            "-u",
            &server.username,
            "-w",
            &server.password,
        ])
        .args(["-p", &server.port])
        .args(LOAD)
        .arg("127.0.0.1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("turnutils_uclient is in Debian's coturn");
    let (messages_per_s, lost_percent) = watch(client);
    let run = Run {
        messages_per_s,
        lost_percent,
        cpu_s: cpu_s(server.process.id()),
        peak_kib: peak_kib(server.process.id()),
    };
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    println!(
        "{title:>8}: {:.0} messages/s, {} % lost, {:.2} s CPU, {:.1} MiB peak, load {}",
        run.messages_per_s,
        run.lost_percent,
        run.cpu_s,
        run.peak_kib / 1024.0,
        load_average(),
    );
    run
}

/// Messages a second between the client's own marks, whose times it prints in whole seconds only, and the loss.
fn watch(mut client: Child) -> (f64, f64) {
    let (mut began, mut took) = (None, None);
    let (mut received, mut lost) = (None, None);
    let output = BufReader::new(client.stdout.take().unwrap());
    for line in output.lines().map_while(Result::ok) {
        if line.contains("Total connect time") {
            began = Some(Instant::now());
        }
        if line.contains("Total transmit time") {
            took = began.map(|began| began.elapsed());
        }
        received = number_after(&line, "tot_recv_msgs=").or(received);
        lost = number_after(&line, "Total lost packets ")
            .and(number_after(&line, "("))
            .or(lost);
    }
    client.wait().unwrap();
    let received = received.expect("the client counts what it received");
    let took = took.expect("the client says when it is done");
    let messages_per_s = (received / took.as_secs_f64() / GRAIN).round() * GRAIN;
    (messages_per_s, lost.expect("the client says what was lost"))
}

fn number_after(line: &str, mark: &str) -> Option<f64> {
    let (_, rest) = line.split_once(mark)?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// Processor time of user and kernel (fields 14 and 15 of `/proc/[pid]/stat`).
fn cpu_s(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks
        .map(|ticks| ticks.parse::<f64>().unwrap())
        .sum::<f64>()
        / TICKS_PER_SECOND
}

fn peak_kib(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace()
        .next()
        .unwrap_or("unknown")
        .to_owned()
}

fn median(runs: &[Run], figure: fn(&Run) -> f64) -> f64 {
    let mut figures: Vec<f64> = runs.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    if figures.len() % 2 == 1 {
        figures[middle]
    } else {
        f64::midpoint(figures[middle - 1], figures[middle])
    }
}
