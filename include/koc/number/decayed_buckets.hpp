// SPDX-License-Identifier: BSL-1.0
#pragma once

// A decaying sum whose value does not depend on the order of its observations: they may come late
// and in any order. Where a decayed_sum shifts what it holds when time moves on, and so rounds it,
// this keeps one exact sum for each half-life of the calendar and shifts only what it returns.

#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace koc {

/// What was observed within one half-life of the calendar, weighted as of its beginning.
struct decayed_bucket {
    std::int64_t epoch = 0; ///< whole half-lives since 1970
    std::uint64_t amount = 0;

    friend bool operator==(decayed_bucket const&, decayed_bucket const&) = default;
};
BOOST_DESCRIBE_STRUCT(decayed_bucket, (), (epoch, amount))

/// A decaying sum of non-negative scores, equal for equal sets of observations. What is older than
/// the newest by more than `epochs_kept` half-lives is left out, as are sums beyond some 35 million
/// units in one half-life. At most 16 bytes for each half-life that is kept.
class decayed_buckets {
public:
    /// After this many half-lives a thousand units are less than a ten-thousandth of one.
    static constexpr std::int64_t epochs_kept = 24;

    /// Adds an observation `x` >= 0 made at `t`; a misfit below 0. O(epochs_kept).
    void add(half_life const& fade, instant t, score x) {
        if (x.raw < 0) { // as in an event that no command led to
            throw_misfit("an observation of 0 or more");
        }
        auto const age = fade.at(t);
        auto const oldest =
            parts_.empty() ? age.epoch : (std::max)(parts_.back().epoch, age.epoch) - epochs_kept;
        if (age.epoch < oldest) {
            return;
        }
        std::erase_if(parts_, [&](decayed_bucket const& part) { return part.epoch < oldest; });
        auto at = part_of(age.epoch);
        if (at == parts_.end() || at->epoch != age.epoch) {
            at = parts_.insert(at, {age.epoch, 0});
        }
        at->amount += (std::min)(weighed(age, x), amount_max - at->amount);
    }
    /// Adds the observations of another sum with the same half-life. O(epochs_kept).
    void join(decayed_buckets const& other) {
        for (auto const& more : other.parts_) {
            auto at = part_of(more.epoch);
            if (at == parts_.end() || at->epoch != more.epoch) {
                at = parts_.insert(at, {more.epoch, 0});
            }
            at->amount += (std::min)(more.amount, amount_max - at->amount);
        }
        if (!parts_.empty()) {
            auto const oldest = parts_.back().epoch - epochs_kept;
            std::erase_if(parts_, [&](decayed_bucket const& part) { return part.epoch < oldest; });
        }
    }
    /// Takes back an observation that was added. The sum is then that of the others, and adding it
    /// again gives what was before. O(log epochs_kept).
    void take(half_life const& fade, instant t, score x) {
        if (x.raw < 0) { // as in an event that no command led to
            throw_misfit("an observation of 0 or more");
        }
        auto const age = fade.at(t);
        auto const at = part_of(age.epoch);
        if (at != parts_.end() && at->epoch == age.epoch) {
            at->amount -= (std::min)(weighed(age, x), at->amount);
        }
    }

    /// The sum as it counts at `t`, which is not before the newest observation. Rounded down.
    /// O(epochs_kept).
    [[nodiscard]] score at(half_life const& fade, instant t) const {
        auto const now = fade.at(t);
        detail::wide_uint kept = 0;
        for (auto const& part : parts_) {
            auto const down = (std::max)(std::int64_t{0}, now.epoch - part.epoch);
            kept += down < 64 ? part.amount >> down : 0;
        }
        kept = (std::min)(kept, detail::wide_uint{amount_max});
        return {static_cast<std::int64_t>(
            static_cast<std::uint64_t>(kept * exp2_rest(now.fraction) >> 33U) >> guard_bits)};
    }

    friend bool operator==(decayed_buckets const&, decayed_buckets const&) = default;

private:
    static constexpr std::int64_t guard_bits =
        16; ///< below a millionth, so that roundings do not add up
    static constexpr std::uint64_t amount_max = std::uint64_t{1} << 62U;

    /// What an observation of that age adds to the part of its half-life.
    static std::uint64_t weighed(half_life::age const& age, score x) {
        auto const exact =
            detail::wide_uint{static_cast<std::uint64_t>(x.raw)} * exp2_fraction(age.fraction) >>
            (32 - guard_bits);
        return exact < amount_max ? static_cast<std::uint64_t>(exact) : amount_max;
    }
    /// The part of a half-life, or where it would stand.
    std::vector<decayed_bucket>::iterator part_of(std::int64_t epoch) {
        return std::lower_bound(parts_.begin(), parts_.end(), epoch,
            [](decayed_bucket const& part, std::int64_t wanted) { return part.epoch < wanted; });
    }

    std::vector<decayed_bucket> parts_; ///< by ascending epoch
    BOOST_DESCRIBE_CLASS(decayed_buckets, (), (), (), (parts_))
};

} // namespace koc
