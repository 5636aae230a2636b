### Short pages that the server shows: what a link in a mail leads to.

pages-document-title = { $title } · Unisono
pages-home = To the start page
pages-account = To your account

## Mails about a host's rooms

pages-mails-confirm = Mails when a room opens
pages-mails-confirm-next = Press the button, and a mail comes whenever the host you follow opens a room: once in six hours at most. Each mail has a link that stops them.
pages-mails-confirm-action = Yes, send me mails
pages-mails-confirmed = Mails are on.
pages-mails-confirmed-next = The next time the host you follow opens a room, you hear of it.
pages-mails-over = This link is no longer good.
pages-mails-over-next = It was used, or is older than a day. Ask for mails again in your account.
pages-mails-stop = Stop these mails?
pages-mails-stop-next = You will get no more mails when { $host } opens a room. You still see it in your account.
pages-mails-stop-action = Stop the mails
pages-mails-stopped = No more of these mails.
pages-mails-stopped-next = To get them again, ask for them in your account.

## The operator's page

admin-title = Running this server
admin-lead = Numbers and states. What people said, heard, wrote or look like is not shown, here or anywhere else, unless somebody lets you look at some of it for a while.
admin-health = How it does
admin-build = Version
admin-uptime = Up for
admin-hours =
    { $count ->
        [0] less than an hour
        [one] 1 hour
       *[other] { $count } hours
    }
admin-database = Database
admin-disk = Free on the disk of the data
admin-megabytes = { $count } MB
admin-disk-unknown = not known
admin-disk-low = Little is free on the disk of the data, and once nothing is, nothing more can be kept. Free some space there, or move the data to a larger disk and set UNISONO_DATA_DIR.
admin-rooms = Rooms that are open
admin-live-rooms = Rooms with somebody in them, on this node
admin-sockets = Open connections of people, on this node
admin-mails = Letters that wait
admin-retention = What was over was last deleted
admin-never = not yet
admin-no-mail-server = No mail server is set: letters wait, and “unisono mail list” shows them. Set mail.host and public_url to have them sent.
admin-retention-late = What is over was not deleted for more than a day. Look at the log, and at “unisono doctor”.
admin-waits = What waits for you
admin-waits-none = Nothing does.
admin-waits-breaches = Breaches that the authority was not told of
admin-waits-requests = Requests about data without an answer
admin-waits-legal = What authorities ask for, undecided
admin-waits-threads = What people wrote to you, unanswered
admin-waits-until = the first until (UTC)
admin-breach-waits = The authority must be told of a breach within 72 hours. Look at “unisono privacy breach list”.
admin-breach-late = The 72 hours in which the authority must be told of a breach are over. Tell it now, and why it is late: “unisono privacy breach list”.
admin-request-soon = A request about data must be answered within ten days. Look at “unisono privacy requests list”.
admin-request-late = A request about data is 30 days old and has no answer. Answer it now: “unisono privacy requests list”.
admin-accounts = Accounts
admin-accounts-lead = An account is found by its exact address or id. The same from the command line:
admin-find = Address or id
admin-find-go = Find
admin-invite = Invite somebody
admin-invite-lead = Accounts are made here by invitation. It is for one address, lasts seven days and works once; nothing is kept about whom you invite. The same from the command line:
admin-invite-email = Their e-mail address
admin-invite-mail = How they get it
admin-invite-no-mail = I pass the link on myself
admin-invited = The invitation is made
admin-invited-lead = Pass this link on to the owner of the address. It is shown once and kept nowhere.
admin-invited-mailed = A letter with the link is on its way. Where no mail server is set, “unisono mail list” shows it.
admin-grants = What members let you look at
admin-grants-lead = Only while they allow it. Each look is noted first, and they see it with your mark:
admin-grants-none = Nobody allows anything now.
admin-grant-ends = until (UTC)
admin-grant-look = Look
admin-granted = What a member lets you see
admin-granted-lead = This look is noted, and the member sees it.
admin-granted-empty = There is nothing of this kind.
admin-not-granted = The member does not allow this, or not any more.
admin-not-granted-next = They can allow it in their privacy centre, under “Access for support”.
admin-jobs = What it does by itself
admin-jobs-lead = On this node; times are UTC. What failed is in the log under its reference:
admin-job-retention = Deleting what has had its time
admin-job-backups = Making a backup each day
admin-job-letters = Sending letters
admin-job-announcements = Telling members of a new policy or of a breach
admin-job-descriptions = Asking anew what links lead to
admin-job-revocations = Telling other services whose sign-in was unlinked
admin-job-payments = Asking the payment service
admin-job-prices = Asking what is sold at which price
admin-job-status = Keeping how each part does
admin-job-off = not set up
admin-job-waiting = not yet since the start
admin-job-done = done { $moment }; next { $when } at the latest
admin-job-failed = failed { $moment }, { $reference }; again { $when } at the latest
admin-switches = Switches
admin-switches-lead = They are set in the settings file. What each does:
admin-switch-registration = People may make accounts
admin-switch-invited = By invitation only
admin-switch-mail = Letters are sent
admin-switch-public = A public address is set
admin-switch-metrics = Anybody may read /metrics
admin-switch-spotify = Spotify’s player in rooms
admin-switch-upstream = Sign-in with { $name }
admin-on = on
admin-off = off
admin-numbers = Counters
admin-acts = What operators did
admin-acts-lead = Kept for 90 days. Whoever an act concerned sees it in their account.
admin-acts-none = Nothing yet.
admin-by-you = you
admin-by-other = another operator
admin-by-command = command line
admin-gone = an account that is gone
admin-no-account = nobody’s account yet
admin-account = One account
admin-rank = Rank
admin-made = Made
admin-has-address = Mails reach its owner
admin-sessions = Signed in on
admin-locked = Locked since
admin-restricted = Only stored since
admin-erase-at = To be erased
admin-yes = yes
admin-no = no
admin-own = This is your own account. You change it yourself:
admin-seen = Whatever you do here is written down, and its owner sees it.
admin-password = Your password
admin-password-hint = It is asked for because you have not proved who you are in the last ten minutes. Without a password, prove it in your account first.
admin-act-lock = Lock
admin-act-unlock = Unlock
admin-act-sign-out = Sign out everywhere
admin-act-send-copy = Mail its owner where to fetch the copy of their data
admin-act-erase = Erase everything
admin-act-invite = Invite
admin-erase-lead = At once, and for good. Its owner gets the receipt by mail.
admin-erase-word = Type the word:
admin-done = Done.
admin-erased-next = Nothing of the account is left.
admin-nobody = No account has this address or id.
admin-nobody-next = Addresses must be exact. Ids are listed by: unisono account list
admin-unreadable = This form could not be read.
admin-unreadable-next = Go back and send it again.
admin-back = Back to the overview

## The blog

blog-title = Blog
blog-published = Published
blog-updated = changed
blog-newer = Newer posts
blog-older = Older posts
blog-feed = Feed (Atom)
blog-all = All posts

## Writing to whoever runs the server

support-title = Help and questions
support-lead = Write to whoever runs this server. You need no account. Who that is:
support-topic = What it is about
support-topic-fault = Something does not work
support-topic-account = My account
support-topic-privacy = My data
support-topic-abuse = Somebody misuses this server
support-topic-other = Something else
support-text = Your message
support-contact = Your e-mail address
support-contact-hint = Only for the answer. Nobody but the operator sees it.
support-to-account = The answer comes to the address of your account, and stands here.
support-kept = What you write is kept until 90 days after the answer. Without an account it goes after 90 days even if nobody has answered. You can delete it at any time.
support-send = Send
support-yours = What you wrote before
support-thread = Your message
support-thread-lead = Keep the address of this page: with it you can read the answer, write again and delete everything, on any device. The answer also comes by mail.
support-waits = waits for an answer
support-closed = answered or closed
support-by-you = You
support-by-operator = Whoever runs this server
support-more = Write again
support-delete-lead = Deletes all of it at once, for you and for the operator.
support-delete = Delete this conversation
support-deleted = It is deleted.
support-deleted-next = Nothing of this conversation is left here. What was mailed is in your mailbox.
support-not-taken = This did not work.
support-bad-message = Write something, at most 4,000 characters, and choose what it is about.
support-bad-contact = This is no e-mail address. Without one the answer could not reach you.
support-too-many =
    { $minutes ->
        [one] You wrote several times within an hour. Try again in a minute.
       *[other] You wrote several times within an hour. Try again in { $minutes } minutes.
    }
support-full = Too many messages wait for an answer. Try again tomorrow.
support-yours-wait = Five of your conversations wait for an answer. Write more in one of those.
support-no-thread = There is no such conversation. It was deleted, or is over since more than 90 days.
support-failed = Something failed on our side. Try again in a moment.
contact-title = Who runs this server
contact-lead = Whoever is named here answers for this server and for what it keeps.
contact-support = For questions and faults there is a form. It needs no account, and the answer comes by mail.
contact-unknown = Whoever runs this server has not said who they are. Ask the person who gave you its address.
contact-name = Name
contact-address = Address
contact-mail = E-mail
terms-title = Terms
terms-lead = What you and whoever runs this server can expect of each other.
terms-use = You may use this server to listen to music together. Do not use it to harm others, to get around bans, or to put more load on it than people do by listening.
terms-invited = Casting, listening, rooms and links are open to everybody. An account is made by invitation: ask whoever runs this server for one.
terms-closed = Casting, listening, rooms and links are open to everybody. No new accounts are made here.
terms-music = What you play must be yours to play. The sound goes from your devices to those of your friends; the server does not keep it. Players of other services follow the terms of those services.
terms-others = Hosts decide who is in their rooms. What you write in a room is seen by those in it. The operator can lock accounts that break these terms, and you see it when that happens.
terms-as-is = The server may be away, change or end. It is offered as it is, without a promise that it works at all times. Rights that the law gives you stay as they are.
terms-leaving = You can leave at any time, take your data along and have all of it erased, without giving a reason.
terms-source = The program is free software under the GNU Affero General Public License, version 3 or later. Its source is linked below.

## How the service does

status-title = How this server does
status-well = No trouble is known right now.
status-trouble = Some of it has trouble right now.
status-not-yet = The server has just started and has not looked yet.
status-looked = It last looked at { $when } (UTC).
status-how = Once a minute the server looks whether its own parts work. Of mail and music services it counts only what came of it when somebody used them: nobody is asked for the sake of this page. While the server itself is off, nobody looks.
status-own = This server
status-links = Looking up links
status-part-web = Pages and database
status-part-rooms = Rooms
status-part-relay = Relay, for networks that leave no direct way
status-part-mail = Mail
status-works = Works
status-troubled = Has had trouble since { $when } (UTC)
status-down = Down since { $when } (UTC)
status-not-set-up = Not set up here
status-unknown = Not known: not tried lately
status-checked = Last check: { $when } (UTC)
status-share = { $count } % of the checks in the last 90 days went well
status-share-day = { $count } % of the checks went well
status-bar = The last 90 days: { $kinds }
status-days-well =
    { $count ->
        [one] 1 day without trouble
       *[other] { $count } days without trouble
    }
status-days-some =
    { $count ->
        [one] 1 day with some trouble
       *[other] { $count } days with some trouble
    }
status-days-hardly =
    { $count ->
        [one] 1 day on which hardly anything worked
       *[other] { $count } days on which hardly anything worked
    }
status-days-none =
    { $count ->
        [one] 1 day without checks
       *[other] { $count } days without checks
    }
status-legend = Each box is a day, today the last. Full: all checks went well. Lower: some did not. Hollow: most did not. A line: there were none.
status-incidents = Days with trouble
status-incidents-lead = The server writes this list itself: days on which at least three checks of a part, and more than one in twenty, did not go well.
status-incidents-none = There was none in the last 90 days.
status-programs = The same for programs:
