//! What a member is given when it comes in, and when its path to another one is made anew.

use base::MemberId;
use protocol::{ServerMessage, VERSION, Welcome};

use super::RoomTask;
use super::plan::RoomPlan;

impl RoomTask {
    pub(super) fn welcome(&mut self, to: MemberId, is_new_room: bool) {
        let (Some(member), Some(connection)) = (self.switchboard.member(to), self.seats.get(to))
        else {
            return;
        };
        let inner = &self.app.inner;
        let (room, now) = (self.switchboard.id(), self.app.now());
        let code = self.switchboard.view(String::new()).code;
        let mut view = self.switchboard.view(connection.place.link(code));
        let plan = self.plan.as_deref();
        if let Some(devices_max) = plan.and_then(RoomPlan::devices_max) {
            // One of them casts.
            let listeners = u16::try_from(devices_max.saturating_sub(1)).unwrap_or(u16::MAX);
            view.listeners_max = view.listeners_max.min(listeners);
        }
        let welcome = Box::new(Welcome {
            version: VERSION,
            room: view,
            you: member.clone(),
            resume: inner.resume.issue(room, to, member.role),
            members: self.switchboard.peers_of(to),
            ice_servers: inner.relay.ice_servers(&connection.place, room, to, now),
            now,
            session: plan.and_then(RoomPlan::session),
        });
        let message = if is_new_room {
            ServerMessage::Created { welcome }
        } else {
            ServerMessage::Joined {
                member: member.clone(),
                welcome: Some(welcome),
            }
        };
        self.seats.say(to, &message);
    }

    pub(super) fn restart(&mut self, to: MemberId, from: MemberId) {
        let Some(connection) = self.seats.get(to) else {
            return;
        };
        let (inner, room) = (&self.app.inner, self.switchboard.id());
        let ice_servers = inner
            .relay
            .ice_servers(&connection.place, room, to, self.app.now());
        self.seats
            .say(to, &ServerMessage::Restart { from, ice_servers });
    }
}
