//! A room that catches up with many rounds of what repeats.

use super::*;

/// Four short items that go on for ever, and nobody there.
fn left_alone(mode: QueueMode, repeat: Repeat, when_empty: WhenEmpty) -> Stage {
    let mut stage = Stage::of(2);
    stage.configure(SettingsChange {
        mode: Some(mode),
        repeat: Some(repeat),
        when_empty: Some(when_empty),
        ..SettingsChange::default()
    });
    let lengths = [("a", 35), ("b", 20), ("c", 41), ("d", 1)];
    let [.., last] = lengths.map(|(name, length)| stage.add(1, name, length * 1_000));
    stage.say(2, RoomCommand::Vote { item: last });
    stage.say(1, RoomCommand::Play);
    for number in [1, 2] {
        let seat = seat(number);
        stage
            .tell(Command::SeatsGone { seats: vec![seat] })
            .expect("goes");
    }
    stage
}

/// What is on, where in it, and what follows.
fn law(stage: &Stage) -> (Option<ItemId>, u64, Vec<ItemId>) {
    let duration_ms = stage.room.current_duration_ms();
    let position_ms = stage.room.deck.position_ms(at(stage.now), duration_ms);
    (stage.on(), position_ms, stage.queue())
}

#[test]
fn a_room_that_slept_through_many_rounds_is_where_it_would_be_awake() {
    for mode in [QueueMode::Fifo, QueueMode::Votes, QueueMode::Curated] {
        for repeat in [Repeat::One, Repeat::All] {
            for when_empty in [WhenEmpty::Run, WhenEmpty::Freeze] {
                let mut asleep = left_alone(mode, repeat, when_empty);
                let mut awake = Stage {
                    room: asleep.room.clone(),
                    now: asleep.now,
                    said: asleep.said,
                };
                let hours_ms = 5 * 3_600_000 + 12_345;
                awake.wait(hours_ms);
                asleep.now += hours_ms;
                asleep.tell(Command::Tick).expect("time passes");
                let told = format!("{mode:?} {repeat:?} {when_empty:?}");
                assert_eq!(law(&asleep), law(&awake), "{told}");
            }
        }
    }
}

#[test]
fn four_short_loops_keep_the_law_over_five_hours() {
    let mut stage = Stage::of(1);
    stage.configure(SettingsChange {
        repeat: Some(Repeat::All),
        when_empty: Some(WhenEmpty::Run),
        ..SettingsChange::default()
    });
    let loops = ["a", "b", "c", "d"].map(|name| stage.add(1, name, 35_000));
    stage.say(1, RoomCommand::Play);
    let start = stage.start_at();
    stage
        .tell(Command::SeatsGone {
            seats: vec![seat(1)],
        })
        .expect("goes");
    let json = serde_json::to_string(&stage.room).expect("is kept");
    stage.room = serde_json::from_str(&json).expect("is loaded");
    stage.now = start + 5 * 3_600_000;
    stage.enter(1, 9);
    let ended = 5 * 3_600 / 35;
    assert_eq!(stage.on(), Some(loops[ended % 4]));
    let ended = i64::try_from(ended).expect("is small");
    assert_eq!(stage.start_at(), start + ended * 35_000);
}
