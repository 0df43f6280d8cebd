// SPDX-License-Identifier: BSL-1.0
#pragma once

// The guards that most commands need, named by the members they look at.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/engine/detail/named_member.hpp>
#include <koc/engine/guard.hpp>
#include <koc/engine/world.hpp>
#include <koc/number/score.hpp>
#include <koc/state/key.hpp>

#include <cstdint>
#include <string>
#include <type_traits>

namespace koc {

namespace detail {

template <auto... Values>
std::string names_of() {
    std::string text;
    ((text += (text.empty() ? "" : " or ") + std::string{name_of(Values)}), ...);
    return text;
}

template <auto Member>
struct known_guard {
    using id_type = value_of_member<Member>;
    static std::string words() {
        return std::string{member_name<Member>()} + " is a known " + id_type::kind::noun;
    }
    static result<void> check(void const* command, world_view const& in) {
        auto const id = member_in<Member>(command);
        return in.find(id) != nullptr ? result<void>{} : unknown(id_type::kind::noun, id);
    }
};
template <auto Member, auto Field, auto... Values>
struct field_guard {
    using id_type = value_of_member<Member>;
    using record = record_of_member<Field>;
    static std::string words() {
        return std::string{member_name<Member>()} + " has " + std::string{member_name<Field>()} +
            ' ' + names_of<Values...>();
    }
    static result<void> check(void const* command, world_view const& in) {
        auto const id = member_in<Member>(command);
        auto const* found = in.find_record<record>(id.value());
        if (found != nullptr && ((found->*Field == Values) || ...)) {
            return {};
        }
        return error{errc::not_qualified, subject(id_type::kind::noun, id),
            "expected a " + std::string{member_name<Member>()} + " with " +
                std::string{member_name<Field>()} + ' ' + names_of<Values...>() +
                (found == nullptr ? "" : ", not " + std::string{name_of(found->*Field)}) +
                "; name another or bring it there first"};
    }
};
template <auto Member, auto Flag>
struct flag_guard {
    using id_type = value_of_member<Member>;
    static std::string words() {
        return std::string{member_name<Member>()} + " is " + std::string{member_name<Flag>()};
    }
    static result<void> check(void const* command, world_view const& in) {
        auto const id = member_in<Member>(command);
        auto const* found = in.find_record<record_of_member<Flag>>(id.value());
        if (found != nullptr && found->*Flag) {
            return {};
        }
        return error{errc::not_qualified, subject(id_type::kind::noun, id),
            "expected that " + words() + "; name another or see to it first"};
    }
};
template <auto Member, auto Low, auto High>
struct between_guard {
    using value = value_of_member<Member>;
    static std::string text(auto bound) {
        if constexpr (std::is_same_v<value, score>) {
            return to_decimal(bound);
        } else {
            return std::to_string(bound);
        }
    }
    static std::string to_decimal(score s) {
        auto const size =
            s.raw < 0 ? 0 - static_cast<std::uint64_t>(s.raw) : static_cast<std::uint64_t>(s.raw);
        auto text = (s.raw < 0 ? "-" : "") + std::to_string(size / score::unit);
        if (auto const rest = size % score::unit; rest != 0) {
            auto digits = std::to_string(rest);
            digits.insert(0, 6 - digits.size(), '0');
            digits.erase(digits.find_last_not_of('0') + 1);
            text += '.' + digits;
        }
        return text;
    }
    static std::string range() { return "from " + text(Low) + " to " + text(High); }
    static std::string words() { return std::string{member_name<Member>()} + ' ' + range(); }
    static result<void> check(void const* command, world_view const&) {
        auto const& v = member_in<Member>(command);
        if (Low <= v && v <= High) {
            return {};
        }
        return error{errc::invalid_argument, member_subject<Member>(),
            "expected a value " + range() + ", not " + text(v)};
    }
};
template <auto Member, typename Lifecycle, auto Trigger>
struct step_guard {
    using id_type = value_of_member<Member>;
    static std::string words() {
        std::string stages;
        for (auto const& row : Lifecycle::rows) {
            if (row.event == Trigger) {
                stages += (stages.empty() ? "" : " or ") + std::string{name_of(row.from)};
            }
        }
        return std::string{member_name<Member>()} + " is in stage " + stages;
    }
    static result<void> check(void const* command, world_view const& in) {
        auto const id = member_in<Member>(command);
        auto const* found = in.find(id);
        if (found == nullptr || Lifecycle::allows(found->stage, Trigger)) {
            return {};
        }
        return Lifecycle::refusal(found->stage, Trigger)
            ->as_error(subject(id_type::kind::noun, id));
    }
};

template <typename C>
struct called_guard {
    static std::string words() { return "called by " + std::string{C::called_by} + ", not sent"; }
    static result<void> check(void const*, world_view const& in) {
        if (in.called()) {
            return {};
        }
        return error{errc::not_qualified, std::string{type_name<C>()},
            "expected to be called by " + std::string{C::called_by} +
                ", so that what belongs together changes together; send that instead"};
    }
};

template <typename C, typename Kind>
constexpr command_guard<C> guard_of() {
    return {{&Kind::words, &Kind::check}};
}

} // namespace detail

/// The id names something: `known<&pair_mentor::mentor>`.
template <auto Member>
inline constexpr auto
    known = detail::guard_of<record_of_member<Member>, detail::known_guard<Member>>();

/// The record under the id has one of some values: `has_value<&pair_mentor::mentor,
/// &relationship_record::stage, stage::mature>`.
template <auto Member, auto Field, auto... Values>
inline constexpr auto has_value =
    detail::guard_of<record_of_member<Member>, detail::field_guard<Member, Field, Values...>>();

/// A flag of the record under the id is set: `flagged<&amplify::submission,
/// &review_record::chosen>`.
template <auto Member, auto Flag>
inline constexpr auto
    flagged = detail::guard_of<record_of_member<Member>, detail::flag_guard<Member, Flag>>();

/// A number or score within its range, both ends included: `within<&dispatch::count, 1, 100'000>`.
template <auto Member, auto Low, auto High>
inline constexpr auto
    within = detail::guard_of<record_of_member<Member>, detail::between_guard<Member, Low, High>>();

/// The lifecycle of the record under the id has a row for the trigger:
/// `may_step<&accept_offer::offer, offer_lifecycle, offer_trigger::accepted>`. The record has a
/// member `stage`; guards of the row are not asked. For who includes
/// koc/lifecycle/step_refusal.hpp.
template <auto Member, typename Lifecycle, auto Trigger>
inline constexpr auto may_step =
    detail::guard_of<record_of_member<Member>, detail::step_guard<Member, Lifecycle, Trigger>>();

/// The command is part of another one and not sent by itself: `only_called<fulfil_offer>`. `C` has
/// a `static constexpr std::string_view called_by`, which names what is sent.
template <typename C>
inline constexpr auto only_called = detail::guard_of<C, detail::called_guard<C>>();

} // namespace koc
