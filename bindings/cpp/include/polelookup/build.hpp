// SPDX-License-Identifier: MIT
//
// From tables to an index and back, and from confirmed calls to a channel.
#ifndef POLELOOKUP_BUILD_HPP
#define POLELOOKUP_BUILD_HPP

#include <functional>

#include <polelookup/resolve.hpp>

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

enum class table : std::uint32_t {
    poles = POLE_TABLE_POLES,
    stations = POLE_TABLE_STATIONS,
    areas = POLE_TABLE_AREAS
};

// A report of one row. Texts live during the call alone.
struct finding {
    std::string_view kind; // "malformed_code", ...
    bool refused = false;  // the row is not in the index
    polelookup::table table{};
    std::uint32_t line = 0;   // from 1; 0: the file as a whole
    std::uint32_t column = 0; // from 1; 0: the whole row
    std::string_view file;
    std::string_view column_name;
    std::string_view value;
    std::string_view message;
    std::string_view hint;
};

// The C library's options, ready to use; texts are C strings that must live until the builder was
// made. on_finding and context are the builder's own.
struct build_options : ::pole_build_options {
    build_options() noexcept
    {
        ::pole_build_options_init(this);
    }
};

struct build_report {
    std::uint32_t poles = 0;
    std::uint32_t stations = 0;
    std::uint32_t areas = 0;
    std::uint64_t rows_read = 0;
    std::uint64_t rows_refused = 0;
    std::uint64_t rows_collapsed = 0;
    std::uint64_t remarks = 0;
    std::uint64_t file_bytes = 0;
    std::string id;
};

class builder
{
  public:
    using on_finding = std::function<void(const finding &)>;

    // found is called for each finding; what it throws comes out of the call that found it.
    explicit builder(build_options options = {}, on_finding found = {})
        : state_(std::make_unique<state>())
    {
        state_->found = std::move(found);
        options.context = state_.get();
        options.on_finding = state_->found ? report : nullptr;
        ::pole_builder *made = nullptr;
        ::pole_error details{};
        check(::pole_builder_new(&options, &made, &details), details);
        builder_.reset(made);
    }
    // CSV or GeoJSON; throws bad_input, io_error, refused (strict), ...
    void add_file(table table, const std::string &path)
    {
        ::pole_error details{};
        done(::pole_builder_add_file(builder_.get(), static_cast<std::uint32_t>(table),
                                     path.c_str(), &details),
             details);
    }
    // False: this one was refused, and reported. pole.row and pole.code are not read.
    bool add_pole(std::string_view code, const record &pole)
    {
        auto of = detail::sized<::pole_record>();
        of.at = pole.at;
        of.scope = borrow(pole.scope);
        of.street = borrow(pole.street);
        of.district = borrow(pole.district);
        of.note = borrow(pole.note);
        of.successor = borrow(pole.successor);
        of.alias = borrow(pole.alias);
        of.alias_owner = borrow(pole.alias_owner);
        of.state = static_cast<std::int32_t>(pole.state);
        of.surveyed_days = pole.surveyed_days.value_or(POLE_NO_DATE);
        ::pole_error details{};
        return taken(::pole_builder_add_pole(builder_.get(), borrow(code), &of, &details), details);
    }
    bool add_station(const station &station)
    {
        auto of = detail::sized<::pole_station>();
        of.at = station.at;
        of.id = borrow(station.id);
        of.name = borrow(station.name);
        of.kind = borrow(station.kind);
        of.phone = borrow(station.phone);
        of.group = borrow(station.group);
        of.district = borrow(station.district);
        of.prefix = borrow(station.prefix);
        of.scope = borrow(station.scope);
        of.successor = borrow(station.successor);
        ::pole_error details{};
        return taken(::pole_builder_add_station(builder_.get(), &of, &details), details);
    }
    bool add_area(std::string_view station_id, const polygon_view &area)
    {
        if (!area.fits()) {
            raise(POLE_INVALID_ARGUMENT, "the rings do not add up to the points");
        }
        ::pole_error details{};
        return taken(::pole_builder_add_area(builder_.get(), borrow(station_id), area.points.data(),
                                             area.rings.data(), area.rings.size(), &details),
                     details);
    }
    // Writes the index: whole or not at all. The builder can then only go.
    build_report finish(const std::string &path)
    {
        auto of = detail::sized<::pole_build_report>();
        ::pole_error details{};
        done(::pole_builder_finish(builder_.get(), path.c_str(), &of, &details), details);
        return made(of);
    }
    // The same through write(std::string_view).
    template <class Write> build_report finish_to(Write &&write)
    {
        detail::sink<std::remove_reference_t<Write>> sink(write);
        const ::pole_sink to = sink.get();
        auto of = detail::sized<::pole_build_report>();
        ::pole_error details{};
        const ::pole_status status = ::pole_builder_finish_to(builder_.get(), &to, &of, &details);
        state_->thrown.rethrow();
        sink.check(status, details);
        return made(of);
    }

  private:
    struct state {
        on_finding found;
        detail::carried thrown;
    };

    static void report(void *context, const ::pole_finding *of) noexcept
    {
        auto &self = *static_cast<state *>(context);
        self.thrown.guard([&] {
            self.found({detail::word(::pole_finding_name(of->kind)), of->refused != 0,
                        static_cast<polelookup::table>(of->table), of->line, of->column,
                        view(of->file), view(of->column_name), view(of->value), view(of->message),
                        view(of->hint)});
        });
    }
    static build_report made(const ::pole_build_report &of)
    {
        return {of.poles,          of.stations, of.areas,      of.rows_read, of.rows_refused,
                of.rows_collapsed, of.remarks,  of.file_bytes, of.id};
    }
    void done(::pole_status status, ::pole_error &details)
    {
        state_->thrown.rethrow();
        check(status, details);
    }
    bool taken(::pole_status status, ::pole_error &details)
    {
        if (status == POLE_BAD_INPUT) {
            status = POLE_OK;
            done(status, details);
            return false;
        }
        done(status, details);
        return true;
    }

    std::unique_ptr<state> state_; // where the C library finds it, wherever this object moves
    detail::handle<::pole_builder, ::pole_builder_free> builder_;
};

enum class export_format : std::uint32_t { csv = POLE_EXPORT_CSV, geojson = POLE_EXPORT_GEOJSON };

// A table of the index, losslessly, through write(std::string_view).
template <class Write>
void export_table(const index &index, table table, export_format format, Write &&write)
{
    ::pole_export_options options;
    ::pole_export_options_init(&options);
    options.table = static_cast<std::uint32_t>(table);
    options.format = static_cast<std::uint32_t>(format);
    detail::sink<std::remove_reference_t<Write>> sink(write);
    const ::pole_sink to = sink.get();
    ::pole_error details{};
    sink.check(::pole_export(index.get(), &options, &to, &details), details);
}

// The column types of a CSV export, for GIS programs.
inline std::string_view export_csvt(table table) noexcept
{
    return detail::word(::pole_export_csvt(static_cast<std::uint32_t>(table)));
}

struct learned_counts {
    std::uint64_t confirmed = 0;
    std::uint64_t unconfirmed = 0;
    std::uint64_t unheard = 0;
    std::uint64_t unanswered = 0;
};

// From confirmed calls to a channel's table.
class learner
{
  public:
    // table: a channel's table, or the name of one that comes with the library.
    explicit learner(std::string_view table)
    {
        ::pole_learner *made = nullptr;
        ::pole_error details{};
        check(::pole_learner_new(borrow(table), nullptr, &made, &details), details);
        learner_.reset(made);
    }
    // What was heard first, and the code that was meant (empty: none). confirmed: by something else
    // than the answer itself.
    void add(std::string_view heard, std::string_view meant, bool confirmed)
    {
        check(::pole_learner_add(learner_.get(), borrow(heard), borrow(meant), confirmed ? 1 : 0));
    }
    // A line of a log of answers; throws bad_input when it is none.
    void add_line(std::string_view line)
    {
        check(::pole_learner_add_line(learner_.get(), borrow(line)));
    }
    learned_counts counts() const
    {
        auto of = detail::sized<::pole_learned_counts>();
        check(::pole_learner_counts(learner_.get(), &of));
        return {of.confirmed, of.unconfirmed, of.unheard, of.unanswered};
    }
    // Fit for channel::read().
    std::string table() const
    {
        std::string text;
        auto append = [&text](std::string_view bytes) { text.append(bytes); };
        detail::sink<decltype(append)> sink(append);
        const ::pole_sink to = sink.get();
        ::pole_error details{};
        sink.check(::pole_learner_write(learner_.get(), &to), details);
        return text;
    }

  private:
    detail::handle<::pole_learner, ::pole_learner_free> learner_;
};

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
