/* SPDX-License-Identifier: MIT
 * What people are warned of, in words. */
#include <polelookup/json.h>

typedef struct {
    uint32_t warning;
    const char *words[2];
} warning_words;

static const warning_words warnings[] = {
    {POLE_WARN_SAMPLE_DATA,
     {"样例数据：地点、派出所、电话都是编造的，不可用于出警",
      "sample data: places, stations and telephones are invented; not for dispatch"}},
    {POLE_WARN_UNCORROBORATED,
     {"仅核对号码，未估计听错；尚无旁证，请复核",
      "number matched, mishearing not assessed; nothing else speaks for it yet: check"}},
    {POLE_WARN_SCOPE_NEEDED,
     {"几个县市都有这个号码：先问在哪个县市",
      "several counties have this number: ask which one first"}},
    {POLE_WARN_STATION_CONFLICT,
     {"号码里的派出所与现在的辖区派出所不同",
      "the station coded in the digits is not the one whose area holds the pole"}},
    {POLE_WARN_AREA_EDGE, {"在辖区边界附近", "close to the border of another station's area"}},
    {POLE_WARN_NO_AREA, {"不在任何辖区内", "in no station's area"}},
    {POLE_WARN_RETIRED_POLE,
     {"表中记此杆已迁移或拆除", "the table says that this pole was moved or removed"}},
    {POLE_WARN_OTHER_LENGTH,
     {"位数与灯杆号不同，未作增删", "not as many digits as a pole's code; none was added or cut"}},
};

const char *pole_warning_text(uint32_t warning, int32_t language)
{
    const unsigned column = language == POLE_LANGUAGE_ZH ? 0 : 1;
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++)
        if (warnings[i].warning == warning)
            return warnings[i].words[column];
    return "";
}
