// SPDX-License-Identifier: BSL-1.0
#pragma once

// An aspect is one part of a programme: the events it owns, the commands and queries it answers,
// the rules it goes by and the state it keeps. It decides without changing anything and applies
// without deciding anything, so its state is a fold over the journal.
//
//     class mentorship : public aspect<mentorship> {
//     public:
//         using events = event_list<mentor_paired>;
//         using commands = command_list<pair_mentor>;
//         using rules = mentorship_rules;
//
//         static constexpr auto guards(pair_mentor const*) {
//             return require(known<&pair_mentor::mentor>);
//         }
//         result<void> decide(pair_mentor const& command, context& in) const;
//         void apply(mentor_paired const& event, world const& in);
//     private:
//         links<member_id> pairs_{"mentor", "mentee"};
//         BOOST_DESCRIBE_CLASS(mentorship, (), (), (), (pairs_))
//     };

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/world.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace koc {

template <typename... Events>
using event_list = boost::mp11::mp_list<Events...>;
template <typename... Commands>
using command_list = boost::mp11::mp_list<Commands...>;
template <typename... Queries>
using query_list = boost::mp11::mp_list<Queries...>;
/// Questions that an aspect puts to all others by `in.review(question)`.
template <typename... Questions>
using question_list = boost::mp11::mp_list<Questions...>;
/// Records of an aspect of which each sets its id aside, or erases a person.
template <typename... Records>
using record_list = boost::mp11::mp_list<Records...>;
/// Aspects, lower ones first: an aspect reads only what stands before it.
template <typename... Aspects>
using aspect_list = boost::mp11::mp_list<Aspects...>;

namespace detail {

template <typename List, typename T>
inline constexpr bool lists = false;
template <typename... Types, typename T>
inline constexpr bool lists<boost::mp11::mp_list<Types...>, T> = (std::is_same_v<Types, T> || ...);

template <typename A>
struct events_of {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::events; }
struct events_of<A> {
    using type = typename A::events;
};
template <typename A>
struct commands_of {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::commands; }
struct commands_of<A> {
    using type = typename A::commands;
};
template <typename A>
struct queries_of {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::queries; }
struct queries_of<A> {
    using type = typename A::queries;
};
template <typename A>
struct questions_of {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::questions; }
struct questions_of<A> {
    using type = typename A::questions;
};
template <typename A>
struct follows_of {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::follows; }
struct follows_of<A> {
    using type = typename A::follows;
};
template <typename A>
struct reads_of {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::reads; }
struct reads_of<A> {
    using type = typename A::reads;
};

template <typename Rules>
Rules const& default_rules() {
    static Rules const rules{};
    return rules;
}

} // namespace detail

/// The base of an aspect: the world and the context that it gets, limited to what it declares.
///
/// Requirements, where `A` derives publicly from `aspect<A>`:
///   1. Any of `A::events`, `commands`, `queries`, `questions`, `follows` (events and questions of
///      others that it handles), `reads` (aspects whose functions it calls; records are found by
///      id without it), `rules` (a described struct), `columns`, `kept`, `tallies` and `gates`
///      (what searches find of its records, see koc/registry/contribution.hpp), `sets_aside`
///      (records of its own: as long as there is one, what all aspects keep under its id is found
///      by id alone, is in no list or search, and nothing on their agendas is due for it), `erases`
///      (records of its own: with one, all personal texts of the person whose number is its id
///      become empty in all aspects, and the sealer forgets their key).
///   2. `a.decide(command, context&) const` returns result<void>, for each command. It records
///      events; a refusal leaves no trace. Guards, if any: `static constexpr auto guards(Command
///      const*)`.
///   3. `a.apply(event, world const&)` for each own event and any followed one; it changes only its
///      own containers, decides nothing and cannot fail. Values that no command lets through are
///      refused before, by a free `result<void> check(Event const&)` beside an own event, if any.
///   4. `a.react(event, context&) const` may record further events or call commands;
///      `a.review(event or question, world const&) const` returns result<void> and may veto.
///      Both see the world after the event. Reading a journal runs `apply` alone. What follows from
///      an event may be data instead of `react`: `static constexpr auto consequences(Event
///      const*)`, see koc/engine/consequence.hpp.
///   5. `a.answer(query, world const&) const` returns result<typename Query::answer>, for each
///      query.
///   6. `a.due(id, context&) const` for the agenda of each kind of ids, see koc/state/agenda.hpp.
///   7. All data members are containers (koc/state/) and described; the aspect is made from
///      nothing.
///   8. Pure: no clock, no chance, no order of hashes.   [law, koc/testing/aspect.hpp]
template <typename Self>
class aspect {
public:
    /// What is true now.
    class world {
    public:
        explicit world(world_view const& view) : view_{&view} {}
        // NOLINTNEXTLINE: guards and checks take the view
        operator world_view const&() const { return *view_; }

        [[nodiscard]] instant now() const { return view_->now(); }
        [[nodiscard]] actor by() const { return view_->by(); }
        template <named_id Id>
        [[nodiscard]] auto const* find(Id id) const {
            return view_->find(id);
        }
        template <named_id Id>
        [[nodiscard]] auto const& at(Id id) const {
            return view_->at(id);
        }
        template <typename Record>
        [[nodiscard]] Record const* find_record(std::uint64_t id) const {
            return view_->template find_record<Record>(id);
        }
        /// Another aspect that `reads` lists.
        template <typename A>
        [[nodiscard]] A const& get() const {
            static_assert(
                std::is_same_v<A, Self> || detail::lists<typename detail::reads_of<Self>::type, A>,
                "koc: an aspect looks into another that it does not list; add it to `reads`, see "
                "docs/engine.md#reads");
            return view_->template aspect<A>();
        }
        /// Rules as they were adopted; the defaults where they never were, which only queries see.
        template <typename Rules>
        [[nodiscard]] Rules const& rules() const {
            auto const* held = view_->template adopted_rules<Rules>();
            return held == nullptr ? detail::default_rules<Rules>() : *held;
        }
        /// The first objection to a question, one of `questions`.
        template <typename Question>
        [[nodiscard]] result<void> review(Question const& question) const {
            static_assert(detail::lists<typename detail::questions_of<Self>::type, Question>,
                "koc: an aspect puts a question that it does not list; add it to `questions`, see "
                "docs/engine.md#questions");
            return view_->review(question);
        }

    private:
        world_view const* view_;
    };

    /// A world in which the aspect may record its events.
    class context : public world {
    public:
        explicit context(command_context& in) : world{in}, in_{&in} {}

        /// Records own events that form one fact. A refusal by anybody sticks.
        template <typename... E>
        void record(E... happened) {
            static_assert((detail::lists<typename detail::events_of<Self>::type, E> && ...),
                "koc: an aspect records an event that it does not own; call the owner's command by "
                "in.call, or add the "
                "event to `events`, see docs/engine.md#record");
            in_->record(std::move(happened)...);
        }
        /// Another command, as part of this one. A refused call has left nothing and must be
        /// answered.
        template <typename C>
        [[nodiscard]] result<void> call(C const& command) {
            return in_->call(command);
        }
        void refuse(error why) { in_->refuse(std::move(why)); }
        /// Refuses the whole command where a call was refused, for reactions and consequences. What
        /// happens because time passed goes on without the call.
        void need(result<void> called) {
            if (!called) {
                refuse(std::move(called).error());
            }
        }
        [[nodiscard]] bool refused() const { return in_->refused(); }

        /// Rules as they were adopted. Where they never were, the command is refused.
        template <typename Rules>
        [[nodiscard]] Rules const& rules() const {
            auto const* held = in_->template needed_rules<Rules>();
            return held == nullptr ? detail::default_rules<Rules>() : *held;
        }

    private:
        command_context* in_;
    };
};

} // namespace koc
