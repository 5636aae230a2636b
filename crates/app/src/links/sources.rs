//! Which provider can say what of which platform, and in what order they are asked.

use std::sync::Arc;

use music::{Link, Piece, Platform};
use outbound::{Outbound, ProviderId, Question};

use ProviderId::{
    AppleMusic, Deezer, Itunes, Listenbrainz, Musicbrainz, SoundcloudOembed, SpotifyOembed,
    SpotifyWeb, Tidal, YandexMusic, YoutubeData, YoutubeMusicWeb, YoutubeOembed,
};

/// Who describes a link of `platform`, the fullest description first. The next is asked when one fails.
pub(crate) const fn describers(platform: Platform) -> &'static [ProviderId] {
    match platform {
        Platform::Spotify => &[SpotifyWeb, SpotifyOembed],
        Platform::AppleMusic => &[AppleMusic, Itunes],
        Platform::Youtube => &[YoutubeData, YoutubeOembed],
        Platform::YoutubeMusic => &[YoutubeData, YoutubeMusicWeb, YoutubeOembed],
        Platform::YandexMusic => &[YandexMusic],
        Platform::Deezer => &[Deezer],
        Platform::Tidal => &[Tidal],
        Platform::Soundcloud => &[SoundcloudOembed],
        Platform::Musicbrainz => &[Musicbrainz],
        Platform::Bandcamp | Platform::AmazonMusic | Platform::Qobuz => &[],
    }
}

/// Who finds links on `platform`, row by row: a later row is asked when the earlier ones gave nothing sure.
///
/// YouTube's own search comes last: it may be used 100 times a day.
pub(crate) const fn finders(platform: Platform) -> &'static [&'static [ProviderId]] {
    match platform {
        Platform::Spotify => &[&[SpotifyWeb], &[Musicbrainz, Listenbrainz]],
        Platform::AppleMusic => &[&[AppleMusic], &[Itunes], &[Musicbrainz, Listenbrainz]],
        Platform::Youtube | Platform::YoutubeMusic => {
            &[&[YoutubeMusicWeb, Musicbrainz], &[YoutubeData]]
        }
        Platform::YandexMusic => &[&[YandexMusic]],
        Platform::Deezer => &[&[Deezer], &[Musicbrainz]],
        Platform::Tidal => &[&[Tidal], &[Musicbrainz]],
        Platform::Soundcloud => &[&[Listenbrainz, Musicbrainz]],
        Platform::Bandcamp | Platform::AmazonMusic | Platform::Qobuz | Platform::Musicbrainz => &[],
    }
}

/// The platform that `provider` belongs to, or the encyclopedia.
pub(crate) const fn home_of(provider: ProviderId) -> Platform {
    match provider {
        SpotifyOembed | SpotifyWeb => Platform::Spotify,
        AppleMusic | Itunes => Platform::AppleMusic,
        YoutubeOembed | YoutubeData => Platform::Youtube,
        YoutubeMusicWeb => Platform::YoutubeMusic,
        YandexMusic => Platform::YandexMusic,
        Deezer => Platform::Deezer,
        Tidal => Platform::Tidal,
        SoundcloudOembed => Platform::Soundcloud,
        Musicbrainz | Listenbrainz => Platform::Musicbrainz,
    }
}

/// Whether `provider` finds links on `platform`.
pub(crate) fn finds(provider: ProviderId, platform: Platform) -> bool {
    finders(platform).iter().any(|row| row.contains(&provider))
}

/// Whether a description by `provider` may lack the artist, the duration and the code.
pub(crate) const fn is_thin(provider: ProviderId) -> bool {
    matches!(provider, SpotifyOembed | YoutubeOembed | SoundcloudOembed)
}

/// Whether listings of `provider` carry the code of the recording.
pub(crate) const fn brings_code(provider: ProviderId) -> bool {
    matches!(provider, Deezer | SpotifyWeb | AppleMusic | Tidal)
}

/// Whether `provider` names links without listing them: what it says is checked with the platform itself.
pub(crate) const fn is_directory(provider: ProviderId) -> bool {
    matches!(provider, Musicbrainz | Listenbrainz)
}

/// Whether a provider can answer a question.
type Answers = dyn Fn(ProviderId, &Question) -> bool + Send + Sync;

/// Which providers are on, and what each answers.
#[derive(Clone)]
pub(crate) struct Doors {
    on: Vec<ProviderId>,
    answers: Arc<Answers>,
}

impl Doors {
    pub(crate) fn of(outbound: &Outbound) -> Self {
        let asked = outbound.clone();
        Self::new(outbound.providers(), move |provider, question| {
            asked.answers(provider, question)
        })
    }

    pub(crate) fn new(
        on: Vec<ProviderId>,
        answers: impl Fn(ProviderId, &Question) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self {
            on,
            answers: Arc::new(answers),
        }
    }

    /// Whether `provider` may be asked this.
    pub(crate) fn answers(&self, provider: ProviderId, question: &Question) -> bool {
        self.on.contains(&provider) && (self.answers)(provider, question)
    }

    /// Those who describe `link`, the fullest description first.
    pub(crate) fn describers(&self, link: &Link) -> Vec<ProviderId> {
        let question = Question::Lookup(link.clone());
        let all = describers(link.platform()).iter().copied();
        all.filter(|&provider| self.answers(provider, &question))
            .collect()
    }

    /// Whether anybody may be asked where `piece`, which `link` points at, is on `platform`.
    pub(crate) fn can_find(&self, platform: Platform, link: &Link, piece: &Piece) -> bool {
        let questions = [
            Question::Search(piece.clone()),
            Question::Linked(link.clone()),
        ];
        let mut finders = finders(platform).iter().copied().flatten();
        finders.any(|&provider| questions.iter().any(|one| self.answers(provider, one)))
    }
}
