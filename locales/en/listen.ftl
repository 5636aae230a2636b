### The view Listen: a device plays what another one sends.

listen-document-title = { $code } · Unisono
listen-title = Listen
listen-button = Listen
listen-pause = Pause
listen-lock-title = Live sound

## What happens now

listen-now-asking = Asking to come in
listen-now-unreachable = The server does not answer. Trying again.
listen-now-approval = The host will let you in.
listen-now-host = Waiting for the host. You can tap already.
listen-now-direct = Looking for the shortest way
listen-now-relay = No direct way yet. Trying the relay too.
listen-now-encrypting = Encrypting
listen-now-ready = Ready. Tap to listen.
listen-now-starting = Starting
listen-now-playing = You are listening.
listen-now-paused = The host has paused.
listen-now-alone = You are listening. The server is away, and the sound goes on without it.
listen-now-room-gone = The room is closed. What you hear goes on while the connection holds.
listen-now-away =
    { $seconds ->
        [one] The host has gone. Waiting, 1 s.
       *[other] The host has gone. Waiting, { $seconds } s.
    }
listen-now-reconnecting =
    { $seconds ->
        [one] Reconnecting, 1 s.
       *[other] Reconnecting, { $seconds } s.
    }

## The connection

listen-path-direct = direct, { $delay } ms
listen-path-relayed = relayed, { $delay } ms
listen-verified-link = verified by the link
listen-verified-words = verified by the words
listen-page-open = this page came unprotected
listen-words = Four words
listen-words-ask = Ask the host: are these four words on their screen?
listen-words-match = They match
listen-words-differ = They differ
listen-words-they-matched = The host says that they match.

## Volume and settings

listen-volume = Volume
listen-volume-buttons = Use the side buttons for the volume.
listen-mute = Mute
listen-percent = { $percent } %
listen-settings = Settings
listen-nudge =
    { $ms ->
        [0] Timing: as early as possible
       *[other] Timing: { $ms } ms later
    }
listen-nudge-earlier = Earlier
listen-nudge-later = Later
listen-nudge-hint = For when another device near you is behind. Kept on this device.
listen-nudge-earliest = This is as early as the network allows. If this device is behind, make the others later.
listen-output = Output
listen-screen = Keep the screen on
listen-name = Your name
listen-name-hint = Optional. Only the host sees it, until you leave.
listen-name-send = Tell
listen-report = Copy a report
listen-key-play = Play or pause
listen-key-mute = Mute
listen-key-louder = Louder
listen-key-quieter = Quieter

## The end

listen-left-ended = The cast has ended.
listen-left-expired = This room was closed after a long rest.
listen-left-removed = The host removed this device.
listen-left-refused = The host did not let you in.
listen-left-next = Ask for a new code, or cast something yourself.
listen-left-removed-next = If that was a mistake, ask the host, then open the link again.
listen-another = Open another

## Not let in

listen-refused-code = No open room has this code, or its password is another.
listen-refused-code-next = Look at the other screen again. If the room has a password, ask the host for it.
listen-code = Room code
listen-code-unclear = A code has at least six letters or digits, such as K7M 4QX.
listen-password = Password
listen-password-hint = Only if the room has one.
listen-code-go = Listen
listen-refused-ended = This room has ended.
listen-refused-ended-next = Its code leads nowhere now. Ask for another one, or open a room yourself.
listen-refused-full = This room is full.
listen-refused-full-next = Ask whether somebody can leave, then try again.
listen-refused-tries = Too many tries from your network.
listen-refused-tries-next = Wait a little. The button wakes up by itself.
listen-refused-busy = The server is busy.
listen-refused-busy-next = Too much is going on at once, here or in your network. Wait a little: the button wakes up by itself.
listen-refused-version = This page is older than the server.
listen-refused-version-next = Reload it.
listen-refused-replaced = This room goes on in another tab.
listen-refused-replaced-next = Listen there, or take it back here.
listen-refused-server = The server could not let you in.
listen-refused-server-next = Try again. If it stays so, tell whoever runs it the reference.
listen-refused-fingerprint = This is not the device that made your link.
listen-refused-fingerprint-next = Somebody may be in between, or the host opened the room on another device. Nothing was played. Ask the host for a new link, and scan it from their screen.
listen-refused-changed = This is another device than the one whose words you compared.
listen-refused-changed-next = Somebody may be in between, or the host changed devices. The sound was stopped. Ask the host, then reload and compare the words again.
listen-refused-cut = This link is incomplete.
listen-refused-cut-next = A part of it was lost on the way. Ask for the link again, or go on with the code alone and compare the words with the host.
listen-without-link = Go on with the code
listen-refused-words = The words differ.
listen-refused-proof = The other side could not prove who it is.
listen-refused-differ-next = Somebody may be listening in between, so the sound was stopped. Join again by the QR code on the host’s screen.
listen-again = Try again
listen-again-in = Try again in { $seconds } s
listen-reload = Reload
listen-old-browser = This browser can’t receive live sound.
listen-old-browser-next = Update it, or open the link in a current Chrome, Firefox or Safari.
