-- Rooms outlive a restart. A closed room's row stays for a day, so that its code is not given out again
-- and a latecomer learns that the room has ended.
CREATE TABLE rooms (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    host_key_hash BYTEA NOT NULL,
    ask_first BOOLEAN NOT NULL,
    removed_members TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    closed_at BIGINT,
    version BIGINT NOT NULL
);

CREATE INDEX rooms_by_expiry ON rooms (expires_at) WHERE closed_at IS NULL;
CREATE INDEX rooms_by_closing ON rooms (closed_at) WHERE closed_at IS NOT NULL;

-- Keys that every node of one installation shares, such as the one that signs resume tokens.
CREATE TABLE node_secrets (
    name TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);
