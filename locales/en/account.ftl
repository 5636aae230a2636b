### The pages of accounts: signing in, making one, and all that its owner can see and change.

account-again = Try again
account-back = Back
account-cancel = Cancel
account-save = Save
account-saved = Saved
account-saving = Saving
account-remove = Remove
account-asking = Asking the server
account-mailing = Sending a mail
account-unanswered = The server does not answer.
account-unanswered-next = This device or the server is offline, or very slow. What you typed is still here.
account-https = Signing in needs https.
account-https-next = Browsers keep a session only over https or on this very machine. Open the https address of this server. Casting, rooms and links work here without an account.
account-https-home = Go on without an account
account-sum = Your device does a small sum that keeps robots out. It takes a second or two, and there is nothing to do.
account-sum-why = Instead of a puzzle your device does a small sum. Nobody else is asked, and it tells nothing about you.
account-check-title = Show that you are no robot
account-check-what = Your device can do a small sum, which asks nobody else. Or Cloudflare checks your browser: it then connects to challenges.cloudflare.com, and Cloudflare learns your network address, your browser, the address of this site and how your browser behaves in the check, and may keep things in your browser. Both count the same, and you are asked each time.
account-check-sum = Do the sum here
account-check-load = Load Cloudflare’s check
account-check-frame = Cloudflare’s check
account-check-waiting = Cloudflare checks your browser. If nothing comes of it, do the sum.
account-check-why = Against robots your device does a small sum or, if you want that, Cloudflare checks your browser. You are asked first.

## Signing in

account-sign-in-document-title = Sign in · Unisono
account-sign-in = Sign in
account-sign-in-lede = Casting, listening and rooms need no account. With one, what you keep is on all your devices.
account-passkey-use = Sign in with a passkey
account-passkey-none = No passkey was used.
account-passkey-none-next = Try it again, or sign in with your e-mail address.
account-email = E-mail address
account-password = Password
account-password-or-code = Without a password, leave it empty: a code comes by mail.
account-password-show = Show the password
account-password-hide = Hide the password
account-code-send = Send me a code
account-code-again = Send another code
account-code-title = Look into your mail
account-code = Code from the mail
account-code-hint = We sent eight digits to { $email }. They work for 10 minutes, on this page only.
account-factor-title = One more step
account-factor = Code from your authenticator app
account-factor-hint = Six digits that change every 30 seconds. One of your recovery codes works too.
account-with = Go on with { $title }
account-forgotten = Forgot the password?
account-upstream-failed = The other service did not sign you in.
account-upstream-failed-next = Nothing was changed here. Try again, or choose another way.
account-problem-sign-in-first = There is an account with this address already.
account-problem-sign-in-first-next = Sign in to it first, then link the service under “Ways in”. So nobody can take over an account by an address.
account-problem-closed = No new accounts are made here.
account-problem-closed-next = Everything that needs no account is open to you.
account-problem-invited-only = Accounts are made here by invitation.
account-problem-invited-only-next = Whoever runs this server gives them out. Everything that needs no account is open to you.
account-problem-invited-only-ask = Ask for one
account-invited = You are invited. Use the address that the invitation was made for.
account-problem-linked-elsewhere = That service is linked to another account here.
account-problem-linked-elsewhere-next = Unlink it there first, or sign in with it.
account-problem-ticket-over = This step has ended.
account-problem-ticket-over-next = It took too long, was tried too often, or was finished already. Begin it again.
account-problem-locked = This account was locked by whoever runs this server.
account-problem-locked-next = Write to them. You can still ask for a copy of your data, or have it erased.

## Making an account

account-register-document-title = Make an account · Unisono
account-register = Make an account
account-register-lede = Only an e-mail address is needed. It is never shown to others.
account-email-hint = For codes and for what you should know about your account. Nothing else is sent.
account-email-missing = Type your e-mail address. It looks like name@example.org.
account-password-optional = Password, if you want one
account-password-optional-hint = 8 to 256 characters. Without one you sign in by a mailed code or a passkey.
account-age = I am { $years } years old or older.
account-age-missing = Tick this if it is true. Without an account you can use everything at any age.
account-agree = I have read the privacy policy and agree to it.
account-agree-missing = Read the policy, then tick this if you agree.
account-policy = Read the privacy policy
account-policy-version = Version { $version }
account-register-go = Send me the code
account-register-have = I have an account
account-register-finish = Make the account
account-join = You are almost in
account-join-lede = You come from { $title } and have no account here yet. Agree to this, and it is made.
account-join-email = Its address is { $email }, as that service has it.
account-weak-short = A password has at least 8 characters. Four words that do not belong together are good.
account-weak-long = A password has at most 256 characters. Shorten it.
account-weak-common = Many people use this password, so it is tried first. Four words that do not belong together are good.
account-weak-names-you = This password holds your address, your name or the name of this place. Choose one that has nothing to do with them.

## A forgotten password, and the first operator

account-reset-document-title = New password · Unisono
account-reset = Forgot the password?
account-reset-lede = A link comes by mail, and with it you set a new one. A code or a passkey signs you in without it.
account-reset-send = Send me the link
account-reset-sent = If there is an account with this address, a mail is on its way.
account-reset-sent-next = The link in it works for one hour. Look among unwanted mail too.
account-reset-another = Ask for another link
account-reset-new = Set a new password
account-reset-new-lede = Every browser that is signed in to this account is signed out then.
account-reset-done = The new password is set.
account-reset-done-next = Sign in with it now.
account-setup-document-title = Set up this server · Unisono
account-setup = Set up this server
account-setup-lede = You opened the link that the server printed when it started. This makes the account that runs it.
account-setup-go = Make the operator’s account
account-setup-no-link = This page needs the whole link.
account-setup-no-link-next = The server prints it at each start until it was used. Copy all of it, also what follows “#”.

## The account

account-document-title = Your account · Unisono
account-title = Your account
account-waiting = Looking up your account
account-signed-in-as = Signed in as
account-nameless = somebody without a name
account-operator = You run this server.
account-operator-page = Look after it
account-plan = Your plan
account-sections = Parts of your account
account-ended = You were signed out.
account-ended-next = This session was ended, maybe by you on another device. Sign in again to go on.
account-signed-out = You are signed out.
account-signed-out-next = What this browser kept of your account is cleared.
account-list-waiting = Fetching the list

## Profile

account-profile = Profile
account-profile-lede = All of it is optional. Your address is never shown to others.
account-picture = Picture
account-picture-hint = JPEG or PNG, at most 5 MB. Place, date and camera are removed from it.
account-picture-yours = Your picture
account-picture-choose = Choose a picture
account-picture-remove = Remove the picture
account-picture-sending = Sending the picture
account-picture-large = This file is larger than { $mb } MB. Choose a smaller one.
account-name = Name
account-name-hint = What others see in rooms. 1 to 40 characters, or empty.
account-country = Country
account-country-none = Not told
account-country-hint = The country is only what you tell. It is never guessed from your network address.

## Ways in

account-ways = Ways in
account-ways-lede = Every way that lets you in. With two of them, losing one does no harm.
account-last-way = You have only one way in.
account-last-way-next = If you lose it, nobody can let you back in. Add a passkey or a password.
account-passkeys = Passkeys
account-passkeys-lede = You unlock your phone, computer or security key, and that signs you in. It can’t be guessed or phished.
account-passkeys-none = No passkey yet. Add one for this device.
account-passkey-add = Add a passkey
account-passkey-added = The passkey is added.
account-passkey-name = Passkey of { $day }
account-passkey-used = Last used on { $day }
account-passkey-unused = Added on { $day }, not used yet
account-passkey-rename = Rename
account-passkey-rename-field = Name of the passkey
account-passkey-removed = The passkey is removed. You may delete it on the device too.
account-passkey-unsupported = This browser knows no passkeys.
account-passkey-unsupported-next = Open this page in a newer browser, or on your phone.
account-passkey-not-made = No passkey was made.
account-passkey-not-made-next = You may have closed the window of your browser, or this device has one already. Try again whenever you like.
account-password-there = A password is set.
account-password-none = No password is set. You sign in by a mailed code or another way.
account-password-current = Current password
account-password-new = New password
account-password-hint = 8 to 256 characters. Four words that do not belong together are good.
account-password-set = Set the password
account-password-add = Set a password
account-password-change = Change the password
account-password-changed = The password is set. All other browsers are signed out.
account-password-removed = The password is removed.
account-password-ends = All other browsers are signed out then.
account-factor-way = Second factor
account-factor-none = After the password, an app on your phone is asked for a code. So a stolen password opens nothing.
account-factor-none-yet = After a mailed code, an app on your phone is asked for a code too. So somebody who reads your mail gets no further.
account-factor-there =
    { $left ->
        [0] Your app is asked for a code. No recovery code is left: make new ones.
        [one] Your app is asked for a code. One recovery code is left: make new ones soon.
       *[other] Your app is asked for a code. { $left } recovery codes are left.
    }
account-factor-add = Add an authenticator app
account-factor-scan = Open your authenticator app and let it read this picture.
account-factor-qr = Secret for your authenticator app
account-factor-by-hand = Or type this key into the app:
account-factor-copy = Copy the key
account-factor-first = Code that the app shows now
account-factor-first-hint = Six digits. They show that the app has read the key.
account-factor-confirm = Turn it on
account-factor-removed = The second factor is removed.
account-recovery = Your recovery codes
account-recovery-lede = Each works once, when your phone is not at hand. They are shown this one time: copy or print them now.
account-recovery-copy = Copy all codes
account-recovery-done = I have kept them
account-recovery-new = New recovery codes
account-identities = Linked services
account-identities-lede = You can sign in by them. They are told that you sign in here, and we are told who you are there, nothing more.
account-identities-none = No service is linked.
account-identity-since = Linked on { $day }
account-identity-connect = Link { $title }
account-identity-disconnect = Unlink
account-identity-gone = The service is unlinked, and our access there is given back.
account-email-none = No address
account-email-change = Change the address
account-email-new = New e-mail address
account-email-confirm = Change the address
account-email-changed = The address is changed. The old one was told.

## Proving it again

account-prove = Is it still you?
account-prove-lede = This changes how your account is kept safe. Show once more that it is you; it holds for ten minutes.
account-prove-passkey = Use a passkey
account-prove-password = Use the password
account-prove-totp = Use the authenticator app
account-prove-mail = Send me a code by mail
account-prove-go = Go on

## Sessions, history and events

account-sessions = Where you are signed in
account-sessions-lede = Each browser that is signed in. Whatever you don’t know, end it, then change the password.
account-sessions-none = No browser is signed in.
account-session-this = this browser
account-session-used = Last used on { $day }, signed in on { $since }
account-session-end = Sign out there
account-session-ended = That browser is signed out.
account-sessions-end = Sign out everywhere else
account-sessions-ended = All other browsers are signed out.
account-history = Links you looked at
account-history-lede = Kept so that you find them on all your devices. Nobody else sees the list.
account-history-keep = How long they are kept
account-history-off = Not at all
account-history-days = { $days } days
account-history-account = As long as the account
account-history-none = No link yet. Open one while you are signed in, and it is listed here.
account-history-forget = Forget all
account-history-forgotten = All links are forgotten.
account-bring = What this browser kept for you
account-bring-lede = Say yes, and your account takes it along: you then have it on every device that you sign in on.
account-bring-rooms =
    { $rooms ->
        [one] One room: you are the same person there on all your devices, and host it from all of them if you opened it.
       *[other] { $rooms } rooms: you are the same person there on all your devices, and host those that you opened from all of them.
    }
account-bring-pages =
    { $pages ->
        [one] One link that you looked at.
       *[other] { $pages } links that you looked at.
    }
account-bring-name = The name “{ $name }”, if nobody else here has it.
account-bring-go = Yes, take this into my account
account-brought = Done.
account-brought-rooms =
    { $rooms ->
        [one] One room is yours now.
       *[other] { $rooms } rooms are yours now.
    }
account-brought-next = In the rooms that you were in, you are the same person on every device that you sign in on.
account-brought-pages =
    { $pages ->
        [one] One link was added to those that you looked at.
       *[other] { $pages } links were added to those that you looked at.
    }
account-brought-name = You are called “{ $name }” now.
account-brought-name-left = “{ $name }” is somebody else’s name here, or cannot be one. Choose another under “Profile”.
account-brought-nothing = There was nothing new in it.
account-events = What happened
account-events-lede = The last 90 days. If something was not you, sign out everywhere else and change the password.
account-events-none = Nothing has happened yet.
account-event-operator-locked = Whoever runs this server locked the account
account-event-operator-unlocked = Whoever runs this server unlocked the account
account-event-operator-signed-out = Whoever runs this server signed you out everywhere
account-event-operator-sent-copy = Whoever runs this server sent you the way to your copy
account-event-signed-in = Signed in
account-event-signed-in-on-new-device = Signed in on a new device
account-event-sessions-ended = Other browsers were signed out
account-event-password-changed = The password was set
account-event-password-removed = The password was removed
account-event-passkey-added = A passkey was added
account-event-passkey-removed = A passkey was removed
account-event-totp-added = The second factor was turned on
account-event-totp-removed = The second factor was removed
account-event-recovery-codes-made = New recovery codes were made
account-event-recovery-code-used = A recovery code was used
account-event-email-changed = The e-mail address was changed
account-event-upstream-linked = A service was linked
account-event-upstream-removed = A service was unlinked
account-event-copy-taken = A copy was taken along
account-event-restricted = The use of the data was limited
account-event-restriction-lifted = The limit on the use of the data was lifted
account-event-erasure-planned = It was planned to erase the account
account-event-erasure-taken-back = The erasing of the account was taken back
account-event-other = Something changed: { $kind }
account-sign-out = Sign out
account-sign-out-lede = Signing out clears what this browser keeps of you, also the rooms that it knows. The look and the language stay.

account-data = Your data
account-data-lede = Everything that is held about you here belongs to you.
account-data-centre = See and change everything that is held
account-data-policy = What is held, why, and for how long
account-data-copy = Take a copy along
account-data-copied = The copy is in your downloads.
account-data-leave = Erase the account and everything of it
account-data-leave-lede = Your profile, ways in, links and settings go, and your name and lines in rooms of others. There is no way back after that, not even from a backup.
account-data-word = erase
account-data-type = Type “{ $word }”, so that it cannot happen by a slip
account-data-now = Erase now
account-data-later = Erase in seven days
account-data-planned = Everything will be erased on { $when }.
account-data-planned-next = Until then you can stay. Nothing has been taken away yet.
account-data-planned-said = It will be erased in seven days.
account-data-stay = Stay
account-data-stayed = You stay. Nothing was erased.
account-data-gone = Everything of you is erased.
account-data-gone-next = The receipt is { $receipt }. It names nobody.
account-data-home = Go to the start page

## Following hosts

account-follows = People you follow
account-follows-lede = When one of them opens a room, it stands under “Notices”; a mail comes only if you ask for it.
account-follows-none = Nobody yet. In a room whose host allows it, open “People” and press “Follow”.
account-follows-nameless = Somebody without a name
account-follows-since = Followed since { $day }
account-follows-mails-on = Mails are on
account-follows-mails-ask = Mail me
account-follows-mails-end = No more mails
account-follows-mails-ended = Mails are off.
account-follows-asked = A mail is on its way.
account-follows-asked-next = Press the link in it, and mails are on. Without that nothing is sent.
account-follows-end = Unfollow
account-follows-ended = You no longer follow { $name }.
account-hosting = Let others follow me
account-hosting-hint = When you open a room without a password, your followers are told of it, once in six hours at most. They see your user name and never your address. Switching this off ends it for all of them.
account-hosting-followers =
    { $count ->
        [0] Nobody follows you.
        [one] One person follows you.
       *[other] { $count } people follow you.
    }
account-notices = Notices
account-notices-lede = Rooms of people you follow, of the last 90 days.
account-notices-none = Nothing yet. When somebody you follow opens a room, it stands here.
account-notices-room = { $name } opened a room
account-notices-come-in = Come in
account-notices-over = The room is closed
account-notices-new = New
account-notices-forget = Forget all notices
account-notices-forgotten = All notices are forgotten.

## Saved rooms

account-rooms = Saved rooms
account-rooms-lede = A saved room keeps its name and its code, wherever you open it. Opened in this browser, it keeps its link too, until you sign out. Who listens, and what was played, is not kept.
account-rooms-none = You have saved no room yet. Save one below, and open it whenever you like.
account-rooms-not-in-plan = Your plan saves no rooms. Rooms with a new code each time open as ever.
account-rooms-more = Pro saves rooms.
account-rooms-more-next = Rooms that you saved before are kept: they sleep, and wake with Pro.
account-rooms-pricing = Compare the plans
account-room-new = Save a room
account-room-name = Name
account-room-kind = For
account-room-cast = Casting this device’s sound
account-room-queue = Listening together, with a queue
account-room-code = Code (optional)
account-room-code-hint = 6 to 12 digits and Latin letters, without U. People can guess words: then set a password as well. Left empty, a code is drawn.
account-room-password = Password (optional)
account-room-password-hint = Asked of those who type the code.
account-room-password-set = with a password
account-room-open-now = open now
account-room-asleep = sleeps
account-room-open = Open
account-room-rename = Rename
account-room-rename-not = Leave it
account-room-renamed = Renamed.
account-room-delete = Delete
account-room-deleted = { $name } is saved no more.
account-room-save = Save this room
account-room-saved = { $name } is saved. Its code is { $code }.
