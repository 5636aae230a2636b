### Home, and the page for an address that leads nowhere.

home-document-title = Unisono: listen together
home-title = Play it here. Hear it there.
home-lede = Unisono sends what this device plays to other phones and computers. They need no app and no account, only your code.
home-cast = Start casting
home-scan = Scan a code to listen
home-field = Room code or music link
home-field-camera = Or point your phone’s own camera at the picture on the other screen.
home-go = Go
home-key-field = Go to the code field

## What is kept

home-kept = What is kept
home-kept-nothing = Nothing: this page needs no account and sets no cookie.
home-kept-sound = The sound goes encrypted from device to device, and the server can’t hear it.
home-kept-choices = If you choose a language or a look, this browser remembers it, and nobody else.

## When the field is unclear

home-unclear-empty = Type the code that the other screen shows, such as K7M 4QX.
home-unclear-page = This address is on this site, but it is no room. Type the code that the other screen shows.
home-unclear-short =
    { $length ->
        [one] This looks like a room code, but it has one character. A code has at least six: look at the other screen again.
       *[other] This looks like a room code, but it has { $length } characters. A code has at least six: look at the other screen again.
    }
home-unclear-long = This looks like a room code, but it has { $length } characters. A code has at most twelve: look at the other screen again.
home-unclear-letter = This looks like a room code, but codes never contain “{ $letter }”. Look at the other screen again.
home-unclear-words = These look like words. Type the code that the other screen shows, such as K7M 4QX, or paste its link.
home-link-later = That is a link to { $host }. This version can’t open music links yet.
home-link-later-next = To let others hear it now, open it in another tab, press “Start casting” and choose that tab.
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
