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
    {POLE_WARN_UNCORROBORATED, {"尚无旁证，请复核", "nothing else speaks for it yet: check"}},
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
    {POLE_WARN_CONFUSABLE_FAR,
     {"另一处也有可能：听错一位就会派错地方",
      "another place may be meant: one digit misheard sends the car elsewhere"}},
    {POLE_WARN_HINT_CONFLICT,
     {"手机定位与号码不符：可能替别人报警",
      "the phone's position does not fit the number: perhaps calling for somebody else"}},
    {POLE_WARN_HINT_OUTSIDE,
     {"手机定位在表中灯杆的范围之外", "the phone's position lies outside the table's extent"}},
    {POLE_WARN_HINT_DATUM_SUSPECT,
     {"手机定位像是 GCJ-02 坐标，未作换算：用 --hint-crs gcj02 再查",
      "the phone's position looks like GCJ-02, and was not converted: try --hint-crs gcj02"}},
    {POLE_WARN_STREET_CONFLICT,
     {"所说的街名与号码不符", "the street that was named does not fit the number"}},
    {POLE_WARN_STREET_UNMATCHED,
     {"所说的街名查不到，未采用", "no such street is known; it changed nothing"}},
    {POLE_WARN_ALSO_CONFLICT, {"另一根灯杆的号对不上", "the other pole's number does not fit"}},
    {POLE_WARN_SEVERAL_CODES,
     {"话里有几个号码，不知哪个是灯杆号",
      "several codes were said, and nothing says which is the pole's"}},
};

const char *pole_warning_text(uint32_t warning, int32_t language)
{
    const unsigned column = language == POLE_LANGUAGE_ZH ? 0 : 1;
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++)
        if (warnings[i].warning == warning)
            return warnings[i].words[column];
    return "";
}
