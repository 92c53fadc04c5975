-- SPDX-License-Identifier: MIT
-- Lamp poles as geometry: WGS 84 (SRID 4326), longitude first, as PostGIS has it. The bodies are
-- read when the extension is created: they do not depend on a search_path.
\echo Use "CREATE EXTENSION polelookup_postgis" to load this file. \quit

-- Null where no pole has the code, or several have: pole_status() says which.
CREATE FUNCTION pole_geometry(code text) RETURNS geometry
    LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 120
    RETURN ST_SetSRID(ST_MakePoint(pole_lon(code), pole_lat(code)), 4326);
CREATE FUNCTION pole_geometry(code text, scope text) RETURNS geometry
    LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 120
    RETURN ST_SetSRID(ST_MakePoint(pole_lon(code, scope), pole_lat(code, scope)), 4326);

-- A geometry of another SRID is transformed; one of none (0) is an error of ST_Transform.
CREATE FUNCTION pole_near(at geometry, k integer) RETURNS SETOF pole_hit
    LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 2500 ROWS 10
BEGIN ATOMIC
    SELECT (hit).*
    FROM (SELECT pole_near(ST_Y(ST_Transform(at, 4326)), ST_X(ST_Transform(at, 4326)), k) AS hit) h;
END;
CREATE FUNCTION pole_within_polygon(area geometry) RETURNS SETOF pole_place
    LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 5000 ROWS 100
BEGIN ATOMIC
    SELECT (place).*
    FROM (SELECT pole_within_polygon(ST_AsGeoJSON(ST_Transform(area, 4326), 9)::jsonb) AS place) p;
END;
