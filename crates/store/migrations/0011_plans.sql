-- The free session of somebody: when it ends, and when the next may begin. Nothing says what it was used for, and the row
-- goes with the second moment.
CREATE TABLE free_sessions (
    -- An account's id, or what stands for a guest's device.
    holder TEXT PRIMARY KEY,
    ends_at BIGINT NOT NULL,
    free_again_at BIGINT NOT NULL
);

CREATE INDEX free_sessions_by_end ON free_sessions (free_again_at);

-- Whose free session a room belongs to, where a guest opened it. Emptied when the room is closed.
ALTER TABLE rooms ADD COLUMN guest TEXT;

-- Rooms whose name and code a member keeps. The code is nobody else's for as long.
CREATE TABLE saved_rooms (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    -- bcrypt; NULL: no password is asked.
    password_hash TEXT,
    has_queue BOOLEAN NOT NULL,
    ask_first BOOLEAN NOT NULL,
    saved_at BIGINT NOT NULL
);

CREATE INDEX saved_rooms_by_account ON saved_rooms (account_id, saved_at, id);
