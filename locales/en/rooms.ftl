### The public directory of rooms, and how a room is shown beside its link. Shown by the server.

rooms-document-title = Open rooms · Unisono
rooms-lead = Their hosts chose to show them here. Come in and listen: you need no account.
rooms-none = No room is shown here at the moment.
rooms-none-next = Start one. It stays out of this list until you choose to show it, under “Run the room”.
rooms-people =
    { $count ->
        [one] One person is here
       *[other] { $count } people are here
    }
rooms-untitled = A room without a name
rooms-cast = Live cast
rooms-nothing-on = Nothing is on yet
rooms-more = More rooms
rooms-open = Start a room

## Beside a link to a room, in other programs

rooms-preview = Join this room on Unisono
rooms-preview-title = { $title } · Unisono
rooms-preview-description = Listen together, in time. You need no account.
rooms-window-done = You can close this window and go back to the room.
