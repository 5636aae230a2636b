-- Breaches of personal data: what is known of each, and who was told when. None names anybody whose data it was.
CREATE TABLE breaches (
    id TEXT PRIMARY KEY,
    aware_at BIGINT NOT NULL,
    -- What is known of it, as JSON: the fields of GDPR, Article 33(3).
    facts TEXT NOT NULL,
    authority_told_at BIGINT,
    late_reason TEXT,
    people_told_at BIGINT
);

CREATE INDEX breaches_by_time ON breaches (aware_at);

-- What authorities have asked for of somebody. Two operators release it; who they are is kept as a digest.
CREATE TABLE legal_requests (
    id TEXT PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    authority TEXT NOT NULL,
    -- The authority's own name for it.
    file TEXT NOT NULL,
    is_sealed BOOLEAN NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by BYTEA NOT NULL,
    released_at BIGINT,
    released_by BYTEA,
    refused_at BIGINT,
    told_at BIGINT
);

CREATE INDEX legal_requests_by_account ON legal_requests (account_id);
CREATE INDEX legal_requests_by_time ON legal_requests (recorded_at);

-- Letters that go to every member, a few at a time, and how far they have come.
CREATE TABLE announcements (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    -- Which policy, or which breach.
    matter TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    -- The last account that was passed; emptied when all were.
    passed TEXT,
    letters BIGINT NOT NULL,
    completed_at BIGINT,
    UNIQUE (kind, matter)
);

CREATE INDEX announcements_by_completion ON announcements (completed_at, begun_at);
