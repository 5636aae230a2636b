### The privacy centre: what is held about whoever asks, and what they can do about it. The server shows it.

centre-document-title = Your data · Unisono
centre-link = Your data
centre-title = Your data
centre-lead = Everything that is held about you here, with its value and its reason, and what you can do about it. Using any of it changes nothing about what you may do here.
centre-policy = What is kept in general, and why
centre-member = You are signed in as
centre-guest = You are not signed in. Without an account, what is yours is in this browser, and in the rooms that it was in.
centre-sign-in = Sign in
centre-back = Back to your data
centre-typed = Back to the form, with what you typed
centre-yes = yes
centre-no = no
centre-picture = Picture

centre-done-stayed = You stay. Nothing is erased.
centre-done-planned = Everything will be erased in seven days. Until then you can take that back here.
centre-done-erased = It is erased.
centre-done-corrected = It is corrected.
centre-done-restricted = Your data is kept from now on, and used for nothing.
centre-done-lifted = Your data is used again as before.
centre-done-objected = Your objection counts from now on.
centre-done-withdrawn = Your objection is taken back.
centre-done-allowed = You have allowed it.
centre-done-refused = You have refused it.
centre-done-asked = Your request is taken down. You find it below with the day until which it must be answered, if you have an account; else the answer comes by mail.
centre-done-granted = It is allowed. Each look stands below, and you can take it back at any time.
centre-done-revoked = It is taken back. Nobody can look any more.

centre-held = What is held about you
centre-held-lead = The names in this type are those of the copy that you can take along.
centre-held-why = What for
centre-held-since = Since
centre-held-count = { $count ->
    [one] { $count } value
   *[other] { $count } values
}
centre-held-more = { $count ->
    [one] { $count } more row is in the copy.
   *[other] { $count } more rows are in the copy.
}
centre-nobody-else = nobody else
centre-put-right = Correct
centre-erase-one = Erase this
centre-erase-kind = Erase all of these
centre-hidden = What is kept and not shown
centre-hidden-lead = These are needed to recognise you, and shown to nobody. They go with everything else.
centre-hidden-hashed = only a fingerprint is kept ({ $kind })
centre-hidden-sealed = encrypted
centre-hidden-plain = only used inside the program

centre-code = Code from the mail
centre-code-send = Mail me a code, to show that it is me
centre-password = Your password, to show that it is you
centre-proof-elsewhere = You have no password. Show on the account page that it is you, then come back here:

centre-copy = Take a copy along
centre-copy-lead = One ZIP archive with everything: lines of JSON, the schema that describes them, pictures, and a page to read.
centre-copy-take = Download the copy
centre-copy-made = Made on { $moment }.
centre-copy-files = For programs the same is in the folder “data”, under the names in monospaced type; “schema.json” says what each line there holds.

centre-correct = Correct
centre-correct-lead = The picture, the e-mail address and the ways to sign in are changed on the account page:
centre-user-name = Name
centre-country = Country, as two letters; empty if you do not want to say
centre-language-none = As the browser has it
centre-history = Links you looked at are kept
centre-history-off = not at all
centre-history-days = { $days } days
centre-history-account = as long as the account
centre-correct-save = Save

centre-restrict = Limit the use
centre-restrict-lead = Everything stays kept, and is used for nothing: no news by mail, no links remembered, none of your rooms in the public list. Mails that protect your account still come.
centre-restrict-is-on = Your data is kept and used for nothing. Mails that protect your account still come.
centre-restrict-do = Limit the use of my data
centre-restrict-lift = Lift this

centre-object = Object
centre-object-lead = For these there is a legitimate interest in place of your consent. You may object to each at any time.
centre-object-ends = It ends at once, and what was kept for it is erased.
centre-object-asks = It is part of keeping this server safe, so it cannot end by itself: whoever runs it must weigh your objection and answer you.
centre-object-since = You have objected since { $day }.
centre-object-do = Object
centre-object-undo = Take the objection back
centre-object-history-again = Take the objection back, and keep links for 30 days

centre-consents = Consents
centre-consents-lead = Players of other services. What you choose here counts on every device where you are signed in, at once. Even where one is allowed, it loads only when you press its button in a room.
centre-consent-allow = Allow
centre-consent-refuse = Refuse
centre-consent-is-open = You have not chosen yet. Each device asks.
centre-consent-is-given = Allowed. Each device still asks.
centre-consent-is-refused = Refused. It is loaded nowhere.
centre-consent-given = Allowed on { $day }
centre-consent-refused = Refused on { $day }
centre-player-refused = You have refused this player in your privacy centre.

centre-grants = Access for support
centre-grants-lead = Whoever runs this server sees none of this unless you allow it: one kind of data, for a day at most. Each look is noted before anything is shown, and stands here for 90 days.
centre-grant-given = Allowed (UTC)
centre-grant-ends = Ends (UTC)
centre-grant-running = can be looked at now
centre-grant-revoked = taken back: { $moment }
centre-grant-over = over
centre-grant-no-looks = Nobody has looked.
centre-grant-looks = Looks (UTC)
centre-grant-operator = operator
centre-grant-revoke = Take it back now
centre-grant-what = What may be seen
centre-grant-how-long = For how long
centre-grant-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
centre-grant-give = Allow it
centre-grant-columns = What each of these shows
centre-scope-profile = Profile and settings
centre-scope-sign-ins = Where you signed in, and what happened to your account
centre-scope-rooms = Rooms you opened or saved, without their codes
centre-scope-history = Links you looked at
centre-scope-notices = Being followed, and what you were told
centre-scope-plan = Your plan and payments

centre-events = What happened
centre-events-lead = What happened to your account in the last 90 days
centre-event-signed-in = Signed in
centre-event-signed-in-on-new-device = Signed in on a new device
centre-event-sessions-ended = Other browsers were signed out
centre-event-password-changed = The password was set
centre-event-password-removed = The password was removed
centre-event-passkey-added = A passkey was added
centre-event-passkey-removed = A passkey was removed
centre-event-totp-added = The second factor was turned on
centre-event-totp-removed = The second factor was removed
centre-event-recovery-codes-made = New recovery codes were made
centre-event-recovery-code-used = A recovery code was used
centre-event-email-changed = The e-mail address was changed
centre-event-upstream-linked = A service was linked
centre-event-upstream-removed = A service was unlinked
centre-event-copy-taken = A copy was taken along
centre-event-restricted = The use of the data was limited
centre-event-restriction-lifted = The limit on the use of the data was lifted
centre-event-erasure-planned = It was planned to erase the account
centre-event-erasure-taken-back = The erasing of the account was taken back

centre-browser = What this browser keeps
centre-browser-lead = It stays on this device. Whoever uses the device can see it and clear it.
centre-browser-no-script = Without script this page cannot look into your browser. You find these names in its settings for this site’s data, where you can clear them too.
centre-browser-none = Nothing is kept here now.
centre-browser-there = Something is kept here, in a form that only the browser reads.
centre-browser-cleared = Cleared.
centre-browser-clear = Clear
centre-browser-clear-all = Clear all of it

centre-rooms = What rooms keep of this browser
centre-rooms-lead = In each room this browser has a key of its own. With these keys you can see here what rooms keep of you without an account, take it along, and erase it. Rooms that this browser opened end with that.
centre-rooms-no-script = These keys are in your browser, and only script can read them there. Without script, ask below; or wait: rooms go by themselves, 12 hours after they were last used.
centre-rooms-show = Show it
centre-rooms-erase = Erase it now
centre-rooms-none = No room keeps anything of this browser.
centre-rooms-failed = That did not work. Try again in a minute.
centre-rooms-erased = It is erased. The receipt is:

centre-requests = Requests
centre-requests-lead = For whatever you cannot do on this page, ask whoever runs this server. They must answer within 30 days, free of charge. If a child below the age for this service has an account or wrote something here, say so: that is looked at first.
centre-request-asked = Asked on
centre-request-due = Must be answered by
centre-request-standing = State
centre-request-waits = waits for its answer
centre-request-soon = must be answered soon
centre-request-late = is late; you may complain, see below
centre-request-answered = answered on { $day }
centre-ask-kind = What you want
centre-ask-message = What it is about, in your words
centre-ask-email = Where the answer goes (your e-mail address)
centre-ask-send = Send the request
centre-ask-code-lead = A code was mailed to you. The request counts once you type it here.
centre-ask-confirm = Confirm
centre-ask-no-mail = This server sends no mail, so it cannot answer you by mail. Ask whoever runs it; if you do not know them, ask the person who gave you its address.
centre-kind-access = See what is held about me
centre-kind-correction = Have something corrected
centre-kind-erasure = Have something erased
centre-kind-restriction = Have the use of something limited
centre-kind-portability = Take something along
centre-kind-objection = Object to a use
centre-kind-review = Have a person look at a decision of the program
centre-kind-child = Report a child’s account or words
centre-kind-other = Something else about my data

centre-leave = Leave
centre-leave-lead = The account goes with everything of it, on this server, and nobody can bring it back; not a single account is ever restored from a backup. Rooms of others stay whole, without you. You need not say why.
centre-leave-type = Type “{ $kind }”, so that it is no slip
centre-leave-word = erase
centre-leave-now = Erase everything now
centre-leave-later = Erase everything in seven days
centre-leave-planned = Everything will be erased on { $day }.
centre-leave-stay = Stay after all
centre-gone = Everything of you is erased.
centre-gone-lead = Nothing here says any more that you were here. If you had an e-mail address, the receipt goes there, and then the address goes too.
centre-gone-receipt = Receipt
centre-gone-counts = How many rows went

centre-complain = Complain
centre-complain-lead = If you think that your data is not treated rightly, you may complain to the data protection authority where you live or work, or where you think the law was broken.
centre-complain-list = Data protection authorities in Europe
centre-complain-authority = The authority for whoever runs this server

centre-policy-says-more = Our privacy policy changed on { $day }. More is held or told than before, for: { $purposes }.

centre-bring = Bring a copy along
centre-bring-lead = Have you got a copy from another server that runs Unisono? Your name, language, country, theme, picture and saved rooms are taken in, and of your history what there is here. Saved rooms get new codes. Ways to sign in, plans, consents and whatever belongs to others stay there. Taking the same copy in again adds nothing.
centre-bring-file = The copy, as you downloaded it (ZIP, 16 MB at most)
centre-bring-do = Take it in
centre-bring-done = Your copy was taken in.
centre-bring-counts = Values of your profile: { $settings }. Saved rooms: { $rooms }. Pages of your history: { $pages }. Left out, because it is here already or cannot be here: { $others }.
centre-bring-refused = Nothing was taken in.
centre-bring-no-copy = This file is no copy from Unisono. Choose the ZIP file as you downloaded it.
centre-bring-not-whole = The copy is not whole: part of it is missing or was changed. Download it again, or choose the file as it was.
centre-bring-too-large = The file unfolds to more than any copy has. Choose the ZIP file as you downloaded it.
centre-bring-other-form = The copy was made by another version of Unisono, and this one cannot read its form. Ask whoever runs this server to update it.
centre-bring-bad-picture = The picture in the copy cannot be read. Download the copy again.
centre-bring-bad-line = Line { $line } of “{ $table }” in the copy is not as its schema says. Download the copy again.
