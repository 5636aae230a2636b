### The view Cast: a device sends its sound to others.

cast-document-title = Cast · Unisono
cast-document-title-live = ({ $count }) Live: { $code } · Unisono

## The way

cast-steps = Steps
cast-step-source = Source
cast-step-share = Share
cast-step-live = Live

## Source

cast-title = What should they hear?
cast-lede = Pick where the sound comes from. You get a code to show right after.
cast-room = Room
cast-room-new = A new one
cast-room-go-on = Go on casting in
cast-source-tab = This tab or screen
cast-source-tab-hint = Another tab, a window or the whole screen. Tick “Share audio” in the picker.
cast-source-file = Files on this device
cast-source-file-hint = One song or many, played in order.
cast-source-address = An address or radio stream
cast-source-address-hint = A link to a sound file or a live stream.
cast-source-microphone = Microphone or line-in
cast-source-microphone-hint = As it is: no echo or noise filters.
cast-source-opening = Opening
cast-address = Address of the sound
cast-address-hint = Your browser asks that server directly, so it sees your network address.
cast-address-load = Load from { $host }
cast-address-load-any = Load
cast-obstacle-insecure = The browser allows this only on a protected page. Open Unisono at localhost on this computer, or over https.
cast-obstacle-phone = Phones don’t let pages capture what they play. Use a file, an address or the microphone.
cast-obstacle-browser = This browser shares a tab’s picture but not its sound. Chrome, Edge and other Chromium browsers do both.
cast-obstacle-microphone = This browser gives pages no microphone.

## Choices before the room opens

cast-options = Password, approval, hidden address
cast-option-password = Password
cast-option-password-hint = Optional. Asked of everyone who types the code.
cast-option-ask = Ask me before someone joins
cast-option-ask-hint = Nobody hears anything until you let them in.

## When a source does not open

cast-fault-cancelled = No sound was chosen.
cast-fault-cancelled-next = Pick again when you are ready, or take another source.
cast-fault-no-audio = What you shared has no sound.
cast-fault-no-audio-next = Try again and tick “Share tab audio” or “Share system audio” in the picker. Windows have no sound of their own in most systems: pick a tab or the screen.
cast-fault-denied = The microphone was not allowed.
cast-fault-denied-next = Allow it by the icon next to the page’s address, then try again.
cast-fault-no-device = No microphone or line-in was found.
cast-fault-no-device-next = Plug one in, then try again.
cast-fault-in-use = The device did not start.
cast-fault-in-use-next = Another program may be using it. Close that one, then try again.
cast-fault-bad-address = That is not a web address.
cast-fault-bad-address-next = It should look like https://radio.example/stream.mp3.
cast-fault-mixed-content = This page is protected, and that address is not.
cast-fault-mixed-content-next = Try it with https:// at the beginning.
cast-fault-no-cors = That server does not let other pages use its sound.
cast-fault-no-cors-next = Open it in another tab and cast that tab instead.
cast-fault-not-audio = There is no sound in it that this browser can play.
cast-fault-not-audio-next = Choose another file, or the address of the stream itself instead of its web page.
cast-fault-unreachable = No sound came from that address.
cast-fault-unreachable-next = It may be mistyped, or be no sound, or its server does not answer.
cast-fault-failed = The sound did not start.
cast-fault-failed-next = Try again, or pick another source.

## The room opens

cast-opening = One moment
cast-opening-wait = Opening the room
cast-opening-unreachable = The server does not answer. Trying again.
cast-failed = The room did not open.
cast-again = Try again
cast-again-in = Try again in { $seconds } s
cast-again-new = Open a new room
cast-failure-busy = The server is busy.
cast-failure-busy-next = Too much is going on at once, here or in your network. Wait a little: the button wakes up by itself.
cast-failure-tries = Too many tries from your network.
cast-failure-caster = Another device is casting in this room.
cast-failure-caster-next = Stop it there first, or open a new room.
cast-failure-room = That room is closed.
cast-failure-room-next = Open a new one.
cast-failure-forbidden = You may not cast in this room.
cast-failure-forbidden-next = Ask one of its hosts, or open a new room.
cast-failure-version = This page is older than the server.
cast-failure-version-next = Reload it.
cast-failure-server = The server could not open a room.
cast-failure-server-next = Try again. If it stays so, tell whoever runs it the reference.

## Live

cast-ready = Ready. Show this code.
cast-live =
    { $count ->
        [one] One device is listening
       *[other] { $count } devices are listening
    }
cast-alone = The server can’t be reached.
cast-alone-next = Those who listen hear everything. New ones can join when it is back.
cast-room-gone = The server closed this room.
cast-room-gone-next = Those who listen hear everything. Nobody new can join: stop, and open a new room.
cast-share = Share
cast-share-how = Scan the picture, or type the code at
cast-share-password = Whoever types the code also needs the password.
cast-qr = QR code that opens this room
cast-copy-link = Copy link
cast-share-button = Share
cast-sound-none = No sound
cast-sound-tab = Sound of a tab or screen
cast-sound-file = Files of this device
cast-sound-ended = The source ended. Those who listen stay, and wait.
cast-switch = Switch
cast-pick = Pick a source
cast-switch-title = Switch the source
cast-switch-keep = Keep this one
cast-silent = No sound for 10 s. Is it playing, and not muted?
cast-silent-tab = No sound for 10 s. Is it playing? If so, switch and tick “Share tab audio”.
cast-device = Device
cast-quality = Quality
cast-quality-voice = Voice, 48 kbit/s
cast-quality-music = Music, 128 kbit/s
cast-quality-high = High, 256 kbit/s
cast-play = Play
cast-pause = Pause
cast-key-pause = Play or pause the file
cast-previous = Previous
cast-next = Next
cast-loop = Repeat
cast-position = Position
cast-piece-broken = no sound
cast-hear-here = Play it here too

## Listeners

cast-listeners =
    { $count ->
        [0] Listeners
        [one] One listener
       *[other] { $count } listeners
    }
cast-uplink = { $kbps } kbit/s sent
cast-nobody = Nobody is listening yet. Show this code.
cast-many =
    { $count ->
        [one] One device listens.
       *[other] { $count } devices listen.
    }
cast-many-next = More may be too much for this computer. If the sound breaks up, choose a lower quality.
cast-knock = { $name } wants to listen.
cast-knock-allow = Let in
cast-knock-refuse = Refuse
cast-form-phone = Phone
cast-form-tablet = Tablet
cast-form-computer = Computer
cast-form-speaker = Speaker
cast-form-unknown = Device
cast-path-connecting = connecting
cast-path-connected = connected
cast-path-reconnecting = reconnecting
cast-path-direct = direct { $delay } ms
cast-path-relayed = relayed { $delay } ms
cast-path-not-playing = not playing yet
cast-path-loss = { $percent } % lost
cast-volume-of = Volume for { $name }
cast-percent = { $percent } %
cast-remove = Remove { $name }
cast-verified-link = verified by the link
cast-verified-matched = verified by the words
cast-verified-differ = words differ
cast-verified-differ-next = Somebody may sit between the two devices, so no sound goes there. Remove it, and let it join by the QR code.
cast-differed = The words differ with { $names }.
cast-differed-next = Somebody may be listening in between, so the sound to that device was stopped. Let it join again by the QR code on this screen.
cast-differed-read = I have read it
cast-words-ask = Ask { $name }: are these four words on your screen?
cast-words-match = They match
cast-words-differ = They differ
cast-words-they-matched = They say that the words match.
cast-news-came = { $name } is here.
cast-news-went = { $name } has gone.
cast-news-lost = { $name } is reconnecting.
cast-news-compare = The connection to { $name } is a new one. Compare the words again.

## The end

cast-stop = Stop casting
cast-report = Copy a report
cast-stop-ask =
    { $count ->
        [one] Stop? One device is listening.
       *[other] Stop? { $count } devices are listening.
    }
cast-stop-ask-next = The room closes for everyone, and its code stops working.
cast-stop-ask-queue = The room goes on, and everybody hears its queue again once somebody plays it.
cast-stop-no = Go on
cast-stop-yes = Stop casting
cast-ended = The cast has ended.
cast-ended-elsewhere = This room goes on in another tab.
cast-ended-expired = This room was closed after a long rest.
cast-ended-next = Pick a source to start another one, in a new room.
cast-ended-queue = Pick a source to cast here again, or go back to the queue.
cast-ended-back = Back to the room
