// SPDX-License-Identifier: BSL-1.0
#pragma once

// What would have become of a history under other rules, or under another programme's policies,
// from a position on. What commands decided themselves are facts and stand; what followed from them
// by reactions, and what fell due as time passed, is computed anew.
//
// A journal keeps events and not commands, so which events are facts is found by walking the
// history with a baseline of the same rules: of each batch it records the first event, and what
// follows from that has to be what the history has next; several events at once where one alone
// does not explain them. A batch that the baseline cannot explain, as an older release decided
// otherwise, is listed, and all of its events count as facts.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/mention.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/fork.hpp>
#include <koc/state/container.hpp>
#include <koc/state/difference.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// Where two courses of events part. Events are text: name and content; empty for none.
struct divergence {
    std::uint64_t position = 0; ///< in the history
    instant at;
    std::string was; ///< what the history has
    std::string is;  ///< what there is instead

    friend bool operator==(divergence const&, divergence const&) = default;
};
BOOST_DESCRIBE_STRUCT(divergence, (), (position, at, was, is))

/// A fact of the history that the other course cannot take.
struct refused_fact {
    std::uint64_t position = 0; ///< in the history
    std::string fact;
    error why;
};

/// The answer to a what-if.
struct retraced {
    std::uint64_t batches = 0;       ///< of the history, from the position on
    std::optional<divergence> first; ///< none where both went the same way
    std::uint64_t diverging = 0;     ///< stretches up to a command in which they went apart
    std::vector<refused_fact> refused;
    /// What the baseline could not reproduce: `is` is what it would have recorded.
    std::vector<divergence> unexplained;
    std::vector<state_difference> changed; ///< between the two states at the end
};

/// Walks the history of `live` from where `varied` was forked from it, and lets `varied` take its
/// facts and the passing of time. `varied` is a fork of `live` at `from` on which the change was
/// made (`adopt<Rules>` was handled), or an engine of another programme over `fork_journal_at`;
/// afterwards it is at the end of its other history and can be asked. `live` changes in nothing.
///
/// Refused: as `fork_at`, and as what falls due in `varied` is. Costs a replay up to `from`, two to
/// three decisions for each fact behind it, and O(state) for the comparison.
[[nodiscard]] inline result<retraced> retrace(engine& live, std::uint64_t from, engine& varied) {
    using access = detail::fork_access;
    KOC_TRY(live.catch_up());
    KOC_TRY(varied.catch_up());
    auto baseline = fork_at(live, from);
    if (!baseline) {
        return std::move(baseline).error();
    }
    retraced found;
    KOC_TRY(access::in(*baseline).retrace(
        access::in(live), live.head().position, access::in(varied), found));
    found.changed = difference(live.state_text(), varied.state_text());
    return found;
}

/// What differs for one id, such as one person.
struct affected {
    std::uint64_t id = 0; ///< 0 for what names none
    std::vector<state_difference> parts;
};

namespace detail {

/// Finds which ids of one type a difference is about.
class owners_of_difference {
public:
    owners_of_difference(engine_base& before, engine_base& after, type_key wanted)
        : wanted_{wanted} {
        note(before, &held::before);
        note(after, &held::after);
    }

    [[nodiscard]] std::set<std::uint64_t> of(state_difference const& part) const {
        std::set<std::uint64_t> found;
        std::uint64_t key = 0;
        auto const* const end = part.key.data() + part.key.size();
        auto const known = containers_.find(part.container);
        auto const read = std::from_chars(part.key.data(), end, key);
        if (known == containers_.end() || read.ec != std::errc{} || read.ptr != end) {
            return found;
        }
        for (auto const* in : {known->second.before, known->second.after}) {
            if (in == nullptr) {
                continue;
            }
            if (in->keyed_by() == wanted_) {
                found.insert(key);
            } else if (auto const* record = in->form() == nullptr ? nullptr : in->find_raw(key)) {
                static_cast<void>(find_mention(*in->form(), record, wanted_, [&](std::uint64_t id) {
                    found.insert(id);
                    return false; // all of them
                }));
            }
        }
        return found;
    }

private:
    struct held {
        container const* before = nullptr;
        container const* after = nullptr;
    };

    void note(engine_base& of, container const* held::*side) {
        struct call {
            owners_of_difference* self;
            container const* held::*side;
        } with{this, side};
        of.each_container(
            [](void* w, std::string_view aspect, std::string_view name, container& each) {
                auto& c = *static_cast<call*>(w);
                c.self->containers_[std::string{aspect} + '.' + std::string{name}].*c.side = &each;
            },
            &with);
    }

    type_key wanted_;
    std::map<std::string, held, std::less<>> containers_;
};

} // namespace detail

/// The differences of a what-if grouped by whom they concern: records and entries under an id of
/// this type, and other records that name one (then under each of them). What concerns nobody, such
/// as the rules themselves, stands under 0. In the order of the ids.
template <named_id Id>
[[nodiscard]] std::vector<affected> affected_by(
    retraced const& found, engine& live, engine& varied) {
    using access = detail::fork_access;
    detail::owners_of_difference const owners{access::in(live), access::in(varied), key_of<Id>};
    std::map<std::uint64_t, affected> grouped;
    for (auto const& part : found.changed) {
        auto ids = owners.of(part);
        if (ids.empty()) {
            ids.insert(0);
        }
        for (auto id : ids) {
            grouped[id].id = id;
            grouped[id].parts.push_back(part);
        }
    }
    std::vector<affected> all;
    for (auto& [id, each] : grouped) {
        all.push_back(std::move(each));
    }
    return all;
}

} // namespace koc
