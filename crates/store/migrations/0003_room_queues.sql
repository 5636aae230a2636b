-- A room may have a queue, which people play in time with each other.
ALTER TABLE rooms ADD COLUMN has_queue BOOLEAN NOT NULL DEFAULT FALSE;

-- The state of a room with a queue: one JSON document, written anew with each version. Gone when the room is closed.
CREATE TABLE room_states (
    room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- The latest events of such a room, for those who come back. The state holds all that is needed without them.
CREATE TABLE room_events (
    room_id TEXT NOT NULL REFERENCES room_states (room_id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (room_id, seq)
);

CREATE INDEX room_events_by_age ON room_events (made_at);

-- Whose data a state holds, so that all of one device can be found.
CREATE TABLE room_people (
    room_id TEXT NOT NULL REFERENCES room_states (room_id) ON DELETE CASCADE,
    principal TEXT NOT NULL,
    PRIMARY KEY (room_id, principal)
);

CREATE INDEX room_people_by_principal ON room_people (principal);
