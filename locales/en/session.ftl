### The free session of a room: that it ends, that it is over, and when the next may begin.

session-ends = { $minutes ->
    [one] This room’s free session ends in { $minutes } minute.
   *[other] This room’s free session ends in { $minutes } minutes.
}
session-endless = This room has no end any more.
session-more = See what there is without limits
session-over = The free session is over.
session-over-mine = The next one may begin at { $time }.
session-over-theirs = It can go on from { $time }, when whoever opened this room comes back.
session-waits = This room waits for whoever opened it.
session-waits-next = It goes on when they come back. Try again then.
session-resting = The next free session may begin at { $time }.
session-resting-next = Until then you can listen in the rooms of others.
session-devices = This room has all the devices that its plan allows.
session-devices-next = Ask whoever opened it to let one go, then try again.
session-asleep = This saved room sleeps.
session-asleep-next = Your plan does not open it now. It is kept, and your account page lists it.
