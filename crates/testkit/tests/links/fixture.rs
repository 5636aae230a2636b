//! The providers themselves: a stand-in that is kinder than the real one would prove nothing.

use std::time::Duration;

use music::Platform;
use serde_json::{Value, json};
use testkit::http::{Answer, exchange, get};
use testkit::providers::{
    Behaviour, Catalogue, EVERY_HOST, Fault, Providers, Truth, Version, hosts_without_part, keys,
};

/// What we call ourselves, in the form that MusicBrainz asks for.
const AGENT: (&str, &str) = ("user-agent", "Unisono/1.0 (https://listen.example)");

fn value(answer: &Answer) -> Value {
    serde_json::from_str(answer.body.trim()).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
}

async fn ask(providers: &Providers, path: &str) -> Answer {
    get(providers.address(), path, &[AGENT]).await
}

async fn post(providers: &Providers, path: &str, headers: &str, body: &str) -> Answer {
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: fixture\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    exchange(providers.address(), request.as_bytes()).await
}

fn id(song: &Truth, platform: Platform) -> &str {
    &song.ids[&platform][0]
}

/// The first song that every platform has.
fn everywhere(providers: &Providers) -> Truth {
    let platforms = [
        Platform::Spotify,
        Platform::AppleMusic,
        Platform::Deezer,
        Platform::Tidal,
    ];
    let mut songs = providers.catalogue().songs().into_iter();
    songs
        .find(|song| {
            platforms
                .iter()
                .all(|platform| song.ids.contains_key(platform))
        })
        .unwrap()
}

#[tokio::test]
async fn deezer_says_no_with_status_200() {
    let providers = Providers::start().await;
    let song = everywhere(&providers);
    let track = value(
        &ask(
            &providers,
            &format!("/api.deezer.com/track/{}", id(&song, Platform::Deezer)),
        )
        .await,
    );
    assert!(
        track["duration"].as_u64().unwrap() > 100 && track["isrc"].is_string(),
        "{track}"
    );
    let by_code = format!(
        "/api.deezer.com/track/isrc:{}",
        track["isrc"].as_str().unwrap()
    );
    assert_eq!(value(&ask(&providers, &by_code).await)["type"], "track");
    let missing = ask(&providers, "/api.deezer.com/track/1").await;
    assert_eq!(
        (missing.status, &value(&missing)["error"]["code"]),
        (200, &json!(800))
    );
    for _ in 0..48 {
        ask(&providers, "/api.deezer.com/track/1").await;
    }
    let refused = ask(&providers, "/api.deezer.com/track/1").await;
    assert_eq!(
        (refused.status, &value(&refused)["error"]["code"]),
        (200, &json!(4))
    );
}

#[tokio::test]
async fn itunes_answers_in_javascript_and_twenty_times_a_minute() {
    let providers = Providers::start().await;
    let song = everywhere(&providers);
    let path = format!(
        "/itunes.apple.com/lookup?id={}&country=us&entity=song",
        id(&song, Platform::AppleMusic)
    );
    for _ in 0..20 {
        let answer = ask(&providers, &path).await;
        assert_eq!(
            answer.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
        assert_eq!(value(&answer)["resultCount"], 1);
        assert_eq!(value(&answer)["results"][0]["isrc"], Value::Null);
    }
    let refused = ask(&providers, &path).await;
    assert_eq!((refused.status, refused.body.as_str()), (403, ""));
}

#[tokio::test]
async fn musicbrainz_wants_a_name_and_a_second_between_two_questions() {
    let providers = Providers::start().await;
    let path = "/musicbrainz.org/ws/2/recording?query=recording:%22Night%20Ferry%22&fmt=json";
    for agent in ["", "reqwest/0.13", "Mozilla/5.0 (X11)"] {
        providers.behave(
            EVERY_HOST,
            Behaviour {
                limits: false,
                ..Behaviour::default()
            },
        );
        assert_eq!(
            get(providers.address(), path, &[("user-agent", agent)])
                .await
                .status,
            403,
            "{agent}"
        );
    }
    providers.behave(EVERY_HOST, Behaviour::default());
    let found = value(&ask(&providers, path).await);
    assert_eq!(found["recordings"][0]["title"], "Night Ferry", "{found}");
    assert_eq!(ask(&providers, path).await.status, 503);
}

#[tokio::test]
async fn a_search_finds_the_song_and_what_only_looks_like_it() {
    let providers = Providers::start().await;
    let found = value(
        &ask(
            &providers,
            "/api.deezer.com/search/track?q=artist:%22Ada%20Example%22%20track:%22Night%20Ferry%22",
        )
        .await,
    );
    let titles: Vec<&str> = found["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|track| track["title"].as_str().unwrap())
        .collect();
    assert!(
        titles.len() > 2 && titles[0].starts_with("Night Ferry"),
        "{titles:?}"
    );
    let versions: Vec<Version> = found["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|track| {
            let id = track["id"].as_u64().unwrap().to_string();
            providers
                .catalogue()
                .version(Platform::Deezer, &id)
                .unwrap()
                .1
        })
        .collect();
    assert_eq!(versions[0], Version::Original);
    assert!(
        versions[1..]
            .iter()
            .any(|version| *version != Version::Original),
        "{versions:?}"
    );
}

#[tokio::test]
async fn keyed_providers_refuse_without_their_key_and_answer_with_it() {
    let providers = Providers::start().await;
    let song = everywhere(&providers);
    let (spotify, tidal) = (id(&song, Platform::Spotify), id(&song, Platform::Tidal));
    assert_eq!(
        ask(&providers, &format!("/api.spotify.com/v1/tracks/{spotify}"))
            .await
            .status,
        401
    );
    // `fixture-client:fixture-secret` in Base64.
    let basic = "authorization: Basic Zml4dHVyZS1jbGllbnQ6Zml4dHVyZS1zZWNyZXQ=\r\n";
    for host in [
        "accounts.spotify.com/api/token",
        "auth.tidal.com/v1/oauth2/token",
    ] {
        let token = post(
            &providers,
            &format!("/{host}"),
            basic,
            "grant_type=client_credentials",
        )
        .await;
        assert_eq!(value(&token)["access_token"], keys::ACCESS_TOKEN);
    }
    let bearer = format!("Bearer {}", keys::ACCESS_TOKEN);
    let with_token = [("authorization", bearer.as_str())];
    let track = get(
        providers.address(),
        &format!("/api.spotify.com/v1/tracks/{spotify}"),
        &with_token,
    )
    .await;
    assert_eq!(value(&track)["id"], spotify);
    let path =
        format!("/openapi.tidal.com/v2/tracks/{tidal}?countryCode=US&include=artists,albums");
    let track = value(&get(providers.address(), &path, &with_token).await);
    assert_eq!(track["data"]["id"], tidal);
    let albums = track["included"].as_array().unwrap().iter();
    assert_eq!(albums.filter(|one| one["type"] == "albums").count(), 1);
}

#[tokio::test]
async fn tidal_includes_in_another_order_than_it_lists() {
    let providers = Providers::start_with(Catalogue::built_in()).await;
    let bearer = format!("Bearer {}", keys::ACCESS_TOKEN);
    let path = "/openapi.tidal.com/v2/searchResults/Ada%20Example/relationships/tracks?countryCode=US&include=tracks";
    let found = value(&get(providers.address(), path, &[("authorization", &bearer)]).await);
    let ids = |key: &str| -> Vec<String> {
        let list = found[key].as_array().unwrap().iter();
        list.filter(|one| one["type"] == "tracks")
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let (mut listed, mut included) = (ids("data"), ids("included"));
    assert!(listed.len() > 2 && listed != included, "{listed:?}");
    listed.sort();
    included.sort();
    assert_eq!(listed, included);
}

#[tokio::test]
async fn listenbrainz_labs_names_ids_for_title_and_artist() {
    let providers = Providers::start().await;
    let songs = providers.catalogue().songs();
    let questions: Vec<Value> =
        songs.iter().map(|song| json!({"artist_name": song.artist, "track_name": song.title, "release_name": ""})).collect();
    let path = "/labs.api.listenbrainz.org/spotify-id-from-metadata/json";
    let answer = value(
        &post(
            &providers,
            path,
            "content-type: application/json\r\n",
            &json!(questions).to_string(),
        )
        .await,
    );
    let answers = answer.as_array().unwrap();
    let known = answers.iter().zip(&songs).filter(|(answer, song)| {
        let ids = answer["spotify_track_ids"].as_array().unwrap();
        assert!(
            ids.iter()
                .all(|id| song.ids[&Platform::Spotify].contains(&id.as_str().unwrap().to_owned()))
        );
        !ids.is_empty()
    });
    assert!(
        (songs.len() / 2..songs.len()).contains(&known.count()),
        "some, not all"
    );
}

#[tokio::test]
async fn short_links_lead_to_their_track_and_traps_lead_astray() {
    let providers = Providers::start().await;
    let location = async |path: &str| {
        ask(&providers, path)
            .await
            .header("location")
            .map(str::to_owned)
    };
    assert_eq!(
        location("/spotify.link/0aTiUssEOy0Mt69bsavj6K")
            .await
            .unwrap(),
        "https://open.spotify.com/track/0aTiUssEOy0Mt69bsavj6K?si=0123456789abcdef"
    );
    assert_eq!(
        location("/deezer.page.link/loopback").await.unwrap(),
        "http://127.0.0.1/secret"
    );
    assert_eq!(
        location("/spotify.link/loop").await.unwrap(),
        "https://spotify.link/loop"
    );
    assert!(
        location("/link.deezer.com/s/3135556")
            .await
            .unwrap()
            .contains("dest=https%3A%2F%2Fwww.deezer.com%2Ftrack%2F3135556")
    );
}

#[tokio::test]
async fn a_host_can_be_broken_for_a_while_and_everything_is_recorded() {
    let providers = Providers::start().await;
    let fault = Fault::Status {
        status: 500,
        retry_after: Some(3),
    };
    providers.behave(
        "api.deezer.com",
        Behaviour {
            times: Some(1),
            ..Behaviour::broken(fault)
        },
    );
    let path = "/api.deezer.com/search/track?q=Night+Ferry";
    let broken = ask(&providers, path).await;
    assert_eq!(
        (broken.status, broken.header("retry-after")),
        (500, Some("3"))
    );
    assert_eq!(ask(&providers, path).await.status, 200);
    providers.behave("api.deezer.com", Behaviour::broken(Fault::Garbage));
    assert!(serde_json::from_str::<Value>(&ask(&providers, path).await.body).is_err());
    providers.behave("api.deezer.com", Behaviour::broken(Fault::Empty));
    assert_eq!(ask(&providers, path).await.body, "");
    let requests = providers.requests_to("api.deezer.com");
    assert_eq!(requests.len(), 4);
    assert_eq!(
        requests[0].query,
        [("q".to_owned(), "Night Ferry".to_owned())]
    );
    assert_eq!(requests[0].header("user-agent"), Some(AGENT.1));
}

#[tokio::test]
async fn a_hanging_host_leaves_the_others_alone() {
    let providers = Providers::start().await;
    providers.behave("api.deezer.com", Behaviour::broken(Fault::Hang));
    let hanging = ask(&providers, "/api.deezer.com/track/1");
    let other = ask(
        &providers,
        "/open.spotify.com/oembed?url=https://open.spotify.com/track/1",
    );
    tokio::select! {
        _ = hanging => panic!("it hangs"),
        answer = other => assert_eq!(answer.status, 404),
    }
    // The control route does the same for programs in other languages.
    let body = json!({"host": "*", "latency_ms": 1}).to_string();
    assert_eq!(
        post(&providers, "/control/behaviour", "", &body)
            .await
            .status,
        204
    );
    let answer = tokio::time::timeout(
        Duration::from_secs(20),
        ask(&providers, "/api.deezer.com/track/1"),
    )
    .await;
    assert_eq!(answer.unwrap().status, 200);
}

fn check_truth(catalogue: &Catalogue) {
    let songs = catalogue.songs();
    assert!(songs.len() > 30);
    for (place, song) in songs.iter().enumerate() {
        for (platform, ids) in &song.ids {
            for id in ids {
                let found = catalogue.version(*platform, id);
                assert_eq!(found, Some((place, Version::Original)), "{song:?}");
            }
        }
    }
}

#[test]
fn no_two_recordings_share_an_id() {
    check_truth(&Catalogue::built_in());
}

#[test]
fn no_two_recordings_of_the_shared_songs_share_an_id() {
    match Catalogue::shared_file() {
        Some(file) => check_truth(&Catalogue::read(&file).unwrap()),
        None => eprintln!(
            "skipped no_two_recordings_of_the_shared_songs_share_an_id: the folder of shared data is not beside this clone"
        ),
    }
}

#[test]
fn somebody_answers_for_every_host_that_may_be_called() {
    assert_eq!(hosts_without_part(), [""; 0]);
}
