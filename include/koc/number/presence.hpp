// SPDX-License-Identifier: BSL-1.0
#pragma once

// When somebody was there, as 64 bits: one for each of the last 64 spans of time, such as
// fortnights. How often and how lately they came is all that the buy-till-you-die models need to
// say whether they will come again (P. Fader, B. Hardie, J. Shang: Customer-Base Analysis in a
// Discrete-Time Noncontractual Setting, Marketing Science 29, 2010; for continuous time P. Fader,
// B. Hardie, K. L. Lee: Counting Your Customers the Easy Way, Marketing Science 24, 2005). A busy
// day counts as much as one visit, so a burst is not taken for a habit.

#include <koc/core/contract.hpp>
#include <koc/core/instant.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace koc {

/// How long a span is and how fast an old one stops telling anything. Build it once a policy.
class presence_scale {
public:
    static constexpr std::size_t spans = 64; ///< how many a presence remembers

    /// Both are positive; what is older than 64 spans is forgotten, whatever the half-life.
    constexpr presence_scale(duration span, duration half) : span_{span}, fade_{half} {
        KOC_EXPECTS(span.ms > 0);
        for (std::size_t i = 0; i < spans; ++i) {
            weights_[i] = kept(static_cast<std::int64_t>(i) * span_);
        }
    }

    /// The number of the span that an instant lies in, counted from 1970.
    [[nodiscard]] constexpr std::int64_t span_of(instant t) const {
        return span_of(span_, t);
    }
    [[nodiscard]] static constexpr std::int64_t span_of(duration span, instant t) {
        return t.ms / span.ms - (t.ms % span.ms < 0 ? 1 : 0);
    }
    /// What is left of 1 after some time that is not negative, with 32 fractional bits.
    [[nodiscard]] constexpr std::uint64_t kept(duration after) const {
        auto const age = fade_.at(instant{after.ms});
        return age.epoch < 64 ? exp2_rest(age.fraction) >> 1U >> age.epoch : 0;
    }
    /// What is left of 1 after so many whole spans, fewer than 64.
    [[nodiscard]] constexpr std::uint64_t weight(std::size_t spans_ago) const {
        return weights_[spans_ago];
    }
    [[nodiscard]] constexpr duration span() const { return span_; }

private:
    duration span_;
    half_life fade_;
    std::array<std::uint64_t, spans> weights_{};
};

/// The last 64 spans of somebody's time. 16 bytes; every operation is O(1), and visits may be added
/// in any order.
class presence {
public:
    /// They were there at `t`. A visit that is 64 or more spans older than the newest is left out.
    constexpr void add(presence_scale const& scale, instant t) { add(scale.span(), t); }
    /// The same for spans of this length, without a scale, which costs some microseconds to make.
    constexpr void add(duration span, instant t) {
        auto const current = presence_scale::span_of(span, t);
        auto const ahead = bits_ == 0 ? 0 : current - newest_;
        if (bits_ == 0 || ahead > 0) {
            newest_ = current;
            bits_ = (ahead < bits ? bits_ << ahead : 0) | 1U;
        } else if (-ahead < bits) {
            bits_ |= std::uint64_t{1} << -ahead;
        }
    }

    /// They were there whenever another one was, with spans of the same length.
    constexpr void join(presence const& other) {
        auto const ahead = other.newest_ - newest_;
        if (other.bits_ == 0 || (bits_ != 0 && ahead <= 0)) {
            bits_ |= -ahead < bits && other.bits_ != 0 ? other.bits_ << -ahead : 0;
            return;
        }
        bits_ = other.bits_ | (bits_ != 0 && ahead < bits ? bits_ << ahead : 0);
        newest_ = other.newest_;
    }

    /// In how many of the remembered spans they were there.
    [[nodiscard]] constexpr std::int64_t count() const { return std::popcount(bits_); }

    /// The same, each span counting half after each half-life until `now`, which is not before the
    /// newest visit. From 0 to 64.
    [[nodiscard]] constexpr score recent(presence_scale const& scale, instant now) const {
        auto const current = scale.span_of(now);
        auto const ago = (std::max)(std::int64_t{0}, current - newest_);
        std::uint64_t sum = 0;
        for (auto left = ago < bits ? bits_ << ago : 0; left != 0; left &= left - 1) {
            sum += scale.weight(static_cast<std::size_t>(std::countr_zero(left)));
        }
        auto const since_start = duration{now.ms - current * scale.span().ms};
        auto const faded = detail::wide_uint{sum} * scale.kept(since_start) >> 32U;
        return {static_cast<std::int64_t>(faded * score::unit >> 32U)};
    }

    /// How likely they are to come again within some time after `now`, from 0 to 1: their alive
    /// probability for that horizon.
    ///
    /// If they went on as `recent` fades, they would come `recent` x (1 - 2^(-within / half-life))
    /// more times. Each time expected makes silence less likely by 2^(-5/4): a little less than the
    /// 1/e of a Poisson process, as people come in bursts (fitted; see docs/member.md#learning).
    [[nodiscard]] constexpr score comes_again(
        presence_scale const& scale, instant now, duration within) const {
        KOC_EXPECTS(within.ms >= 0);
        auto const still_to_come = (std::uint64_t{1} << 32U) - scale.kept(within);
        auto const times = static_cast<std::int64_t>(
            detail::wide_uint{static_cast<std::uint64_t>(recent(scale, now).raw)} * still_to_come >>
            32U);
        return whole(1) - exp2_minus(score{times} * percent(125));
    }

    friend constexpr bool operator==(presence, presence) = default;

private:
    BOOST_DESCRIBE_CLASS(presence, (), (), (), (bits_, newest_))

    static constexpr std::int64_t bits = presence_scale::spans;

    std::uint64_t bits_ = 0;  ///< bit i: there, i spans before the newest
    std::int64_t newest_ = 0; ///< the number of the newest span
};

} // namespace koc
