### The privacy policy, made of the data inventory. The server shows it.

privacy-document-title = Privacy · Unisono
privacy-link = Privacy
privacy-title = What is kept about you, and why
privacy-lead = This page is made of the same list that the program works by. What is not in it is neither stored nor sent.
privacy-by-someone = Whoever runs this server answers for it. If you do not know them, ask the person who gave you its address.
privacy-by-host = Whoever runs { $host } answers for it. If you do not know them, ask the person who gave you its address.
privacy-no-sale = Nothing is sold, there is no advertising, and no profile is made of you.
privacy-version = Version
privacy-since = In force since
privacy-swept = What was over was last deleted on { $when }.
privacy-nothing-personal = What is kept for these is about music and about this installation, and says nothing about you:
privacy-how-long = How long
privacy-why = Allowed by
privacy-from = Comes from
privacy-seen-by = Seen by
privacy-where = Kept
privacy-given-to = Given to

privacy-place-server = in the database of this server
privacy-place-browser = in your browser
privacy-place-cookie = in a cookie
privacy-place-log = in the log of this server
privacy-place-memory = in memory only, never written

privacy-cookies = Cookies
privacy-cookies-lead = Guests get none. These are set when you sign in; they are needed for that and for nothing else.
privacy-browser = What your browser keeps
privacy-browser-lead = It stays on your device, until you clear this site’s data in your browser’s settings.
privacy-hosts = Who this server asks
privacy-hosts-lead = The server calls these hosts itself, so they do not learn your network address by it. Each one can be switched off by whoever runs the server, with the setting named beside it.
privacy-hosts-told = Is told
privacy-hosts-told-nothing = nothing
privacy-country = Country
privacy-switch = Setting
privacy-players = Players of other services
privacy-players-lead = A player of another service loads only once you have pressed its button, and then your browser calls that service itself. You can take that back in the room at any time.
privacy-transfers = Some of these are in other countries than you. Whoever runs this server must have a lawful safeguard for what is sent there, or switch that host off.

privacy-rights = Your rights
privacy-rights-lead = You can have all of this free of charge. Whoever runs the server has one month to answer.
privacy-right-access = See what is kept about you (GDPR, Article 15).
privacy-right-correction = Have it corrected (Article 16).
privacy-right-erasure = Have it erased (Article 17).
privacy-right-restriction = Have its use limited (Article 18).
privacy-right-portability = Take it along in a form that programs can read (Article 20).
privacy-right-objection = Object to what rests on a legitimate interest (Article 21).
privacy-right-withdrawal = Take back anything you agreed to (Article 7(3)).
privacy-right-complaint = Complain to the data protection authority where you live (Article 77).
privacy-rights-members = If you have an account: its page lets you take a copy along, correct everything, and erase everything. For the rest ask whoever runs this server.
privacy-rights-account = Open your account page
privacy-rights-guests = If you have none: what is yours is in this browser. Clear this site’s data there and it is gone from your device. Rooms and what was written in them go by themselves, as said above. For anything else, ask whoever runs this server.

privacy-versions = All versions
privacy-versions-lead = What changed with each version, in the words of the list that the program works by.
privacy-versions-added = New
privacy-versions-removed = Gone
privacy-versions-wording = Only the wording changed.

privacy-purpose-listening-together = Listening together
privacy-purpose-finding-music = Finding a piece of music on other services
privacy-purpose-account = Your account
privacy-purpose-security = Keeping strangers out and abuse down
privacy-purpose-preferences = Showing pages as you like them
privacy-purpose-history = Finding again what you looked at
privacy-purpose-notices = Telling you what you asked to be told
privacy-purpose-rights = Doing what the law gives you a right to
privacy-purpose-operation = Keeping this server running

privacy-category-technical = Technical data
privacy-category-room = How and when a room is used
privacy-category-credential = What opens a room or an account
privacy-category-chosen-name = The name you chose
privacy-category-message = What you write to others
privacy-category-connection = How devices reach each other
privacy-category-preference = How you like things to be
privacy-category-contact = Your e-mail address
privacy-category-profile = What you show of yourself
privacy-category-identity = Who you are at another service
privacy-category-activity = What was done, when, and on which kind of device
privacy-category-choice = What you agreed to or refused
privacy-category-account = Id, rank and dates of your account

privacy-basis-none = nothing is needed, for it is not personal
privacy-basis-contract = the service you asked for (GDPR, Article 6(1)(b))
privacy-basis-legitimate-interest = a legitimate interest: a safe server (GDPR, Article 6(1)(f))
privacy-basis-consent = your consent (GDPR, Article 6(1)(a))
privacy-basis-legal-obligation = a legal obligation (GDPR, Article 6(1)(c))

privacy-source-provided = you
privacy-source-observed = your use of this server
privacy-source-derived = a computation from other data
privacy-source-generated = this server, by chance or by counting
privacy-source-received = another service, at your request

privacy-retention-room = until the room is closed
privacy-retention-room-and-24h = until a day after the room was closed
privacy-retention-room-at-most-24h = until the room is closed, a day at most
privacy-retention-unopened-at-most-1y = until a year after anybody last opened the page
privacy-retention-installation = as long as this server exists
privacy-retention-logs-at-most-30d = 30 days at most
privacy-retention-membership = while you are in the room
privacy-retention-hand-over = for a moment only
privacy-retention-24h = a day at most
privacy-retention-tab = until the tab is closed
privacy-retention-until-cleared = until you clear it
privacy-retention-release = until the next release of the program
privacy-retention-account = as long as your account, or until you delete it
privacy-retention-step-at-most-24h = until the step you began is finished, a day at most
privacy-retention-session-at-most-30d = until you sign out, 30 days at most
privacy-retention-sent-at-most-7d = until it is sent, seven days at most
privacy-retention-answered-at-most-90d = until 90 days after the answer
privacy-retention-90d = 90 days
privacy-retention-choice-at-most-account = as long as you chose, at most as long as your account
privacy-retention-connection-at-most-account = until you disconnect the other service, at most as long as your account

privacy-visibility-self = you
privacy-visibility-room = the people in the room
privacy-visibility-public = everybody
privacy-visibility-operator = whoever runs this server
privacy-visibility-operator-with-grant = whoever runs this server, once you have allowed it
privacy-visibility-never = nobody: it is only used by the program

privacy-recipient-mail-server = the mail server that this server uses

privacy-field-title = title
privacy-field-artist = artist
privacy-field-album = album
privacy-field-isrc = number of the recording (ISRC)
privacy-field-barcode = barcode of the album
privacy-field-id = id of the piece there
privacy-field-short-link = the short link
privacy-field-picture = address of the picture
privacy-field-operator-key = this server’s own key there
privacy-field-operator-contact = contact of whoever runs this server
privacy-field-sign-in-code = the code you bring back from signing in there
privacy-field-upstream-token = the permission you gave there
privacy-field-email-address = your e-mail address
privacy-field-letter = the letter to you
privacy-field-network-address = your network address
privacy-field-browser = your browser’s name and version
privacy-field-site-origin = the address of this site
privacy-field-account = your account there
privacy-field-recording = the recording
privacy-field-playing = when you play, pause and seek
privacy-field-video = the video

privacy-country-ae = United Arab Emirates
privacy-country-de = Germany
privacy-country-fr = France
privacy-country-no = Norway
privacy-country-ru = Russia
privacy-country-se = Sweden
privacy-country-us = United States
privacy-country-zz = where the mail server of this installation is
