-- SPDX-License-Identifier: MIT
-- The functions of polelookup. Those that take no optional evidence are STRICT; pole_match(),
-- pole_resolve() and pole_resolve_json() are not, since a null there is evidence that is not known.
-- Costs are in units of about 10 ns, measured by tests/bench.py, but at least 60: a plan whose rows
-- all go to the leader gains by workers only above that.
\echo Use "CREATE EXTENSION polelookup" to load this file. \quit

-- A pole of the table. A null is not known; scope '' is the city's urban districts; the station is
-- the one to send (responsible, else coded, else nearest).
CREATE TYPE pole_place AS (
    code text, scope text, lat float8, lon float8, street text, district text, state text,
    successor text, station text, station_name text, station_phone text, station_role text,
    station_distance_m float8, note text, alias text, alias_owner text, surveyed date,
    sample boolean);
CREATE TYPE pole_hit AS (
    code text, scope text, lat float8, lon float8, street text, district text, state text,
    successor text, station text, station_name text, station_phone text, station_role text,
    station_distance_m float8, note text, alias text, alias_owner text, surveyed date,
    sample boolean, distance_m float8, bearing_deg float8);
CREATE TYPE pole_station_hit AS (
    role text, chosen boolean, id text, name text, kind text, phone text, "group" text,
    district text, lat float8, lon float8, distance_m float8, bearing_deg float8, sample boolean);

-- One value a row. Null where no pole has the code, or several have: pole_status() says which
-- (not_found, several, malformed_code); of a pole it says how it stands: active, moved, removed.
CREATE FUNCTION pole_lat(code text) RETURNS float8
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_lat';
CREATE FUNCTION pole_lat(code text, scope text) RETURNS float8
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_lat';
CREATE FUNCTION pole_lon(code text) RETURNS float8
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_lon';
CREATE FUNCTION pole_lon(code text, scope text) RETURNS float8
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_lon';
CREATE FUNCTION pole_point(code text) RETURNS point
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_point';
CREATE FUNCTION pole_point(code text, scope text) RETURNS point
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_point';
CREATE FUNCTION pole_status(code text) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_status';
CREATE FUNCTION pole_status(code text, scope text) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_status';
CREATE FUNCTION pole_station(code text) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_station';
CREATE FUNCTION pole_station(code text, scope text) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_station';
CREATE FUNCTION pole_confidence(code text) RETURNS float8
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_confidence';
CREATE FUNCTION pole_confidence(code text, scope text) RETURNS float8
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_confidence';
CREATE FUNCTION pole_confidence_place(code text) RETURNS float8
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_confidence_place';
CREATE FUNCTION pole_confidence_place(code text, scope text) RETURNS float8
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_confidence_place';
CREATE FUNCTION pole_format(code text) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_format';
CREATE FUNCTION pole_format(code text, scope text) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_format';

-- The digits of a written code ("2334-504"), null when it is none of this index.
CREATE FUNCTION pole_code(code text) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 60
    AS 'MODULE_PATHNAME', 'pgpole_code';

-- The poles of a code, one a scope that has it; of another owner's number.
CREATE FUNCTION pole_lookup(code text) RETURNS SETOF pole_place
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 500 ROWS 1
    AS 'MODULE_PATHNAME', 'pgpole_lookup';
CREATE FUNCTION pole_lookup(code text, scope text) RETURNS SETOF pole_place
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 500 ROWS 1
    AS 'MODULE_PATHNAME', 'pgpole_lookup';
CREATE FUNCTION pole_alias(alias text) RETURNS SETOF pole_place
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 500 ROWS 1
    AS 'MODULE_PATHNAME', 'pgpole_alias';

-- A whole array at once: a row for each element, numbered as in the array. match: exact, ambiguous,
-- unknown, as pole_resolve() answers for a bare code; none where the index's stored doubts do not
-- decide: resolve these; no_code. What is not exact has no place and no station, unless best_guess
-- asks for what the code alone names, sure or not.
CREATE FUNCTION pole_lookup_many(codes text[], best_guess boolean DEFAULT false) RETURNS TABLE (number integer, code text, match text, lat float8, lon float8,
    station text, confidence float8, confidence_place float8, sample boolean)
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000
    AS 'MODULE_PATHNAME', 'pgpole_lookup_many';
CREATE FUNCTION pole_lookup_many(codes text[], scope text, best_guess boolean DEFAULT false) RETURNS TABLE (number integer, code text, match text, lat float8, lon float8,
    station text, confidence float8, confidence_place float8, sample boolean)
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000
    AS 'MODULE_PATHNAME', 'pgpole_lookup_many';

-- All that is known of one pole, as `polelookup near --json` tells it.
CREATE FUNCTION pole_describe(code text) RETURNS jsonb
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'pgpole_describe';
CREATE FUNCTION pole_describe(code text, scope text) RETURNS jsonb
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'pgpole_describe';

-- Poles around a place, in order of distance; in a box or polygon (GeoJSON), in order of code.
CREATE FUNCTION pole_near(lat float8, lon float8, k integer) RETURNS SETOF pole_hit
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 2000 ROWS 10
    AS 'MODULE_PATHNAME', 'pgpole_near';
CREATE FUNCTION pole_near(lat float8, lon float8, k integer, max_m float8) RETURNS SETOF pole_hit
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 2000 ROWS 10
    AS 'MODULE_PATHNAME', 'pgpole_near';
CREATE FUNCTION pole_within(lat float8, lon float8, radius_m float8) RETURNS SETOF pole_hit
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5000 ROWS 100
    AS 'MODULE_PATHNAME', 'pgpole_within';
CREATE FUNCTION pole_within_box(south float8, west float8, north float8, east float8) RETURNS SETOF pole_place
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5000 ROWS 100
    AS 'MODULE_PATHNAME', 'pgpole_within_box';
CREATE FUNCTION pole_within_polygon(area jsonb) RETURNS SETOF pole_place
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5000 ROWS 100
    AS 'MODULE_PATHNAME', 'pgpole_within_polygon';

-- Stations of a pole (an error when there is none, or several) or of a place.
CREATE FUNCTION pole_stations(code text) RETURNS SETOF pole_station_hit
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 500 ROWS 3
    AS 'MODULE_PATHNAME', 'pgpole_stations_of';
CREATE FUNCTION pole_stations(code text, scope text) RETURNS SETOF pole_station_hit
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 500 ROWS 3
    AS 'MODULE_PATHNAME', 'pgpole_stations_of';
CREATE FUNCTION pole_stations(lat float8, lon float8) RETURNS SETOF pole_station_hit
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5000 ROWS 3
    AS 'MODULE_PATHNAME', 'pgpole_stations_at';
CREATE FUNCTION pole_stations(lat float8, lon float8, kind text) RETURNS SETOF pole_station_hit
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5000 ROWS 3
    AS 'MODULE_PATHNAME', 'pgpole_stations_at';
CREATE FUNCTION pole_stations(lat float8, lon float8, kind text, nearest integer) RETURNS SETOF pole_station_hit
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5000 ROWS 3
    AS 'MODULE_PATHNAME', 'pgpole_stations_at';
CREATE FUNCTION pole_area_edge(lat float8, lon float8, max_m float8, OUT distance_m float8, OUT station text) RETURNS record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5000
    AS 'MODULE_PATHNAME', 'pgpole_area_edge';

-- From what was heard. Evidence that is null is not known.
CREATE FUNCTION pole_match(
    heard text, hint_lat float8 DEFAULT NULL, hint_lon float8 DEFAULT NULL,
    hint_radius_m float8 DEFAULT NULL, hint_level float8 DEFAULT NULL, hint_crs text DEFAULT NULL,
    street text DEFAULT NULL, district text DEFAULT NULL, scope text DEFAULT NULL,
    also text DEFAULT NULL,
    OUT match_status text, OUT match_code text, OUT match_scope text, OUT match_lat float8,
    OUT match_lon float8, OUT match_street text, OUT match_confidence float8,
    OUT match_confidence_place float8, OUT match_no_pole float8, OUT station_id text,
    OUT station_name text, OUT station_phone text, OUT station_role text,
    OUT station_distance_m float8,
    OUT match_warnings text[], OUT reason text, OUT evidence_bad boolean, OUT sample boolean) RETURNS record
    LANGUAGE C STABLE PARALLEL SAFE COST 2000
    AS 'MODULE_PATHNAME', 'pgpole_match';
CREATE TYPE pole_candidate AS (
    rank integer, status text, heard text, reason text, confidence float8,
    confidence_place float8, no_pole float8, warnings text[], corroborated_by text[],
    question text, question_digit integer, question_text text, question_say text,
    matched text, code text, scope text, lat float8, lon float8, radius_m float8, street text,
    district text, state text, successor text, station text, station_name text,
    station_phone text, station_role text, station_distance_m float8, edits text[],
    distance_to_hint_m float8, distance_to_first_m float8, far_code text, far_scope text,
    far_confidence float8, far_distance_m float8, sample boolean);
CREATE FUNCTION pole_resolve(
    heard text, hint_lat float8 DEFAULT NULL, hint_lon float8 DEFAULT NULL,
    hint_radius_m float8 DEFAULT NULL, hint_level float8 DEFAULT NULL, hint_crs text DEFAULT NULL,
    street text DEFAULT NULL, district text DEFAULT NULL, scope text DEFAULT NULL,
    also text DEFAULT NULL, later text DEFAULT NULL, digits text DEFAULT NULL,
    box float8[] DEFAULT NULL, polygon jsonb DEFAULT NULL, clean float8 DEFAULT NULL,
    near_m float8 DEFAULT NULL, channel text DEFAULT NULL, caller_language text DEFAULT NULL,
    language text DEFAULT NULL, max_candidates integer DEFAULT NULL, others text[] DEFAULT NULL,
    weights float8[] DEFAULT NULL) RETURNS SETOF pole_candidate
    LANGUAGE C STABLE PARALLEL SAFE COST 10000 ROWS 3
    AS 'MODULE_PATHNAME', 'pgpole_resolve';
CREATE FUNCTION pole_resolve_json(
    heard text, hint_lat float8 DEFAULT NULL, hint_lon float8 DEFAULT NULL,
    hint_radius_m float8 DEFAULT NULL, hint_level float8 DEFAULT NULL, hint_crs text DEFAULT NULL,
    street text DEFAULT NULL, district text DEFAULT NULL, scope text DEFAULT NULL,
    also text DEFAULT NULL, later text DEFAULT NULL, digits text DEFAULT NULL,
    box float8[] DEFAULT NULL, polygon jsonb DEFAULT NULL, clean float8 DEFAULT NULL,
    near_m float8 DEFAULT NULL, channel text DEFAULT NULL, caller_language text DEFAULT NULL,
    language text DEFAULT NULL, max_candidates integer DEFAULT NULL, others text[] DEFAULT NULL,
    weights float8[] DEFAULT NULL) RETURNS jsonb
    LANGUAGE C STABLE PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'pgpole_resolve_json';

-- Two poles seen from one spot.
CREATE FUNCTION pole_between(first text, second text,
    OUT relation text, OUT first_code text, OUT first_scope text, OUT first_confidence float8,
    OUT second_code text, OUT second_scope text, OUT second_confidence float8,
    OUT distance_m float8, OUT bearing_deg float8, OUT same_street boolean, OUT same_side boolean,
    OUT side_deg float8, OUT poles_between integer, OUT middle_lat float8, OUT middle_lon float8,
    OUT radius_m float8, OUT warnings text[], OUT sample boolean) RETURNS record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20000
    AS 'MODULE_PATHNAME', 'pgpole_between';
CREATE FUNCTION pole_between(first text, second text, scope text,
    OUT relation text, OUT first_code text, OUT first_scope text, OUT first_confidence float8,
    OUT second_code text, OUT second_scope text, OUT second_confidence float8,
    OUT distance_m float8, OUT bearing_deg float8, OUT same_street boolean, OUT same_side boolean,
    OUT side_deg float8, OUT poles_between integer, OUT middle_lat float8, OUT middle_lon float8,
    OUT radius_m float8, OUT warnings text[], OUT sample boolean) RETURNS record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20000
    AS 'MODULE_PATHNAME', 'pgpole_between';
CREATE FUNCTION pole_between_json(first text, second text) RETURNS jsonb
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20000
    AS 'MODULE_PATHNAME', 'pgpole_between_json';
CREATE FUNCTION pole_between_json(first text, second text, scope text) RETURNS jsonb
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20000
    AS 'MODULE_PATHNAME', 'pgpole_between_json';

-- The index that this statement reads.
CREATE FUNCTION pole_index_info(
    OUT id text, OUT name text, OUT sample boolean, OUT poles integer, OUT stations integer,
    OUT areas integer, OUT scopes text[], OUT code_lengths integer[], OUT built_at timestamptz,
    OUT data_date timestamptz, OUT south float8, OUT west float8, OUT north float8,
    OUT east float8, OUT rows_refused bigint, OUT file_bytes bigint, OUT format text,
    OUT library text) RETURNS record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'pgpole_index_info';
CREATE FUNCTION pole_index_json() RETURNS jsonb
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'pgpole_index_json';

-- This session's next statement opens the index anew, even if the file looks the same. (A file that
-- was replaced is noticed without it.)
CREATE FUNCTION pole_reload() RETURNS void
    LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 100
    AS 'MODULE_PATHNAME', 'pgpole_reload';
