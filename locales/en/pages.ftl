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
