// SPDX-License-Identifier: MIT
//
// A desk's lookup box, in a terminal: type what was heard; see the answer, how sure it is, what
// else it can be, and what to ask. What the caller answers is typed as evidence, and the answer is
// judged anew:
//     digit 3=1              the third digit is a 1
//     at 45.67,126.62,300    the phone's position and radius in metres, WGS 84
//     street NAME   district NAME   county NAME
//     also CODE   then CODE  a second pole in sight; a later pole, the caller has moved
//     new                    the next caller: all of this is forgotten
//     quit
//
// usage: desk INDEX
#include <iomanip>
#include <iostream>
#include <sstream>

#include <polelookup/polelookup.hpp>

namespace
{

using polelookup::match;
using polelookup::warning;

std::string_view in_words(double share)
{
    return share >= 0.95   ? "very likely"
           : share >= 0.80 ? "likely"
           : share >= 0.50 ? "perhaps"
                           : "unsure";
}

// Never "1.00" nor "0.00": nothing here is certain.
std::string share(double of)
{
    if (of >= 0.995) {
        return "over 0.99";
    }
    if (of < 0.005) {
        return "under 0.01";
    }
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << of;
    return text.str();
}

std::string_view title(match match)
{
    switch (match) {
    case match::exact:
        return "MATCH     ";
    case match::corrected:
        return "CORRECTED ";
    case match::ambiguous:
        return "UNSETTLED ";
    case match::interpolated:
        return "ESTIMATED ";
    case match::unknown:
        return "NOT FOUND ";
    default:
        return "NO CODE   ";
    }
}

// What is known of one caller, in strings of its own: the library borrows them for each call.
struct caller {
    std::string said, street, district, county, also, then;
    std::optional<polelookup::hint> hint;
    std::vector<polelookup::known_digit> digits;
};

class desk
{
  public:
    explicit desk(polelookup::index index) : index_(std::move(index)) {}

    // One line of the dispatcher's; false at the end.
    bool take(const std::string &line)
    {
        std::istringstream in(line);
        std::string word;
        in >> word;
        std::string rest;
        std::getline(in >> std::ws, rest);
        if (word == "quit") {
            return false;
        }
        if (word == "new") {
            caller_ = {};
            std::cout << "a new caller\n";
            return true;
        }
        const caller before = caller_;
        if (!note(word, rest)) {
            std::cout << "not understood: " << line << '\n';
            return true;
        }
        try {
            answer();
        } catch (const polelookup::error &error) {
            caller_ = before; // such as a county that the index does not have
            std::cout << "not taken: " << error.what() << " (" << error.name() << ")\n";
        }
        return true;
    }

  private:
    bool note(const std::string &word, const std::string &rest)
    {
        char sign = 0, other = 0;
        std::istringstream numbers(rest);
        if (word == "digit") {
            int position = 0, digit = 0;
            if (!(numbers >> position >> sign >> digit) || sign != '=' || position < 1 ||
                position > POLE_MAX_DIGITS || digit < 0 || digit > 9 || !numbers.eof()) {
                return false;
            }
            const polelookup::known_digit known = {static_cast<std::uint8_t>(position),
                                                   static_cast<std::uint8_t>(digit)};
            for (polelookup::known_digit &told : caller_.digits) {
                if (told.position == known.position) {
                    told = known; // the caller looked again
                    return true;
                }
            }
            caller_.digits.push_back(known);
        } else if (word == "at") {
            polelookup::hint hint;
            if (!(numbers >> hint.at.lat_deg >> sign >> hint.at.lon_deg >> other >>
                  hint.radius_m) ||
                sign != ',' || other != ',' || !numbers.eof()) {
                return false;
            }
            caller_.hint = hint;
        } else if (word == "street") {
            caller_.street = rest;
        } else if (word == "district") {
            caller_.district = rest;
        } else if (word == "county") {
            caller_.county = rest;
        } else if (word == "also") {
            caller_.also = rest;
        } else if (word == "then") {
            caller_.then = rest;
        } else {
            caller_.said = rest.empty() ? word : word + ' ' + rest;
        }
        return true;
    }

    void answer()
    {
        polelookup::evidence known;
        known.hint = caller_.hint;
        known.street = caller_.street;
        known.district = caller_.district;
        known.scope = caller_.county;
        known.digits = caller_.digits;
        const std::uint32_t lengths = index_.lengths();
        if (!caller_.also.empty()) {
            also_.hear(caller_.also, lengths);
            known.also = &also_;
        }
        if (!caller_.then.empty()) {
            then_.hear(caller_.then, lengths);
            known.then = &then_;
        }
        heard_.hear(caller_.said, lengths);
        polelookup::resolve(index_, heard_, known, {}, resolution_);
        show();
    }

    void show() const
    {
        const polelookup::answer answer = resolution_.answer();
        if (answer.is_sample()) {
            std::cout << "SAMPLE    an invented city: do not act on it\n";
        }
        std::cout << title(answer.match);
        if (!answer.heard.empty()) {
            std::cout << "heard " << answer.heard;
        }
        switch (answer.match) {
        case match::exact:
        case match::corrected:
            show_pole(resolution_.candidate(0));
            break;
        case match::interpolated:
            show_estimate(*resolution_.estimate());
            break;
        case match::ambiguous:
            std::cout << ": no place is sure enough\n";
            show_all();
            break;
        case match::unknown:
            std::cout << ": no place is given\n";
            show_all();
            break;
        default:
            std::cout << name(answer.reason) << '\n';
        }
        if (answer.confidence && answer.confidence_place) {
            const double sure = *answer.confidence_place;
            std::cout << "Sure      " << in_words(*answer.confidence) << ' '
                      << share(*answer.confidence) << " (this place: " << in_words(sure) << ' '
                      << share(sure) << ")\n";
        }
        for (const warning warning : answer.warnings.list()) {
            if (warning != warning::sample_data) {
                std::cout << "Mind      " << text(warning, polelookup::language::en) << '\n';
            }
        }
        if (const auto far = resolution_.far_rival(); far && far->confidence >= 0.005) {
            std::cout << "Far       " << index_.format(far->code, true) << ", "
                      << far->distance_m / 1000 << " km away, " << share(far->confidence) << '\n';
        }
        if (answer.question != polelookup::ask::nothing) {
            std::cout << "Ask       " << resolution_.question().text(polelookup::language::en)
                      << '\n';
        }
    }

    void show_pole(const polelookup::candidate &pole) const
    {
        std::cout << ", meant " << index_.format(pole.pole.code, true);
        for (const polelookup::edit &edit : pole.edits) {
            std::cout << " (digit " << int(edit.position) << ": "
                      << (edit.heard[0] == 0 ? "nothing" : edit.heard) << " to "
                      << (edit.meant[0] == 0 ? "nothing" : edit.meant) << ')';
        }
        std::cout << "\nPlace     " << pole.pole.street << ", " << pole.pole.district;
        if (!pole.cross_streets[0].empty()) {
            std::cout << ", near " << pole.cross_streets[0];
        }
        std::cout << '\n';
        show_coordinates(pole.pole.at);
        show_station(pole.station());
    }

    void show_estimate(const polelookup::estimate &between) const
    {
        std::cout << ": not in the table, between two that are\nPlace     "
                  << index_.record(between.between[0]).street << ", within " << between.radius_m
                  << " m\n";
        show_coordinates(between.at);
        show_station(between.station());
    }

    void show_coordinates(polelookup::point at) const
    {
        std::cout << "Coord     " << std::setprecision(7) << at.lat_deg << ", " << at.lon_deg
                  << std::setprecision(2) << " (WGS 84)\n";
    }

    void show_station(const std::optional<polelookup::station_hit> &hit) const
    {
        if (hit) {
            const polelookup::station station = index_.station(hit->number);
            std::cout << "Send      " << station.name << ' ' << station.phone << " ("
                      << polelookup::name(polelookup::role_of(*hit)) << ", "
                      << hit->distance_m / 1000 << " km)\n";
        }
    }

    void show_all() const
    {
        char letter = 'A';
        for (const polelookup::candidate &pole : resolution_.candidates()) {
            std::cout << "  " << letter++ << "       " << share(pole.confidence.value_or(0)) << "  "
                      << index_.format(pole.pole.code, true) << "  " << pole.pole.street << ", "
                      << pole.pole.district << '\n';
        }
    }

    polelookup::index index_;
    caller caller_;
    polelookup::heard heard_, also_, then_;
    polelookup::resolution resolution_;
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: desk INDEX\n";
        return 2;
    }
    try {
        desk desk(polelookup::index::open(argv[1]));
        std::cout << std::fixed << std::setprecision(2);
        std::string line;
        while (std::cout << "> " << std::flush && std::getline(std::cin, line) && desk.take(line)) {
        }
    } catch (const polelookup::error &error) {
        std::cerr << error.what() << '\n' << error.hint() << '\n';
        return 4;
    }
}
