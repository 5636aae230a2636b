-- Each publication of a policy is a row of its own, also of one that comes back. The ordinal says which came later: the
-- clock may have been set back in between.
ALTER TABLE policies RENAME TO policies_by_version;
CREATE TABLE policies (
    ordinal BIGINT PRIMARY KEY,
    version TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    change TEXT NOT NULL,
    -- The rows that it is made of, as JSON, so that two can be compared.
    model TEXT NOT NULL
);
INSERT INTO policies (ordinal, version, published_at, change, model)
SELECT ROW_NUMBER() OVER (ORDER BY published_at, version), version, published_at, change, model
FROM policies_by_version;
DROP TABLE policies_by_version;

-- Up to which publication a member has seen the policy: until then, its latest change is shown to them on every page.
ALTER TABLE policies_seen RENAME TO policies_seen_by_time;
CREATE TABLE policies_seen (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    ordinal BIGINT NOT NULL
);
INSERT INTO policies_seen (account_id, ordinal)
SELECT seen.account_id, (SELECT MAX(policies.ordinal) FROM policies WHERE policies.published_at <= seen.published_at)
FROM policies_seen_by_time AS seen
WHERE seen.published_at >= (SELECT MIN(policies.published_at) FROM policies);
DROP TABLE policies_seen_by_time;

-- Which publication a member has agreed to; 0 where none was there yet.
ALTER TABLE accounts ADD COLUMN agreed_ordinal BIGINT NOT NULL DEFAULT 0;
UPDATE accounts SET agreed_ordinal = COALESCE(
    (SELECT MAX(policies.ordinal) FROM policies WHERE policies.version = accounts.agreed_version),
    (SELECT MAX(policies.ordinal) FROM policies WHERE policies.published_at <= accounts.agreed_at),
    0
);

-- A round of letters is about one publication: a version that comes back is told of again.
UPDATE announcements
SET matter = (SELECT CAST(policies.ordinal AS TEXT) FROM policies WHERE policies.version = announcements.matter)
WHERE kind = 'policy' AND matter IN (SELECT version FROM policies);
