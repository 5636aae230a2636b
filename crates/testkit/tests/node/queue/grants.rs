//! What takes a grant: whoever lacks it is refused each command, and nobody hears of it.

use std::collections::BTreeSet;

use base::InviteId;
use protocol::room::{Answer, Mine, Position, RejectCode, RoomState};
use serde_json::{Value, json};
use testkit::{RoomClient, TestApp};

use super::scene::{add, configure, dj, item, level, play, room, settle};

/// Commands that take no grant, whatever is theirs.
const FREE: [&str; 5] = [
    // What one's own device tells of itself, so that the others neither wait for it nor start without it.
    "ready",
    "buffering",
    "report",
    // One's own name, and one's own way out.
    "rename",
    "leave",
];

/// Why a command is refused.
const NO_GRANT: &str = "may not do that here";
const NO_KICK: &str = "needs the grant to kick";
const NO_PROMOTE: &str = "needs the grant to promote";
const NO_CONFIGURE: &str = "needs the grant to configure";
const OTHERS_ITEM: &str = "somebody else added it";
const OTHERS_LINE: &str = "only one's own lines";
const NOT_OWNER: &str = "only the owner";
const NOT_HOST: &str = "only its owner or a host ends a room";

/// A room, a guest who had a say and has none any more, and two others.
struct Scene {
    host: RoomClient,
    guest: RoomClient,
    others: [RoomClient; 2],
    /// The guest's own change of the order.
    moved: u64,
    /// The host's line.
    said: u64,
    invite: InviteId,
}

impl Scene {
    async fn set(app: &TestApp) -> Self {
        let mut host = room(app).await;
        configure(&mut host, json!({ "skip_percent": 100 })).await;
        play(&mut host, &["Moss", "Fern", "Reed"]).await;
        let mut guest = dj(app, &mut host, 1).await;
        let others = [
            super::scene::guest(app, &host.code(), 2).await,
            super::scene::guest(app, &host.code(), 3).await,
        ];
        let (fern, reed) = (item(&guest, "Fern"), item(&guest, "Reed"));
        let moved = guest
            .granted(json!({ "do": "move", "item": reed, "before": fern }))
            .await;
        guest.granted(json!({ "do": "vote", "item": fern })).await;
        host.granted(json!({ "do": "add", "items": [of_unknown_length("Rush")] }))
            .await;
        host.granted(json!({ "do": "suggest", "item": of_unknown_length("Sedge") }))
            .await;
        let said = host.granted(json!({ "do": "chat", "text": "hello" })).await;
        let invite = invite(&mut host).await;
        let mut scene = Self {
            host,
            guest,
            others,
            moved,
            said,
            invite,
        };
        scene.take_grants().await;
        scene
    }

    /// The guest may do nothing any more, nor may any other guest.
    async fn take_grants(&mut self) {
        let demoted = json!({ "do": "grant", "person": self.guest.me(), "rank": "guest" });
        self.host.granted(demoted).await;
        configure(&mut self.host, json!({ "grants": { "guest": [] } })).await;
        self.settle().await;
        assert_eq!(self.guest.mine.as_ref().unwrap().grants, []);
    }

    async fn settle(&mut self) {
        let [second, third] = &mut self.others;
        level(&mut [&mut self.host, &mut self.guest, second, third]).await;
    }

    fn seen(&self) -> Vec<Seen> {
        let all = [&self.host, &self.guest].into_iter().chain(&self.others);
        all.map(Seen::by).collect()
    }

    /// Each command that takes a grant or a rank, about what is there, and why it is refused without. In this order
    /// an owner is granted them all.
    fn commands(&self) -> Vec<(Value, &'static str)> {
        let mut all = self.about_the_queue();
        all.extend(self.about_people());
        all
    }

    fn about_the_queue(&self) -> Vec<(Value, &'static str)> {
        let titles = ["Moss", "Fern", "Reed", "Rush"];
        let [moss, fern, reed, rush] = titles.map(|title| item(&self.host, title));
        let sedge = self.host.state.suggestions[0].id;
        let measured = json!({ "do": "measured", "item": rush, "duration_ms": 60_000 });
        let suggestion = json!({ "do": "suggest", "item": of_unknown_length("Sage") });
        let approval = json!({ "do": "approve", "item": sedge, "allow": true });
        vec![
            (json!({ "do": "play" }), NO_GRANT),
            (json!({ "do": "pause" }), NO_GRANT),
            (json!({ "do": "seek", "position_ms": 5 }), NO_GRANT),
            (json!({ "do": "undo", "seq": self.moved }), NO_GRANT),
            (json!({ "do": "move", "item": reed }), NO_GRANT),
            (json!({ "do": "shuffle" }), NO_GRANT),
            (json!({ "do": "vote", "item": reed }), NO_GRANT),
            (json!({ "do": "unvote", "item": fern }), NO_GRANT),
            (json!({ "do": "vote-skip", "item": moss }), NO_GRANT),
            (measured, OTHERS_ITEM),
            (add(&["Ivy"]), NO_GRANT),
            (suggestion, NO_GRANT),
            (approval, NO_GRANT),
            (json!({ "do": "play-now", "item": fern }), NO_GRANT),
            (json!({ "do": "skip" }), NO_GRANT),
            (json!({ "do": "previous" }), NO_GRANT),
            (json!({ "do": "remove", "items": [reed] }), OTHERS_ITEM),
            (json!({ "do": "clear" }), NO_GRANT),
        ]
    }

    fn about_people(&self) -> Vec<(Value, &'static str)> {
        let [second, third] = self.others.each_ref().map(RoomClient::me);
        let host = self.host.me();
        let promotion = json!({ "do": "grant", "person": second, "rank": "listener" });
        let change = json!({ "do": "configure", "change": { "title": "Mine" } });
        vec![
            (json!({ "do": "react", "reaction": "heart" }), NO_GRANT),
            (json!({ "do": "chat", "text": "hello" }), NO_GRANT),
            (json!({ "do": "unsay", "seq": self.said }), OTHERS_LINE),
            (invitation(), NO_GRANT),
            (json!({ "do": "revoke", "invite": self.invite }), NO_GRANT),
            (promotion, NO_PROMOTE),
            (json!({ "do": "kick", "person": second }), NO_KICK),
            (json!({ "do": "ban", "person": third }), NO_KICK),
            (json!({ "do": "pardon" }), NO_KICK),
            (change, NO_CONFIGURE),
            (json!({ "do": "transfer", "person": host }), NOT_OWNER),
            (json!({ "do": "archive" }), NOT_HOST),
        ]
    }
}

/// All that somebody has seen and heard.
#[derive(Debug, PartialEq)]
struct Seen {
    state: RoomState,
    position: Position,
    snapshots: u32,
    mine: Option<Mine>,
    heard: usize,
    reactions: usize,
}

impl Seen {
    fn by(client: &RoomClient) -> Self {
        Self {
            state: client.state.clone(),
            position: client.position,
            snapshots: client.snapshots,
            mine: client.mine.clone(),
            heard: client.heard.len(),
            reactions: client.reactions.len(),
        }
    }
}

fn of_unknown_length(title: &str) -> Value {
    json!({ "source": "demo", "name": title.to_lowercase(), "title": title })
}

fn invitation() -> Value {
    json!({ "do": "invite", "rank": "guest", "uses": 1, "expires_in_s": 60 })
}

async fn invite(host: &mut RoomClient) -> InviteId {
    match host.command(invitation()).await {
        Answer::Ok { invite, .. } => invite.unwrap().id,
        refused => panic!("an invite, not {refused:?}"),
    }
}

/// The names of all commands that there are, as they are published.
fn published() -> BTreeSet<String> {
    let document: Value = serde_json::from_str(&web::openapi_document()).unwrap();
    let commands = &document["components"]["schemas"]["RoomCommand"]["oneOf"];
    let commands = commands.as_array().unwrap().iter();
    let name = |command: &Value| {
        command["properties"]["do"]["enum"][0]
            .as_str()
            .map(Into::into)
    };
    commands.map(|command| name(command).unwrap()).collect()
}

fn name(command: &Value) -> String {
    command["do"].as_str().unwrap().to_owned()
}

/// Case 27.
#[tokio::test]
async fn what_a_guest_may_not_do_changes_nothing_and_nobody_hears_of_it() {
    let app = TestApp::start().await;
    let mut scene = Scene::set(&app).await;
    let (seen, seq) = (scene.seen(), scene.host.position.seq);
    for (command, reason) in scene.commands() {
        let answer = scene.guest.command(command.clone()).await;
        let refused = Answer::Reject {
            code: RejectCode::Forbidden,
            message: reason.to_owned(),
            seq,
            retry_after_ms: None,
        };
        assert_eq!(answer, refused, "{command}");
    }
    scene.settle().await;
    assert_eq!(scene.seen(), seen);
}

#[tokio::test]
async fn every_command_is_among_those_that_take_a_grant_or_take_none() {
    let app = TestApp::start().await;
    let scene = Scene::set(&app).await;
    let tried = scene
        .commands()
        .into_iter()
        .map(|(command, _)| name(&command));
    let known: Vec<String> = tried.chain(FREE.map(str::to_owned)).collect();
    assert_eq!(BTreeSet::from_iter(known.iter().cloned()), published());
    assert_eq!(known.len(), published().len(), "each once");
}

/// What was refused for want of a grant makes sense: with all grants the same commands are carried out.
#[tokio::test]
async fn an_owner_is_granted_what_a_guest_is_refused() {
    let app = TestApp::start().await;
    let mut scene = Scene::set(&app).await;
    let commands = scene.commands();
    let given = json!({ "do": "transfer", "person": scene.guest.me() });
    scene.host.granted(given).await;
    for (command, _) in commands {
        scene.guest.granted(command).await;
    }
}

#[tokio::test]
async fn what_is_ones_own_takes_no_grant() {
    let app = TestApp::start().await;
    let mut scene = Scene::set(&app).await;
    configure(
        &mut scene.host,
        json!({ "grants": { "guest": ["add", "chat"] } }),
    )
    .await;
    let own = json!({ "do": "add", "items": [of_unknown_length("Sage")] });
    let said = scene
        .guest
        .granted(json!({ "do": "chat", "text": "hello" }))
        .await;
    scene.guest.granted(own).await;
    let added = scene.guest.granted(add(&["Ivy"])).await;
    scene.take_grants().await;
    let guest = &mut scene.guest;
    let (moss, sage) = (item(guest, "Moss"), item(guest, "Sage"));
    let player = json!({ "class": "own-audio", "error_ms": 9 });
    for command in [
        json!({ "do": "ready", "item": moss, "generation": 1 }),
        json!({ "do": "buffering", "item": moss }),
        json!({ "do": "report", "player": player }),
        json!({ "do": "rename", "name": "Ana" }),
        json!({ "do": "undo", "seq": added }),
        json!({ "do": "unsay", "seq": said }),
        json!({ "do": "measured", "item": sage, "duration_ms": 60_000 }),
        json!({ "do": "remove", "items": [sage] }),
        json!({ "do": "leave" }),
    ] {
        guest.granted(command).await;
    }
    settle(&mut scene.host).await;
    let mut titles = scene.host.titles();
    titles.sort_unstable();
    assert_eq!(titles, ["Fern", "Reed", "Rush"]);
}
