-- SPDX-License-Identifier: MIT
-- Poles as geometry, and geometry as the place to look around, in a schema of its own.
\pset null '~'
CREATE SCHEMA gis;
CREATE SCHEMA poles;
CREATE EXTENSION postgis SCHEMA gis;
CREATE EXTENSION polelookup SCHEMA poles;
CREATE EXTENSION polelookup_postgis SCHEMA poles;
-- No search_path is needed to run them.
SELECT gis.ST_AsText(poles.pole_geometry('2334504')) AS wkt, gis.ST_SRID(poles.pole_geometry('2334504')) AS srid,
       poles.pole_geometry('9999999') AS absent, poles.pole_geometry('2334504', '无此县') AS elsewhere;
SELECT code, round(distance_m::numeric, 3) AS m
FROM poles.pole_near(gis.ST_SetSRID(gis.ST_MakePoint(126.6275, 45.6765), 4326), 3);
SELECT code FROM poles.pole_near(gis.ST_Transform(
    gis.ST_SetSRID(gis.ST_MakePoint(126.6275, 45.6765), 4326), 32652), 3);
SELECT (SELECT array_agg(code) FROM poles.pole_within_polygon(gis.ST_MakeEnvelope(126.62, 45.67, 126.63, 45.68, 4326)))
     = (SELECT array_agg(code) FROM poles.pole_within_box(45.67, 126.62, 45.68, 126.63)) AS polygon_as_box;
SELECT * FROM poles.pole_near(gis.ST_MakePoint(126.6275, 45.6765), 1);
-- Distances agree with PostGIS's own geodesic.
SELECT count(*) AS poles, max(abs(distance_m - gis.ST_Distance(poles.pole_geometry(code)::gis.geography,
    gis.ST_SetSRID(gis.ST_MakePoint(126.6275, 45.6765), 4326)::gis.geography))) < 1e-4 AS agree
FROM poles.pole_within(45.6765, 126.6275, 500);
DROP EXTENSION polelookup CASCADE;
DROP EXTENSION postgis;
DROP SCHEMA gis, poles;
