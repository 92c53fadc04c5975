-- SPDX-License-Identifier: MIT
-- Every function's promises to the planner.
SELECT p.proname, provolatile AS volatile, proisstrict AS strict, proparallel AS parallel, procost AS cost
FROM pg_proc AS p JOIN pg_depend AS d ON d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'polelookup'
WHERE d.classid = 'pg_proc'::regclass
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 5;
-- It goes without a trace.
DROP EXTENSION polelookup;
SELECT count(*) FROM pg_proc WHERE proname LIKE 'pole\_%';
SELECT count(*) FROM pg_type WHERE typname LIKE 'pole\_%';
