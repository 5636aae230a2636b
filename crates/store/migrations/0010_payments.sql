-- What an account is called at the payment service, and whether what it has bought is to be asked for there.
CREATE TABLE payment_customers (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    customer TEXT NOT NULL UNIQUE,
    -- How often it was wished that the service be asked, and up to which wish it has answered.
    wished BIGINT NOT NULL,
    met BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    -- When the last answer was asked for.
    asked_at BIGINT NOT NULL
);

CREATE INDEX payment_customers_by_turn ON payment_customers (next_at);
CREATE INDEX payment_customers_by_answer ON payment_customers (asked_at);

-- What an account has bought, as the payment service told it last.
CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    period_end BIGINT NOT NULL,
    ends_with_period BOOLEAN NOT NULL,
    price TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);

CREATE INDEX subscriptions_by_account ON subscriptions (account_id);

-- What an operator has given.
CREATE TABLE gifts (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    ends_at BIGINT NOT NULL,
    given_at BIGINT NOT NULL
);

-- A purchase under way, one for each account: two pages that begin one at once begin the same.
CREATE TABLE checkouts (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    idempotency_key TEXT NOT NULL,
    price TEXT NOT NULL,
    -- The payment service's name of its page, once there is one.
    page TEXT,
    begun_at BIGINT NOT NULL
);

CREATE INDEX checkouts_by_time ON checkouts (begun_at);

-- The events of the payment service that were heard, so that each counts once. Nothing of what they said is kept.
CREATE TABLE payment_events (
    id TEXT PRIMARY KEY,
    received_at BIGINT NOT NULL
);

CREATE INDEX payment_events_by_time ON payment_events (received_at);

-- Customers that the payment service is still to be told to forget, since whoever they were has left.
CREATE TABLE farewells (
    customer TEXT PRIMARY KEY,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    begun_at BIGINT NOT NULL
);

CREATE INDEX farewells_by_turn ON farewells (next_at);
