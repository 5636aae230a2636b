//! From rows of link sets to songs.

use std::collections::{HashMap, HashSet};

use music::Platform;

use super::song::Song;

/// One song for each recording. Rows that contradict another (the same id or code for something else) are left out:
/// they would make the truth doubtful.
pub(crate) fn merged(songs: Vec<Song>) -> Vec<Song> {
    let mut kept: Vec<Song> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut codes: HashMap<String, usize> = HashMap::new();
    let mut taken: HashMap<(Platform, String), usize> = HashMap::new();
    for song in songs {
        let place = *places.get(&song.key()).unwrap_or(&kept.len());
        let owners = song
            .ids
            .iter()
            .flat_map(|(platform, ids)| ids.iter().map(|id| (*platform, id.clone())));
        let owners: HashSet<(Platform, String)> = owners.collect();
        let is_foreign = |owner: Option<&usize>| owner.is_some_and(|owner| *owner != place);
        let contradicts = owners.iter().any(|key| is_foreign(taken.get(key)))
            || is_foreign(song.isrc.as_ref().and_then(|code| codes.get(code)));
        if contradicts {
            continue;
        }
        taken.extend(owners.into_iter().map(|key| (key, place)));
        codes.extend(song.isrc.clone().map(|code| (code, place)));
        if place == kept.len() {
            places.insert(song.key(), place);
            kept.push(song);
            continue;
        }
        for (platform, ids) in song.ids {
            let known = kept[place].ids.entry(platform).or_default();
            known.extend(
                ids.into_iter()
                    .filter(|id| !known.contains(id))
                    .collect::<Vec<_>>(),
            );
        }
    }
    kept
}
