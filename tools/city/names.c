/* SPDX-License-Identifier: MIT
 *
 * Names for streets, in the manner of Harbin: stems from a table or of two fortunate characters, an
 * ending by rank, numbered lanes beside a street. Within a district a name is given once; between
 * districts some names repeat, as they do in life. */
#include "city.h"

#include "random.h"
#include "room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Stems that sound of one district, numbered from 0, or of any (-1); single spaces between. */
struct stem_row {
    int32_t district;
    const char *words;
};

static const struct stem_row stem_rows[] = {
    {-1,
     "安国 建国 前进 共乐 爱建 建设 人和 光芒 大成 繁荣 燎原 文政 保健 学院 教育 健康 和平 幸福 "
     "胜利 解放 民生 红旗 科技 创新 迎宾 文明 昌盛 东风 长江 黄河 淮河 珠江 汉水 湘江 衡山 泰山 "
     "华山 嵩山 闽江 辽河 黄山 长白 天山 昆仑 松花 北京 天津 上海 南京 广州 成都 杭州 昆明 长沙 "
     "长春 沈阳 大连 吉林 鞍山 抚顺 大庆 齐鲁"},
    {0, "通江 经纬 尚志 新阳 安化 安升 上游 中医 地段 石头 高谊 兆麟 田地 买卖 霞曼 西头 红霞 透笼 "
        "花圃 霓虹 康安 河鼓 融江 景江 丽江 群力 职工 银行 工厂 斜纹 井街 工农 河松 河清 城乡 欧洲 "
        "安宁 抚安 安丰 安道 安平 建河 地灵 森林"},
    {1, "革新 奋斗 花园 邮政 龙江 赣水 宣化 文昌 文景 十字 教化 海关 曲线 马家 西大直 东大直 中山 "
        "一曼 延兴 征仪 测绘 清滨 法院 耀景 联发 木介 阿什河 果戈里 巴陵 吉祥 松江 比乐 理治 一匡 "
        "复华 三姓 汉广 清华 哈西 中兴 西典 七政 八政"},
    {2, "靖宇 景阳 承德 南勋 北新 太古 大新 桃花 富锦 滨江 延爽 草市 南平 南极 北环 宏伟 东直 振江 "
        "卫星 大有 天恒 化工 宏图 乐园 油坊 开原 丰润 仁里 保障 钱塘 纯化 滨北 水泥 平准 三棵树"},
    {3,
     "香坊 公滨 电碳 哈成 安埠 通乡 旭升 六顺 南通 菜艺 进乡 林园 三合 司徒 新香坊 木材 三大动力 "
     "香福 香电 香安 草坪 电机 锅炉 汽轮 朝阳 黎明 幸福镇 成高子"},
    {4,
     "友协 新疆 建安 联盟 保国 兴建 集智 东轻 哈飞 平房 烟台 哈南 星海 渤海 新伟 新成 集乐 友谊宫"},
    {5, "世博 松浦 浦源 智谷 中源 碧水 万宝 北岸 世茂 祥安 雪花 船厂 太阳岛 冰雪 龙川 秋林 科新"},
    {6, "利民 学子 师大 兰河 西府 东府 呼兰 萧红 河畔 顺迈 延川 建工 南大 北大 同盛 公园 裕田"},
    {7, "牌路 金源 会宁 上京 龙涤 玉泉 阿骨打 延川南 金都 通城 民权 鸿运 河东 河西 亚沟 金上京"},
    {8, "承旭 花都 金城 承恩 城隍 西官 书院 双城堡 隆化 承德南 东官 花园南 治国 文昌南 永和 新城"},
};

static const char *const first_characters[] = {"安", "永", "兴", "福", "德", "仁", "和", "平",
                                               "文", "光", "民", "建", "新", "宏", "长", "育",
                                               "景", "庆", "利", "通", "春", "学", "工", "荣"};
static const char *const second_characters[] = {"宁", "康", "升", "隆", "顺", "义", "善", "化",
                                                "治", "生", "华", "明", "丰", "发", "达", "源",
                                                "泰", "信", "昌", "阳", "兴", "乐", "盛", "业"};

static const char *const numerals[] = {"头",   "二",   "三",   "四",   "五",   "六",   "七",
                                       "八",   "九",   "十",   "十一", "十二", "十三", "十四",
                                       "十五", "十六", "十七", "十八", "十九", "二十"};

#define COUNT(a) ((int32_t)(sizeof(a) / sizeof((a)[0])))

int32_t city_name(struct city *city, const char *text)
{
    struct names *names = &city->names;
    uint64_t hash = 0;
    for (const char *c = text; *c != '\0'; c++)
        hash = random_mix(hash ^ (unsigned char)*c);
    int32_t column = (int32_t)(hash >> 32), row = (int32_t)(uint32_t)hash;
    for (int32_t item = buckets_first(&names->index, column, row); item >= 0;
         item = buckets_next(&names->index, item))
        if (strcmp(names->texts[names->index.items[item].value], text) == 0)
            return names->index.items[item].value;
    size_t size = strlen(text) + 1;
    names->texts =
        room_for(names->texts, &names->capacity, names->count + 1, sizeof(*names->texts));
    names->texts[names->count] = room_new((int64_t)size, 1);
    memcpy(names->texts[names->count], text, size);
    buckets_add(&names->index, column, row, (int32_t)names->count);
    return (int32_t)names->count++;
}

static struct bucket_item *index_item(struct city *city, int32_t name)
{
    for (int64_t i = 0; i < city->names.index.count; i++)
        if (city->names.index.items[i].value == name)
            return &city->names.index.items[i];
    return NULL;
}

void city_rename(struct city *city, int32_t name, const char *text)
{
    int32_t other = city_name(city, text);
    char *kept = city->names.texts[name];
    city->names.texts[name] = city->names.texts[other];
    city->names.texts[other] = kept;
    index_item(city, name)->value = -1;
    index_item(city, other)->value = name;
    index_item(city, -1)->value = other;
}

/* The nth word of a row, counted on from its beginning as often as needed. */
static void take_word(const char *words, int32_t nth, char *word, size_t size)
{
    const char *at = words;
    for (; nth > 0; nth--) {
        at = strchr(at, ' ');
        at = at != NULL ? at + 1 : words;
    }
    snprintf(word, size, "%.*s", (int)strcspn(at, " "), at);
}

/* Writes a stem that one draw gives: a district's own, a common one, or two fortunate characters.
 */
static void draw_stem(uint64_t draw, int32_t district, char *stem, size_t size)
{
    int32_t chance = random_between(draw, 0, 99);
    uint64_t a = random_mix(draw ^ 1), b = random_mix(draw ^ 2);
    if (chance < 45) {
        const struct stem_row *row = &stem_rows[chance < 25 && district >= 0 ? district + 1 : 0];
        take_word(row->words, random_between(a, 0, 99), stem, size);
        return;
    }
    snprintf(stem, size, "%s%s",
             first_characters[random_between(a, 0, COUNT(first_characters) - 1)],
             second_characters[random_between(b, 0, COUNT(second_characters) - 1)]);
}

static const char *ending(enum street_rank rank, uint64_t draw)
{
    static const char *const main_endings[] = {"大街", "大街", "路", "路", "路", "大道"};
    static const char *const street_endings[] = {"街", "街", "街", "街", "路", "路"};
    static const char *const lane_endings[] = {"巷", "巷", "胡同", "胡同", "街", "副街"};
    int32_t k = random_between(draw, 0, 5);
    return rank <= RANK_MAIN     ? main_endings[k]
           : rank == RANK_STREET ? street_endings[k]
                                 : lane_endings[k];
}

/* Whether a name may be given in a district: never twice there, seldom again elsewhere. */
static bool may_name(struct city *city, struct buckets *given, const char *text, int32_t district,
                     uint64_t draw)
{
    int64_t known = city->names.count;
    int32_t name = city_name(city, text);
    if (name < known) {
        if (buckets_first(given, name, district) >= 0 || !random_per_mille(draw, 250))
            return false;
    }
    buckets_add(given, name, district, 1);
    return true;
}

static int32_t district_of(const struct city *city, const struct street *street)
{
    const struct street_point *middle = &city->points[street->first + street->count / 2];
    return middle->station < 0 ? 0 : city->stations[middle->station].district;
}

/* A lane beside a street may take its name and a number: 靖宇三道街. */
static bool name_numbered_lane(struct city *city, struct street *street, int32_t *lanes_of,
                               uint64_t draw)
{
    static const char *const endings[] = {"大街", "大道", "路", "街"};
    if (street->rank != RANK_LANE || street->parent < 0 || !random_per_mille(draw, 450))
        return false;
    const struct street *parent = &city->streets[street->parent];
    if (parent->rank == RANK_LANE || parent->bridge || parent->name < 0 ||
        lanes_of[parent->name] >= COUNT(numerals))
        return false;
    char text[64];
    snprintf(text, sizeof(text), "%s", city->names.texts[parent->name]);
    for (int32_t k = 0; k < COUNT(endings); k++) {
        size_t length = strlen(text), tail = strlen(endings[k]);
        if (length > tail && strcmp(text + length - tail, endings[k]) == 0) {
            text[length - tail] = '\0';
            break;
        }
    }
    char whole[96];
    snprintf(whole, sizeof(whole), "%s%s道街", text, numerals[lanes_of[parent->name]++]);
    street->name = city_name(city, whole);
    return true;
}

/* A station is called after the street with the most points in its area of old, as long as no other
 * station is. */
static void name_stations(struct city *city)
{
    struct buckets counts; /* station, name to points */
    buckets_init(&counts, 1);
    int32_t *taken = room_new(city->names.count, sizeof(*taken));
    for (int64_t i = 0; i < city->point_count; i++) {
        const struct street_point *point = &city->points[i];
        int32_t name = city->streets[point->street].name;
        if (point->station < 0)
            continue;
        int32_t item = buckets_first(&counts, point->station, name);
        if (item < 0)
            buckets_add(&counts, point->station, name, 1);
        else
            counts.items[item].value++;
    }
    for (int32_t s = 0; s < city->station_count; s++) {
        int32_t most = -1;
        for (int64_t i = 0; i < counts.count; i++) {
            const struct bucket_item *item = &counts.items[i];
            int32_t value = item->value - (taken[item->row] ? 1000000 : 0);
            if (item->column == s && (city->stations[s].name < 0 || value > most)) {
                most = value;
                city->stations[s].name = item->row;
            }
        }
        if (city->stations[s].name < 0)
            city->stations[s].name = city_name(city, "无名");
        else
            taken[city->stations[s].name] = 1;
    }
    free(taken);
    buckets_free(&counts);
}

void city_name_streets(struct city *city)
{
    struct buckets given;
    buckets_init(&given, 1);
    int32_t *lanes_of = room_new(city->street_count + city->names.count, sizeof(*lanes_of));
    for (int64_t i = 0; i < city->street_count; i++) {
        struct street *street = &city->streets[i];
        if (street->name >= 0)
            continue;
        uint64_t draw = random_hash(city->atlas.seed ^ 0xD0, (uint64_t)i, 0);
        if (name_numbered_lane(city, street, lanes_of, draw))
            continue;
        int32_t district = district_of(city, street);
        char text[96];
        do {
            char stem[64];
            draw = random_mix(draw);
            draw_stem(draw, city->scope[0] != '\0' ? -1 : district, stem, sizeof(stem));
            snprintf(text, sizeof(text), "%s%s", stem, ending(street->rank, random_mix(draw ^ 3)));
        } while (!may_name(city, &given, text, district, random_mix(draw ^ 4)));
        street->name = city_name(city, text);
    }
    free(lanes_of);
    buckets_free(&given);
    name_stations(city);
}
