/* SPDX-License-Identifier: MIT
 * The help of each command in Chinese: at most 24 lines of 80 columns. */
#include "commands.h"

static const char lookup_help[] =
    "polelookup [选项] 杆号或原话...   由灯杆号查位置和派出所\n"
    "  每个参数是一次查询；'-' 或管道输入：每行一次。有空格的加引号。\n"
    "  号码以外还知道：\n"
    "      --hint 纬度,经度[,米[,比例]]   手机定位，误差多少米（500），误差之内占多大\n"
    "                      比例（0.39）；--hint-crs gcj02、bd09、EPSG:n\n"
    "      --street 街名、--district 区名、--scope 县名   对方说的\n"
    "      --also 杆号     同时看到的另一根；  --then 杆号   走到后来看到的\n"
    "      --digit N=D     再问过，第 N 位是 D；可以重复\n"
    "  怎样估计听错：\n"
    "      --channel 名称|文件   按哪张听错表：everyday、heavy（everyday）\n"
    "      --clean 比例    没听错的占多大比例；  --near-m 米   多近算一处（200）\n"
    "      --nbest         每行：文字、制表符、权重；空行结束一次查询\n"
    "  回答：\n"
    "  -i, --index 文件    查哪个索引，见 polelookup info\n"
    "      --json          每行一个对象；  -n, --limit N   其中详列几个候选（3）\n"
    "      --crs 坐标系    另给 x、y：EPSG:n、gcj02 或 bd09\n"
    "      --lang zh|en；  --caller-lang zh|en|ru   对报警人说的话用哪种语言\n"
    "      --log 文件      每次回答都记入文件；  --chosen 标识=杆号,凭据   核实一个\n"
    "  -q, --quiet、--version、--help\n"
    "  退出码：0 找到，1 查无或无号，2 命令写法有误，3 先问清再派，4 索引或读写出错\n"
    "  其他命令，各有 --help：near、within、station、between、build、export、verify、\n"
    "  info、learn。-- 之后的参数都是查询。\n"
    "  polelookup 1234567\n"
    "  polelookup --street 通江街 --also 1234569 一二三四五六七\n";

static const char near_help[] = "polelookup near [选项] 纬度,经度   离某点最近的灯杆\n"
                                "  坐标是 WGS 84 的度数，纬度在前，可以是负数：near -31.95,115.86\n"
                                "  手机地图给出的常是 GCJ-02，直接输入会偏 500 米左右。\n"
                                "\n"
                                "  -k N                几根，1 至 1024（5；有 --radius 时为全部）\n"
                                "      --radius 米数   只找这个半径以内的\n"
                                "  -i, --index 文件    查哪个索引\n"
                                "      --json          每行一个 JSON 对象\n"
                                "      --crs 坐标系    另给 x、y：EPSG:n、gcj02 或 bd09\n"
                                "      --lang zh|en    回答用的语言（默认随系统）\n"
                                "\n"
                                "  退出码：0 找到，1 没有，2 命令写法有误，4 索引、文件或读写出错\n"
                                "\n"
                                "  polelookup near -k 3 45.7769,126.6161\n"
                                "  polelookup near --radius 200 45.7769,126.6161\n";

static const char within_help[] =
    "polelookup within [选项] --bbox 南,西,北,东 | --polygon 文件   范围内的全部灯杆\n"
    "  边界算在内。东小于西的矩形跨越 180 度经线。\n"
    "\n"
    "      --bbox 南,西,北,东   矩形，WGS 84 的度数\n"
    "      --polygon 文件  GeoJSON，含一个 Polygon 或 MultiPolygon；- 为标准输入\n"
    "  -i, --index 文件    查哪个索引\n"
    "      --json          每行一个 JSON 对象\n"
    "      --crs 坐标系    另给 x、y：EPSG:n、gcj02 或 bd09\n"
    "      --lang zh|en    回答用的语言（默认随系统）\n"
    "\n"
    "  退出码：0 找到，1 没有，2 命令写法有误，4 索引、文件或读写出错\n"
    "\n"
    "  polelookup within --bbox 45.77,126.61,45.78,126.62\n";

static const char station_help[] =
    "polelookup station [选项] 杆号 | 纬度,经度   由谁出警\n"
    "  辖区所在的派出所、号码所编的派出所、直线最近的派出所，三者可能不同。\n"
    "\n"
    "  -k N                最近的列几个，1 至 1024（3）\n"
    "      --kind 类别     派出所以外的类别，按表中的写法\n"
    "      --scope 县名    杆号所属的县（市）\n"
    "  -i, --index 文件    查哪个索引\n"
    "      --json          一个 JSON 对象\n"
    "      --lang zh|en    回答用的语言（默认随系统）\n"
    "\n"
    "  退出码：0 找到，1 没有，2 命令写法有误，3 几县都有此号，4 索引或读写出错\n"
    "\n"
    "  polelookup station 1234567\n"
    "  polelookup station --kind fire 45.7769,126.6161\n";

static const char between_help[] =
    "polelookup between [选项] 杆号 杆号   看到两根灯杆：它们的相对位置\n"
    "  站在一处能看到的两根灯杆相距不过 150 米：给出路段、正中、哪一侧和走向。再远，\n"
    "  就是有一个不对，或来电人已移动：两处都给出，并给出最可能听错成这样的灯杆。\n"
    "\n"
    "      --scope 县名    两个杆号所属的县（市）\n"
    "      --channel 名|文件、--clean 比例、--caller-lang zh|en|ru   怎样听错，同查询\n"
    "      --crs 坐标系    --json 时另给此坐标系的 x、y\n"
    "  -i, --index 文件    查哪个索引\n"
    "      --json          一个 JSON 对象\n"
    "      --lang zh|en    回答用的语言（默认随系统）\n"
    "\n"
    "  退出码：0 相合，1 有一个查无此杆，2 命令写法有误，3 互相矛盾或几县都有此号，\n"
    "  4 索引或读写出错\n"
    "\n"
    "  polelookup between 1234567 1234571\n";

static const char build_help[] =
    "polelookup build [选项] --poles 文件 -o 索引.plx   由表格建索引\n"
    "      --poles 文件, --stations 文件, --areas 文件   CSV 或 GeoJSON；可以重复\n"
    "  -o, --output 文件   索引；要么完整写出，要么旧的不动\n"
    "      --from-crs 坐标系   表中坐标是什么：EPSG:n、gcj02、bd09（EPSG:4326）\n"
    "      --scheme 编法   各位数字的含义：[县名/]字段:位数,... 用 ';' 连接\n"
    "                      （district:1,station:2,street:2,pole:2）\n"
    "      --bounds 南,西,北,东   拒收此范围以外的行\n"
    "      --map 用途=列名   指定用哪一列，如 code=杆号；可以重复\n"
    "      --encoding 编码, --delimiter 字符   不要自动判断时用\n"
    "      --rejects 文件  写出拒收的行和原因\n"
    "      --strict        有一行拒收就停止\n"
    "      --name 名称     索引的名称，如城市名\n"
    "      --sample        虚构的数据：每次回答都会说明\n"
    "      --no-doubt      不预先算出各编号有多容易听错，建得快\n"
    "      --json          报告为一个 JSON 对象\n"
    "      --lang zh|en    报告用的语言（默认随系统）\n"
    "  -q, --quiet         不出问题清单和报告\n"
    "  建成时间取自 SOURCE_DATE_EPOCH，否则取最新的表的时间。\n"
    "\n"
    "  退出码：0 每行都收；3 已写出索引，有行拒收；2 命令写法有误；4 没有写出\n"
    "\n"
    "  polelookup build --poles poles.csv --stations stations.csv \\\n"
    "      --areas areas.geojson --from-crs EPSG:4530 -o city.plx\n";

static const char verify_help[] =
    "polelookup verify [选项] 索引   检查索引是否完好\n"
    "  核对全部校验和、内容标识，并重新推算每根灯杆归谁管、离哪个派出所最近。\n"
    "\n"
    "      --json          一个 JSON 对象\n"
    "      --lang zh|en    回答用的语言（默认随系统）\n"
    "\n"
    "  退出码：0 完好，1 损坏，2 命令写法有误，4 读不了或不是索引\n"
    "\n"
    "  polelookup verify city.plx\n";

static const char info_help[] =
    "polelookup info [选项] [索引]   索引里有什么、由什么建成、何时建成\n"
    "  不写索引时：查询会用的那一个，以及为什么用它。依次取第一个指定了的或存在的；\n"
    "  打不开就报错，不再往下找：\n"
    "\n"
    "    --index 文件\n"
    "    $POLELOOKUP_INDEX\n"
    "    $XDG_DATA_HOME/polelookup/default.plx （未设时为 ~/.local/share）\n"
    "    " POLELOOKUP_DEFAULT_INDEX "\n"
    "    随程序附带的样例\n"
    "\n"
    "  -i, --index 文件    同索引参数\n"
    "      --json          一个 JSON 对象\n"
    "      --lang zh|en    回答用的语言（默认随系统）\n"
    "\n"
    "  退出码：0，2 命令写法有误，4 读不了或不是索引\n"
    "\n"
    "  polelookup info\n";

static const char export_help[] =
    "polelookup export [选项]   把索引还原成表格，内容不丢\n"
    "  用还原的三张表再建，内容标识不变。\n"
    "\n"
    "      --what poles|stations|areas   灯杆、站点、辖区（poles）\n"
    "      --to csv|geojson   （按文件名，否则 csv；辖区为 geojson）\n"
    "  -o, --output 文件   写到哪里（标准输出）；.csv 旁边另写列类型文件 .csvt\n"
    "  -i, --index 文件    查哪个索引\n"
    "\n"
    "  退出码：0，2 命令写法有误，4 索引、文件或读写出错\n"
    "\n"
    "  polelookup export --what poles -o poles.csv\n";

static const char learn_help[] =
    "polelookup learn [选项] 文件...   由核实过的来电得出信道表\n"
    "  本地的号码有多少听得一字不差，哪些数字会听成哪些。\n"
    "  --log 的记录（学其中由 --chosen 核实的回答），或对照表：\n"
    "  每行三格（逗号或制表符分开）：最初听到的数字，看不清的写 ?；实际的杆号，\n"
    "  不是灯杆写 NONE；凭号码以外的什么核实，如“到场”，未核实的只计数，不学。\n"
    "  “-”为标准输入。\n"
    "\n"
    "      --channel 名称|文件   从哪个表学起；它抵得上 200 对（everyday）\n"
    "  -o, --output 文件   新表，供 --channel 用；写明每个数字凭多少对（标准输出）\n"
    "  -q, --quiet         不出提示\n"
    "\n"
    "  退出码：0 每行都用上，3 有行不收，2 命令写法有误，4 文件或读写出错\n"
    "\n"
    "  polelookup learn calls.log pairs.csv -o harbin.tsv\n";

static const char geocode_help[] =
    "polelookup geocode [选项] 来电表   整张来电表逐行写明编号所指\n"
    "  出多少行等于进多少行，原有单元格一字节不改。没有把握的行不填位置。\n"
    "  -o, --output 文件   否则写到标准输出；   --to csv|jsonl|geojson|gpkg|fgb\n"
    "      --column 列名   编号列（先按名，再按内容）；   --text 列名   编号在文字里\n"
    "      --evidence hint_lat=列名   可多次：hint_lon hint_radius_m hint_level\n"
    "                      hint_crs street district scope also time\n"
    "      --columns A,B   只加这些列；   --drop 列名   不写出这一列\n"
    "      --best-guess    每行都给位置；   --station-role coded|responsible|nearest\n"
    "      --unmatched 文件   未匹配的行；   --report 文件.html   给领导看的一页\n"
    "      --review 文件   需要人看的行，填好后：--decisions 文件\n"
    "      --threads N     线程数（1）；   --resume   接着做中断的一次\n"
    "      --encoding E、--output-encoding E、--delimiter C、--no-header、--bom、\n"
    "      --excel-safe    （只有它会改单元格）\n"
    "      --fail-on A,B   有这些状态的行则退出码为 1，如 unknown\n"
    "      --channel 名称|文件、--clean 比例、--near-m 米、--scope 县、-n N、\n"
    "      --caller-lang zh|en|ru   同单个编号，见 polelookup --help\n"
    "  -i, --index 文件    （样例城市须指明才用）、--json、-q、--lang\n"
    "  退出码：0 各行都写出，1 见 --fail-on，2 写法有误，4 文件或读写出错，130 中断\n"
    "  polelookup geocode calls.csv -o out.csv --threads 4 --report calls.html\n";

const char *help_text_zh(uint32_t command)
{
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
