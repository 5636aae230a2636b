### The view Room: people hear one queue together.

room-document-title = { $title } · { $code } · Unisono
room-untitled = Room
room-opening = Opening the room
room-entering = Coming in
room-alone = The server can’t be reached.
room-alone-next = The music goes on. What you do is sent when the server is back.
room-back = The server is back.
room-parts = Parts of the room
room-nobody = Nobody else is here yet. Show the code.
room-cast = Cast this device’s sound here
room-leave = Leave the room
room-menu = Settings of the room
room-key-play = Play or pause
room-key-add = Go to the field for songs

## What is on

room-stage = Now playing
room-nothing-on = Nothing is on.
room-nothing-on-add = Add a song, or play a demo loop.
room-nothing-on-play = Press play: the queue is ready.
room-added-by = Added by { $name }
room-phase-preparing = getting everybody ready
room-phase-paused = paused
room-phase-empty = paused while nobody was here
room-phase-waiting = waiting for somebody
room-position = Position
room-duration = { $minutes } min { $seconds } s
room-listen = Listen
room-silence = Stop listening here
room-play = Play
room-pause = Pause
room-skip = Skip
room-previous = Previous
room-vote-skip = Vote to skip ({ $votes } of { $needed })
room-vote-skip-done = You voted to skip.
room-skip-votes = Skip votes: { $votes } of { $needed }

## In time

room-sync = In time with the room (± { $ms } ms)
room-sync-within = In time with the room, within { $seconds } s
room-sync-measuring = Measuring the timing
room-sync-stale = In time when last measured; the room’s clock is out of reach
room-sync-idle = Ready. You hear what is played next.
room-sync-silent = This device is silent.
room-sync-loading = Loading
room-file-asking = Looking for somebody here who has the file
room-file-waiting = The file comes to others first
room-file-coming = The file is coming: { $percent } %
room-file-nobody = Nobody here has this file now. It is asked for again and again.
room-file-wrong = What came was another file. Whoever has it can add it anew.
room-sync-waiting = Ready
room-sync-stalled = Waiting for more sound
room-sync-no-source = Not on yours: this device has nothing to play it from.
room-fault-format = This browser can’t play this format.
room-fault-network = It did not arrive. Trying again.
room-fault-not-allowed = That site does not give its sound to others, or it is no sound.
room-fault-gone = It is not there any more.
room-fault-too-long = It is too long for this device.
room-fault-tap = Your browser wants a tap first: press Listen.
room-sound = Sound on this device
room-nudge-none = Timing: with the room
room-nudge-later = Timing: { $ms } ms later
room-nudge-earlier = Timing: { $ms } ms earlier
room-nudge-hint = Bluetooth loudspeakers are often 100 to 250 ms late: choose earlier. Kept on this device.

## The queue

room-queue =
    { $count ->
        [0] Up next
        [one] Up next: one song
       *[other] Up next: { $count } songs
    }
room-queue-empty = The queue is empty. Paste a link, pick a file, or play a demo loop.
room-queue-empty-listen = The queue is empty. Those who may will add songs.
room-source-file = File of somebody here
room-source-demo = Demo loop
room-not-yours = Not on yours: hear it when somebody casts it, or have it skipped.
room-not-on = Not on { $service }: plays from { $other }
room-vote =
    { $votes ->
        [0] Vote for { $title }, no votes yet
        [one] Vote for { $title }, one vote
       *[other] Vote for { $title }, { $votes } votes
    }
room-vote-short = Vote
room-voted = You voted for { $title }.
room-unvoted = Your vote for { $title } is taken back.
room-more = More for { $title }
room-more-short = More
room-play-now = Play now
room-play-next = Play next
room-up = Move up
room-down = Move down
room-remove = Remove
room-removed = Removed: { $title }.
room-moved = Moved.
room-moved-up = Moved up: { $title }.
room-moved-down = Moved down: { $title }.
room-moved-next = Plays next: { $title }.
room-shuffle = Shuffle the queue
room-shuffled = The queue is shuffled.
room-clear = Empty the queue
room-cleared = The queue is empty now.
room-undo = Undo
room-undone = Undone.
room-suggestions =
    { $count ->
        [one] One suggestion
       *[other] { $count } suggestions
    }
room-approve = Accept { $title }
room-refuse = Refuse { $title }
room-take-back = Take back { $title }
room-approved = Accepted: { $title }.
room-refused = Not taken: { $title }.

## What has played

room-played =
    { $count ->
        [one] Played: one song
       *[other] Played: { $count } songs
    }
room-played-search = Search what has played
room-played-found =
    { $count ->
        [one] Found one song that has played.
       *[other] Found { $count } songs that have played.
    }
room-played-not-found = Nothing that has played is called that. Try other words.
room-played-add = Add { $title } again
room-played-suggest = Suggest { $title } again

## Adding

room-add = Add songs
room-add-go = Add
room-suggest = Suggest a song
room-suggest-go = Suggest
room-add-file = A file of yours
room-add-looking = Finding out what it is
room-add-reading = Finding the songs of { $title }: { $done } of { $total }
room-add-stop = Stop
room-add-adding = Adding
room-add-done =
    { $count ->
        [one] Added: { $title }.
       *[other] Added { $count } songs of { $title }.
    }
room-add-suggested =
    { $count ->
        [one] Suggested: { $title }. Somebody will decide.
       *[other] Suggested { $count } songs of { $title }. Somebody will decide on each.
    }
room-add-done-files =
    { $count ->
        [one] Added a song.
       *[other] Added { $count } songs.
    }
room-add-suggested-files =
    { $count ->
        [one] Suggested a song. Somebody will decide.
       *[other] Suggested { $count } songs. Somebody will decide on each.
    }
room-add-unfound =
    { $count ->
        [one] One song of it was not found elsewhere. Of a playlist the first 100 are looked for.
       *[other] { $count } songs of it were not found elsewhere. Of a playlist the first 100 are looked for.
    }
room-add-kept-out =
    { $count ->
        [one] One was left out: it is there already, or longer than this room allows.
       *[other] { $count } were left out: they are there already, or longer than this room allows.
    }
room-add-nothing = Type a title, paste a link from a music service, or the https address of a sound file.
room-add-words = No service lists anything like that. Try other words, or paste a link.
room-add-insecure = Only addresses that begin with https:// can be played here.
room-add-secret = This address holds a name or a password, which everybody here would see. Leave it out.
room-add-long = This address is too long.
room-add-album = This is an album. Paste one of its songs, or a playlist.
room-add-artist = This is an artist. Paste one of their songs, or a playlist.
room-add-empty = No song of this playlist was found elsewhere. Paste single songs.
room-add-address = { $host } is no music service we know.
room-add-address-next = If it is a sound file, each listener’s browser asks that server directly, which then sees their network addresses.
room-add-address-go = Add it as sound
room-add-unanswered = The link got no answer.
room-add-unanswered-next = This device or the server is offline, or very slow. What you pasted stays in the field.

## Chat

room-tab-queue =
    { $count ->
        [0] Queue
       *[other] Queue { $count }
    }
room-tab-chat = Chat
room-tab-people = People { $count }
room-tab-vibe = Vibe
room-chat = Chat
room-chat-empty = Nobody has said anything yet.
room-chat-field = Your message
room-chat-placeholder = Say something
room-chat-send = Send
room-chat-wait = { $seconds } s
room-chat-slow =
    { $seconds ->
        [one] Slow mode: one message a second each.
       *[other] Slow mode: one message in { $seconds } s each.
    }
room-chat-not = You can read here. Ask the host if you want to write.
room-unsay = Take back what you said
room-unsay-other = Remove this message
room-unsaid = The message is gone.
room-reactions = Reactions
room-reaction-heart = Heart
room-reaction-fire = Fire
room-reaction-clap = Applause
room-reaction-laugh = Laughter
room-reaction-wow = Astonishment
room-reaction-sad = Sadness
room-reaction-up = Thumb up
room-reaction-down = Thumb down

## People

room-form-phone = Phone
room-form-tablet = Tablet
room-form-computer = Computer
room-form-speaker = Speaker
room-form-unknown = Device
room-person-gone = Somebody who left
room-you = (you)
room-rank-guest = Guest
room-rank-listener = Listener
room-rank-dj = DJ
room-rank-moderator = Moderator
room-rank-host = Host
room-rank-owner = Owner
room-rank-of = Role of { $name }
room-plays = Listening
room-plays-nothing = Not listening
room-plays-within = ± { $ms } ms
room-people-away =
    { $count ->
        [one] One person is away for a moment.
       *[other] { $count } people are away for a moment.
    }
room-people-alone = You are alone here. Share the code, and others see each other in this list.
room-person-change = Change
room-granted = { $name } is { $rank } now.
room-kick = Send away
room-kicked-done = { $name } was sent away for ten minutes.
room-ban = Ban
room-banned-done = { $name } can’t come back.
room-transfer = Give the room
room-transferred = The room belongs to { $name } now.
room-name = Your name here
room-name-hint = Optional. Everybody in the room sees it.
room-name-send = Use it

## Vibe

room-vibe = It moves with the music.
room-vibe-still = It is still: nothing plays here that can be shown.
room-vibe-calm = It is still, because this device asks for less motion.

## News

room-news-came = { $name } is here.
room-news-left = { $name } has left.
room-news-now = Now: { $title }.
room-news-paused = Paused by { $name }.
room-news-played = { $name } goes on playing.
room-news-added =
    { $count ->
        [one] { $name } added { $title }.
       *[other] { $name } added { $count } songs.
    }
room-news-too-long = { $title } was taken out: it is longer than this room allows.
room-news-removed =
    { $count ->
        [one] { $name } removed a song.
       *[other] { $name } removed { $count } songs.
    }
room-news-suggested = { $name } suggests { $title }.
room-news-cast = A live cast has begun.
room-news-cast-over = The live cast is over.
room-news-skip = Votes to skip: { $votes } of { $needed }.

## Sharing

room-share = Share the room
room-qr = QR code that opens this room
room-share-how = Scan the picture, or type the code at
room-share-locked = The room is locked: only invites let people in.
room-share-password = Whoever types the code also needs the password.
room-copy-link = Copy link
room-share-button = Share
room-directory = Other open rooms

## Running the room

room-title = Name of the room
room-title-set = Set
room-settings-changed = Changed for everybody.
room-preset = Start from a set of rules
room-preset-hint = Sets everything below anew.
room-preset-party = Party
room-preset-radio = Radio
room-preset-classroom = Classroom
room-mode = What plays next
room-mode-fifo = In the order of the list
room-mode-votes = Most votes first
room-mode-turns = People take turns
room-mode-curated = Guests suggest, somebody approves
room-repeat = At the end
room-repeat-none = Go on to the next song
room-repeat-one = Repeat this song
room-repeat-all = Repeat the whole queue
room-wait = Before a song starts
room-wait-soft = Wait for everybody, up to 3 s
room-wait-strict = Wait for everybody, also for late ones
room-wait-never = Wait for nobody
room-when-empty = When nobody is here
room-when-empty-freeze = Stand still
room-when-empty-run = Play on
room-skip-percent = Votes that skip a song
room-per-person = Songs that one person may have in the queue
room-per-person-count =
    { $count ->
        [one] One song
       *[other] { $count } songs
    }
room-longest = Longest song
room-longest-minutes =
    { $minutes ->
        [one] One minute
       *[other] { $minutes } minutes
    }
room-slow = Slow mode of the chat
room-slow-off = Off
room-slow-seconds =
    { $seconds ->
        [one] One message a second
       *[other] One message in { $seconds } s
    }
room-guests-may = Guests may
room-grant-add = Add songs
room-grant-suggest = Suggest songs
room-grant-vote = Vote for songs
room-grant-vote-skip = Vote to skip
room-grant-chat = Write in the chat
room-grant-react = React
room-grant-control = Play, pause and seek
room-grant-skip = Skip and choose what plays
room-lock = Lock the room
room-lock-hint = Nobody new comes in, but by invite.
room-duplicates = Allow songs more than once
room-duplicates-hint = Otherwise what is in the queue already is not added again.
room-listed = Show it in the public list
room-listed-hint = Anybody on this server can find it.
room-invites = Invites
room-invites-hint = A link that lets people in, also when the room is locked, and gives them a role.
room-invite-rank = They become
room-invite-uses = For how many
room-invite-people =
    { $count ->
        [one] One person
       *[other] { $count } people
    }
room-invite-time = For how long
room-hours =
    { $count ->
        [one] One hour
       *[other] { $count } hours
    }
room-days =
    { $count ->
        [one] One day
       *[other] { $count } days
    }
room-invite-make = Make an invite
room-invited = The invite is ready.
room-invite-made = This link is shown only once. Copy it now.
room-invite-qr = QR code of the invite
room-invite-left =
    { $count ->
        [one] one use left
       *[other] { $count } uses left
    }
room-invite-until = until { $time }
room-invite-revoke = End it
room-invite-revoked = The invite no longer works.
room-export = Save the list of songs
room-banned-count =
    { $count ->
        [0] Nobody is banned.
        [one] One person is banned.
       *[other] { $count } people are banned.
    }
room-sent-away = Sent away, and banned
room-kicked-how = Whoever was sent away stays out for ten minutes.
room-pardon = Let them all come again
room-pardoned = Everybody may come in again.
room-end = End the room
room-end-ask = End the room for everybody?
room-end-ask-next = The music stops, and the code leads nowhere from then on.
room-end-no = Keep it
room-end-yes = End it

## When it does not go

room-reject-stale = Somebody was faster: the room has moved on. Look again.
room-reject-forbidden = You may not do that here. Ask the host.
room-reject-limit = That is more than this room takes. Wait for songs to play, or ask the host.
room-reject-wait =
    { $seconds ->
        [one] Not so fast. Try again in 1 s.
       *[other] Not so fast. Try again in { $seconds } s.
    }
room-reject-invalid = The room could not do that. Reload the page if it happens again.
room-reject-duplicate = It is in the queue already. The host can allow songs more than once, in the settings of the room.
room-reject-ended = The room has ended.
room-reject-banned = You are banned from this room.
room-reject-unanswered = The server did not answer. Try again when it is back.
room-locked = The room is locked.
room-locked-next = Only invites let new people in. Ask its host for one, and open its link.
room-left = You have left the room.
room-left-next = It goes on without you. Its code still works.
room-kicked = You were sent away.
room-kicked-next = You can come back in ten minutes. If that was a mistake, ask the host.
room-banned = You are banned from this room.
room-banned-next = Only its host can change that. You can open a room of your own.
room-ended = The room has ended.
room-ended-next = Its code leads nowhere now. You can open another one.
room-expired = This room was closed after a long rest.
room-return = Come back
room-home = To the first page

## Searching, and loops

room-add-hint = Words to search for, a music link, a playlist, or the address of a sound file.
room-add-choice = Which one?
room-reject-server = The server failed, and nothing has changed. Try again.
loop-tide = Tide
loop-clockwork = Clockwork
loop-lantern = Lantern
loop-metronome = Metronome
room-add-demo = A demo loop
room-add-hashing = Reading { $title }: { $percent } %
room-add-file-large = This file is larger than 512 MiB. Choose a smaller one.
room-add-file-many = These are more than { $most } files, which is all that the queue takes. Choose fewer.
room-add-file-empty = This file is empty. Choose another one.
room-add-file-unreadable = This file can’t be read. It may have been moved: choose it again.
room-add-file-no-sound = This is no sound or film that we know. Choose one, such as MP3, FLAC, M4A, OGG or MP4.
room-add-left-out = Not added: { $title }.

## The live cast

room-live = Live cast
room-live-now = live
room-live-next = Somebody sends the sound of their device. Listening to it silences the queue here.
room-live-listen = Listen to the cast
room-live-stop = Back to the queue
room-where = See where it is
room-ways-out = Hear it when somebody casts it, or have it skipped.

## A room with a password

room-private = A room with a password
room-private-next = Whoever types the code is asked for it, and so is whoever opens the link. You can change it later.
room-private-hint = Choose words that you can tell the others.
room-private-long = This password is too long. Take fewer words.
room-private-open = Open the room
room-password-none = None so far. Whoever comes from then on is asked for it; who is in stays in.
room-password-new = Another password
room-password-do = Set
room-password-away = Ask for no password
room-password-set = It is asked from now on.
room-password-gone = No password is asked any more.
room-password-forbidden = You may not change this here. Ask whoever runs the room.
room-password-failed = It is as it was: the server did not answer. Try again.

## Following the host

room-follow-about = The host
room-host-nameless = the host
room-follow = Follow { $name }
room-follow-lede = Hear when { $name } opens a room again. Your address stays yours: nobody is shown it.
room-following = You follow { $name }.
room-follow-in-account = New rooms stand under “Notices” in your account.
room-follow-by-mail = New rooms come by mail, and stand in your account.
room-follow-mail = Mail me too
room-follow-mailed = A mail is on its way.
room-follow-mailed-next = Press the link in it, and mails are on. Without that nothing is sent.
room-follow-end = Unfollow
room-follow-ended = You no longer follow { $name }.
room-follow-failed = The server did not answer.
room-follow-failed-next = Try again in a moment.
