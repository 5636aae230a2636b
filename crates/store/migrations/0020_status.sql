-- How many checks of a part of the service went well on a day, and how many did not. No row is about anybody.
CREATE TABLE status_days (
    -- The start of the day in UTC.
    day BIGINT NOT NULL,
    -- From a closed list: `rooms`, `links.deezer`.
    part TEXT NOT NULL,
    good BIGINT NOT NULL,
    bad BIGINT NOT NULL,
    PRIMARY KEY (day, part)
);
