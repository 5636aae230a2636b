//! What a process used, from `/proc` (proc(5)).

use std::io;
use std::time::Duration;

/// Linux tells processor time in hundredths of a second on every architecture we build for.
const TICK: Duration = Duration::from_millis(10);

/// A process of this machine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Process {
    id: u32,
}

impl Process {
    pub(super) fn new(id: u32) -> Self {
        Self { id }
    }

    /// Processor time of user and kernel so far.
    pub(super) fn cpu(self) -> io::Result<Duration> {
        let stat = self.read("stat")?;
        // The name in brackets may hold spaces; fields 14 and 15 are the 12th and 13th after it.
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
        let ticks: u32 = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u32>().ok())
            .sum();
        Ok(TICK * ticks)
    }

    /// Resident memory, counted page by page and not by the lagging counters of `status`.
    pub(super) fn resident_bytes(self) -> io::Result<u64> {
        let text = self.read("smaps_rollup")?;
        let kibibytes = text
            .lines()
            .find_map(|line| line.strip_prefix("Rss:"))
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|number| number.parse::<u64>().ok());
        kibibytes
            .map(|number| number * 1024)
            .ok_or_else(|| io::Error::other("smaps_rollup names no Rss"))
    }

    fn read(self, file: &str) -> io::Result<String> {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_uses_memory_and_time() {
        let this = Process::new(std::process::id());
        let before = this.resident_bytes().unwrap();
        let ballast = vec![1_u8; 32 << 20];
        assert!(this.resident_bytes().unwrap() > before + (16 << 20));
        drop(ballast);
        let begin = this.cpu().unwrap();
        while this.cpu().unwrap() == begin {
            std::hint::black_box(0);
        }
    }
}
