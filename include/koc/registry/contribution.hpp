// SPDX-License-Identifier: BSL-1.0
#pragma once

// What an aspect adds to the search index of a registry from its own records: columns of numbers,
// kept tags, and tallies. They are declared, not written: whenever a record changes, the index
// follows.
//
//     using columns = column_list<column_of<"load", &attention_record::commitments>>;
//     using kept = kept_list<kept_tag<&relationship_record::stage>>;
//     using tallies = tally_list<tally_of<"work", &track_record_entry::subjects,
//         &subject_work::tag, &subject_work::outcomes>>;
//
// What is declared `behind` a gate is found only while the gate is open. Searches see nothing of it
// otherwise: no number, not even that of whoever has no record, no tag and nothing in a tally.
//
//     using is_lent = gate_of<"lent", &book_record::lent>;
//     using gates = gate_list<is_lent>;
//     using columns = column_list<behind<is_lent, column_of<"days", &loan_record::days, 0>>>;
//
// They go to the registry whose records have the same type of `id`. Names of columns are unique
// among all that go there, as are those of tallies. What has no record yet has none of the kept
// tags, nothing in a tally, and in a column the number that the column gives for that, if any: an
// aspect need not make a record for everybody only so that searches find them.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/described.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/number/score.hpp>
#include <koc/state/key.hpp>
#include <koc/tag/fwd.hpp>
#include <koc/tag/number_column.hpp>

#include <boost/mp11/list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

namespace koc {

/// A name as a template argument.
template <std::size_t N>
struct fixed_name {
    char text[N]{};
    consteval fixed_name(char const (&from)[N]) { std::copy(from, from + N, text); } // NOLINT
    [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

namespace detail {

template <auto Read>
struct reader_traits;
template <typename Record, typename Value, Value Record::*Member>
struct reader_traits<Member> {
    using record = Record;
    using value = Value;
    static auto const& read(Record const& r) { return r.*Member; }
};
template <typename Record, typename Value, Value (*Function)(Record const&)>
struct reader_traits<Function> {
    using record = Record;
    using value = std::remove_cvref_t<Value>;
    static Value read(Record const& r) { return Function(r); }
};

/// What a value is in a column: scores in millionths, instants and durations in milliseconds. What
/// is too large for a column is the largest number that it holds.
template <typename Value>
std::int64_t column_number(Value const& v) {
    if constexpr (std::is_same_v<Value, score>) {
        return v.raw;
    } else if constexpr (std::is_same_v<Value, instant> || std::is_same_v<Value, duration>) {
        return v.ms;
    } else if constexpr (std::is_unsigned_v<Value> && sizeof(Value) == sizeof(std::int64_t)) {
        return static_cast<std::int64_t>(
            (std::min)(v, Value{(std::numeric_limits<std::int64_t>::max)()}));
    } else if constexpr (std::is_enum_v<Value> || std::is_integral_v<Value>) {
        return static_cast<std::int64_t>(v);
    } else {
        return v.has_value() ? column_number(*v) : number_column::absent;
    }
}

/// Calls `visit(name of the enumerator)` for each value.
template <typename Value, typename Visit>
void each_kept(Value const& v, Visit&& visit) {
    if constexpr (std::is_enum_v<Value>) {
        visit(name_of(v));
    } else if constexpr (requires { v.has_value(); }) {
        if (v) {
            visit(name_of(*v));
        }
    } else {
        for (auto const& one : v) {
            visit(name_of(one));
        }
    }
}
template <typename Value>
struct enum_in {
    using type = typename Value::value_type;
};
template <typename Value>
    requires std::is_enum_v<Value>
struct enum_in<Value> {
    using type = Value;
};

} // namespace detail

/// A column that an aspect keeps. `Read` is a member of a record whose `id` names something
/// searched, or a function from such a record; an integer, enum, bool, score, instant, duration, or
/// an optional of these. `Without` is the number of whoever has no record.
template <fixed_name Name, auto Read, std::int64_t Without = number_column::absent>
struct column_of {
    using record = typename detail::reader_traits<Read>::record;
    static constexpr std::string_view name = Name.view();
    static constexpr std::int64_t without = Without;
    static std::int64_t read(void const* held) {
        return detail::column_number(
            detail::reader_traits<Read>::read(*static_cast<record const*>(held)));
    }
};

/// Tags that an aspect keeps: the facet is the name of a described enum, its keys are the
/// enumerators. `Read` is an enum, an optional of one, or a list of them.
template <auto Read>
struct kept_tag {
    using record = typename detail::reader_traits<Read>::record;
    using enum_type = typename detail::enum_in<typename detail::reader_traits<Read>::value>::type;
    static constexpr std::string_view facet = type_name<enum_type>();
    static void each(
        void const* held, void (*visit)(void* with, std::string_view key), void* with) {
        detail::each_kept(detail::reader_traits<Read>::read(*static_cast<record const*>(held)),
            [&](std::string_view key) { visit(with, key); });
    }
};

/// Numbers by tag that an aspect keeps: `List` is a member of a record whose `id` names something
/// searched, a list of elements with a tag and a number, each tag once. Only numbers of 1 or more
/// count.
template <fixed_name Name, auto List, auto Tag, auto Number>
struct tally_of {
    using record = typename detail::reader_traits<List>::record;
    static constexpr std::string_view name = Name.view();
    static void each(
        void const* held, void (*visit)(void* with, tag_id tag, std::int64_t number), void* with) {
        for (auto const& element :
            detail::reader_traits<List>::read(*static_cast<record const*>(held))) {
            visit(with, element.*Tag, detail::column_number(element.*Number));
        }
    }
};

/// A condition on records of an aspect, by which what other aspects contribute about the same id
/// is found or hidden. `Open` is a bool member of a record whose `id` names something searched, or
/// a function from such a record. It is open for whoever has no record.
template <fixed_name Name, auto Open>
struct gate_of {
    using record = typename detail::reader_traits<Open>::record;
    static constexpr std::string_view name = Name.view();
    static_assert(std::is_same_v<typename detail::reader_traits<Open>::value, bool>,
        "koc: a gate is read from a bool; see docs/registry.md#gate");
    static bool open(void const* held) {
        return detail::reader_traits<Open>::read(*static_cast<record const*>(held));
    }
};

/// A column, kept tag or tally that is found only while a gate is open; always, where no aspect of
/// the programme lists the gate.
template <typename Gate, typename Contribution>
struct behind : Contribution {
    static constexpr std::string_view gate = Gate::name;
    static_assert(std::is_same_v<decltype(Gate::record::id), decltype(Contribution::record::id)>,
        "koc: a contribution is behind a gate of the same kind of ids; see docs/registry.md#gate");
};

template <typename... Columns>
using column_list = boost::mp11::mp_list<Columns...>;
template <typename... Tags>
using kept_list = boost::mp11::mp_list<Tags...>;
template <typename... Tallies>
using tally_list = boost::mp11::mp_list<Tallies...>;
template <typename... Gates>
using gate_list = boost::mp11::mp_list<Gates...>;

namespace detail {

/// The gate that a contribution is behind; empty for none.
template <typename Contribution>
constexpr std::string_view gate_before() {
    if constexpr (requires { Contribution::gate; }) {
        return Contribution::gate;
    } else {
        return {};
    }
}

} // namespace detail

/// A column, kept tag, tally or gate without its record type: one of the four functions is there.
struct contribution {
    type_key record;
    std::string_view name; ///< of the column, tally or gate, or of the facet
    std::int64_t (*read)(void const* record) = nullptr; ///< of a column
    std::int64_t without = number_column::absent;       ///< in a column, of who has no record
    void (*each)(void const* record, void (*visit)(void*, std::string_view key),
        void* with) = nullptr; ///< of a kept tag
    void (*count)(void const* record, void (*visit)(void*, tag_id tag, std::int64_t number),
        void* with) = nullptr;                  ///< of a tally
    bool (*open)(void const* record) = nullptr; ///< of a gate
    std::string_view gate{};                    ///< that it is behind; empty for none
};
template <typename Column>
inline constexpr contribution column_contribution{key_of<typename Column::record>, Column::name,
    &Column::read, Column::without, nullptr, nullptr, nullptr, detail::gate_before<Column>()};
template <typename Kept>
inline constexpr contribution kept_contribution{key_of<typename Kept::record>, Kept::facet, nullptr,
    number_column::absent, &Kept::each, nullptr, nullptr, detail::gate_before<Kept>()};
template <typename Tally>
inline constexpr contribution tally_contribution{key_of<typename Tally::record>, Tally::name,
    nullptr, number_column::absent, nullptr, &Tally::each, nullptr, detail::gate_before<Tally>()};
template <typename Gate>
inline constexpr contribution gate_contribution{key_of<typename Gate::record>, Gate::name, nullptr,
    number_column::absent, nullptr, nullptr, &Gate::open};

} // namespace koc
