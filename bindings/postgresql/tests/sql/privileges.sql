-- SPDX-License-Identifier: MIT
-- Which file is read is a superuser's choice; a plain user can neither choose one nor learn of one.
\set SHOW_CONTEXT never
CREATE ROLE plain LOGIN;
GRANT SELECT ON calls TO plain;
\getenv folder POLELOOKUP_TEST_INDEX

-- Before the library is loaded, any name with a dot can be set: it must not survive the loading.
\c - plain
SET polelookup.index = '/etc/passwd';
SELECT pole_status('2334504');
SELECT current_user, pole_lat('2334504') IS NOT NULL AS finds;
-- Workers of a plain user's statement are told the leader's index, too.
EXPLAIN (COSTS OFF) SELECT count(pole_lat(code)) FROM calls;
SELECT count(pole_lat(code)) FROM calls;

-- Nor afterwards, by any way of setting.
SET polelookup.index = '/etc/passwd';
SET LOCAL polelookup.index = '/etc/passwd';
SELECT set_config('polelookup.index', '/etc/passwd', false);
SET polelookup.leader_index = 'x';
ALTER ROLE plain SET polelookup.index = '/etc/passwd';
CREATE FUNCTION pg_temp.f() RETURNS text LANGUAGE SQL SET polelookup.index = '/etc/passwd'
    AS $$SELECT pole_status('2334504')$$;
SHOW polelookup.index;
SET polelookup.anything = '1';

-- A superuser may; what a plain user then sees of a failure names no file.
\c - postgres
LOAD 'polelookup';
SET polelookup.index = 'city.plx';
SET polelookup.index = '/nonexistent/city.plx';
SELECT pole_status('2334504');
SET ROLE plain;
SELECT pole_status('2334504');
RESET ROLE;
SET polelookup.index = '/etc/passwd';
SET ROLE plain;
SELECT pole_status('2334504');
SELECT count(pole_lat(code)) FROM calls;
RESET ROLE;
SET polelookup.index = '/etc';
SET ROLE plain;
SELECT pole_status('2334504');
RESET ROLE;
SET polelookup.index = '';
SELECT pole_status('2334504');

-- A failure is no end: the right path works in the same session.
SELECT :'folder' || '/city.plx' AS path \gset
SET polelookup.index = :'path';
SELECT pole_status('2334504');
GRANT SET ON PARAMETER polelookup.index TO plain;
\c - plain
SELECT pole_status('2334504');
SET polelookup.index = '/nonexistent/granted.plx';
SELECT pole_status('2334504');
\c - postgres
DROP OWNED BY plain;
DROP ROLE plain;
