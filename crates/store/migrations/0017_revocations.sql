-- Tokens that upstreams are still to be told to take back, since the links that they came with are gone. Nobody is named.
CREATE TABLE revocations (
    id TEXT PRIMARY KEY,
    upstream TEXT NOT NULL,
    sealed_token BYTEA NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX revocations_by_turn ON revocations (next_at);
CREATE INDEX revocations_by_age ON revocations (created_at);
