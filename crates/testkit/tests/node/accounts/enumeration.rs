//! Whether an address has an account is nobody's business: each door that takes one answers for a known address, letter for
//! letter, what it answers for an unknown one. How long that takes is measured by `cargo xtask bench accounts`.

use ::account::RegistrationRule;

use super::*;

/// Both have as many letters.
const KNOWN: &str = "ada@example.org";
const UNKNOWN: &str = "eva@example.org";
/// Who asks where only members may.
const BEN: &str = "ben@example.org";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("content-type", "application/json");
/// What stands before something that is drawn for each answer.
const DRAWN: [&str; 4] = [
    "\"t_",
    "\"reference\":\"UNI-",
    "__Host-unisono=",
    "__Host-unisono-step=",
];
/// Longer than any door remembers.
const REST: std::time::Duration = std::time::Duration::from_secs(9 * 60 * 60);
/// More than any door lets one address try in a row.
const TRIES: usize = 16;

/// A door that takes an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Password,
    Code,
    Reset,
    Register,
    RegisterWithPassword,
    NewAddress,
}

impl Door {
    const ALL: [Self; 6] = [
        Self::Password,
        Self::Code,
        Self::Reset,
        Self::Register,
        Self::RegisterWithPassword,
        Self::NewAddress,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Password => "/api/v1/account/sign-in",
            Self::Code => "/api/v1/account/sign-in/code",
            Self::Reset => "/api/v1/account/reset",
            Self::Register | Self::RegisterWithPassword => "/api/v1/account/register",
            Self::NewAddress => "/api/v1/account/email",
        }
    }

    /// Where the code is typed that the door has mailed.
    const fn second_step(self) -> Option<&'static str> {
        match self {
            Self::Code => Some("/api/v1/account/sign-in/code/verify"),
            Self::Register | Self::RegisterWithPassword => Some("/api/v1/account/register/verify"),
            Self::NewAddress => Some("/api/v1/account/email/verify"),
            Self::Password | Self::Reset => None,
        }
    }

    const fn purpose(self) -> Option<&'static str> {
        match self {
            Self::Password | Self::Code | Self::Reset => Some("sign-in"),
            Self::Register | Self::RegisterWithPassword => Some("register"),
            Self::NewAddress => None,
        }
    }
}

/// Who asks at the doors: a stranger, and a member where only members may.
struct Asker {
    app: TestApp,
    member: TestBrowser,
    clients: u8,
}

impl Asker {
    /// Beside a member whose address is the known one.
    async fn start() -> Self {
        let app = TestApp::start_with(|settings| {
            settings.accounts.password_cost = 4;
            settings.accounts.proof_of_work_cost = 1;
            settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        })
        .await;
        member(&app, KNOWN).await;
        let member = member(&app, BEN).await;
        let mut asker = Self {
            app,
            member,
            clients: 0,
        };
        asker.rest().await;
        asker
    }

    /// Until what was tried before counts no more. The member has signed in again a moment ago.
    async fn rest(&mut self) {
        self.app.clock.advance(REST);
        let again = sign_in(&mut self.member, BEN, PASSWORD).await;
        assert_eq!(again.status, 200, "{}", again.body);
    }

    fn browser(&self, door: Door) -> TestBrowser {
        match door {
            Door::NewAddress => self.member.clone(),
            _ => browser(&self.app),
        }
    }

    /// What is sent at `door`, with a proof of work if `is_worked`.
    async fn body(&self, door: Door, email: &str, is_worked: bool) -> Value {
        let mut body = json!({ "email": email });
        match door {
            Door::Password => body["password"] = json!("not the right one"),
            Door::RegisterWithPassword => body["password"] = json!("six brand new quiet words"),
            Door::Code | Door::Reset | Door::Register | Door::NewAddress => {}
        }
        if matches!(door, Door::Register | Door::RegisterWithPassword) {
            body["agreed_version"] = json!(policy_version(&self.app).await);
            body["is_of_age"] = json!(true);
        }
        if let Some(purpose) = door.purpose().filter(|_| is_worked) {
            body["proof_of_work"] = json!(browser(&self.app).work(purpose).await);
        }
        body
    }

    /// Sends `body` from an address that nobody has asked from before.
    async fn send(
        &mut self,
        browser: &mut TestBrowser,
        path: &str,
        kind: (&str, &str),
        body: &str,
    ) -> Answer {
        self.clients += 1;
        let from = format!("198.51.100.{}", self.clients);
        let headers = [kind, ("x-forwarded-for", from.as_str())];
        let sent = browser.request("POST", path, &headers, body.as_bytes());
        sent.await
    }

    async fn ask(&mut self, door: Door, email: &str, is_worked: bool) -> Answer {
        let body = self.body(door, email, is_worked).await.to_string();
        let mut browser = self.browser(door);
        self.send(&mut browser, door.path(), JSON, &body).await
    }

    /// Asks for both addresses; gives the status that both are answered with.
    async fn ask_for_both(&mut self, door: Door, when: &str) -> u16 {
        let known = self.ask(door, KNOWN, true).await;
        let unknown = self.ask(door, UNKNOWN, true).await;
        assert_eq!(
            seen(&known, KNOWN),
            seen(&unknown, UNKNOWN),
            "{door:?} {when}"
        );
        known.status
    }
}

/// All of an answer but its moment. Of the address, and of what is drawn for each answer, the length stays.
fn seen(answer: &Answer, email: &str) -> (u16, Vec<String>, String) {
    let headers = answer.headers.iter();
    let headers = headers.filter(|line| !line.starts_with("date: "));
    let stars = "*".repeat(email.len());
    (
        answer.status,
        headers.map(|line| masked(line)).collect(),
        masked(&answer.body).replace(email, &stars),
    )
}

fn masked(text: &str) -> String {
    let is_of_it = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    DRAWN.iter().fold(text.to_owned(), |text, mark| {
        let mut parts = text.split(mark);
        let before = parts.next().unwrap_or_default().to_owned();
        parts.fold(before, |before, part| {
            let rest = part.trim_start_matches(is_of_it);
            let stars = "*".repeat(part.len() - rest.len());
            format!("{before}{mark}{stars}{rest}")
        })
    })
}

// Promise C12
#[tokio::test]
async fn each_door_answers_for_a_known_address_what_it_answers_for_an_unknown_one() {
    let mut asker = Asker::start().await;
    for door in Door::ALL {
        let status = asker.ask_for_both(door, "on an everyday server").await;
        let expected = match door {
            Door::Password => 403,
            _ => 202,
        };
        assert_eq!(status, expected, "{door:?}");
    }
    asker.rest().await;
    fill_outbox(&asker.app).await;
    for door in Door::ALL {
        asker
            .ask_for_both(door, "when no letter can be written")
            .await;
    }
    asker.app.stop().await;
}

/// Whoever types codes for a step learns as little as who began it.
#[tokio::test]
async fn wrong_codes_are_answered_alike_until_the_step_is_over() {
    let mut asker = Asker::start().await;
    for door in Door::ALL {
        let Some(path) = door.second_step() else {
            continue;
        };
        let mut told = Vec::new();
        for email in [KNOWN, UNKNOWN] {
            let begun: Value = read(&asker.ask(door, email, true).await);
            let body = json!({ "ticket": begun["ticket"], "code": "00000000" }).to_string();
            let mut browser = asker.browser(door);
            let mut answers = Vec::new();
            for _ in 0..6 {
                let answer = asker.send(&mut browser, path, JSON, &body).await;
                answers.push(seen(&answer, email));
            }
            told.push(answers);
        }
        assert_eq!(told[0], told[1], "{door:?}");
        let statuses: Vec<u16> = told[0].iter().map(|answer| answer.0).collect();
        assert_eq!(statuses, [403, 403, 403, 403, 403, 410], "{door:?}");
    }
    asker.app.stop().await;
}

/// What slows guessing down counts for addresses, whoever has them: the clock stands still meanwhile.
#[tokio::test]
async fn tries_that_pile_up_are_held_back_alike() {
    for door in Door::ALL {
        let mut asker = Asker::start().await;
        let mut told = [KNOWN, UNKNOWN].map(|_| Vec::new());
        for _ in 0..TRIES {
            for (email, told) in [KNOWN, UNKNOWN].into_iter().zip(&mut told) {
                for is_worked in [false, true] {
                    let answer = asker.ask(door, email, is_worked).await;
                    told.push(seen(&answer, email));
                }
            }
        }
        assert_eq!(told[0], told[1], "{door:?}");
        assert_eq!(told[0].last().unwrap().0, 429, "{door:?} is held back");
        asker.app.stop().await;
    }
}

// Promise C12
#[tokio::test]
async fn where_only_the_invited_may_each_wrong_way_to_register_is_refused_alike() {
    let mut asker = Asker::start().await;
    let by_invitation = |settings: &mut unisono::Settings| {
        settings.accounts.registration = RegistrationRule::Invited;
    };
    asker.app = asker.app.restart_with(by_invitation).await;
    for (invitation, expected) in [
        (None, "invited-only"),
        (Some("A".repeat(75)), "invitation-over"),
        (Some(String::new()), "invitation-over"),
    ] {
        for door in [Door::Register, Door::RegisterWithPassword] {
            let mut told = Vec::new();
            for email in [KNOWN, UNKNOWN] {
                let mut body = asker.body(door, email, true).await;
                body["invitation"] = json!(invitation);
                let body = body.to_string();
                let mut browser = asker.browser(door);
                let answer = asker.send(&mut browser, door.path(), JSON, &body).await;
                assert_eq!(kind(&answer), expected, "{}", answer.body);
                told.push(seen(&answer, email));
            }
            assert_eq!(told[0], told[1], "{door:?} {invitation:?}");
        }
    }
    asker.app.stop().await;
}

/// The doors of accounts read no forms, whoever is named in one; that to ask for a right does.
#[tokio::test]
async fn forms_without_script_are_answered_alike() {
    let mut asker = Asker::start().await;
    asker.app = asker.app.restart_with(write_letters).await;
    let form = |email: &str| format!("email={}&password=x", email.replace('@', "%40"));
    let asking = |email: &str| format!("kind=erasure&message=please&{}", form(email));
    for door in Door::ALL {
        let mut told = Vec::new();
        for email in [KNOWN, UNKNOWN] {
            let mut browser = asker.browser(door);
            let body = form(email);
            let answer = asker.send(&mut browser, door.path(), FORM, &body).await;
            told.push(seen(&answer, email));
        }
        assert_eq!(told[0], told[1], "{door:?}");
        assert_eq!(told[0].0, 415, "{door:?}");
    }
    let mut told = Vec::new();
    for email in [KNOWN, UNKNOWN] {
        let mut guest = browser(&asker.app);
        let path = "/privacy/me/ask";
        let answer = asker.send(&mut guest, path, FORM, &asking(email)).await;
        told.push(seen(&answer, email));
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0].0, 200, "{}", told[0].2);
    asker.app.stop().await;
}
