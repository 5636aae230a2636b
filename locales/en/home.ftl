### Home, and the page for an address that leads nowhere.

home-document-title = Unisono: listen together
home-title = Play it here. Hear it there.
home-lede = Unisono sends what this device plays to other phones and computers. They need no app and no account, only your code.
home-cast = Start casting
home-room = Start a room
home-room-password = A room with a password
home-scan = Scan a code to listen
home-field = Room code or music link
home-field-hint = A link from a music service gives you the same piece on the others.
home-field-camera = Or point your phone’s own camera at the picture on the other screen.
home-go = Go
home-key-field = Go to the field
home-scriptless = Casting and listening need JavaScript, because the sound goes straight from one browser to the other. Music links work without.
home-paste = Paste what you copied
home-paste-refused = The browser did not hand over what you copied. Press and hold the field, then choose Paste.
home-looking = Looking at the link: finding out what it is
home-unanswered = The link got no answer.
home-unanswered-next = This device or the server is offline, or very slow. What you pasted stays in the field.

## What is kept

home-kept = What is kept
home-kept-nothing = Nothing about you: this page needs no account and sets no cookie.
home-kept-sound = The sound goes encrypted from device to device, and the server can’t hear it.
home-kept-choices = If you choose a language or a look, this browser remembers it, and nobody else.
home-kept-links = A link that you paste goes to this server. It asks the music services about the piece, and tells them nothing about you.
home-kept-rooms = In a room, what people write there is kept with the room: until half a day after everybody left. This browser keeps a key of its own for each room, so that it is the same person when it comes back.

## Links that this browser looked at

home-links = Links you looked at
home-links-forget = Forget “{ $title }”
home-links-forget-all = Forget all
home-links-forgotten = Forgotten.
home-links-all = Show all { $count }
home-links-keep = List the links I look at on this page
home-links-keep-hint = The list is kept on this device only, at most 100 links, unless you take it into an account. Switched off, it is deleted and nothing is kept.

## Sharing from a phone that offers no other way

home-share = Share music from an iPhone or iPad
home-share-copy = In your music app, choose Share, then Copy. Come back and press “Paste what you copied”.
home-share-shortcut = Or make a shortcut once: in the Shortcuts app, let it show in the share sheet, receive URLs and text, and open this address with the URL at its end:
home-share-address = Copy the address

## When the field is unclear

home-unclear-empty = Type the code that the other screen shows, such as K7M 4QX, or paste a link from a music service.
home-unclear-page = This address is on this site, but it is neither a room nor a piece of music. Type a room code, or paste a link from a music service.
home-unclear-short =
    { $length ->
        [one] This looks like a room code, but it has one character. A code has at least six: look at the other screen again.
       *[other] This looks like a room code, but it has { $length } characters. A code has at least six: look at the other screen again.
    }
home-unclear-long = This looks like a room code, but it has { $length } characters. A code has at most twelve: look at the other screen again.
home-unclear-letter = This looks like a room code, but codes never contain “{ $letter }”. Look at the other screen again.
home-unclear-words = These look like words. Type the code that the other screen shows, such as K7M 4QX, or paste a link from a music service.
home-elsewhere = That room is at { $host }, not here.
home-elsewhere-next = You can go there. You will leave this site.
home-elsewhere-open = Open { $host }

## An address that leads nowhere

home-missing-document-title = Not found · Unisono
home-missing = There is nothing here.
home-missing-next = If you followed a link to a room, check its code, or ask for a new one.

## When the server does not answer

home-offline-document-title = No answer · Unisono
home-offline = Unisono can’t be reached.
home-offline-next = Either this device is offline, or the server is. Check the connection, then try again.
home-offline-retry = Try again
