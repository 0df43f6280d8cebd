// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a person's past says about their next piece of work on a subject, in a few integers that are
// kept current: how much they do now and these weeks (two decaying counts), in which fortnights
// they were there, how often and how well they worked on each subject, and how often that would be
// expected of anybody with as much work. Small samples count for little by construction.
//
// Decaying sums are kept relative to their half-life, so the half-lives cannot change once there
// are outcomes: adopting other ones is then refused. What is only read (habit, quality_prior) may
// change at any time.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/rules.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/detail/past_sums.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/track_record.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace koc {

/// An instant and the rules, prepared for many questions about that instant.
struct record_instant {
    half_life::age now;
    half_life::age lately;
    half_life::age quality;
    std::int64_t prior;
    instant at;

    record_instant(instant t, track_record_rules const& rules)
        : now{half_life{rules.now}.at(t)}, lately{half_life{rules.lately}.at(t)},
          quality{half_life{rules.quality}.at(t)}, prior{rules.quality_prior}, at{t} {}
};

/// A subject, looked up once; valid until the state changes.
struct subject_past {
    tag_id tag;
    subject_record const* all; ///< null where nobody has worked on it
};

/// A person's past, looked up once; valid until the state changes.
class past_work {
public:
    past_work(track_record_entry const* entry, std::int64_t outcomes_of_all)
        : entry_{entry}, all_{outcomes_of_all} {}

    /// Pieces of work that still count, at the fast and at the slow rate. O(1).
    [[nodiscard]] score active_now(record_instant const& t) const {
        return entry_ == nullptr ? score{} : entry_->now.at(t.now);
    }
    [[nodiscard]] score active_lately(record_instant const& t) const {
        return entry_ == nullptr ? score{} : entry_->lately.at(t.lately);
    }

    [[nodiscard]] std::int64_t outcomes() const { return entry_ == nullptr ? 0 : entry_->outcomes; }
    /// O(log of their subjects), as all functions of a subject.
    [[nodiscard]] std::int64_t outcomes(tag_id tag) const {
        auto const* row = find(tag);
        return row == nullptr ? 0 : row->outcomes;
    }
    /// When the newest outcome was; nothing for somebody without any.
    [[nodiscard]] std::optional<instant> newest_outcome() const {
        return entry_ == nullptr ? std::nullopt : entry_->newest;
    }
    /// How much more a person works on a subject than their volume alone would make one expect:
    /// log2 of (observed + 1) / (expected + 1), where expected is their outcomes times the
    /// subject's share of all outcomes. 0 for a subject nobody has worked on; may be negative.
    [[nodiscard]] score lift(subject_past const& about) const {
        return about.all == nullptr ? score{} : lift(about, outcomes(about.tag), outcomes());
    }
    /// What the lift would be with so many outcomes on a subject that somebody has worked on, and
    /// so many in all.
    [[nodiscard]] score lift(
        subject_past const& about, std::int64_t on_it, std::int64_t in_all) const {
        auto const expected = ratio_of(in_all, about.all->outcomes, all_);
        return log2_1p(whole(on_it)) - log2_1p(expected);
    }

    /// The quality of a person's work on a subject, from 0 to 1, from what still counts at an
    /// instant: their mean there, shrunk towards their mean elsewhere, that towards the subject's
    /// mean, and that towards one half, each by the same few imagined average pieces.
    [[nodiscard]] score quality(subject_past const& about, record_instant const& t) const {
        return mean(find(about.tag), about, t);
    }
    /// The quality and how sure it is. The error is the standard deviation of a Beta distribution
    /// with this mean and as much evidence, sqrt(q (1 - q) / (pieces + prior + 1)). It falls as
    /// work comes in and rises again as it fades.
    [[nodiscard]] quality_belief belief_in(
        subject_past const& about, record_instant const& t) const {
        auto const* row = find(about.tag);
        auto const q = mean(row, about, t);
        auto const pieces = row == nullptr ? score{} : row->work.pieces.at(t.quality);
        auto const evidence = pieces + whole(t.prior + 1);
        return {q, square_root({(q * (whole(1) - q)).raw * score::unit / evidence.raw}), pieces};
    }

private:
    [[nodiscard]] subject_work const* find(tag_id tag) const {
        if (entry_ == nullptr) {
            return nullptr;
        }
        auto const row = std::lower_bound(entry_->subjects.begin(), entry_->subjects.end(), tag,
            [](subject_work const& s, tag_id wanted) { return s.tag < wanted; });
        return row == entry_->subjects.end() || row->tag != tag ? nullptr : &*row;
    }

    [[nodiscard]] score mean(
        subject_work const* row, subject_past const& about, record_instant const& t) const {
        auto const usual = about.all == nullptr
            ? percent(50)
            : shrunk(about.all->quality_sum, whole(about.all->outcomes), percent(50), t.prior);
        if (entry_ == nullptr) {
            return usual;
        }
        auto const pieces = row == nullptr ? score{} : row->work.pieces.at(t.quality);
        auto const worth = row == nullptr ? score{} : row->work.worth.at(t.quality);
        auto const elsewhere = shrunk(entry_->work.worth.at(t.quality) - worth,
            entry_->work.pieces.at(t.quality) - pieces, usual, t.prior);
        return shrunk(worth, pieces, elsewhere, t.prior);
    }

    /// a * b / c as a score.
    static score ratio_of(std::int64_t a, std::int64_t b, std::int64_t c) {
        return {static_cast<std::int64_t>(detail::wide_uint{static_cast<std::uint64_t>(a)} *
            static_cast<std::uint64_t>(b) * score::unit / static_cast<std::uint64_t>(c))};
    }
    /// The mean of some pieces of work among as many imagined ones as the rules say. Differences of
    /// fading sums may be off by a rounding, so both are brought into their range.
    static score shrunk(score worth, score pieces, score towards, std::int64_t prior) {
        auto const real = (std::max)(score{}, pieces);
        auto const weight = real + whole(prior);
        if (weight == score{}) {
            return towards;
        }
        auto const sum =
            detail::wide_uint{static_cast<std::uint64_t>(clamp(worth, score{}, real).raw)} +
            detail::wide_uint{static_cast<std::uint64_t>(prior)} *
                static_cast<std::uint64_t>(towards.raw);
        return {
            static_cast<std::int64_t>(sum * score::unit / static_cast<std::uint64_t>(weight.raw))};
    }

    track_record_entry const* entry_;
    std::int64_t all_;
};

/// The track records of all members; who has no outcome yet has no record. The columns are
/// `outcomes` and `quality`, in millionths, and for searches the levels of both decaying counts
/// (`decayed_sum::level`); the tally `work` is how often somebody worked on a subject. Nothing is
/// told or found of who is not assessed; what is on record stays.
class track_record : public aspect<track_record> {
public:
    using events =
        event_list<outcome_recorded, outcome_corrected, assessment_ended, assessment_begun>;
    using commands =
        command_list<record_outcome, correct_outcome, end_assessment, begin_assessment>;
    using follows = event_list<adopted<track_record_rules>, members_merged, merge_undone>;
    using reads = aspect_list<tag_library>;
    using queries = query_list<assess_work>;
    using rules = track_record_rules;
    using columns = column_list<
        behind<detail::while_assessed, column_of<"outcomes", &track_record_entry::outcomes, 0>>,
        behind<detail::while_assessed,
            column_of<"quality",
                +[](track_record_entry const& past) { return past.mean_quality(); },
                percent(50).raw>>,
        behind<detail::while_assessed,
            column_of<"now_level",
                +[](track_record_entry const& past) { return past.now.level(); }>>,
        behind<detail::while_assessed,
            column_of<"lately_level",
                +[](track_record_entry const& past) { return past.lately.level(); }>>>;
    using tallies = tally_list<behind<detail::while_assessed,
        tally_of<"work", &track_record_entry::subjects, &subject_work::tag,
            &subject_work::outcomes>>>;

    /// Whether anything of this member is assessed.
    [[nodiscard]] bool assesses(member_id who) const {
        auto const* past = people_.find(who);
        return past == nullptr || past->assessed;
    }
    /// A person's past, and everybody's on a subject. O(1): look each up once, not once a question.
    /// Who is not assessed has none.
    [[nodiscard]] past_work of(member_id who) const {
        auto const* past = people_.find(who);
        return {past == nullptr || past->assessed ? past : nullptr, totals_->outcomes};
    }
    [[nodiscard]] subject_past on(tag_id tag) const { return {tag, subjects_.find(tag)}; }
    /// How likely another outcome is within some time after `now`, from 0 to 1 (see
    /// `presence::comes_again`); 0 for somebody without any. What is missing to 1 is the risk that
    /// they have fallen silent. The scale is made once, of the rules' visit and habit. O(1).
    [[nodiscard]] score comes_again(
        member_id who, presence_scale const& scale, instant now, duration within) const {
        auto const* past = people_.find(who);
        return past == nullptr ? score{} : past->visits.comes_again(scale, now, within);
    }

    static constexpr auto guards(record_outcome const*) {
        return require(by_desk<record_outcome>, known<&record_outcome::member>,
            within<&record_outcome::quality, score{}, whole(1)>);
    }
    result<void> decide(record_outcome const& command, context& in) const {
        KOC_TRY(check_piece(command.member, command.tags, command.at, in));
        static_cast<void>(
            in.rules<rules>()); // refuses where they were never adopted, as `apply` reads them
        in.record(outcome_recorded{command.member, command.tags, command.quality, command.at});
        return {};
    }
    static constexpr auto guards(correct_outcome const*) {
        return require(by_desk<correct_outcome>, known<&correct_outcome::member>,
            within<&correct_outcome::was, score{}, whole(1)>,
            within<&correct_outcome::quality, score{}, whole(1)>);
    }
    result<void> decide(correct_outcome const& command, context& in) const {
        KOC_TRY(check_piece(command.member, command.tags, command.at, in));
        if (!assesses(command.member)) {
            return error{errc::not_qualified, subject("member", command.member),
                "expected somebody who is assessed, but this member is not assessed any more; "
                "leave the outcome as it is"};
        }
        if (!detail::may_have_been(people_.find(command.member), command)) {
            return error{errc::unknown_id, subject("outcome of member", command.member),
                "expected an outcome that was recorded; name its subjects, its quality and its "
                "instant"};
        }
        if (command.was != command.quality) {
            in.record(outcome_corrected{
                command.member, command.tags, command.was, command.quality, command.at});
        }
        return {};
    }
    static constexpr auto guards(end_assessment const*) {
        return require(known<&end_assessment::member>, only_called<end_assessment>);
    }
    result<void> decide(end_assessment const& command, context& in) const {
        if (assesses(command.member)) {
            in.record(assessment_ended{command.member});
        }
        return {};
    }
    static constexpr auto guards(begin_assessment const*) {
        return require(known<&begin_assessment::member>, only_called<begin_assessment>);
    }
    result<void> decide(begin_assessment const& command, context& in) const {
        if (!assesses(command.member)) {
            in.record(assessment_begun{command.member});
        }
        return {};
    }
    /// Sums that are kept by a half-life cannot be read by another.
    [[nodiscard]] result<void> review(
        adopted<track_record_rules> const& event, world const&) const {
        auto const& now = event.rules;
        if (totals_->outcomes == 0 ||
            (now.now == totals_->now && now.lately == totals_->lately &&
                now.quality == totals_->quality && now.visit == totals_->visit)) {
            return {};
        }
        return error{errc::wrong_state, "track_record_rules",
            "expected now, lately, quality and visit as they were at the first outcome, as sums "
            "are kept by them; only "
            "habit and quality_prior may change"};
    }

    [[nodiscard]] result<quality_belief> answer(assess_work const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown("member", query.member);
        }
        if (!in.get<tag_library>().tags().contains(query.tag)) {
            return unknown("tag", query.tag);
        }
        if (!assesses(query.member)) {
            return error{errc::not_qualified, subject("member", query.member),
                "expected somebody who is assessed, but this member is not assessed any more; ask "
                "about somebody in service"};
        }
        return of(query.member).belief_in(on(query.tag), {in.now(), in.rules<rules>()});
    }

    void apply(outcome_recorded const& event, world const& in) {
        auto const& spans = in.rules<rules>();
        auto const more = [&](auto& past) { detail::add_outcome(past, event, spans); };
        people_.put(event.member, more);
        of_own(event.member, more);
        for (auto tag : event.tags) {
            subjects_.put(tag, [&](subject_record& all) {
                ++all.outcomes;
                all.quality_sum += event.quality;
            });
        }
        totals_.set({totals_->outcomes + 1, spans.now, spans.lately, spans.quality, spans.visit});
    }
    void apply(assessment_ended const& event, world const&) { assess(event.member, false); }
    void apply(assessment_begun const& event, world const&) { assess(event.member, true); }
    void apply(outcome_corrected const& event, world const& in) {
        half_life const fade{in.rules<rules>().quality};
        auto const correct = [&](auto& past) { detail::correct_outcome(past, event, fade); };
        people_.update(event.member, correct);
        if (auto const* merge = in.find_record<merge_record>(event.member.value())) {
            people_.update(merge->kept, correct);
        } else if (auto const* own = own_.find(event.member)) {
            correct_account(*own, event, correct, in);
        }
        for (auto tag : event.tags) {
            subjects_.update(
                tag, [&](subject_record& all) { all.quality_sum += event.quality - event.was; });
        }
    }
    void apply(members_merged const& event, world const& in) {
        if (!own_.contains(event.kept)) {
            own_.insert(detail::own_past_of(event.kept, people_.find(event.kept)));
        }
        join_accounts(event.kept, in);
    }
    void apply(merge_undone const& event, world const& in) {
        join_accounts(event.kept, in);
        if (in.find_record<merged_accounts>(event.kept.value()) == nullptr) {
            own_.erase(event.kept);
        }
    }

private:
    void of_own(member_id who, auto const& change) {
        own_.update(who, [&](own_past& own) {
            own.known = true;
            change(own.past);
        });
    }
    void assess(member_id who, bool assessed) {
        auto const change = [&](auto& past) { past.assessed = assessed; };
        people_.put(who, change);
        of_own(who, change);
    }
    /// The past work of somebody is that of all their accounts; what they did since is their own.
    void join_accounts(member_id kept, world const& in) {
        auto all = detail::joined_past(
            *own_.find(kept), in, [&](member_id account) { return people_.find(account); });
        if (all) {
            people_.put(kept, [&](track_record_entry& past) { past = std::move(*all); });
        } else {
            people_.erase(kept);
        }
    }
    /// A correction of somebody with several accounts is of the first that can have had the
    /// outcome.
    void correct_account(
        own_past const& own, outcome_corrected const& event, auto const& correct, world const& in) {
        auto done = detail::may_have_been(&own.past, event);
        if (done) {
            of_own(own.id, correct);
        }
        detail::each_account(in, own.id, [&](member_id account) {
            if (!done && account != own.id && detail::may_have_been(people_.find(account), event)) {
                done = people_.update(account, correct);
            }
        });
    }

    static result<void> check_piece(
        member_id who, std::vector<tag_id> const& tags, instant at, world const& in) {
        auto const name = subject("outcome of member", who);
        KOC_TRY(in.get<tag_library>().check_subjects(name, tags));
        if (at > in.now()) {
            return error{
                errc::invalid_argument, name, "expected an instant that is not in the future"};
        }
        return {};
    }

    table<track_record_entry> people_;
    table<own_past> own_; ///< of those into whom others are merged
    table<subject_record> subjects_;
    single<outcome_totals> totals_;
    BOOST_DESCRIBE_CLASS(track_record, (), (), (), (people_, own_, subjects_, totals_))
};

} // namespace koc
