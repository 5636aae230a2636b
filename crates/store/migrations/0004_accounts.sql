-- Who has an account. A row exists only once its owner has proved that the address is theirs, or came by an upstream.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    -- As the person wrote it; nobody else ever sees it. NULL: came by an upstream that told none.
    email TEXT,
    -- The same, folded: what tells two addresses apart.
    email_folded TEXT UNIQUE,
    rank TEXT NOT NULL,
    user_name TEXT,
    user_name_folded TEXT UNIQUE,
    language TEXT,
    country TEXT,
    theme TEXT,
    -- The version of the policy and the terms that were agreed to, with the statement of age.
    agreed_version TEXT NOT NULL,
    agreed_at BIGINT NOT NULL,
    -- Days that looked-at links are kept: 0, 30, 90, 365, or -1 for as long as the account.
    history_days BIGINT NOT NULL DEFAULT 365,
    -- Set: stored, and used for nothing (GDPR, Article 18).
    restricted_at BIGINT,
    -- Set: an operator has locked it.
    locked_at BIGINT,
    -- Set: erased at this moment unless the person comes back before.
    erase_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX accounts_by_erasure ON accounts (erase_at) WHERE erase_at IS NOT NULL;
CREATE INDEX accounts_by_rank ON accounts (rank);

CREATE TABLE account_avatars (
    -- What the picture is asked for by: random, and another for each picture.
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    jpeg BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE account_passwords (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    -- bcrypt, or bcrypt-sha256 beyond 72 bytes.
    hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE passkeys (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- What the authenticator calls it.
    credential_id BYTEA NOT NULL UNIQUE,
    -- Public key, transports and state, as the library writes them.
    credential BYTEA NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_day BIGINT,
    version BIGINT NOT NULL
);

CREATE INDEX passkeys_by_account ON passkeys (account_id);

CREATE TABLE account_totp (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    sealed_secret BYTEA NOT NULL,
    confirmed_at BIGINT,
    -- The last time step that was used: none is taken twice (RFC 6238, section 5.2).
    last_step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    PRIMARY KEY (account_id, hash)
);

-- Who an account is at an upstream. Linked by issuer and subject, never by an address.
CREATE TABLE identities (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    upstream TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- What revokes our access there, sealed; NULL where nothing is kept.
    sealed_token BYTEA,
    connected_at BIGINT NOT NULL,
    UNIQUE (issuer, subject)
);

CREATE INDEX identities_by_account ON identities (account_id);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- Family of browser and system, such as "Firefox on Linux".
    device TEXT NOT NULL,
    -- How and when the person last proved who they are.
    proved_by TEXT NOT NULL,
    proved_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- Midnight UTC of the day of the last use: no finer trace is kept.
    last_used_day BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- A step that somebody has begun and must finish in time: a code or link in a mail, a second factor, a passkey's
-- challenge, a sign-in at an upstream. Bound to the browser that began it by the ticket's own random name.
CREATE TABLE tickets (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    -- SHA-256 of the code or the link's secret, keyed by the ticket; empty where no secret is sent.
    secret_hash BYTEA NOT NULL,
    -- What the step needs, as JSON: a new address, a password's hash, a challenge. Sealed.
    sealed_state BYTEA NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX tickets_by_account ON tickets (account_id);
CREATE INDEX tickets_by_expiry ON tickets (expires_at);
CREATE INDEX tickets_by_secret ON tickets (secret_hash);

-- What happened to the account, for its owner to see: kind, day, family of device. No address.
CREATE TABLE security_events (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    device TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX security_events_by_account ON security_events (account_id, at);
CREATE INDEX security_events_by_age ON security_events (at);

-- Mails that are to be sent. A sent one is deleted.
CREATE TABLE mails (
    id TEXT PRIMARY KEY,
    -- NULL: to somebody without an account.
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    template TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Recipient and the values of the text, as JSON. Sealed.
    sealed_letter BYTEA NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX mails_by_account ON mails (account_id);
CREATE INDEX mails_by_turn ON mails (next_at);
CREATE INDEX mails_by_expiry ON mails (expires_at);

-- What was taken of single-use proofs of work, until they would have expired.
CREATE TABLE spent_proofs (
    hash BYTEA PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE INDEX spent_proofs_by_expiry ON spent_proofs (expires_at);

-- The devices, by their keys' hash, that an account has said are its own: what a guest did there is the member's.
CREATE TABLE account_devices (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    principal TEXT NOT NULL UNIQUE,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, principal)
);

-- Link pages that a member looked at.
CREATE TABLE looked_at (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    page TEXT NOT NULL REFERENCES link_pages (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, page)
);

CREATE INDEX looked_at_by_age ON looked_at (account_id, at);
CREATE INDEX looked_at_by_page ON looked_at (page);

-- Who wants to hear when a host opens a room.
CREATE TABLE follows (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    host_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- Set once the person has confirmed by the mailed link that mails are wanted.
    mails_since BIGINT,
    followed_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, host_id)
);

CREATE INDEX follows_by_host ON follows (host_id);

-- What the pages tell a member.
CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- What it is about, as JSON.
    about TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT
);

CREATE INDEX notices_by_account ON notices (account_id, made_at);
CREATE INDEX notices_by_age ON notices (made_at);

-- The account that opened a room, so that its owner owns it on every device.
ALTER TABLE rooms ADD COLUMN account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL;
CREATE INDEX rooms_by_account ON rooms (account_id);
-- What a guest opened is the member's once the guest has become one.
CREATE INDEX rooms_by_host_key ON rooms (host_key_hash);
