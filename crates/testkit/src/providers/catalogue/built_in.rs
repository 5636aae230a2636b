//! Invented songs for where no other catalogue is at hand. Nobody real is named.

use super::song::Song;

/// Artists (separated by `; `), title, year.
const SONGS: &[(&str, &str, u16)] = &[
    ("Ada Example", "Night Ferry", 2005),
    (
        "Ada Example; Bo Guest",
        "Harbour Lights (feat. Bo Guest)",
        2005,
    ),
    ("Ada Example", "Salt on the Window", 2011),
    ("The Paper Lanterns", "Somebody to Wait For", 1979),
    ("The Paper Lanterns", "Slow Train to Anywhere", 1981),
    ("The Paper Lanterns", "Letters from the Coast", 1984),
    ("Rain, Wind & Fields", "Boogie Moonrise", 1978),
    ("Orchard Park Five", "Twelve Summers", 1967),
    ("Orchard Park Five", "You Never Rang", 1969),
    ("Mirelle Voss", "Poupée de neige", 1965),
    ("Mirelle Voss", "Après la pluie", 1971),
    ("Kästner & Söhne", "Über die Dächer", 1992),
    ("Kästner & Söhne", "Straßenbahn nach Süden", 1994),
    ("Ада Пример", "Ночной паром", 2003),
    ("Ада Пример", "Ёлки на окраине", 2008),
    ("Группа Пристань", "Последний трамвай", 1989),
    ("Группа Пристань", "Город у реки", 1991),
    ("سلمى النهر", "ليل المدينة", 2016),
    ("سلمى النهر", "بيت على البحر", 2019),
    ("水野アカリ", "夜の渡し船", 2012),
    ("水野アカリ", "東の窓", 2015),
    ("Los Faroles", "Canción del puerto", 1998),
    (
        "Los Faroles; Inés del Mar",
        "Mañana será (feat. Inés del Mar)",
        2002,
    ),
    ("DJ Meridian", "Lift the Evening - Radio Edit", 2009),
    (
        "DJ Meridian; Tova Lind",
        "Halogen Heart (feat. Tova Lind)",
        2013,
    ),
    ("DJ Meridian; Tova Lind", "Second Sunrise", 2017),
    ("Tova Lind", "Colder Than June", 2018),
    ("Tova Lind", "Glass Garden", 2021),
    ("Ke$tra", "Loud and Louder", 2010),
    ("Big Quarry", "Concrete Sermon", 1996),
    ("Big Quarry; Slate", "Corner Store Gospel", 1999),
    ("Slate", "Hello", 2015),
    ("Marlo Finch", "Hello", 1984),
    ("Marlo Finch", "Against Every Odd (Take Me As I Am)", 1986),
    ("The Static Choir", "How Late Is Late?", 1985),
    ("The Static Choir", "Don't Wake the Neighbours", 1987),
    ("Hiljaisuus", "Pohjoinen tie", 2001),
    ("Ferhat Işık", "İstanbul'da Sabah", 2007),
    ("Cecilia Prato", "La notte non finisce", 1982),
    ("Cecilia Prato; Renzo Alba", "Due finestre", 1983),
    (
        "North Pier Ensemble",
        "Theme from \"The Long Crossing\"",
        1974,
    ),
    ("Juniper Vale", "1999", 2019),
    ("Juniper Vale", "The", 2020),
];

/// The songs, ids and codes invented.
pub(crate) fn songs() -> Vec<Song> {
    SONGS
        .iter()
        .map(|(artists, title, year)| {
            let artists: Vec<&str> = artists.split("; ").collect();
            Song::invented(&artists, title, *year)
        })
        .collect()
}
