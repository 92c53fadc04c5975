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

static const char *const stems[] = {
    "通江", "经纬",   "尚志",   "新阳",   "抚顺",   "安国", "安化",     "安升", "上游",   "中医",
    "地段", "石头",   "高谊",   "兆麟",   "田地",   "买卖", "霞曼",     "西头", "端街",   "红霞",
    "东风", "透笼",   "花圃",   "霓虹",   "建国",   "康安", "河鼓",     "共乐", "前进",   "爱建",
    "融江", "景江",   "丽江",   "群力",   "职工",   "齐鲁", "银行",     "革新", "果戈里", "奋斗",
    "花园", "邮政",   "人和",   "建设",   "阿什河", "龙江", "黄河",     "淮河", "珠江",   "赣水",
    "汉水", "湘江",   "衡山",   "泰山",   "华山",   "嵩山", "闽江",     "松花", "辽河",   "巴陵",
    "宣化", "文昌",   "文景",   "十字",   "教化",   "教育", "光芒",     "鞍山", "海关",   "大成",
    "曲线", "马家",   "西大直", "东大直", "中山",   "一曼", "长春",     "沈阳", "大连",   "吉林",
    "北京", "天津",   "延兴",   "征仪",   "保健",   "学院", "测绘",     "哈药", "清滨",   "文政",
    "法院", "耀景",   "联发",   "木介",   "繁荣",   "燎原", "靖宇",     "景阳", "承德",   "南勋",
    "北新", "太古",   "大新",   "桃花",   "富锦",   "滨江", "延爽",     "草市", "南平",   "南极",
    "北环", "宏伟",   "东直",   "振江",   "卫星",   "大有", "天恒",     "化工", "先锋",   "宏图",
    "民生", "乐园",   "油坊",   "香坊",   "公滨",   "电碳", "三大动力", "哈成", "安埠",   "健康",
    "通乡", "旭升",   "和平",   "幸福",   "六顺",   "南通", "菜艺",     "进乡", "林园",   "三合",
    "红旗", "司徒",   "新香坊", "木材",   "友协",   "新疆", "建安",     "联盟", "保国",   "兴建",
    "集智", "东轻",   "哈飞",   "平房",   "烟台",   "哈南", "世博",     "科技", "创新",   "松浦",
    "浦源", "智谷",   "中源",   "碧水",   "万宝",   "利民", "学子",     "北岸", "师大",   "南京",
    "广州", "成都",   "杭州",   "昆明",   "长沙",   "兰河", "西府",     "东府", "呼兰",   "萧红",
    "河畔", "顺迈",   "延川",   "胜利",   "解放",   "牌路", "金源",     "会宁", "上京",   "龙涤",
    "玉泉", "阿骨打", "承旭",   "昌盛",   "迎宾",   "花都", "金城",     "承恩", "城隍",   "西官",
    "文明", "书院",   "双城堡", "隆化",
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

/* Writes a stem that one draw gives. */
static void draw_stem(uint64_t draw, char *stem, size_t size)
{
    if (random_per_mille(draw, 420)) {
        snprintf(stem, size, "%s", stems[random_between(random_mix(draw), 0, COUNT(stems) - 1)]);
        return;
    }
    uint64_t a = random_mix(draw ^ 1), b = random_mix(draw ^ 2);
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
            draw_stem(draw, stem, sizeof(stem));
            snprintf(text, sizeof(text), "%s%s", stem, ending(street->rank, random_mix(draw ^ 3)));
        } while (!may_name(city, &given, text, district, random_mix(draw ^ 4)));
        street->name = city_name(city, text);
    }
    free(lanes_of);
    buckets_free(&given);
    name_stations(city);
}
