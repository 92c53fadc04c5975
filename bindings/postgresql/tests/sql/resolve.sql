-- SPDX-License-Identifier: MIT
-- Heard texts to poles: every row tells the status, the doubt and the question of its answer.
\pset null '~'

-- A bare code is exact, and is asked to be read back; its rivals do not pass as exact.
SELECT rank, status, code, round(confidence::numeric, 4) AS confidence,
       round(confidence_place::numeric, 4) AS place, warnings, question, edits, sample
FROM pole_resolve('二三三四五零四');
SELECT question_text, question_say FROM pole_resolve('2334504', language => 'en',
                                                     caller_language => 'ru') WHERE rank = 1;

-- A hint that agrees, and one that contradicts.
SELECT rank, status, code, corroborated_by, warnings, question,
       round(distance_to_hint_m::numeric, 1) AS hint_m
FROM pole_resolve('2334504', hint_lat => 45.6765, hint_lon => 126.6275, hint_radius_m => 300)
WHERE rank = 1;
SELECT rank, status, code, warnings, question
FROM pole_resolve('2334504', hint_lat => 45.75, hint_lon => 126.65, hint_radius_m => 200,
                  hint_level => 0.68) WHERE rank = 1;
SELECT evidence ->> 'crs' AS crs, evidence ->> 'given' AS given, evidence ->> 'agrees' AS agrees
FROM pole_resolve_json('2334504', hint_lat => 45.6786, hint_lon => 126.6335, hint_radius_m => 300,
                       hint_crs => 'gcj02') AS answer,
     jsonb_array_elements(answer -> 'evidence') AS evidence;

-- No code, an unknown one, a digit missing: a row that says so, and never no row.
SELECT rank, status, reason, code, lat, question FROM pole_resolve('hello');
SELECT rank, status, heard, code, question, question_digit FROM pole_resolve('two three three four five zero');
SELECT count(*) FROM pole_resolve(NULL);

-- Other evidence.
SELECT rank, status, corroborated_by FROM pole_resolve('2334504', street => '红旗街') WHERE rank = 1;
SELECT rank, status, corroborated_by FROM pole_resolve('2334504', also => '2334502') WHERE rank = 1;
SELECT rank, status, corroborated_by FROM pole_resolve('2334504', district => '南岗区') WHERE rank = 1;
SELECT rank, status, code, corroborated_by FROM pole_resolve('2334504', digits => '??33???') WHERE rank = 1;
SELECT rank, status, code, warnings
FROM pole_resolve('2334504', box => ARRAY[45.66, 126.63, 45.67, 126.64]) WHERE rank <= 1;
SELECT rank, status, code
FROM pole_resolve('2334504', polygon => '{"type": "Polygon", "coordinates":
    [[[126.62, 45.67], [126.63, 45.67], [126.63, 45.68], [126.62, 45.68], [126.62, 45.67]]]}')
WHERE rank = 1;
SELECT rank, status, heard, code
FROM pole_resolve('2334504', others => ARRAY['2334501'], weights => ARRAY[0.6, 0.4]) WHERE rank <= 2;
SELECT count(*) FROM pole_resolve('2334504', max_candidates => 10);
SELECT answer -> 'engine' ->> 'channel' AS channel, answer ->> 'status' AS status
FROM pole_resolve_json('2334504', channel => 'heavy') AS answer;
SELECT status FROM pole_resolve('2334504', clean => 0.28) WHERE rank = 1;

-- Evidence that cannot be used is an error, not dropped.
SELECT * FROM pole_resolve('2334504', hint_lat => 45.6);
SELECT * FROM pole_resolve('2334504', hint_lat => 'NaN', hint_lon => 126.6);
SELECT * FROM pole_resolve('2334504', hint_lat => 45.6, hint_lon => 126.6, hint_radius_m => -1);
SELECT * FROM pole_resolve('2334504', hint_lat => 45.6, hint_lon => 126.6, hint_crs => 'EPSG:4530');
SELECT * FROM pole_resolve('2334504', scope => '无此县');
SELECT * FROM pole_resolve('2334504', digits => '12x');
SELECT * FROM pole_resolve('2334504', box => ARRAY[1.0, 2.0]);
SELECT * FROM pole_resolve('2334504', polygon => '{"type": "Point", "coordinates": [1, 2]}');
SELECT * FROM pole_resolve('2334504', polygon => '[1]');
SELECT * FROM pole_resolve('2334504', polygon => '{"type": "Polygon", "coordinates": []}');
SELECT * FROM pole_resolve('2334504', polygon => '{"type": "Polygon", "coordinates": [[]]}');
SELECT * FROM pole_resolve('2334504', polygon => '{"type": "MultiPolygon", "coordinates": []}');
SELECT * FROM pole_resolve('2334504', polygon => '{}');
SELECT * FROM pole_resolve('2334504', polygon => 'null');
SELECT * FROM pole_resolve('2334504', channel => 'loud');
SELECT * FROM pole_resolve('2334504', clean => 1.5);
SELECT * FROM pole_resolve('2334504', caller_language => 'fr');
SELECT * FROM pole_resolve('2334504', language => 'ru');
SELECT * FROM pole_resolve('2334504', weights => ARRAY[1.0, 2.0]);

-- One row a call, with a place only where it is sure enough.
CREATE TABLE heard (id integer, said text, lat float8, lon float8);
INSERT INTO heard VALUES (1, '2334504', NULL, NULL), (2, '二三三四五零', NULL, NULL),
    (3, NULL, NULL, NULL), (4, '9999999', NULL, NULL), (5, '2334504', 45.75, 126.65),
    (6, '2334504', 45.75, NULL), (7, '请快来', NULL, NULL);
SELECT h.id, m.match_status, m.match_code, m.match_lat, m.match_lon, m.station_id, m.station_phone, m.match_warnings,
       m.reason, m.evidence_bad
FROM heard AS h, LATERAL pole_match(h.said, h.lat, h.lon) AS m ORDER BY h.id;

-- Two poles seen.
SELECT relation, first_code, second_code, round(distance_m::numeric, 3) AS m, same_street, same_side,
       poles_between, warnings FROM pole_between('2334504', '2334502');
SELECT relation, first_code, second_code, middle_lat, poles_between FROM pole_between('2334504', '7041215');
SELECT relation, first_code, second_code, distance_m FROM pole_between('2334504', 'nothing');
SELECT pole_between_json('2334504', '2334502') ->> 'relation' AS relation;
SELECT * FROM pole_between('2334504', '2334502', '无此县');
