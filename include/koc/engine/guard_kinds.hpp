// SPDX-License-Identifier: BSL-1.0
#pragma once

// The guards that most commands need, named by the members they look at, and those that say who may
// send a command. What a command was called by has checked who sent that, so only what is sent is
// asked who sends it.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/engine/detail/named_member.hpp>
#include <koc/engine/guard.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/actor.hpp>
#include <koc/number/score.hpp>
#include <koc/state/key.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

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

/// `whom` completes "expected ... to send this", `instead` says what to do.
inline error wrong_sender(
    std::string about, std::string const& whom, world_view const& in, std::string_view instead) {
    return {errc::not_qualified, std::move(about),
        "expected " + whom + " to send this, not " + to_string(in.by()) + "; " +
            std::string{instead}};
}

template <typename C>
struct desk_guard {
    static std::string words() { return "sent by an employee or the host"; }
    static result<void> check(void const*, world_view const& in) {
        if (in.called() || in.by().kind != actor_kind::member) {
            return {};
        }
        return wrong_sender(
            std::string{command_type_of<C>.name}, "an employee or the host", in, "ask one of them");
    }
};
template <typename C>
struct employee_guard {
    static std::string words() { return "sent by an employee, by their id"; }
    static result<void> check(void const*, world_view const& in) {
        if (in.by().kind == actor_kind::employee && in.by().id != 0) {
            return {};
        }
        return wrong_sender(std::string{command_type_of<C>.name}, "an employee, by their id,", in,
            "send it as one, so that two people can be told apart");
    }
};

/// Whose a command is: the id in a member of it, or in a field of the record that the member names.
template <auto Member, auto... Field>
struct owner_in {
    using id_type = std::remove_cv_t<value_of_member<Member>>;
    static std::string words() { return std::string{member_name<Member>()}; }
    static std::optional<id_type> find(void const* command, world_view const&) {
        return member_in<Member>(command);
    }
};
template <auto Member, auto Field>
struct owner_in<Member, Field> {
    using id_type = std::remove_cv_t<value_of_member<Field>>;
    static std::string words() {
        return std::string{member_name<Field>()} + " of " + std::string{member_name<Member>()};
    }
    static std::optional<id_type> find(void const* command, world_view const& in) {
        auto const id = member_in<Member>(command);
        auto const* found = in.find_record<record_of_member<Field>>(id.value());
        return found == nullptr ? std::nullopt : std::optional{found->*Field};
    }
};
/// `Recorded`: employees, who record the owner's word, send it too.
/// Of a record that is unknown nobody is the owner; `known` refuses it.
template <typename Owner, bool Recorded>
struct owner_guard {
    static std::string whom() {
        return Recorded ? " themself, an employee or the host" : " themself";
    }
    static std::string words() {
        return "sent by " + Owner::words() + whom() + (Recorded ? "" : " or the host");
    }
    static result<void> check(void const* command, world_view const& in) {
        auto const by = in.by();
        if (in.called() ||
            (Recorded ? by.kind != actor_kind::member : by.kind == actor_kind::host)) {
            return {};
        }
        auto const owner = Owner::find(command, in);
        if (!owner || by == actor{actor_kind::member, owner->value()}) {
            return {};
        }
        auto const* noun = Owner::id_type::kind::noun;
        return wrong_sender(
            subject(noun, *owner), std::string{"the "} + noun + whom(), in, "leave it to them");
    }
};
template <typename Owner>
struct other_guard {
    static std::string words() { return "sent by anybody but " + Owner::words(); }
    static result<void> check(void const* command, world_view const& in) {
        auto const owner = Owner::find(command, in);
        if (in.called() || !owner || in.by() != actor{actor_kind::member, owner->value()}) {
            return {};
        }
        auto const* noun = Owner::id_type::kind::noun;
        return wrong_sender(subject(noun, *owner), std::string{"somebody else than the "} + noun,
            in, "leave it to them");
    }
};
template <typename C>
struct stated_guard {
    static std::string words() { return "sent by " + std::string{C::sent_by}; }
    static result<void> check(void const*, world_view const&) { return {}; }
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

/// An employee or the host sends the command: `by_desk<draw_shortlist>`.
template <typename C>
inline constexpr auto by_desk = detail::guard_of<C, detail::desk_guard<C>>();

/// Only an employee sends the command, by an id, also where it is called: for what takes people
/// who can be told apart.
template <typename C>
inline constexpr auto by_employee = detail::guard_of<C, detail::employee_guard<C>>();

/// Whose it is sends the command, or an employee or the host who records their word:
/// `by_member<&claim_task::member>`, and where a record says whose it is
/// `by_member<&accept_offer::offer, &offer_record::member>`.
template <auto Member, auto... Field>
inline constexpr auto by_member = detail::guard_of<record_of_member<Member>,
    detail::owner_guard<detail::owner_in<Member, Field...>, true>>();

/// Whose it is sends the command, or the host, which vouches for whom it speaks; an employee does
/// not. Named as for `by_member`.
template <auto Member, auto... Field>
inline constexpr auto in_person = detail::guard_of<record_of_member<Member>,
    detail::owner_guard<detail::owner_in<Member, Field...>, false>>();

/// Anybody but whom it is about sends the command. Named as for `by_member`.
template <auto Member, auto... Field>
inline constexpr auto by_another = detail::guard_of<record_of_member<Member>,
    detail::other_guard<detail::owner_in<Member, Field...>>>();

/// Who may send the command depends on the state, so that `decide` checks it. `C` has a `static
/// constexpr std::string_view sent_by`, which says it on the page of rules.
template <typename C>
inline constexpr auto by_state = detail::guard_of<C, detail::stated_guard<C>>();

} // namespace koc
