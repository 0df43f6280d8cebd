// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a person's past says about their next piece of work on a subject. Four numbers are kept
// current as outcomes come in, all in integers: how much they do now and these weeks (two decaying
// counts), how often and how well they worked on each subject, and how often that would be expected
// of anybody with as much work. Small samples count for little by construction.

#include <koc/core/arrival_map.hpp>
#include <koc/core/decayed_sum.hpp>
#include <koc/core/digest.hpp>
#include <koc/core/error.hpp>
#include <koc/core/fixed_math.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/outcome.hpp>
#include <koc/member/roster.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace koc {

/// How fast a person's rhythm fades, and how many imagined average pieces of work a quality starts
/// from.
struct track_record_rules {
    duration now = days(1);     ///< half-life of what somebody does at the moment
    duration lately = days(14); ///< half-life of what somebody does these weeks
    std::int64_t quality_prior = 2;
};

/// Records a piece of past work that this engine did not dispatch, such as from before it was in
/// use.
struct record_outcome {
    member_id member;
    std::vector<tag_id> tags;
    score quality; ///< from 0 to 1
    instant at;    ///< when it was done; not after now
};
BOOST_DESCRIBE_STRUCT(record_outcome, (), (member, tags, quality, at))

/// The track records of all members. The rules are `Programme::track_record`, a
/// `track_record_rules`.
template <typename Programme>
class track_record {
public:
    using events = event_list<outcome_recorded>;
    using commands = command_list<record_outcome>;

    explicit track_record(Programme const& programme)
        : now_{programme.track_record.now}, lately_{programme.track_record.lately},
          prior_{programme.track_record.quality_prior} {}

    /// An instant, prepared for many questions at that instant.
    struct moment_in_time {
        half_life::age now;
        half_life::age lately;
    };
    [[nodiscard]] moment_in_time at(instant t) const { return {now_.at(t), lately_.at(t)}; }

    /// Pieces of work that still count, at the fast and at the slow rate. O(1).
    [[nodiscard]] score active_now(member_id who, moment_in_time const& t) const {
        auto const* past = find(who);
        return past == nullptr ? score{} : past->now.at(t.now);
    }
    [[nodiscard]] score active_lately(member_id who, moment_in_time const& t) const {
        auto const* past = find(who);
        return past == nullptr ? score{} : past->lately.at(t.lately);
    }

    [[nodiscard]] std::int64_t outcomes(member_id who) const {
        auto const* past = find(who);
        return past == nullptr ? 0 : past->outcomes;
    }
    [[nodiscard]] std::int64_t outcomes(member_id who, tag_id tag) const {
        auto const* row = find(who, tag);
        return row == nullptr ? 0 : row->outcomes;
    }

    /// How much more a person works on a subject than their volume alone would make one expect:
    /// log2 of (observed + 1) / (expected + 1), where expected is their outcomes times the
    /// subject's share of all outcomes. 0 for a subject nobody has worked on; may be negative.
    /// O(1).
    [[nodiscard]] score lift(member_id who, tag_id tag) const {
        auto const* subject_total = find_total(tag);
        if (subject_total == nullptr) {
            return {};
        }
        auto const expected = ratio_of(outcomes(who), subject_total->outcomes, outcomes_);
        return log2_1p(whole(outcomes(who, tag))) - log2_1p(expected);
    }

    /// The quality of a person's work on a subject, from 0 to 1: their mean, shrunk towards the
    /// subject's mean by a few imagined average pieces of work, and that towards one half. O(1).
    [[nodiscard]] score quality(member_id who, tag_id tag) const {
        auto const* all = find_total(tag);
        auto const mean = all == nullptr ? percent(50) : shrunk(*all, percent(50));
        auto const* own = find(who, tag);
        return own == nullptr ? mean : shrunk(*own, mean);
    }

    result<void> decide(auto const& world, record_outcome const& command, auto& out) const {
        if (world.template get<roster>().find(command.member) == nullptr) {
            return unknown("member", command.member);
        }
        if (auto refused = world.template get<tag_library>().check_subjects(
                subject("outcome of member", command.member), command.tags)) {
            return *std::move(refused);
        }
        if (command.quality < score{} || command.quality > whole(1)) {
            return error{errc::invalid_argument, subject("outcome of member", command.member),
                "expected a quality from 0 to 1"};
        }
        if (command.at > out.now()) {
            return error{errc::invalid_argument, subject("outcome of member", command.member),
                "expected an instant that is not in the future"};
        }
        out.emit(outcome_recorded{command.member, command.tags, command.quality, command.at});
        return {};
    }

    void apply(outcome_recorded const& event, instant) {
        auto& past = people_[event.member];
        ++past.outcomes;
        past.now.add(now_, event.at, whole(1));
        past.lately.add(lately_, event.at, whole(1));
        ++outcomes_;
        for (auto tag : event.tags) {
            if (tag.value() >= totals_.size()) {
                totals_.resize(tag.value() + 1U);
                subjects_.resize(tag.value() + 1U);
            }
            totals_[tag.value()].add(event.quality);
            subjects_[tag.value()][event.member].add(event.quality);
        }
    }

    void digest_into(hasher& into) const {
        into.add(outcomes_);
        for_each_sorted(people_, [&](member_id who, person const& past) {
            into.add(who).add(past.outcomes).add(past.now).add(past.lately);
        });
        for (std::size_t tag = 0; tag < subjects_.size(); ++tag) {
            for_each_sorted(subjects_[tag], [&](member_id who, tally const& row) {
                into.add(tag).add(who).add(row.outcomes).add(row.quality_sum);
            });
        }
    }

private:
    struct tally {
        std::int64_t outcomes = 0;
        score quality_sum;

        void add(score quality) {
            ++outcomes;
            quality_sum += quality;
        }
    };
    struct person {
        std::int64_t outcomes = 0;
        decayed_sum now;
        decayed_sum lately;
    };

    template <typename Map, typename Visit>
    static void for_each_sorted(Map const& map, Visit&& visit) {
        std::vector<member_id> order;
        order.reserve(map.size());
        for (auto const& entry : map) {
            order.push_back(entry.first);
        }
        std::sort(order.begin(), order.end());
        for (auto who : order) {
            visit(who, map.at(who));
        }
    }

    /// a * b / c as a score.
    static score ratio_of(std::int64_t a, std::int64_t b, std::int64_t c) {
        return {static_cast<std::int64_t>(detail::wide_uint{static_cast<std::uint64_t>(a)} *
            static_cast<std::uint64_t>(b) * score::unit / static_cast<std::uint64_t>(c))};
    }

    [[nodiscard]] score shrunk(tally const& t, score towards) const {
        auto const sum = t.quality_sum.raw + prior_ * towards.raw;
        return {sum / (t.outcomes + prior_)};
    }

    [[nodiscard]] person const* find(member_id who) const {
        auto const it = people_.find(who);
        return it == people_.end() ? nullptr : &it->second;
    }
    [[nodiscard]] tally const* find_total(tag_id tag) const {
        return tag.value() < totals_.size() && totals_[tag.value()].outcomes != 0
            ? &totals_[tag.value()]
            : nullptr;
    }
    [[nodiscard]] tally const* find(member_id who, tag_id tag) const {
        if (tag.value() >= subjects_.size()) {
            return nullptr;
        }
        auto const it = subjects_[tag.value()].find(who);
        return it == subjects_[tag.value()].end() ? nullptr : &it->second;
    }

    half_life now_;
    half_life lately_;
    std::int64_t prior_;
    std::int64_t outcomes_ = 0;
    arrival_map<member_id, person> people_;
    std::vector<tally> totals_;                                         ///< by tag
    std::vector<arrival_map<member_id, tally>> subjects_; ///< by tag
};

} // namespace koc
