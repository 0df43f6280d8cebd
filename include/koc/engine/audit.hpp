// SPDX-License-Identifier: BSL-1.0
#pragma once

// The audit trail: what was recorded, by whom and for which request; all of it that is about one
// person; and a decision as one record with a digest, which the same command on the same history
// gives again.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/about.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/engine/engine.hpp>
#include <koc/journal/actor.hpp>
#include <koc/journal/envelope.hpp>

#include <boost/describe/class.hpp>
#include <range/v3/action/push_back.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/for_each.hpp>
#include <range/v3/view/take.hpp>
#include <range/v3/view/take_while.hpp>
#include <range/v3/view/transform.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Which recorded events to show; what is left out does not limit.
struct audit_filter {
    std::optional<actor> by;
    std::optional<std::string> type;    ///< the name of a type of events
    std::optional<std::string> request; ///< its id
    std::optional<instant> from;        ///< inclusive
    std::optional<instant> to;          ///< exclusive
    std::int64_t count_max = 1000;      ///< from 1 to 100,000; the first ones
    std::uint64_t position = 0;         ///< where to begin
};
BOOST_DESCRIBE_STRUCT(audit_filter, (), (by, type, request, from, to, count_max, position))

/// A recorded event as text.
struct audit_entry {
    std::uint64_t position = 0;
    std::uint64_t first = 0; ///< the position of the first event of the same decision
    instant at;
    actor by;
    std::string request;
    std::string type;
    std::string payload; ///< canonical text
};
BOOST_DESCRIBE_STRUCT(audit_entry, (), (position, first, at, by, request, type, payload))

namespace detail {

inline audit_entry audit_entry_of(envelope const& e, event const& happened) {
    return {e.position, e.first, e.at, e.by, e.asked.id, std::string{happened.type().name},
        happened.payload()};
}

/// An event as far as it is about a person, as an object of canonical text. Of an actor who is
/// another member there is no id.
inline void append_recorded(
    std::string& out, envelope const& e, event const& happened, person_ref const& who) {
    auto by = e.by;
    by.id = by.kind == actor_kind::member && by.id != who.id ? 0 : by.id;
    out += "{\"position\":" + std::to_string(e.position) + ",\"at\":";
    append_canonical(out, shape_of<instant>, &e.at);
    out += ",\"by\":";
    append_canonical(out, shape_of<actor>, &by);
    out += ",\"type\":\"" + std::string{happened.type().name} + "\",\"payload\":";
    append_about(out, *happened.type().form, happened.raw(), who);
    out += '}';
}

} // namespace detail

/// The events that a filter lets through, in the order of the journal. Refused: an unknown type of
/// events
/// (`unknown_id`), a filter that nothing can meet or a count out of range (`invalid_argument`), and
/// as `read` of the journal. Linear in the events from `position` on.
inline result<std::vector<audit_entry>> audit(engine& of, audit_filter const& wanted) {
    if (wanted.count_max < 1 || wanted.count_max > 100'000) {
        return error{
            errc::invalid_argument, "audit_filter.count_max", "expected from 1 to 100,000"};
    }
    if (wanted.from && wanted.to && *wanted.to <= *wanted.from) {
        return error{errc::invalid_argument, "audit_filter.to",
            "expected an instant after " + to_iso8601(*wanted.from) + ", where the filter begins"};
    }
    if (wanted.type && of.is().types.find(*wanted.type) == nullptr) {
        return error{errc::unknown_id, "event type " + koc::quoted(*wanted.type),
            "expected the name of a type of events of this programme"};
    }
    namespace views = ranges::views;
    auto const is_wanted = [&](envelope const& e) {
        return (!wanted.by || e.by == *wanted.by) &&
            (!wanted.request || e.asked.id == *wanted.request) &&
            (!wanted.from || *wanted.from <= e.at) && (!wanted.to || e.at < *wanted.to);
    };
    auto const entries = [&](envelope const& e) {
        return e.events | views::filter([&](event const& happened) {
            return !wanted.type || happened.type().name == *wanted.type;
        }) | views::transform([&e](event const& happened) {
            return detail::audit_entry_of(e, happened);
        });
    };
    auto const count_max = static_cast<std::size_t>(wanted.count_max);
    std::vector<audit_entry> found;
    for (auto at = wanted.position; found.size() < count_max;) {
        auto const page = of.read(at, 4096);
        if (!page) {
            return page.error();
        }
        if (page->empty()) {
            break;
        }
        ranges::push_back(found,
            *page | views::filter(is_wanted) | views::for_each(entries) |
                views::take(count_max - found.size()));
        at = page->back().position + 1;
    }
    return found;
}

/// All that was recorded about a person, or that they did: a list of objects with the position, the
/// instant, who acted, the type and the payload of each event, as canonical text. Of others there
/// is nothing: neither their words nor their ids. Who was merged into them is a person of their own
/// here. Refused: as `read` of the journal. O(events).
template <named_id Id>
result<std::string> recorded_about(engine& of, Id person) {
    person_ref const who{key_of<Id>, person.value()};
    actor const themself{actor_kind::member, person.value()};
    std::string all = "[";
    for (std::uint64_t at = 0;;) {
        auto const page = of.read(at, 4096);
        if (!page) {
            return page.error();
        }
        if (page->empty()) {
            return all + ']';
        }
        for (auto const& e : *page) {
            for (auto const& happened : e.events) {
                auto const& form = *happened.type().form;
                if (e.by == themself || is_about(form, happened.raw(), who)) {
                    all += all.back() == '[' ? "" : ",";
                    detail::append_recorded(all, e, happened, who);
                }
            }
        }
        at = page->back().position + 1;
    }
}

/// The digest of a decision: of the types and canonical texts of its events, in their order. Where
/// it was, when, and by which writer has no part in it.
inline digest decision_digest(std::vector<event> const& events) {
    hasher into;
    for (auto const& happened : events) {
        into.add(happened.type().name).add(happened.payload());
    }
    return into.finish();
}

/// A decision as it was recorded.
struct decision_record {
    std::uint64_t first = 0;
    instant at;
    actor by;
    std::string request;
    std::vector<audit_entry> events;
    digest decided; ///< decision_digest of its events
};
BOOST_DESCRIBE_STRUCT(decision_record, (), (first, at, by, request, events, decided))

/// The decision whose first event is at a position, such as receipt::first. An engine that has
/// caught up to that position and previews the same command at the same instant for the same actor
/// gives events with the same digest. Refused: `unknown_id` where no decision begins there, and as
/// `read` of the journal.
inline result<decision_record> decision_at(engine& of, std::uint64_t first) {
    decision_record made;
    std::vector<event> events;
    auto const of_decision = [&](envelope const& e) { return e.first == first; };
    for (auto at = first, last = at + 1; at != last;) {
        auto const page = of.read(at, 64);
        if (!page) {
            return page.error();
        }
        last = at;
        for (auto const& e : *page | ranges::views::take_while(of_decision)) {
            made.first = first;
            made.at = e.at;
            made.by = e.by;
            made.request = e.asked.id;
            for (auto const& happened : e.events) {
                made.events.push_back(detail::audit_entry_of(e, happened));
                events.push_back(happened);
            }
            at = e.position + 1;
        }
    }
    if (made.events.empty()) {
        return error{errc::unknown_id, "event " + std::to_string(first),
            "expected the position at which a decision begins, as its receipt names it"};
    }
    made.decided = decision_digest(events);
    return made;
}

} // namespace koc
