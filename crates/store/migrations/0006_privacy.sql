-- What was erased, and when. While an erasure is under way it also holds whom it is about, so that one which was cut off
-- is completed; afterwards it names nobody: the digest is keyed, and tells only whoever is asked about one subject.
CREATE TABLE erasures (
    id TEXT PRIMARY KEY,
    subject BYTEA NOT NULL,
    names TEXT,
    begun_at BIGINT NOT NULL,
    completed_at BIGINT,
    -- How many rows of which table, as JSON.
    counts TEXT
);

CREATE UNIQUE INDEX erasures_under_way ON erasures (subject) WHERE completed_at IS NULL;
CREATE INDEX erasures_by_completion ON erasures (completed_at);

-- What people asked for that somebody must answer within 30 days.
CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- Where the answer goes, for those without an account.
    contact TEXT,
    asked_at BIGINT NOT NULL,
    -- When whoever asks was found to be who they say.
    checked_at BIGINT,
    answered_at BIGINT,
    outcome TEXT
);

CREATE INDEX requests_by_account ON requests (account_id);
CREATE INDEX requests_by_answer ON requests (answered_at, asked_at);

-- Purposes that a member has objected to, where the basis is a legitimate interest.
CREATE TABLE objections (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, purpose)
);

-- What a member allowed or refused, each time; the latest counts.
CREATE TABLE consents (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    matter TEXT NOT NULL,
    is_given BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE INDEX consents_by_account ON consents (account_id, made_at);

-- The policies that were in force: each holds while it is the latest.
CREATE TABLE policies (
    version TEXT PRIMARY KEY,
    published_at BIGINT NOT NULL,
    change TEXT NOT NULL,
    -- The rows that it is made of, as JSON, so that two can be compared.
    model TEXT NOT NULL
);

CREATE INDEX policies_by_time ON policies (published_at);

-- When retention was looked after last, and what that took away, as JSON.
CREATE TABLE retention_runs (
    name TEXT PRIMARY KEY,
    ran_at BIGINT NOT NULL,
    counts TEXT NOT NULL
);
