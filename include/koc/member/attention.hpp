// SPDX-License-Identifier: BSL-1.0
#pragma once

// Attention is a budget. A member is asked only so often, holds only so much unfinished work, and
// is left in peace for a while after saying no. Whoever asks, asks here first, and every ask is
// recorded.

#include <koc/core/arrival_map.hpp>
#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// How much may be asked of one person.
struct attention_rules {
    std::int64_t asks_max = 3; ///< unasked-for offers within one window
    duration window = days(7);
    std::int64_t commitments_max = 2; ///< accepted work not yet handed in
    duration cool_down = days(2);     ///< quiet time after a refusal
};

/// Somebody was asked something they had not asked for.
struct attention_asked {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(attention_asked, (), (member))

/// Somebody said no.
struct attention_refused {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(attention_refused, (), (member))

/// Somebody took on a piece of work.
struct commitment_made {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(commitment_made, (), (member))

/// A piece of work was handed in or given back.
struct commitment_ended {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(commitment_ended, (), (member))

/// Who has been asked how much. The rules are `Programme::attention`, an `attention_rules`.
template <typename Programme>
class attention {
public:
    using events =
        event_list<attention_asked, attention_refused, commitment_made, commitment_ended>;
    using commands = command_list<>;

    explicit attention(Programme const& programme) : rules_{programme.attention} {}

    [[nodiscard]] attention_rules const& rules() const { return rules_; }

    /// Asks within the window that ends at `now`.
    [[nodiscard]] std::int64_t asks(member_id who, instant now) const {
        auto const it = people_.find(who);
        return it == people_.end() ? 0 : asks(it->second, now);
    }
    [[nodiscard]] std::int64_t commitments(member_id who) const {
        auto const it = people_.find(who);
        return it == people_.end() ? 0 : it->second.commitments;
    }

    /// Whether this person may take on one more piece of work.
    [[nodiscard]] bool can_commit(member_id who) const {
        return commitments(who) < rules_.commitments_max;
    }
    /// Whether this person may be asked now. O(asks within the window).
    [[nodiscard]] bool can_ask(member_id who, instant now) const {
        auto const it = people_.find(who);
        return it == people_.end() ||
            (it->second.commitments < rules_.commitments_max && !cooling(it->second, now) &&
                asks(it->second, now) < rules_.asks_max);
    }
    /// Why this person may not be asked now, for whom `can_ask` says no.
    [[nodiscard]] std::string refusal(member_id who, instant now) const {
        auto const it = people_.find(who);
        if (it == people_.end()) {
            return {};
        }
        auto const& person = it->second;
        if (person.commitments >= rules_.commitments_max) {
            return "holds " + std::to_string(person.commitments) + " of at most " +
                std::to_string(rules_.commitments_max) + " unfinished tasks";
        }
        if (cooling(person, now)) {
            return "declined lately and is left in peace until " +
                to_iso8601(person.refused_at + rules_.cool_down);
        }
        return "was asked " + std::to_string(asks(person, now)) + " times since " +
            to_iso8601(now - rules_.window) + ", the most allowed";
    }

    void apply(attention_asked const& event, instant at) {
        auto& person = people_[event.member];
        while (!person.asked.empty() && person.asked.front() + rules_.window <= at) {
            person.asked.erase(person.asked.begin());
        }
        person.asked.push_back(at);
    }
    void apply(attention_refused const& event, instant at) {
        auto& person = people_[event.member];
        person.refused_at = at;
        person.refused = true;
    }
    void apply(commitment_made const& event, instant) { ++people_[event.member].commitments; }
    void apply(commitment_ended const& event, instant) { --people_[event.member].commitments; }

    void digest_into(hasher& into) const {
        std::vector<member_id> order;
        for (auto const& [who, person] : people_) {
            order.push_back(who);
        }
        std::sort(order.begin(), order.end());
        for (auto who : order) {
            auto const& person = people_.at(who);
            into.add(who).add(person.asked).add(person.refused).add(person.refused_at);
            into.add(person.commitments);
        }
    }

private:
    struct history {
        std::vector<instant> asked; ///< ascending, those of the last window
        instant refused_at;
        bool refused = false;
        std::int64_t commitments = 0;
    };

    [[nodiscard]] std::int64_t asks(history const& who, instant now) const {
        return std::count_if(who.asked.begin(), who.asked.end(),
            [&](instant at) { return at + rules_.window > now; });
    }
    [[nodiscard]] bool cooling(history const& who, instant now) const {
        return who.refused && who.refused_at + rules_.cool_down > now;
    }

    attention_rules rules_;
    arrival_map<member_id, history> people_;
};

} // namespace koc
