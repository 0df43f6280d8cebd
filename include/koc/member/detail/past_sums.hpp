// SPDX-License-Identifier: BSL-1.0
#pragma once

// The sums of somebody's past work: an outcome more, one that was corrected, and those of two
// accounts together.

#include <koc/member/detail/accounts.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/track_record.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/score.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace koc::detail {

inline subject_work& row_for(std::vector<subject_work>& rows, tag_id tag) {
    auto const at = std::lower_bound(rows.begin(), rows.end(), tag,
        [](subject_work const& row, tag_id wanted) { return row.tag < wanted; });
    return at == rows.end() || at->tag != tag ? *rows.insert(at, {tag, 0, {}}) : *at;
}

inline void add_outcome(
    track_record_entry& past, outcome_recorded const& event, track_record_rules const& spans) {
    half_life const fade{spans.quality};
    auto const add = [&](fading_work& work) {
        work.pieces.add(fade, event.at, whole(1));
        work.worth.add(fade, event.at, event.quality);
    };
    past.newest = past.newest ? (std::max)(*past.newest, event.at) : event.at;
    ++past.outcomes;
    past.quality_sum += event.quality;
    past.now.add(half_life{spans.now}, event.at, whole(1));
    past.lately.add(half_life{spans.lately}, event.at, whole(1));
    past.visits.add(spans.visit, event.at);
    add(past.work);
    for (auto tag : event.tags) {
        auto& row = row_for(past.subjects, tag);
        ++row.outcomes;
        add(row.work);
    }
}

inline void correct_outcome(
    track_record_entry& past, outcome_corrected const& event, half_life const& fade) {
    auto const change = event.quality - event.was;
    auto const correct = [&](fading_work& work) {
        change > score{} ? work.worth.add(fade, event.at, change)
                         : work.worth.take(fade, event.at, -change);
    };
    past.quality_sum += change;
    correct(past.work);
    for (auto tag : event.tags) {
        correct(row_for(past.subjects, tag).work);
    }
}

inline void join(fading_work& all, fading_work const& more) {
    all.pieces.join(more.pieces);
    all.worth.join(more.worth);
}
/// Adds the outcomes of another account. Whether the past is assessed stays as it is.
inline void join(track_record_entry& all, track_record_entry const& more) {
    if (more.newest) {
        all.newest = all.newest ? (std::max)(*all.newest, *more.newest) : *more.newest;
    }
    all.outcomes += more.outcomes;
    all.quality_sum += more.quality_sum;
    all.now.join(more.now);
    all.lately.join(more.lately);
    all.visits.join(more.visits);
    join(all.work, more.work);
    for (auto const& row : more.subjects) {
        auto& mine = row_for(all.subjects, row.tag);
        mine.outcomes += row.outcomes;
        join(mine.work, row.work);
    }
}

/// The past that is somebody's own, before anybody is merged into them; null for none.
[[nodiscard]] inline own_past own_past_of(member_id who, track_record_entry const* past) {
    own_past own{who, past != nullptr, past == nullptr ? track_record_entry{} : *past};
    own.past.id = who;
    return own;
}
/// The past of all accounts of somebody; nothing where none has one. `find(account)` gives the
/// entry of an account, or null.
template <typename World, typename Find>
[[nodiscard]] std::optional<track_record_entry> joined_past(
    own_past const& own, World const& in, Find const& find) {
    auto all = own.past;
    auto known = own.known;
    each_account(in, own.id, [&](member_id account) {
        if (auto const* past = account == own.id ? nullptr : find(account)) {
            known = true;
            join(all, *past);
        }
    });
    return known ? std::optional{std::move(all)} : std::nullopt;
}

/// Whether the sums, null for none, leave room for the outcome of a correction.
template <typename Correction>
[[nodiscard]] bool may_have_been(track_record_entry const* past, Correction const& of) {
    return past != nullptr && of.at <= past->newest && of.was <= past->quality_sum &&
        past->quality_sum - of.was <= whole(past->outcomes - 1) &&
        std::all_of(of.tags.begin(), of.tags.end(), [&](tag_id tag) {
            return std::any_of(past->subjects.begin(), past->subjects.end(),
                [&](subject_work const& row) { return row.tag == tag; });
        });
}

} // namespace koc::detail
