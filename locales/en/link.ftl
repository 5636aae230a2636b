### The page of one piece of music, and what is said about a pasted link. Shown by the server.

link-document-title = { $title } · Unisono
link-description = Listen to it on { $services }.
link-description-none = Find it on the music service that you use.
link-album = Album: { $album }
link-kind =
    { $kind ->
       *[track] Track
        [album] Album
        [artist] Artist
        [playlist] Playlist
    }
link-tracks =
    { $count ->
        [one] One track
       *[other] { $count } tracks
    }
link-views =
    { $count ->
        [0] Opened for the first time
        [one] Opened once
       *[other] Opened { $count } times
    }

## Codes and details

link-details = Codes and details
link-isrc = Recording code (ISRC)
link-upc = Bar code (UPC)
link-duration = Length
link-version = Version
link-released = Released
link-explicit = Explicit words
link-explicit-yes = Yes
link-aliases = Also written

## Service by service

link-services = Where it is
link-first = Shown first
link-first-none = No preference
link-open-app = Open in the app
link-level-exact =
    { $kind ->
       *[track] Same recording
        [album] Same album
        [artist] Same artist
        [playlist] Same playlist
    }
link-level-likely = Likely, check the version
link-level-unverified = Not sure, listen first
link-search = Search instead
link-pending = Looking
link-pending-why = It is being asked. Look again in a moment.
link-corrected = Set by hand here
link-search-not-found = It was asked, and lists nothing that is surely the same.
link-search-not-asked = This server has no way to ask it, so here is its own search.
link-search-no-answer = It did not answer in time. Ask again later, or search there.
link-again = Look again
link-ask-again = Ask the missing ones again

## Why

link-reason-same-id = It is the same entry, by its number there.
link-reason-same-isrc = Both carry the same recording code (ISRC).
link-reason-same-barcode = Both carry the same bar code.
link-reason-same-title = The titles agree.
link-reason-similar-title = The titles are alike, but not the same.
link-reason-same-artist = The main artist is the same.
link-reason-similar-artist = The artists are alike, or only some are the same.
link-reason-same-duration = Both last equally long.
link-reason-same-album = Both are on the same album.
link-reason-other-isrc = Their recording codes differ, which happens to one recording too.
link-reason-other-title = The titles differ.
link-reason-other-artist = The main artists differ.
link-reason-other-version = One is another version, such as live or acoustic.
link-reason-other-remixer = They are remixes by different hands.
link-reason-other-part = They are different parts of one work.
link-reason-shortened = One is shortened for the radio or a single.
link-reason-other-wording = One is explicit, the other is clean.
link-reason-duration-differs = One lasts a few seconds longer.
link-reason-other-duration = Their lengths differ a lot.
link-reason-other-script = One title is in letters that we could not compare.
link-reason-no-duration = One of them does not say how long it lasts.
link-reason-no-artist = One of them names no artist.
link-reason-close-runner-up = Another one there fits nearly as well.
link-reason-directory = A public directory of music names this link for it.
link-reason-no-twin = Such things have no twin elsewhere.

## Corrections

link-correct = Wrong or missing?
link-correct-field = The right link
link-correct-send = Use this link
link-correct-undo = Undo the correction

## Passing it on

link-room = Start a room with this
link-pass-on = Pass it on
link-all = All links as text
link-copy-all = Copy all
link-copied = Copied
link-copy-refused = Select and copy it by hand
link-share = Share
link-field = Music link
link-find = Find it everywhere
link-home = Go to the home page
link-updated = { $service }: { $outcome }

## Playlists

link-playlist = What is on it
link-playlist-more =
    { $count ->
        [one] And one more track.
       *[other] And { $count } more tracks.
    }
link-playlist-convert = Find every track elsewhere
link-playlist-convert-hint = Track by track, as fast as the services allow. You can leave this page and come back.
link-playlist-progress = { $done } of { $total } tracks are done.
link-playlist-not-found = not found elsewhere
link-playlist-no-answer = no answer

## When there is no page

link-refused-document-title = No page · Unisono
link-refused-no-link = There is no link in that text.
link-refused-no-link-next = Copy the address of a track, an album, an artist or a playlist from your music service, and paste it here.
link-refused-too-long = That is longer than a link can be.
link-refused-too-long-next = Paste the link alone, without the text around it.
link-refused-unknown-host = That is not the address of a music service we know.
link-refused-unknown-host-next = Paste a link from Spotify, Apple Music, YouTube, Yandex Music, Deezer, Tidal, SoundCloud or Bandcamp.
link-refused-podcast = That is a podcast.
link-refused-podcast-next = Podcasts have no twin elsewhere that we could name. Paste a link to music instead.
link-refused-station = That is a station, a mix or a chart.
link-refused-station-next = What it plays changes all the time. Paste a link to one of its tracks instead.
link-refused-profile = That is somebody’s page.
link-refused-profile-next = People have no twin elsewhere. Paste a link to a track, an album, an artist or a playlist.
link-refused-other-page = That is a page of the service, not a piece of music.
link-refused-other-page-next = Open the track or the album there, and copy its own link by “Share”.
link-refused-video = That is a video.
link-refused-video-next = Paste a link to the track instead.
link-refused-bad-id = That link is incomplete or mistyped.
link-refused-bad-id-next = Copy it once more from the service: a part of it is missing or wrong.
link-refused-disguised = That address is disguised.
link-refused-disguised-next = It holds a user name, a port or a number in place of the service’s own name. Paste the plain link.
link-refused-nothing = The service says that there is no such thing.
link-refused-nothing-next = It may have been taken down, or be closed to other countries. Check the link, or paste one from another service.
link-refused-words = There is nothing to search for.
link-refused-words-next = Type a title, an artist or both: 1 to 200 characters.
link-refused-silence = No music service answered.
link-refused-silence-next = Try again in a minute, or paste a link.
link-refused-unidentified = We could not find out what that link points at.
link-refused-unidentified-next = The service does not answer us now. Try again in a minute, or paste a link to the same piece from another service.
link-refused-short-link = That short link does not lead to music.
link-refused-short-link-next = Open it in your browser, and paste the address that it leads to.
link-refused-too-many = Too many links from your network.
link-refused-too-many-next =
    { $seconds ->
        [one] Wait a second, then try again.
       *[other] Wait { $seconds } seconds, then try again.
    }
link-refused-no-page = There is no such page.
link-refused-no-page-next = Check its address. Or paste the music link itself: its page comes back.
link-refused-not-allowed = Corrections are switched off here.
link-refused-not-allowed-next = Tell whoever runs this server what is wrong.
link-refused-wrong-place = That link does not belong there.
link-refused-wrong-place-next = Paste a link of the same service, to the same kind of thing: a track for a track, an album for an album.
link-refused-broken = Something failed on our side.
link-refused-broken-next = Try again. If it happens again, tell whoever runs this server the reference.
link-refused-foreign = Another site sent this form.
link-refused-foreign-next = Open the page here, and press the button yourself.
link-refused-unreadable = The request could not be read.
link-refused-unreadable-next = Send JSON with a field “text” that holds the link.
link-refused-not-json = That is not JSON.
link-refused-not-json-next = Send it with the header “Content-Type: application/json”.
link-refused-too-slow = The request did not arrive in time.
link-refused-too-slow-next = Check the connection, then send it again.
link-refused-address = That address cannot be read.
link-refused-address-next = Each of its parts may stand there only once, and as text. Or paste the music link itself here.
link-refused-busy = Too many pages are being followed at the moment.
link-refused-busy-next = Try again in a minute. What is known already is on the page.
link-refused-no-picture = There is no picture.
link-refused-no-picture-next = The services that list this piece gave none. The page works without it.
link-refused-not-here = That is not a page of this server.
link-refused-not-here-next = Ask with the address of a music page here, such as { $example }.
