//! The rooms under load: seating everybody, talking on schedule, counting what arrives.

use std::time::{Duration, Instant};

use mio::{Events, Interest, Poll, Token};

use super::CrowdPlan;
use super::dialect::Step;
use super::figures::Tally;
use super::socket::{Reply, Socket, Stage};
use crate::loader::LoadError;

/// Sockets on their way to their seats at the same time.
const CONNECTING_MAX: usize = 64;
/// A server that seats nobody for this long can't be measured.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the sender looks for messages that are due.
const TICK: Duration = Duration::from_millis(1);
/// One read; a burst of a whole room fits.
const READ_BYTES: usize = 64 * 1024;
const EVENTS: usize = 1024;

/// What was said in one room, so that a delivery can be told how late it is: the room keeps the order.
#[derive(Default)]
struct Room {
    code: Option<String>,
    /// When each message was due.
    said: Vec<Instant>,
    /// Where the window began in `said`.
    counted_from: usize,
}

pub(super) struct Crowd {
    plan: CrowdPlan,
    poll: Poll,
    sockets: Vec<Socket>,
    rooms: Vec<Room>,
    blocked: Vec<usize>,
    buffer: Vec<u8>,
    turn: u64,
    tally: Tally,
}

impl Crowd {
    /// Seats all sockets of `plan`, the first of each room first.
    pub(super) fn connect(plan: CrowdPlan) -> Result<Self, LoadError> {
        let rooms = plan.sockets / plan.room_size;
        let mut crowd = Self {
            plan,
            poll: Poll::new()?,
            sockets: Vec::with_capacity(rooms * plan.room_size),
            rooms: std::iter::repeat_with(Room::default).take(rooms).collect(),
            blocked: Vec::new(),
            buffer: vec![0; READ_BYTES],
            turn: 0,
            tally: Tally::default(),
        };
        let firsts: Vec<usize> = (0..rooms).collect();
        let others: Vec<usize> = (0..rooms)
            .flat_map(|room| std::iter::repeat_n(room, plan.room_size - 1))
            .collect();
        for some in firsts
            .chunks(CONNECTING_MAX)
            .chain(others.chunks(CONNECTING_MAX))
        {
            for room in some {
                crowd.open(*room)?;
            }
            crowd.wait_for_seats()?;
        }
        Ok(crowd)
    }

    fn open(&mut self, room: usize) -> Result<(), LoadError> {
        let number = self.sockets.len();
        let mut socket = Socket::connect(self.plan.address, room, number)?;
        socket.upgrade(self.plan.address, &self.plan.dialect.path(room))?;
        let interest = Interest::READABLE;
        self.poll
            .registry()
            .register(&mut socket.stream, Token(number), interest)?;
        self.sockets.push(socket);
        Ok(())
    }

    fn wait_for_seats(&mut self) -> Result<(), LoadError> {
        let until = Instant::now() + PATIENCE;
        let begin = self.sockets.len().saturating_sub(CONNECTING_MAX);
        while self.sockets[begin..]
            .iter()
            .any(|socket| socket.stage != Stage::Seated)
        {
            if Instant::now() > until {
                return Err(LoadError::Unexpected("somebody got no seat".to_owned()));
            }
            self.turn(TICK)?;
            if self.sockets[begin..]
                .iter()
                .any(|socket| socket.stage == Stage::Lost)
            {
                return Err(LoadError::Unexpected("the server hung up".to_owned()));
            }
        }
        Ok(())
    }

    pub(super) fn sockets(&self) -> usize {
        self.sockets.len()
    }

    /// Only reads, for `time`.
    pub(super) fn rest(&mut self, time: Duration) -> Result<(), LoadError> {
        let until = Instant::now() + time;
        while Instant::now() < until {
            self.turn(TICK)?;
        }
        Ok(())
    }

    /// Lets `percent` of each room stop reading. The first of a room always reads.
    pub(super) fn deafen(&mut self, percent: u8) {
        let deaf = self.plan.room_size * usize::from(percent) / 100;
        let mut seen = vec![0; self.rooms.len()];
        for socket in self.sockets.iter_mut().rev() {
            socket.is_deaf = seen[socket.room] < deaf;
            seen[socket.room] += 1;
        }
    }

    /// What arrives from now on counts.
    pub(super) fn count(&mut self) {
        for room in &mut self.rooms {
            room.counted_from = room.said.len();
        }
        self.tally = Tally::default();
    }

    /// Deliveries since the window opened.
    pub(super) fn arrived(&self) -> usize {
        self.tally.delays.len()
    }

    /// What was counted.
    pub(super) fn tally(&mut self) -> Tally {
        let is_lost = |socket: &&Socket| socket.stage == Stage::Lost && !socket.is_deaf;
        self.tally.lost_sockets = self.sockets.iter().filter(is_lost).count();
        std::mem::take(&mut self.tally)
    }

    /// Talks at the planned rate for `time`; rooms take turns, and so do those in a room.
    pub(super) fn talk(&mut self, time: Duration) -> Result<(), LoadError> {
        let began = Instant::now();
        let every = Duration::from_secs(1) / self.plan.rate;
        let all = (f64::from(self.plan.rate) * time.as_secs_f64()).round() as u32;
        for number in 0..all {
            let due = began + every * number;
            while Instant::now() < due {
                self.turn(TICK.min(due.saturating_duration_since(Instant::now())))?;
            }
            self.say(due)?;
        }
        self.turn(Duration::ZERO)
    }

    fn say(&mut self, due: Instant) -> Result<(), LoadError> {
        let rooms = self.rooms.len();
        let turn = usize::try_from(self.turn).unwrap_or(0);
        let room = turn % rooms;
        let speaker = self.speaker(room, turn / rooms);
        self.rooms[room].said.push(due);
        self.tally.sent += 1;
        self.tally.expected += self.hearing(room);
        let text = self.plan.dialect.message(self.turn);
        self.turn += 1;
        self.sockets[speaker].say(&text)?;
        if self.sockets[speaker].is_blocked() {
            self.blocked.push(speaker);
        }
        Ok(())
    }

    /// A socket of `room` that reads: the first ones were opened first, the others room by room.
    fn speaker(&self, room: usize, round: usize) -> usize {
        let hearing = usize::try_from(self.hearing(room)).unwrap_or(1).max(1);
        match round % hearing {
            0 => room,
            place => self.rooms.len() + room * (self.plan.room_size - 1) + place - 1,
        }
    }

    fn hearing(&self, _room: usize) -> u64 {
        let deaf = self.plan.room_size * usize::from(self.plan.deaf_percent) / 100;
        (self.plan.room_size - deaf) as u64
    }

    /// Waits at most `time` for bytes, and reads what came.
    fn turn(&mut self, time: Duration) -> Result<(), LoadError> {
        let blocked = std::mem::take(&mut self.blocked);
        for place in blocked {
            self.sockets[place].flush()?;
            if self.sockets[place].is_blocked() {
                self.blocked.push(place);
            }
        }
        let mut events = Events::with_capacity(EVENTS);
        match self.poll.poll(&mut events, Some(time)) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => return Ok(()),
            polled => polled?,
        }
        let now = Instant::now();
        for event in &events {
            let place = event.token().0;
            if !self.sockets[place].is_deaf {
                self.read(place, now)?;
            }
        }
        Ok(())
    }

    fn read(&mut self, place: usize, now: Instant) -> Result<(), LoadError> {
        let Self {
            plan,
            sockets,
            rooms,
            buffer,
            tally,
            ..
        } = self;
        let socket = &mut sockets[place];
        let (dialect, number) = (plan.dialect, socket.number);
        let room = &mut rooms[socket.room];
        socket.read(buffer, |stage, heard, text| {
            if *stage == Stage::Seated {
                if dialect.is_delivery(text) {
                    if let Some(due) = room.said.get(*heard)
                        && *heard >= room.counted_from
                    {
                        tally.delays.push(now.saturating_duration_since(*due));
                    }
                    *heard += 1;
                }
                let beat = dialect.heartbeat(text).map(str::to_owned);
                return Ok(beat.map_or(Reply::Nothing, Reply::Say));
            }
            if text.is_empty() {
                if dialect.is_seated_at_once() {
                    *stage = Stage::Seated;
                }
                let code = room.code.as_deref();
                let greeting = dialect.greeting(number, code);
                return Ok(greeting.map_or(Reply::Nothing, Reply::Say));
            }
            match dialect.step(text)? {
                Step::Say(text) => return Ok(Reply::Say(text)),
                Step::Opened(code) => room.code = Some(code),
                Step::Seated => *stage = Stage::Seated,
                Step::Wait => {}
            }
            Ok(Reply::Nothing)
        })
    }
}
