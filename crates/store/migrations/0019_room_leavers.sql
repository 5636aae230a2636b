-- Who has left a room stays findable there for as long as what was told of them is kept, so that it can be erased.

-- NULL: the state holds something of them.
ALTER TABLE room_people ADD COLUMN gone_at BIGINT;

CREATE INDEX room_people_by_going ON room_people (gone_at);
