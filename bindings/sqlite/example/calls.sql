-- SPDX-License-Identifier: MIT
-- An evening's calls against the sample city, for the shell of SQLite:
--     sqlite3 < calls.sql
-- with polelookup.so and sample.plx beside it. The sample's places and stations are inventions.
.load ./polelookup
.mode list
.headers on
SELECT json_extract(pole_open('sample.plx'), '$.poles') AS poles;

-- A log: what was said, where the phone was, what street was named.
CREATE TABLE calls(id INTEGER PRIMARY KEY, said TEXT, phone_lat REAL, phone_lon REAL, street TEXT);
INSERT INTO calls(said, phone_lat, phone_lon, street) VALUES
  ('2334504', NULL, NULL, NULL),
  ('气二三是五六七', NULL, NULL, NULL),
  ('一二三四五六七', 45.7000, 126.5800, NULL),
  ('his wallet is gone', NULL, NULL, NULL),
  (NULL, NULL, NULL, NULL);

-- One row a call, and a place only where it is sure enough: doubt stays visible.
SELECT c.id, m.status, m.code, round(m.confidence, 3) AS confidence, m.station_id, m.warnings
  FROM calls c JOIN pole_match(c.said, c.phone_lat, c.phone_lon, 200) m ORDER BY c.id;

-- What the third call can mean, and what to ask: a row a place, none of them certain.
SELECT r.status, r.candidate, r.code, round(r.confidence, 3) AS confidence, r.question, r.say
  FROM calls c JOIN pole_resolve(c.said, c.phone_lat, c.phone_lon, 200) r
 WHERE c.id = 3 AND r.caller_language = 'en';

-- Codes that are known to be codes: a status, and NULL where there is no pole.
SELECT value AS code, pole_status(value) AS status, pole_lat(value) AS lat, pole_station(value) AS station
  FROM json_each('["2334504", "9999999", "23345", null]');

-- Around the phone, and who answers there.
SELECT code, round(distance_m) AS metres FROM pole_near(45.7864, 126.6269, 3);
SELECT role, id, chosen, round(distance_m) AS metres FROM pole_stations_at(45.7864, 126.6269);

-- Two poles read from one spot check each other.
SELECT relation, round(distance_m) AS metres, poles_between FROM pole_between('1234565', '1234569');
