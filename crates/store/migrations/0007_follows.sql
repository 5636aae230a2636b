-- Members who let others follow them, which is also when their name may be told to those in their rooms.
CREATE TABLE hosts (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    since BIGINT NOT NULL,
    -- When their followers were told of a room last.
    told_at BIGINT
);

-- No door led to these rows yet. Each now has a name of its own, which is all that a link in a mail tells.
DROP TABLE follows;

CREATE TABLE follows (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    host_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- Set once the person has confirmed by the mailed link that mails are wanted.
    mails_since BIGINT,
    followed_at BIGINT NOT NULL,
    UNIQUE (account_id, host_id)
);

CREATE INDEX follows_by_host ON follows (host_id);
