//! A member of whom there is something in every table leaves the real program, and every byte that it has written is
//! looked through: database and its log, letters that wait, what was printed, temporary files, copies and backups.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::Path;

use age::x25519::Identity;
use age::{DecryptError, Decryptor};
use base::{AccountId, OsEntropy, SystemClock};
use sqlx::{Connection as _, SqliteConnection};
use store::Store;
use testkit::command::address;
use testkit::issuer::Issuer;
use testkit::letters_in;
use testkit::payments::{
    self, PRICE_MONTH, PRICE_YEAR, PaymentService, SECRET_KEY, WEBHOOK_SECRET,
};
use testkit::python::python;
use tokio::process::{Child, Command};
use unisono::Settings;

use super::life::Person;
use super::scan::{Canary, Place, files, found};
use super::*;
use crate::accounts::upstreams::forging;
use crate::operator::Home;
use crate::payments::{buy, deliver, plan, until};
use crate::privacy_centre::send;

/// Tables of which a member has nothing here: what they have bought is paid, no authority has asked for them, and no change
/// of the policy was shown to them.
const NOT_REACHED: [&str; 3] = ["checkouts", "legal_requests", "policies_seen"];
/// What a copy of one's data holds, of all that is looked for.
const IN_COPY: [&str; 8] = [
    "account",
    "address",
    "avatar",
    "name",
    "notice",
    "request",
    "saved-room",
    "support",
];

/// The program, and those whom it speaks to.
pub(super) struct Scene {
    home: Home,
    node: SocketAddr,
    shop: PaymentService,
    issuer: Issuer,
    _server: Child,
}

impl Scene {
    async fn start() -> Self {
        let (home, shop, issuer) = (Home::new(), PaymentService::start().await, forging().await);
        fs::create_dir(home.path("tmp")).unwrap();
        fs::write(home.path("unisono.toml"), settings(&shop, &issuer)).unwrap();
        let file = |name| File::create(home.path(name)).unwrap();
        let mut command = home.command(&["serve"]);
        command.env("TMPDIR", home.path("tmp"));
        command.stdout(file("printed")).stderr(file("logged"));
        let mut server = command.spawn().unwrap();
        let read = |name| fs::read_to_string(home.path(name)).unwrap();
        while !read("printed").contains("Stop with") {
            assert_eq!(server.try_wait().unwrap(), None, "{}", read("logged"));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self {
            node: address(&read("printed")),
            home,
            shop,
            issuer,
            _server: server,
        }
    }

    /// The database, opened once more.
    pub(super) async fn store(&self) -> Store {
        let settings = Settings {
            data_dir: self.home.path("unisono"),
            ..Settings::default()
        };
        let store = unisono::store_part::open(&settings, &OsEntropy).await;
        store.unwrap()
    }

    /// The same, for what no method reads.
    pub(super) async fn database(&self) -> SqliteConnection {
        let file = self.home.path("unisono").join("unisono.db");
        let url = format!("sqlite:{}", file.display());
        SqliteConnection::connect(&url).await.unwrap()
    }

    /// A browser that has just made an account.
    pub(super) async fn member(&self, email: &str) -> TestBrowser {
        let mut browser = TestBrowser::new(self.node);
        let terms: Value = read(&browser.send("GET", "/api/v1/account/terms").await);
        let version = terms["policy_version"].as_str().unwrap();
        let ticket = begin_at(&mut browser, email, Some(PASSWORD), version).await;
        let store = self.store().await;
        let code = code_of(newest(letters_in(&store).await, email));
        store.close().await;
        verify(&mut browser, &ticket, &code).await;
        browser
    }

    /// Sells Pro; gives what the payment service calls who has bought it.
    pub(super) async fn sell(&self, browser: &mut TestBrowser) -> String {
        let known = self.shop.customers();
        let there = browser.clone();
        until(async || {
            let page = there.clone().send("GET", "/pricing").await;
            page.body.contains("EUR")
        })
        .await;
        assert_eq!(buy(browser, "month").await.status, 200);
        let page = self.shop.open_pages().remove(0);
        let now_s = SystemClock.now().unix_s();
        for event in self.shop.pay(&page, now_s) {
            let heard = deliver(self.node, &event, &event.signed(now_s)).await;
            assert_eq!(heard.status, 200, "{}", heard.body);
        }
        until(async || plan(&mut there.clone()).await == "pro").await;
        let mut customers = self.shop.customers().into_iter();
        customers.find(|it| !known.contains(it)).unwrap()
    }

    /// Whoever runs the server does something about a member: gives them Pro, and mails them the way to their copy.
    pub(super) async fn do_as_operator(&self, email: &str) {
        let gift = ["plans", "gift", email, "--until", "2100-01-31"];
        self.home.said(&gift).await;
        self.home.said(&["account", "send-copy", email]).await;
    }

    /// What lies in the folders of the program now: its data, what it printed and logged, temporary files and backups.
    fn files(&self) -> Vec<Place> {
        files(self.home.folder.path())
    }

    /// There is something in every table that may have something of a member.
    async fn reaches_every_table(&self, id: AccountId) {
        let store = self.store().await;
        let subject = ::app::subject_in(&store, id).await.unwrap();
        let counts = store.counts_of(&subject).await.unwrap();
        store.close().await;
        let steps = store::plans().erasure.steps.iter();
        let tables = steps.map(|step| step.holding.table.as_str());
        let not_reached: Vec<&str> = tables.filter(|it| !counts.contains_key(*it)).collect();
        assert_eq!(
            BTreeSet::from_iter(not_reached),
            BTreeSet::from(NOT_REACHED)
        );
    }

    /// Whoever runs the server answers a member's request with a copy of their data; gives its files.
    async fn copy_by_operator(&self, of: &mut Person) -> Vec<Place> {
        let wish = [("kind", "access"), ("message", "All of it")];
        assert_eq!(send(&mut of.browser, "ask", &wish).await.status, 303);
        let asked = "SELECT id FROM requests WHERE account_id = $1 AND kind = 'access'";
        let request = sqlx::query_scalar::<_, String>(asked)
            .bind(of.id.to_string())
            .fetch_one(&mut self.database().await)
            .await
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.zip");
        let path = file.display().to_string();
        let answer = ["privacy", "requests", "answer", request.as_str()];
        let with = ["--outcome", "Here it is.", "--copy", &path];
        self.home.said(&[answer, with].concat()).await;
        unpacked(&file).await
    }

    /// Makes a backup; gives what lies in it once it is opened.
    async fn backup(&self) -> Place {
        let backup = self.home.said(&["backup"]).await;
        let key = backup.replace(".backup.age", ".key.age");
        let stranger = Identity::generate();
        for file in [&backup, &key] {
            assert!(opened(Path::new(file), &stranger).is_err(), "{file}");
        }
        let own = fs::read_to_string(self.home.path("key.txt")).unwrap();
        let day = opened(Path::new(&key), &own.trim().parse().unwrap()).unwrap();
        let day = String::from_utf8(day).unwrap();
        let packed = opened(Path::new(&backup), &day.parse().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("packed.gz");
        fs::write(&file, packed).unwrap();
        let plain = Command::new("gzip").arg("-dc").arg(&file).output().await;
        (backup, plain.unwrap().stdout)
    }

    /// Waits until those who are told elsewhere have forgotten somebody, and nothing of that is left to do here.
    async fn forgotten_elsewhere(&mut self, customer: &str) {
        self.issuer.hears(r#""revoked":200"#).await;
        until(async || !self.shop.customers().iter().any(|it| it == customer)).await;
        // Who reads a database holds its log, so nobody does while the program empties it.
        let data = self.home.path("unisono");
        until(async || files_with(&data, customer).is_empty()).await;
        let store = self.store().await;
        while store.revocation_count().await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        store.close().await;
    }
}

/// Where everybody else is out of reach, Google and the payment service are ours, and letters wait here.
fn settings(shop: &PaymentService, issuer: &Issuer) -> String {
    let mirrors = outbound::hosts().iter().map(|host| {
        let place = match host.name {
            "api.stripe.com" => shop.address().to_string(),
            "oauth2.googleapis.com" => issuer.address.to_string(),
            _ => "127.0.0.1:1".to_owned(),
        };
        format!("{:?} = \"http://{place}\"\n", host.name)
    });
    let mirrors: String = mirrors.collect();
    format!(
        "public_url = \"http://listen.example\"\n[accounts]\nproof_of_work_cost = 1\n[outbound.mirrors]\n{mirrors}\
         [outbound.upstreams.google]\nclient_id = \"app-1\"\nclient_secret = \"s3cret\"\n\
         [outbound.payments]\nsecret_key = \"{SECRET_KEY}\"\nwebhook_secret = \"{WEBHOOK_SECRET}\"\n\
         price_month = \"{PRICE_MONTH}\"\nprice_year = \"{PRICE_YEAR}\"\n"
    )
}

/// What a locked file holds.
fn opened(file: &Path, identity: &Identity) -> Result<Vec<u8>, DecryptError> {
    let locked = Decryptor::new(File::open(file)?)?;
    let mut open = locked.decrypt(std::iter::once(identity as &dyn age::Identity))?;
    let mut plain = Vec::new();
    std::io::Read::read_to_end(&mut open, &mut plain)?;
    Ok(plain)
}

/// The files of the copy that somebody fetches of their data.
async fn copy_of(browser: &TestBrowser) -> Vec<Place> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.zip");
    let zip = browser.download("/api/v1/account/copy").await;
    fs::write(&file, zip).unwrap();
    unpacked(&file).await
}

/// The files of an archive.
async fn unpacked(archive: &Path) -> Vec<Place> {
    let folder = tempfile::tempdir().unwrap();
    let mut unpack = Command::new(python());
    unpack.args(["-m", "zipfile", "-e"]).arg(archive);
    let unpacked = folder.path().join("unpacked");
    assert!(unpack.arg(&unpacked).status().await.unwrap().success());
    files(&unpacked)
}

/// Each of them is found in these places.
fn all_there(canaries: &[Canary], places: &[Place]) {
    let found = found(canaries, places);
    let missing = canaries.iter().map(|canary| canary.name);
    let missing: Vec<&str> = missing.filter(|it| !found.contains_key(it)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "the scan sees them all");
}

/// None of them is found in these places.
fn none_there<'a>(canaries: impl IntoIterator<Item = &'a Canary>, places: &[Place]) {
    assert_eq!(found(canaries, places), Default::default());
}

/// Promises Y29, S33, T40: of two members one leaves, and not a byte of hers is left in any file that the program has
/// written, in whatever form, nor in a backup or a copy that is made from then on. Of the other everything is there.
#[tokio::test]
async fn not_a_byte_of_who_leaves_is_left_in_any_file_of_the_program() {
    let mut scene = Scene::start().await;
    let mut ben = Person::settle(&scene, "quartz", 1).await;
    let mut ada = Person::settle(&scene, "zaffre", 2).await;
    ada.visit(&scene, &mut ben, "zaffre", 3).await;
    let never = Canary::text("payment-details", payments::CANARY);
    let page = [("accept", "text/html")];
    let lost = ada
        .browser
        .request("GET", "/l/canary0001", &page, b"")
        .await;
    assert_eq!(lost.status, 404);
    let log = fs::metadata(scene.home.path("logged")).unwrap();
    assert!(log.len() > 0, "there is a log to look through");

    let before = scene.backup().await;
    for copy in [
        copy_of(&ada.browser).await,
        scene.copy_by_operator(&mut ada).await,
    ] {
        let own = found(&ada.canaries, &copy);
        assert!(IN_COPY.iter().all(|name| own.contains_key(name)), "{own:?}");
        // What his room is called is part of her having been there.
        let others = ben.canaries.iter().filter(|it| it.name != "room-title");
        none_there(others, &copy);
    }
    scene.reaches_every_table(ada.id).await;
    for places in [&scene.files(), &vec![before]] {
        all_there(&ada.canaries, places);
        all_there(&ben.canaries, places);
        none_there(ada.hidden.iter().chain(&ben.hidden).chain([&never]), places);
    }

    let now = wish(true);
    let left = ada.browser.send_json("DELETE", "/api/v1/account", &now);
    let left = left.await;
    assert_eq!(left.status, 200, "{}", left.body);
    scene.forgotten_elsewhere(&ada.customer).await;
    ada.room.closed().await;

    let after = scene.backup().await;
    let copy = copy_of(&ben.browser).await;
    let gone: Vec<&Canary> = ada
        .canaries
        .iter()
        .chain(&ada.hidden)
        .chain([&never])
        .collect();
    for places in [&scene.files(), &vec![after]] {
        none_there(gone.iter().copied(), places);
        all_there(&ben.canaries, places);
    }
    none_there(gone.iter().copied(), &copy);
}
