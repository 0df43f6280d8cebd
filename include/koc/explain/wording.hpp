// SPDX-License-Identifier: BSL-1.0
#pragma once

// Renders answers as sentences in English and Chinese, from one structure and a table of phrases
// for each language. What people, tags and columns are called comes from the host. No phrase
// depends on a person's sex or on number.

#include <koc/explain/answer.hpp>
#include <koc/explain/detail/phrases.hpp>

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/join.hpp>
#include <range/v3/view/transform.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace koc {

/// Says what things are called, in the language of the reader.
///
/// Requirements, where `n` is const; everything returns a string:
///   1. `n.person(id)` and `n.task(id)` name a person and a task.
///   2. `n.tag(id)` and `n.tag(tag_name)` name a tag by its id and by the name in a requirement.
///   3. `n.column(id)` and `n.column(name)` name a column by its id and by its name in a
///      requirement, and `n.value(id, number)` and `n.value(name, number)` say a number of it.
///   4. `n.signal(name)` names what gave an amount, such as `affinity`.
template <typename N, typename TaskId, typename PersonId>
concept naming_for = requires(N const& n, PersonId person, TaskId task, tag_id tag,
    tag_name const& tag_called, column_id column, std::string_view called, std::int64_t number) {
    { n.person(person) } -> std::convertible_to<std::string>;
    { n.task(task) } -> std::convertible_to<std::string>;
    { n.tag(tag) } -> std::convertible_to<std::string>;
    { n.tag(tag_called) } -> std::convertible_to<std::string>;
    { n.column(column) } -> std::convertible_to<std::string>;
    { n.column(called) } -> std::convertible_to<std::string>;
    { n.value(column, number) } -> std::convertible_to<std::string>;
    { n.value(called, number) } -> std::convertible_to<std::string>;
    { n.signal(called) } -> std::convertible_to<std::string>;
};

/// A score as people write it: two decimals, more only where they matter, up to six.
inline std::string in_words(score s) {
    auto const magnitude =
        s.raw < 0 ? 0 - static_cast<std::uint64_t>(s.raw) : static_cast<std::uint64_t>(s.raw);
    auto places = std::to_string(magnitude % score::unit + score::unit).substr(1);
    while (places.size() > 2 && places.back() == '0') {
        places.pop_back();
    }
    return (s.raw < 0 ? "-" : "") + std::to_string(magnitude / score::unit) + '.' + places;
}

/// Puts words to answers and their parts; keeps references to nothing.
template <typename Naming>
class wording {
public:
    wording(language tongue, Naming names) : tongue_{tongue}, names_{std::move(names)} {}

    [[nodiscard]] std::string operator()(requirement const& r) const {
        switch (r.kind) {
        case requirement_kind::all:
            return r.parts.empty() ? say(phrases::everybody) : joined(r, phrases::conjunction);
        case requirement_kind::any:
            return r.parts.empty() ? say(phrases::nobody) : joined(r, phrases::disjunction);
        case requirement_kind::none:
            return r.parts.empty() ? say(phrases::everybody)
                                   : say(phrases::negation,
                                         {r.parts.size() == 1 ? (*this)(r.parts.front())
                                                              : joined(r, phrases::disjunction)});
        case requirement_kind::tag:
            return names_.tag(r.tag);
        case requirement_kind::column:
            break;
        }
        auto const called = std::string_view{r.column};
        std::string const low = r.at_least ? names_.value(called, *r.at_least) : "";
        std::string const high = r.at_most ? names_.value(called, *r.at_most) : "";
        return say(!r.at_most ? phrases::at_least
                : !r.at_least ? phrases::at_most
                              : phrases::between,
            {names_.column(called), r.at_least ? low : high, high});
    }

    /// The parts with their amounts, as a list.
    [[nodiscard]] std::string operator()(explanation const& why) const {
        auto const in_list = [this](auto const& part) {
            return part.about.valid()
                ? say(phrases::part_about,
                      {names_.signal(part.signal), names_.tag(part.about), in_words(part.amount)})
                : say(phrases::part, {names_.signal(part.signal), in_words(part.amount)});
        };
        return why.parts.empty() ? say(phrases::nothing)
                                 : list_of(why.parts, phrases::comma, in_list);
    }

    [[nodiscard]] std::string operator()(change const& c) const {
        switch (c.kind) {
        case change_kind::gain:
            return say(phrases::gain, {names_.tag(c.tag)});
        case change_kind::lose:
            return say(phrases::lose, {names_.tag(c.tag)});
        case change_kind::set:
            break;
        }
        return say(phrases::set, {names_.column(c.column), names_.value(c.column, c.value)});
    }

    template <typename Id>
    [[nodiscard]] std::string operator()(was_chosen<Id> const& a) const {
        return say(phrases::was_chosen,
            {names_.person(a.who), std::to_string(a.place), in_words(a.fit), (*this)(a.why)});
    }
    template <typename Id>
    [[nodiscard]] std::string operator()(lacks_requirement<Id> const& a) const {
        return say(phrases::lacks_requirement, {names_.person(a.who), (*this)(a.missing)});
    }
    template <typename Id>
    [[nodiscard]] std::string operator()(was_stopped<Id> const& a) const {
        return a.reason.empty() ? say(phrases::was_stopped, {names_.person(a.who)})
                                : say(phrases::was_stopped_by, {names_.person(a.who), a.reason});
    }
    template <typename Id>
    [[nodiscard]] std::string operator()(was_outscored<Id> const& a) const {
        return say(a.missing() == score{} ? phrases::lost_a_tie : phrases::was_outscored,
            {names_.person(a.who), in_words(a.fit), (*this)(a.why), in_words(a.missing()),
                names_.person(a.last), std::to_string(a.chosen), in_words(a.last_fit),
                (*this)(a.last_why)});
    }
    template <typename TaskId, typename PersonId>
    [[nodiscard]] std::string operator()(capacity_taken<TaskId, PersonId> const& a) const {
        auto const holders = list_of(a.holders, phrases::comma,
            [this](TaskId holder) -> std::string { return names_.task(holder); });
        return say(a.holders.empty() ? phrases::capacity_short : phrases::capacity_taken,
            {names_.person(a.who), names_.task(a.task), holders, in_words(a.fit), in_words(a.price),
                in_words(a.threshold), in_words(a.missing())});
    }
    template <typename Id>
    [[nodiscard]] std::string operator()(smallest_change_of<Id> const& a) const {
        auto const list = a.changes ? list_of(*a.changes, phrases::and_also, *this) : std::string{};
        return say(!a.changes ? a.chosen ? phrases::nothing_puts_out : phrases::nothing_brings_in
                : a.chosen    ? phrases::would_put_out
                              : phrases::would_bring_in,
            {names_.person(a.who), list});
    }
    template <typename... Answers>
    [[nodiscard]] std::string operator()(std::variant<Answers...> const& any) const {
        return std::visit([this](auto const& a) { return (*this)(a); }, any);
    }

private:
    /// A phrase with %1% %2% ... replaced.
    [[nodiscard]] std::string say(
        detail::phrase const& words, std::initializer_list<std::string> values = {}) const {
        return detail::filled(tongue_ == language::en ? words.en : words.zh, values);
    }

    [[nodiscard]] std::string joined(requirement const& r, detail::phrase const& word) const {
        return list_of(r.parts, word, [this](requirement const& part) {
            bool const nested = part.parts.size() > 1 && part.kind != requirement_kind::none;
            return nested ? say(phrases::grouped, {(*this)(part)}) : (*this)(part);
        });
    }

    /// Each part in words, with a phrase between them.
    template <typename Parts, typename InWords>
    [[nodiscard]] std::string list_of(
        Parts const& parts, detail::phrase const& between, InWords const& in_words_of) const {
        auto const separator = say(between);
        return parts | ranges::views::transform(std::ref(in_words_of)) |
            ranges::views::join(separator) | ranges::to<std::string>();
    }

    using phrases = detail::phrases;

    language tongue_;
    Naming names_;
};

} // namespace koc
