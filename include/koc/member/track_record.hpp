// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a person's past says about their next piece of work on a subject. A few numbers are kept
// current as outcomes come in, all in integers: how much they do now and these weeks (two decaying
// counts), in which fortnights they were there, how often and how well they worked on each subject,
// and how often that would be expected of anybody with as much work. Small samples count for little
// by construction.

#include <koc/core/arrival_map.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/outcome.hpp>
#include <koc/member/roster.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/number/presence.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace koc {

/// How fast the past fades, and how much of it is needed before it is believed.
struct track_record_rules {
    duration now = days(1);         ///< half-life of what somebody does at the moment
    duration lately = days(14);     ///< half-life of what somebody does these weeks
    duration visit = days(14);      ///< the span in which all outcomes are one visit
    duration habit = days(90);      ///< half-life of what a visit says about coming again
    duration quality = days(365);   ///< half-life of what a piece says about the next one
    std::int64_t quality_prior = 2; ///< imagined average pieces, for a person and for a subject
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
          quality_{programme.track_record.quality}, visits_{programme.track_record.visit,
                                                        programme.track_record.habit},
          prior_{programme.track_record.quality_prior} {}

    /// An instant, prepared for many questions at that instant.
    struct moment_in_time {
        half_life::age now;
        half_life::age lately;
        half_life::age quality;
    };
    [[nodiscard]] moment_in_time at(instant t) const {
        return {now_.at(t), lately_.at(t), quality_.at(t)};
    }

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

    /// How likely a person is to have another outcome within some time after `now`, from 0 to 1
    /// (see `presence::comes_again`); 0 for somebody without any. What is missing to 1 is the risk
    /// that they have fallen silent. O(1).
    [[nodiscard]] score comes_again(member_id who, instant now, duration within) const {
        auto const* past = find(who);
        return past == nullptr ? score{} : past->visits.comes_again(visits_, now, within);
    }
    /// When the newest outcome of a person was; nothing for somebody without any.
    [[nodiscard]] std::optional<instant> newest_outcome(member_id who) const {
        auto const* past = find(who);
        return past == nullptr ? std::nullopt : std::optional{past->newest};
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

    /// The quality of a person's work on a subject, from 0 to 1, from what still counts at an
    /// instant: their mean there, shrunk towards their mean elsewhere, that towards the subject's
    /// mean, and that towards one half, each by the same few imagined average pieces. O(1).
    [[nodiscard]] score quality(member_id who, tag_id tag, moment_in_time const& t) const {
        return mean_of(find(who), find(who, tag), tag, t);
    }

    /// What is believed of a person's work on a subject.
    struct belief {
        score quality; ///< as `quality`
        score error;   ///< how far off it may well be: a standard error, from 0 to 1/2
        score pieces;  ///< the pieces of work on the subject that still speak for it
    };
    /// The quality and how sure it is. The error is the standard deviation of a Beta distribution
    /// with this mean and as much evidence, sqrt(q (1 - q) / (pieces + prior + 1)). It falls as
    /// work comes in and rises again as the work fades. O(1).
    [[nodiscard]] belief belief_in(member_id who, tag_id tag, moment_in_time const& t) const {
        auto const* row = find(who, tag);
        auto const q = mean_of(find(who), row, tag, t);
        auto const pieces = row == nullptr ? score{} : row->work.pieces.at(t.quality);
        auto const evidence = pieces + whole(prior_ + 1);
        return {q, square_root({(q * (whole(1) - q)).raw * score::unit / evidence.raw}), pieces};
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
        past.newest = past.outcomes == 0 ? event.at : std::max(past.newest, event.at);
        ++past.outcomes;
        past.now.add(now_, event.at, whole(1));
        past.lately.add(lately_, event.at, whole(1));
        past.visits.add(visits_, event.at);
        past.work.add(quality_, event);
        ++outcomes_;
        for (auto tag : event.tags) {
            if (tag.value() >= subjects_.size()) {
                subjects_.resize(tag.value() + 1U);
            }
            auto& everybody = subjects_[tag.value()];
            ++everybody.outcomes;
            everybody.quality_sum += event.quality;
            auto& row = everybody.by_member[event.member];
            ++row.outcomes;
            row.work.add(quality_, event);
        }
    }

    void digest_into(hasher& into) const {
        into.add(outcomes_);
        for_each_sorted(people_, [&](member_id who, person const& past) {
            into.add(who).add(past.outcomes).add(past.now).add(past.lately);
            into.add(past.visits).add(past.newest).add(past.work.pieces).add(past.work.worth);
        });
        for (std::size_t tag = 0; tag < subjects_.size(); ++tag) {
            auto const& known = subjects_[tag];
            for_each_sorted(known.by_member, [&](member_id who, on_subject const& row) {
                into.add(tag).add(who).add(row.outcomes).add(row.work.pieces).add(row.work.worth);
            });
            into.add(known.outcomes).add(known.quality_sum);
        }
    }

private:
    /// How many pieces of work, and the sum of their qualities.
    struct counted {
        score pieces;
        score worth;
    };
    /// The same as it fades.
    struct fading_work {
        decayed_sum pieces;
        decayed_sum worth;

        void add(half_life const& fade, outcome_recorded const& event) {
            pieces.add(fade, event.at, whole(1));
            worth.add(fade, event.at, event.quality);
        }
        [[nodiscard]] counted at(moment_in_time const& t) const {
            return {pieces.at(t.quality), worth.at(t.quality)};
        }
    };
    struct on_subject {
        std::int64_t outcomes = 0;
        fading_work work;
    };
    /// Everybody's work on a subject.
    struct by_everybody {
        std::int64_t outcomes = 0;
        score quality_sum;
        arrival_map<member_id, on_subject> by_member;
    };
    struct person {
        std::int64_t outcomes = 0;
        decayed_sum now;
        decayed_sum lately;
        presence visits;
        instant newest;
        fading_work work;
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

    [[nodiscard]] score mean_of(
        person const* past, on_subject const* row, tag_id tag, moment_in_time const& t) const {
        auto const* all = find_total(tag);
        auto const usual = all == nullptr
            ? percent(50)
            : shrunk(all->quality_sum, whole(all->outcomes), percent(50));
        if (past == nullptr) {
            return usual;
        }
        auto const total = past->work.at(t);
        auto const here = row == nullptr ? counted{} : row->work.at(t);
        auto const elsewhere = shrunk(total.worth - here.worth, total.pieces - here.pieces, usual);
        return shrunk(here.worth, here.pieces, elsewhere);
    }

    /// The mean of some pieces of work among as many imagined ones as the rules say. Differences of
    /// fading sums may be off by a rounding, so both are brought into their range.
    [[nodiscard]] score shrunk(score worth, score pieces, score towards) const {
        auto const real = std::max(score{}, pieces);
        auto const weight = real + whole(prior_);
        if (weight == score{}) {
            return towards;
        }
        auto const sum = clamp(worth, score{}, real).raw + prior_ * towards.raw;
        return {static_cast<std::int64_t>(detail::wide_uint{static_cast<std::uint64_t>(sum)} *
            score::unit / static_cast<std::uint64_t>(weight.raw))};
    }

    [[nodiscard]] person const* find(member_id who) const {
        auto const it = people_.find(who);
        return it == people_.end() ? nullptr : &it->second;
    }
    [[nodiscard]] by_everybody const* find_total(tag_id tag) const {
        return tag.value() < subjects_.size() && subjects_[tag.value()].outcomes != 0
            ? &subjects_[tag.value()]
            : nullptr;
    }
    [[nodiscard]] on_subject const* find(member_id who, tag_id tag) const {
        if (tag.value() >= subjects_.size()) {
            return nullptr;
        }
        auto const& known = subjects_[tag.value()].by_member;
        auto const it = known.find(who);
        return it == known.end() ? nullptr : &it->second;
    }

    half_life now_;
    half_life lately_;
    half_life quality_;
    presence_scale visits_;
    std::int64_t prior_;
    std::int64_t outcomes_ = 0;
    arrival_map<member_id, person> people_;
    std::vector<by_everybody> subjects_; ///< by tag
};

} // namespace koc
