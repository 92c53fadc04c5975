/* SPDX-License-Identifier: MIT
 * The help of each command: at most 24 lines of 80 columns. help_zh.c has the same in Chinese. */
#include "commands.h"

#include <polelookup/json.h>

static const char lookup_help[] =
    "polelookup [options] CODE_OR_SPEECH...   a lamp pole's code to place and station\n"
    "  Each argument is a query, quoted if it has blanks; '-' or a pipe: one a line.\n"
    "  Known beside the digits:\n"
    "      --hint LAT,LON[,METRES[,LEVEL]]   where the phone is, within METRES (500)\n"
    "                      in LEVEL of cases (0.39); --hint-crs gcj02, bd09, EPSG:n\n"
    "      --street NAME, --district NAME, --scope COUNTY   as the caller says\n"
    "      --also CODE     a second pole in sight;   --then CODE   one seen later\n"
    "      --digit N=D     digit N, asked again, is D; may be repeated\n"
    "  How doubt is weighed:\n"
    "      --channel NAME|FILE   the errors to expect: everyday, heavy (everyday)\n"
    "      --clean SHARE   of codes heard right;   --near-m METRES   one place (200)\n"
    "      --nbest         lines of TEXT, tab, weight; an empty line ends a query\n"
    "  The answer:\n"
    "  -i, --index FILE    the index to ask: see polelookup info\n"
    "      --json          one object a line;   -n, --limit N   candidates in it (3)\n"
    "      --crs CRS       also x and y in EPSG:n, gcj02 or bd09\n"
    "      --lang zh|en;   --caller-lang zh|en|ru   of the words to say to the caller\n"
    "      --log FILE      adds each answer to it;  --chosen ID=CODE,BY confirms one\n"
    "  -q, --quiet, --version, --help\n"
    "  Exit status: 0 found, 1 unknown or no code, 2 usage, 3 ask before you send,\n"
    "  4 index, file or I/O. Other commands, each with --help: near, within, station,\n"
    "  between, geocode, build, export, verify, info, learn. After --: all queries.\n"
    "  polelookup 1234567\n"
    "  polelookup --street 通江街 --also 1234569 \"one two three four five six seven\"\n";

static const char near_help[] =
    "polelookup near [options] LAT,LON   the poles nearest to a point\n"
    "  Degrees of WGS 84, latitude first; it may be negative: near -31.95,115.86\n"
    "  Chinese map apps often give GCJ-02, which is some 500 m off when read so.\n"
    "\n"
    "  -k N                how many, 1 to 1024 (5; all with --radius)\n"
    "      --radius M      none farther than M metres\n"
    "  -i, --index FILE    the index to ask\n"
    "      --json          one JSON object a line\n"
    "      --crs CRS       also x and y in EPSG:n, gcj02 or bd09\n"
    "      --lang zh|en    language of the answer (the locale's)\n"
    "\n"
    "  Exit status: 0 found, 1 none found, 2 usage, 4 index, file or I/O.\n"
    "\n"
    "  polelookup near -k 3 45.7769,126.6161\n"
    "  polelookup near --radius 200 45.7769,126.6161\n";

static const char within_help[] =
    "polelookup within [options] --bbox S,W,N,E | --polygon FILE   all poles inside\n"
    "  Borders are included. A box whose east is less than its west crosses the\n"
    "  antimeridian.\n"
    "\n"
    "      --bbox S,W,N,E  a box: south, west, north, east in degrees of WGS 84\n"
    "      --polygon FILE  a GeoJSON file with one Polygon or MultiPolygon; - is\n"
    "                      standard input\n"
    "  -i, --index FILE    the index to ask\n"
    "      --json          one JSON object a line\n"
    "      --crs CRS       also x and y in EPSG:n, gcj02 or bd09\n"
    "      --lang zh|en    language of the answer (the locale's)\n"
    "\n"
    "  Exit status: 0 found, 1 none found, 2 usage, 4 index, file or I/O.\n"
    "\n"
    "  polelookup within --bbox 45.77,126.61,45.78,126.62\n";

static const char station_help[] =
    "polelookup station [options] CODE | LAT,LON   who answers for a pole or a place\n"
    "  The station whose area holds it, the one coded in the digits, the nearest in a\n"
    "  straight line: which may be three.\n"
    "\n"
    "  -k N                how many of the nearest, 1 to 1024 (3)\n"
    "      --kind KIND     another kind than police, as the table names it\n"
    "      --scope NAME    the county of the code\n"
    "  -i, --index FILE    the index to ask\n"
    "      --json          one JSON object\n"
    "      --lang zh|en    language of the answer (the locale's)\n"
    "\n"
    "  Exit status: 0 found, 1 none found, 2 usage, 3 the code stands in several\n"
    "  counties, 4 index, file or I/O.\n"
    "\n"
    "  polelookup station 1234567\n"
    "  polelookup station --kind fire 45.7769,126.6161\n";

static const char between_help[] =
    "polelookup between [options] CODE CODE   two poles seen, and how they lie\n"
    "  Poles within 150 m of each other are seen from one spot: a stretch of street,\n"
    "  its middle, side and course. Farther apart, one is wrong or the caller has\n"
    "  moved: both are told, and the likeliest mishearings that bring them together.\n"
    "\n"
    "      --scope NAME    the county of both codes\n"
    "      --channel NAME|FILE, --clean SHARE, --caller-lang zh|en|ru   how codes are\n"
    "                      misheard, as for lookup\n"
    "      --crs CRS       also give x, y in this CRS, with --json\n"
    "  -i, --index FILE    the index to ask\n"
    "      --json          one JSON object\n"
    "      --lang zh|en    language of the answer (the locale's)\n"
    "\n"
    "  Exit status: 0 they fit, 1 one is no pole, 2 usage, 3 they contradict each\n"
    "  other or several counties have them, 4 index, file or I/O.\n"
    "\n"
    "  polelookup between 1234567 1234571\n";

static const char build_help[] =
    "polelookup build [options] --poles FILE -o OUT.plx   tables to an index\n"
    "      --poles FILE, --stations FILE, --areas FILE   CSV or GeoJSON; may repeat\n"
    "  -o, --output FILE   the index: it appears whole, or the old one stays\n"
    "      --from-crs CRS  what the coordinates are: EPSG:n, gcj02, bd09 (EPSG:4326)\n"
    "      --scheme S      how digits divide: [SCOPE/]FIELD:DIGITS,... joined by ';'\n"
    "                      (district:1,station:2,street:2,pole:2)\n"
    "      --bounds S,W,N,E   refuse what lies outside\n"
    "      --map ROLE=COLUMN  a column by its name, as in code=杆号; may repeat\n"
    "      --encoding NAME, --delimiter C   where finding out is not wanted\n"
    "      --rejects FILE  the refused rows, each with its reason\n"
    "      --strict        fail on the first refused row\n"
    "      --name TEXT     what the index calls itself, such as the city\n"
    "      --sample        invented data: every answer will say so\n"
    "      --no-doubt      leave out how doubtful each code is: builds faster\n"
    "      --json          the report as one JSON object\n"
    "      --lang zh|en    language of the report (the locale's)\n"
    "  -q, --quiet         neither findings nor report\n"
    "  The build's time is SOURCE_DATE_EPOCH, else the newest table's.\n"
    "\n"
    "  Exit status: 0 every row taken; 3 index written, rows refused; 2 usage;\n"
    "  4 nothing written.\n"
    "\n"
    "  polelookup build --poles poles.csv --stations stations.csv \\\n"
    "      --areas areas.geojson --from-crs EPSG:4530 -o city.plx\n";

static const char verify_help[] =
    "polelookup verify [options] INDEX   whether all of an index is as it was built\n"
    "  Every checksum, the content's identity, and what was derived: who is\n"
    "  responsible for each pole, which station is nearest.\n"
    "\n"
    "      --json          one JSON object\n"
    "      --lang zh|en    language of the answer (the locale's)\n"
    "\n"
    "  Exit status: 0 sound, 1 damaged, 2 usage, 4 unreadable or no index.\n"
    "\n"
    "  polelookup verify city.plx\n";

static const char info_help[] =
    "polelookup info [options] [INDEX]   what an index holds, from what, since when\n"
    "  Without INDEX: the one that a query would ask, and why that one. The first of\n"
    "  these that is named or exists is asked, and when it cannot be opened, none:\n"
    "\n"
    "    --index FILE\n"
    "    $POLELOOKUP_INDEX\n"
    "    $XDG_DATA_HOME/polelookup/default.plx  (~/.local/share when that is not set)\n"
    "    " POLELOOKUP_DEFAULT_INDEX "\n"
    "    the sample that comes with the command\n"
    "\n"
    "  -i, --index FILE    the same as INDEX\n"
    "      --json          one JSON object\n"
    "      --lang zh|en    language of the answer (the locale's)\n"
    "\n"
    "  Exit status: 0, 2 usage, 4 unreadable or no index.\n"
    "\n"
    "  polelookup info\n";

static const char export_help[] =
    "polelookup export [options]   a table of the index back, without loss\n"
    "  Building from all three tables gives the same content id again.\n"
    "\n"
    "      --what poles|stations|areas   (poles)\n"
    "      --to csv|geojson   (by the name of FILE, else csv; areas are geojson)\n"
    "  -o, --output FILE   where to (standard output); beside a .csv its column types\n"
    "                      in a .csvt, for GIS programs\n"
    "  -i, --index FILE    the index to ask\n"
    "\n"
    "  Exit status: 0, 2 usage, 4 index, file or I/O.\n"
    "\n"
    "  polelookup export --what poles -o poles.csv\n";

static const char learn_help[] =
    "polelookup learn [options] FILE...   confirmed calls to a channel's table\n"
    "  How often codes are heard clean here, and which digits become which. Logs of\n"
    "  --log, where --chosen confirmed an answer; or rows of\n"
    "  HEARD,MEANT,CONFIRMED BY (or with tabs): the digits first heard, '?' for one\n"
    "  that could not be read; those of the pole, or NONE; what told it, other than\n"
    "  the digits, such as car. What nobody confirmed is counted and not learned\n"
    "  from. '-' is standard input.\n"
    "\n"
    "      --channel NAME|FILE   the table to begin with; it counts as 200 pairs\n"
    "                            (everyday)\n"
    "  -o, --output FILE   the new table, for --channel; it tells how many pairs each\n"
    "                      figure rests on (standard output)\n"
    "  -q, --quiet         no remarks\n"
    "\n"
    "  Exit status: 0 every line taken, 3 lines refused, 2 usage, 4 file or I/O.\n"
    "\n"
    "  polelookup learn calls.log pairs.csv -o harbin.tsv\n";

static const char geocode_help[] =
    "polelookup geocode [options] LOG   a log of calls, and what each row's code means\n"
    "  Rows out = rows in, their cells as they were. Rows that are not sure get no place.\n"
    "  -o, --output FILE   else standard output;   --to csv|jsonl|geojson|gpkg|fgb\n"
    "      --column NAME   of the codes (by name, else content);  --text NAME  in notes\n"
    "      --evidence hint_lat=NAME   may be repeated: hint_lon hint_radius_m hint_level\n"
    "                      hint_crs street district scope also time\n"
    "      --columns A,B   of match_status ... match_warnings;   --drop NAME  leave out\n"
    "      --best-guess    a place for every row;   --station-role coded|responsible|...\n"
    "      --unmatched FILE  rows without a match;   --report FILE.html  for people\n"
    "      --review FILE   rows that need a person; filled in: --decisions FILE\n"
    "      --threads N     (1);   --resume  go on with a stopped run\n"
    "      --encoding E, --output-encoding E, --delimiter C, --no-header, --bom,\n"
    "      --excel-safe    (the only one that changes cells)\n"
    "      --fail-on A,B   exit 1 if a row is one of these, such as unknown\n"
    "      --channel NAME|FILE, --clean SHARE, --near-m M, --scope COUNTY, -n N,\n"
    "      --caller-lang zh|en|ru   as for a code: polelookup --help\n"
    "  -i, --index FILE    (the sample city only where it is named), --json, -q, --lang\n"
    "  Exit status: 0 all rows written, 1 by --fail-on, 2 usage, 4 file or I/O, 130\n"
    "  stopped.\n"
    "  polelookup geocode calls.csv -o out.csv --threads 4 --report calls.html\n";

const char *help_text(uint32_t command, int32_t language)
{
    if (language == POLE_LANGUAGE_ZH)
        return help_text_zh(command);
    switch (command) {
    case COMMAND_NEAR:
        return near_help;
    case COMMAND_WITHIN:
        return within_help;
    case COMMAND_STATION:
        return station_help;
    case COMMAND_BETWEEN:
        return between_help;
    case COMMAND_BUILD:
        return build_help;
    case COMMAND_VERIFY:
        return verify_help;
    case COMMAND_INFO:
        return info_help;
    case COMMAND_EXPORT:
        return export_help;
    case COMMAND_LEARN:
        return learn_help;
    case COMMAND_GEOCODE:
        return geocode_help;
    default:
        return lookup_help;
    }
}
