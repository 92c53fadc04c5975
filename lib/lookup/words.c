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
     {"尚无旁证：除号码外没有别的依据，请复核",
      "not yet corroborated: nothing but the digits speaks for it; check"}},
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
     {"也可能是远处的灯杆或别的派出所辖区", "it may be a pole far away, or another station's"}},
    {POLE_WARN_HINT_CONFLICT,
     {"与手机定位不符：替别人报警、旧定位、坐标系不对，或听错",
      "the phone is elsewhere: calling for somebody else, an old fix, wrong datum, or misheard"}},
    {POLE_WARN_HINT_OUTSIDE,
     {"手机定位在表中地区之外", "the phone's position is outside what the table covers"}},
    {POLE_WARN_HINT_DATUM_SUSPECT,
     {"手机定位像是 GCJ-02 坐标，未作换算",
      "the phone's position looks like GCJ-02; it was not converted"}},
    {POLE_WARN_STREET_CONFLICT,
     {"所说街名与此杆不符", "the street or district named is not this pole's"}},
    {POLE_WARN_STREET_UNMATCHED,
     {"表中没有这条街，未作依据", "no such street in the table; it was not used"}},
    {POLE_WARN_ALSO_CONFLICT,
     {"另一根灯杆的号码与此杆不在一处", "the other pole's number does not go with this one"}},
    {POLE_WARN_SEVERAL_CODES,
     {"话中不止一个号码，分不清哪个是灯杆号",
      "more than one number in it, and nothing says which is the pole's"}},
};

const char *pole_warning_text(uint32_t warning, int32_t language)
{
    const unsigned column = language == POLE_LANGUAGE_ZH ? 0 : 1;
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++)
        if (warnings[i].warning == warning)
            return warnings[i].words[column];
    return "";
}
