//! By which of their names somebody comes in, and whether they may: the room says so, by the state that it has.

use protocol::room::LeftBecause;

use super::*;

/// Somebody at the door, with all the names that they can prove.
#[derive(Clone, Copy)]
struct Comer {
    shown: u8,
    also: &'static [u8],
    lacks_password: bool,
}

/// Whoever has device 2 and is the member 102, who has said that device 3 is theirs.
const MEMBER: Comer = Comer {
    shown: 2,
    also: &[102, 3],
    lacks_password: false,
};
const GUEST: Comer = Comer {
    also: &[],
    ..MEMBER
};

impl Comer {
    fn command(self, number: u8) -> Command {
        Command::Enter {
            principal: principal(self.shown),
            also: self.also.iter().copied().map(principal).collect(),
            seat: seat(number),
            form: Form::Phone,
            name: None,
            is_owner: false,
            lacks_password: self.lacks_password,
            invite: None,
        }
    }

    /// Comes in, as whom.
    fn comes(self, stage: &mut Stage, number: u8) -> Principal {
        let done = stage.tell(self.command(number)).expect("they may come in");
        let person = done.person.expect("somebody came in");
        let known_as = stage.room.people.principal_of(person);
        known_as.expect("they are here")
    }

    fn refused(self, stage: &mut Stage) -> Rejected {
        let refused = stage.tell(self.command(9));
        refused.expect_err("they may not come in")
    }

    fn is_banned_as(self, stage: &mut Stage, number: u8) -> Principal {
        let known_as = self.comes(stage, number);
        let person = stage.room.person_of(seat(number)).expect("they are here");
        let done = stage.say(1, RoomCommand::Ban { person });
        assert_eq!(done.dismissed, [(seat(number), LeftBecause::Banned)]);
        known_as
    }
}

#[test]
fn a_member_comes_as_the_guest_of_this_device_then_as_whom_the_room_knows_then_as_the_member() {
    let mut nobody = Stage::of(1);
    assert_eq!(MEMBER.comes(&mut nobody, 9), principal(102));
    let mut device = Stage::of(1);
    device.enter(3, 3);
    assert_eq!(MEMBER.comes(&mut device, 9), principal(3));
    device.enter(102, 4);
    assert_eq!(MEMBER.comes(&mut device, 8), principal(102));
    device.enter(2, 5);
    assert_eq!(MEMBER.comes(&mut device, 7), principal(2));
}

#[test]
fn the_owner_comes_as_the_owner_whatever_the_device_was_before() {
    let mut stage = Stage::of(2);
    let owner = Comer {
        shown: 2,
        also: &[102, 1],
        lacks_password: true,
    };
    assert_eq!(owner.comes(&mut stage, 9), principal(1));
}

#[test]
fn a_guest_who_was_sent_away_does_not_come_in_by_signing_in() {
    let mut stage = Stage::of(1);
    let before = stage.room.clone();
    assert_eq!(GUEST.is_banned_as(&mut stage, 2), principal(2));
    assert_eq!(MEMBER.refused(&mut stage).code, RejectCode::Banned);
    // The same command on what the room was before lets the member in: only the state says who it is.
    stage.room = before;
    assert_eq!(MEMBER.comes(&mut stage, 9), principal(102));
}

#[test]
fn a_member_who_was_sent_away_does_not_come_in_by_a_device_that_the_room_does_not_know() {
    let mut stage = Stage::of(2);
    let before = stage.room.clone();
    stage.say(2, RoomCommand::Leave);
    let elsewhere = Comer { shown: 4, ..MEMBER };
    assert_eq!(elsewhere.is_banned_as(&mut stage, 4), principal(102));
    assert_eq!(MEMBER.refused(&mut stage).code, RejectCode::Banned);
    stage.room = before;
    assert_eq!(MEMBER.comes(&mut stage, 9), principal(2));
}

#[test]
fn who_lacks_the_password_must_be_known_by_one_of_their_names() {
    let mut stage = Stage::of(2);
    let stranger = Comer {
        lacks_password: true,
        ..MEMBER
    };
    assert_eq!(stranger.comes(&mut stage, 9), principal(2));
    stage.say(2, RoomCommand::Leave);
    let refused = stranger.refused(&mut stage);
    assert!(refused.is_to_stranger);
    stage.enter(3, 3);
    assert_eq!(stranger.comes(&mut stage, 9), principal(3));
}

#[test]
fn a_tape_keeps_all_names_and_one_that_was_recorded_before_there_were_others_still_reads() {
    let command = Comer {
        lacks_password: true,
        ..MEMBER
    };
    let command = command.command(9);
    let text = serde_json::to_string(&command).expect("a command has a JSON form");
    assert_eq!(serde_json::from_str::<Command>(&text).ok(), Some(command));
    let command = GUEST.command(9);
    let text = serde_json::to_string(&command).expect("a command has a JSON form");
    assert!(!text.contains("also") && !text.contains("lacks_password"));
    assert_eq!(serde_json::from_str::<Command>(&text).ok(), Some(command));
}
