use super::*;
use crate::Settings;
use crate::providers::recorded::*;

const ADDRESS: &str = "https://i.scdn.co/image/ab67";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0 the rest";

fn file(bytes: &[u8]) -> Act {
    let Act::Answer(mut reply) = answer(200, &[("content-type", "text/html")], "") else {
        unreachable!("an answer is an answer");
    };
    reply.body = bytes.to_vec();
    Act::Answer(reply)
}

async fn fetch(url: &str, acts: impl IntoIterator<Item = Act>) -> Result<PictureType, Failure> {
    let http = Recorded::playing(acts);
    let found = outbound(&Settings::default(), &http)
        .picture(url, WITHIN)
        .await;
    found.map(|picture| picture.kind)
}

#[tokio::test(start_paused = true)]
async fn a_picture_is_known_by_its_first_bytes_whatever_it_calls_itself() {
    for (bytes, kind) in [
        (JPEG, PictureType::Jpeg),
        (b"\x89PNG\r\n\x1a\n....", PictureType::Png),
        (b"RIFF1234WEBPVP8 ", PictureType::Webp),
    ] {
        assert_eq!(fetch(ADDRESS, [file(bytes)]).await, Ok(kind));
    }
    for wrong in [
        &b""[..],
        b"<svg xmlns=",
        b"GIF89a",
        b"RIFF1234WAVE",
        b"\xff\xd8",
    ] {
        assert_eq!(fetch(ADDRESS, [file(wrong)]).await, Err(Failure::BadAnswer));
    }
}

#[tokio::test(start_paused = true)]
async fn only_picture_hosts_are_asked() {
    for foreign in [
        "http://i.scdn.co/image/ab67",
        "https://i.scdn.co.evil.example/a",
        "https://127.0.0.1/a",
        "https://api.deezer.com/track/1",
        "https://i.scdn.co:8443/a",
        "data:image/png;base64,AAAA",
        "",
    ] {
        assert_eq!(
            fetch(foreign, []).await,
            Err(Failure::ForeignHost),
            "{foreign}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_cover_archive_may_send_elsewhere_below_its_own_store() {
    let cover = "https://coverartarchive.org/release/x/front-500";
    let hops = [
        answer(
            307,
            &[("location", "http://archive.org/download/x.jpg")],
            "",
        ),
        answer(
            302,
            &[("location", "https://ia800.us.archive.org/x.jpg")],
            "",
        ),
        file(JPEG),
    ];
    assert_eq!(fetch(cover, hops).await, Ok(PictureType::Jpeg));
    let foreign = answer(307, &[("location", "https://evil.example/x.jpg")], "");
    assert_eq!(fetch(cover, [foreign]).await, Err(Failure::ForeignHost));
    let circle = (0..4).map(|_| answer(307, &[("location", cover)], ""));
    assert_eq!(fetch(cover, circle).await, Err(Failure::RedirectLoop));
    assert_eq!(
        fetch(cover, [status(404)]).await,
        Err(Failure::Refused { status: 404 })
    );
}
