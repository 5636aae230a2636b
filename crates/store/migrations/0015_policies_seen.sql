-- Up to which publication a member has seen the policy: until then, its latest change is shown to them on every page.
CREATE TABLE policies_seen (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    published_at BIGINT NOT NULL
);
