-- How much happened on a day. No row is about anybody: families of devices are from closed lists.
CREATE TABLE day_counts (
    -- The start of the day in UTC.
    day BIGINT NOT NULL,
    what TEXT NOT NULL,
    -- Which family of browser on which family of system, or nothing.
    family TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, what, family)
);

-- Failures by the random reference that the person was shown.
CREATE TABLE errors (
    reference TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    -- What the log says of it, which names nobody.
    what TEXT NOT NULL,
    -- When somebody looked at it last.
    shown_at BIGINT
);

CREATE INDEX errors_by_time ON errors (at);
