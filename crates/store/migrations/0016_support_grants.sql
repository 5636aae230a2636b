-- What members let whoever runs the installation look at, for hours, and each look that followed.
CREATE TABLE support_grants (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE INDEX support_grants_by_account ON support_grants (account_id, given_at);
CREATE INDEX support_grants_by_age ON support_grants (given_at);

-- A look is noted before anything is shown. What tells operators apart is a digest that names nobody.
CREATE TABLE support_views (
    id TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES support_grants (id) ON DELETE CASCADE,
    operator TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX support_views_by_grant ON support_views (grant_id, at);
