-- What a person wrote with a request, until it is answered.
ALTER TABLE requests ADD COLUMN message TEXT;
