-- SPDX-License-Identifier: MIT
-- Places to poles and stations. The oracle for all of them is a scan of the whole table.
\pset null '~'
CREATE TABLE poles AS
SELECT l.* FROM generate_series(0, 9999999) AS n, LATERAL (SELECT lpad(n::text, 7, '0') AS c) AS t,
     LATERAL pole_lookup(c) AS l WHERE pole_lat(c) IS NOT NULL;
SELECT count(*) FROM poles;

SELECT code, round(distance_m::numeric, 3) AS m, round(bearing_deg::numeric, 1) AS deg, street, station
FROM pole_near(45.6765, 126.6275, 3);
SELECT code FROM pole_near(45.6765, 126.6275, 100, 25);
SELECT count(*) FROM pole_near(0, 0, 5, 1000);

-- Within a radius: the nearest ones, all of them, in order.
SELECT count(*) AS within,
       count(*) FILTER (WHERE w.code = n.code AND w.distance_m = n.distance_m) AS as_nearest,
       max(w.distance_m) <= 500 AS inside
FROM (SELECT *, row_number() OVER () AS i FROM pole_within(45.6765, 126.6275, 500)) AS w
JOIN (SELECT *, row_number() OVER () AS i FROM pole_near(45.6765, 126.6275, 1024)) AS n USING (i);
SELECT code FROM pole_within(45.6765, 126.6275, 0);

-- A box against the table itself; a polygon of the same borders.
SELECT (SELECT array_agg(code) FROM pole_within_box(45.67, 126.62, 45.68, 126.63)) =
       (SELECT array_agg(code ORDER BY code) FROM poles
        WHERE lat BETWEEN 45.67 AND 45.68 AND lon BETWEEN 126.62 AND 126.63) AS box_as_scan,
       (SELECT array_agg(code) FROM pole_within_box(45.67, 126.62, 45.68, 126.63)) =
       (SELECT array_agg(code) FROM pole_within_polygon('{"type": "Feature", "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [[[126.62, 45.67], [126.63, 45.67],
        [126.63, 45.68], [126.62, 45.68], [126.62, 45.67]]]}}')) AS polygon_as_box;

SELECT role, chosen, id, name, round(distance_m::numeric, 1) AS m FROM pole_stations('2334504');
SELECT role, chosen, id, round(distance_m::numeric, 1) AS m FROM pole_stations(45.6765, 126.6275);
SELECT role, chosen, id, phone, "group" FROM pole_stations(45.6765, 126.6275, 'police', 3);
SELECT count(*) FROM pole_stations(45.6765, 126.6275, 'hospital');
SELECT round(distance_m::numeric, 1) AS m, station FROM pole_area_edge(45.6765, 126.6275, 1000);
SELECT * FROM pole_area_edge(45.6765, 126.6275, 1);

-- Wrong questions are errors.
SELECT * FROM pole_near(91, 0, 1);
SELECT * FROM pole_near('NaN', 0, 1);
SELECT * FROM pole_near(45, 126, 0);
SELECT * FROM pole_near(45, 126, 1025);
SELECT * FROM pole_within(45, 126, 'Infinity');
SELECT * FROM pole_within_polygon('{"type": "Polygon", "coordinates": []}');
SELECT * FROM pole_stations('9999999');
SELECT * FROM pole_stations('abc');
SELECT * FROM pole_stations('2334504', '无此县');
