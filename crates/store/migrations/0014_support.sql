-- What people wrote to whoever runs the installation, and the answers. A thread's id is all it takes to see and to
-- delete it, so that nobody needs an account for either.
CREATE TABLE support_threads (
    id TEXT PRIMARY KEY,
    -- What the person may quote. It opens nothing.
    reference TEXT NOT NULL UNIQUE,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    -- Where the answer goes, for those without an account.
    contact TEXT,
    topic TEXT NOT NULL,
    language TEXT NOT NULL,
    -- The server's address as the person knows it, for the link in the answer.
    origin TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);

CREATE INDEX support_threads_by_account ON support_threads (account_id);
CREATE INDEX support_threads_by_closing ON support_threads (closed_at, opened_at);

CREATE TABLE support_messages (
    id TEXT PRIMARY KEY,
    thread_id TEXT NOT NULL REFERENCES support_threads (id) ON DELETE CASCADE,
    is_answer BOOLEAN NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX support_messages_by_thread ON support_messages (thread_id, at);
