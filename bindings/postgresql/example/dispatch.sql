-- SPDX-License-Identifier: MIT
-- A desk's table of calls: matched in one statement, and the doubtful ones with what to ask.
\pset footer off
CREATE TEMP TABLE call (id integer, said text, phone_lat float8, phone_lon float8);
INSERT INTO call VALUES
    (1, '二三三四五零四', 45.6765, 126.6275),
    (2, '二三三四五零四', 45.7500, 126.6500),
    (3, 'two three three four five zero', NULL, NULL),
    (4, '请快来', NULL, NULL);

-- What goes into the record: a place only where it is sure enough.
SELECT id, match_status, match_code, match_lat, match_lon, station_id, match_warnings
FROM call, LATERAL pole_match(said, phone_lat, phone_lon) ORDER BY id;

-- What the dispatcher asks next.
SELECT id, status, question, question_text
FROM call, LATERAL pole_resolve(said, phone_lat, phone_lon, language => 'en')
WHERE rank <= 1 ORDER BY id;

-- The street lamps around a phone.
SELECT code, street, round(distance_m::numeric, 1) AS metres FROM pole_near(45.6765, 126.6275, 3);
