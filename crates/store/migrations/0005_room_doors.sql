-- When something of people in a state is kept no longer, so that rooms which nobody is in forget it as well.
ALTER TABLE room_states ADD COLUMN forget_at BIGINT;

CREATE INDEX room_states_by_forgetting ON room_states (forget_at);

-- Fingerprints of the open invites. Whoever shows one need not say the password, and is known by it before the room is
-- looked at: strangers cannot tell a room with a password from none.
CREATE TABLE room_invites (
    room_id TEXT NOT NULL REFERENCES room_states (room_id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (room_id, fingerprint)
);

CREATE INDEX room_invites_by_fingerprint ON room_invites (fingerprint);
