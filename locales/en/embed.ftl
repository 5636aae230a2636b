### A service's own player in a room: asked for once, taken back at any time.

embed-name-youtube = YouTube
embed-ask = Load the { $service } player?
embed-ask-youtube = Your browser then connects to YouTube (Google), which learns your network address, your browser, the address of this site and what you play, and may keep things in your browser.
embed-ask-until = It stays allowed on this device until you take it back, here or in the sound settings of a room.
embed-load = Load { $service } player
embed-not-now = Not now
embed-refused = Without the { $service } player this song is silent on this device.
embed-ask-again = Ask again
embed-frame = { $service } player
embed-since = { $service } player allowed since { $date }.
embed-withdraw = Take it back
embed-withdrawn = The { $service } player is gone. Nothing more is asked of { $service }.
embed-fault-consent = This song plays from a service whose player is not loaded here.
embed-fault-not-embeddable = Whoever put this on YouTube lets it play only on YouTube itself.
embed-fault-hidden-origin = YouTube plays only for sites that say who they are, and your browser hides that. An add-on may be the reason.
embed-elsewhere = Open it on { $service }
embed-aside = Not in time: an advertisement, or paused in the player.
