-- SPDX-License-Identifier: MIT
-- Codes to poles: what is found, and that what is not found is told apart and is never a place.
CREATE EXTENSION polelookup;
\pset null '~'
SET timezone = 'UTC';
SET datestyle = 'ISO';

-- The pole of a code, however it is written.
SELECT code, scope, lat, lon, street, district, state, station, station_name, station_role,
       round(station_distance_m::numeric, 3) AS station_m, surveyed, sample
FROM pole_lookup('2334504');
SELECT code FROM pole_lookup('233-4504') UNION ALL SELECT code FROM pole_lookup('２３３４５０４');
SELECT pole_code('233-4504'), pole_code('233450'), pole_format('2334504');

-- A status for each kind of failure, and nothing that looks like a place.
SELECT c, pole_status(c), pole_lat(c), pole_lon(c), pole_point(c), pole_station(c),
       pole_confidence(c), (SELECT count(*) FROM pole_lookup(c)) AS rows
FROM unnest(ARRAY['2334504', '9999999', '233450', '02334504', 'abc', '']) AS c;
SELECT pole_status('2334504', ''), pole_status('2334504', '无此县'), pole_lat('2334504', '');
SELECT pole_lat(NULL), pole_status(NULL), (SELECT count(*) FROM pole_lookup(NULL)) AS rows;

-- One value and whole rows agree over a stretch of the table.
SELECT count(*) AS poles, count(*) FILTER (WHERE l.lat = pole_lat(c) AND l.lon = pole_lon(c)
                                             AND l.station = pole_station(c) AND l.state = pole_status(c)
                                             AND (pole_point(c))[0] = l.lon) AS agree
FROM generate_series(2330000, 2339999) AS n, LATERAL (SELECT n::text AS c) AS t,
     LATERAL pole_lookup(c) AS l;

-- Arrays: a row for each element, whatever it is, with its number.
SELECT number, code, match, lat, lon, station, round(confidence::numeric, 4) AS confidence,
       round(confidence_place::numeric, 4) AS place
FROM pole_lookup_many(ARRAY['2334504', NULL, 'x', '9999999', '2334504']) ORDER BY number;
SELECT count(*) FROM pole_lookup_many('{}');
-- A place and a station only where the code alone is sure enough, or where the guess is asked for.
SELECT count(*), count(*) FILTER (WHERE m.lat IS NOT DISTINCT FROM pole_lat(m.code)
    AND m.station IS NOT DISTINCT FROM pole_station(m.code)
    AND m.confidence IS NOT DISTINCT FROM pole_confidence(m.code)) AS agree
FROM pole_lookup_many(ARRAY(SELECT n::text FROM generate_series(2330000, 2339999) AS n), true) AS m;
SELECT match, count(*), count(m.lat) AS lat, count(m.lon) AS lon, count(station) AS station,
       count(pole_lat(m.code)) AS found, count(confidence) AS confidence
FROM pole_lookup_many(ARRAY(SELECT n::text FROM generate_series(2330000, 2339999) AS n)) AS m
GROUP BY match ORDER BY match;
SELECT guess, match, count(m.lat) AS lat, count(m.lon) AS lon, count(station) AS station,
       count(pole_lat(m.code, '')) AS found
FROM (VALUES (false), (true)) AS g (guess),
     LATERAL pole_lookup_many(ARRAY(SELECT n::text FROM generate_series(2330000, 2339999) AS n), '',
                              best_guess => guess) AS m
GROUP BY guess, match ORDER BY guess, match;
SELECT * FROM pole_lookup_many('{2334504}', '无此县');

-- Another owner's number.
SELECT a.code, a.alias, a.alias_owner FROM pole_alias(' 381444 ') AS a;
SELECT count(*) FROM pole_alias('no such number');

-- The table that SQL sees holds a parallel plan, with and without an aggregate.
CREATE TABLE calls (code text NOT NULL);
INSERT INTO calls SELECT n::text FROM generate_series(2000001, 2300000) AS n;
ANALYZE calls;
EXPLAIN (COSTS OFF) SELECT count(pole_lat(code)) FROM calls;
EXPLAIN (COSTS OFF) SELECT code, pole_lat(code), pole_lon(code) FROM calls;
EXPLAIN (COSTS OFF) SELECT m.match_status, count(*)
FROM calls AS c, LATERAL pole_match(c.code) AS m GROUP BY 1;
SELECT count(pole_lat(code)) AS parallel FROM calls;
SET max_parallel_workers_per_gather = 0;
SELECT count(pole_lat(code)) AS serial FROM calls;
RESET max_parallel_workers_per_gather;

-- What the index is.
SELECT id, name, sample, poles, stations, areas, scopes, code_lengths, data_date, rows_refused, format
FROM pole_index_info();
SELECT pole_index_json() -> 'index' ->> 'id' = (SELECT id FROM pole_index_info()) AS same_id;
SELECT jsonb_object_keys(pole_describe('2334504'));
SELECT pole_describe('9999999');
