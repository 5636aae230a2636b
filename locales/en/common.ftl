### Words that every page shows.

common-skip = Skip to the content
common-rooms = Open rooms
common-blog = Blog
common-account = Account
common-support = Help
common-contact = Contact
common-terms = Terms
common-status = Status
common-source = Source code
common-version = Version { $version }
common-language = Language
common-theme = Appearance
common-theme-system = As the system
common-theme-light = Light
common-theme-dark = Dark
common-close = Close
common-reload = Reload
common-later = Later
common-update = A new version is ready.
common-copied = Copied
common-copy-refused = Select and copy it by hand
common-copy-reference = Copy the reference
common-reference = Reference
common-hide-address = Hide my network address
common-hide-address-hint = The sound then goes through this server’s relay, still encrypted, and arrives a little later. What is connected is connected anew.
common-view-waiting = Opening this page
common-view-failed = This page did not arrive.
common-view-failed-next = There may be a new version, or no connection. Reload to see.

## Keys

common-keys = Keyboard shortcuts
common-keys-list = List the keys
common-keys-enabled = Single keys do something on this site
common-key-space = Space

## What the policy says more than before, until it was seen

common-policy-changed = The privacy policy has changed
common-policy-changes = What changed
common-policy-seen = Seen
common-policy-not-noted = That was not noted. Press again.
common-policy-example = Our privacy policy changed on 2026-11-22. More is held or told than before, for: Listening together, Your account.

## The names of a room's twelve colours, each with its picture. Both screens show the same.

common-hue-rose = rose, cherry
common-hue-coral = coral, shell
common-hue-amber = amber, flame
common-hue-gold = gold, wheat
common-hue-lime = lime, citrus
common-hue-fern = fern, leaf
common-hue-lagoon = lagoon, fish
common-hue-sky = sky, cloud
common-hue-azure = azure, bird
common-hue-indigo = indigo, moon
common-hue-violet = violet, grape
common-hue-orchid = orchid, flower

## The camera that reads a QR code

common-camera-picture = Picture of the camera
common-camera-asking = Waiting for the camera. Your browser may ask you.
common-camera-looking = Hold the code inside the frame.
common-camera-insecure = This page came without https, so the browser keeps the camera closed.
common-camera-refused = The browser was told not to open the camera.
common-camera-absent = No camera was found on this device.
common-camera-failed = The camera did not start. Another program may be using it.
common-camera-next = Type the room code instead, or scan the picture with your phone’s own camera.

## The page that draws every state

common-gallery-document-title = Gallery · Unisono
common-gallery = Every state, drawn
