-- One page for one piece of music. Nothing here says who asked for it.
-- The link that led here first is kept in parts: platform, kind, item (its id there), storefront, album.
CREATE TABLE link_pages (
    id TEXT PRIMARY KEY,
    same_as TEXT,
    platform TEXT NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    storefront TEXT,
    album TEXT,
    piece TEXT NOT NULL,
    art TEXT,
    views BIGINT NOT NULL,
    refreshed_at BIGINT NOT NULL,
    refresh_tried_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL
);

CREATE INDEX link_pages_by_opening ON link_pages (opened_at);
CREATE INDEX link_pages_by_refresh ON link_pages (refreshed_at);

-- The links that lead to a page: those that were pasted, and the matches that are sure. One link, one page.
CREATE TABLE link_ways (
    platform TEXT NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    storefront TEXT NOT NULL,
    page TEXT NOT NULL REFERENCES link_pages (id) ON DELETE CASCADE,
    is_pasted BOOLEAN NOT NULL,
    PRIMARY KEY (platform, kind, item, storefront)
);

CREATE INDEX link_ways_by_page ON link_ways (page);

-- What one platform has of a page's piece. Without an item: it was asked and has nothing.
CREATE TABLE link_matches (
    page TEXT NOT NULL REFERENCES link_pages (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    item TEXT,
    storefront TEXT,
    album TEXT,
    verdict TEXT,
    provider TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    PRIMARY KEY (page, platform)
);

-- Matches set by hand, laid over those found. The highest step counts; undoing takes it away.
CREATE TABLE link_corrections (
    page TEXT NOT NULL REFERENCES link_pages (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    step BIGINT NOT NULL,
    item TEXT NOT NULL,
    storefront TEXT,
    album TEXT,
    verdict TEXT NOT NULL,
    PRIMARY KEY (page, platform, step)
);

-- Pictures of pages, made anew from the provider's.
CREATE TABLE link_art (
    page TEXT NOT NULL REFERENCES link_pages (id) ON DELETE CASCADE,
    width BIGINT NOT NULL,
    jpeg BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (page, width)
);

CREATE INDEX link_art_by_age ON link_art (made_at);
