-- What operators did to accounts. What tells them apart is a digest that names nobody.
CREATE TABLE operator_acts (
    id TEXT PRIMARY KEY,
    act TEXT NOT NULL,
    actor BYTEA,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    at BIGINT NOT NULL
);

CREATE INDEX operator_acts_by_account ON operator_acts (account_id);
CREATE INDEX operator_acts_by_age ON operator_acts (at);
