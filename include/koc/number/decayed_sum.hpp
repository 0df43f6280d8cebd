// SPDX-License-Identifier: BSL-1.0
#pragma once

// A sum in which the past counts less: after each half-life, half as much. By forward decay (G.
// Cormode, V. Shkapenyuk, D. Srivastava, B. Xu: Forward Decay, ICDE 2009) a new observation is
// weighted up instead of the old ones being weighted down, so the passing of time touches no stored
// number. The weight 2^n is kept as an exponent, so a sum never overflows however long it lives,
// and all of it is integer arithmetic.

#include <koc/core/contract.hpp>
#include <koc/core/instant.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>

namespace koc {

/// How fast the past fades. Build it once a policy, not once a sum.
class half_life {
public:
    /// `span` is positive.
    constexpr explicit half_life(duration span) : span_{span} { KOC_EXPECTS(span.ms > 0); }

    [[nodiscard]] constexpr duration span() const { return span_; }

    /// The instant as whole half-lives since 1970 and a remainder of 32 bits.
    struct age {
        std::int64_t epoch;
        std::uint32_t fraction;
    };
    [[nodiscard]] constexpr age at(instant t) const {
        auto const whole = t.ms / span_.ms - (t.ms % span_.ms < 0 ? 1 : 0);
        auto const rest = static_cast<std::uint64_t>(t.ms - whole * span_.ms);
        auto const fraction =
            (detail::wide_uint{rest} << 32U) / static_cast<std::uint64_t>(span_.ms);
        return {whole, static_cast<std::uint32_t>(fraction)};
    }

private:
    duration span_;
};

/// A decaying sum of non-negative scores. It stops growing at some 35 million units instead of
/// overflowing. 16 bytes; `add` and `at` are O(1).
class decayed_sum {
public:
    constexpr decayed_sum() = default;

    /// Adds an observation `x` >= 0 made at `t`; one that is older than the newest is weighted
    /// down.
    constexpr void add(half_life const& fade, instant t, score x) {
        auto const more = weighted(fade, t, x);
        mantissa_ += (std::min)(more, mantissa_max - mantissa_);
    }
    /// Takes away a part `x` >= 0 of an observation that was made at `t`; never more than there is.
    constexpr void take(half_life const& fade, instant t, score x) {
        auto const less = weighted(fade, t, x);
        mantissa_ -= (std::min)(less, mantissa_);
    }

    /// The sum as it counts at `t`, which is not before the newest observation. Rounded down.
    [[nodiscard]] constexpr score at(half_life const& fade, instant t) const {
        return at(fade.at(t));
    }

    /// The same for an age computed once for many sums.
    [[nodiscard]] constexpr score at(half_life::age now) const {
        auto const kept = shifted(mantissa_, (std::max)(std::int64_t{0}, now.epoch - epoch_));
        auto const up = exp2_rest(now.fraction);
        return {static_cast<std::int64_t>(
            static_cast<std::uint64_t>(detail::wide_uint{kept} * up >> 33U) >> guard_bits)};
    }

    friend constexpr bool operator==(decayed_sum, decayed_sum) = default;

private:
    BOOST_DESCRIBE_CLASS(decayed_sum, (), (), (), (mantissa_, epoch_))

    static constexpr unsigned guard_bits =
        16; ///< below a millionth, so that roundings do not add up
    static constexpr std::uint64_t mantissa_max = std::uint64_t{1} << 62U;

    /// An observation as it counts in the sum's epoch, which is moved on to `t` where that is
    /// later.
    constexpr std::uint64_t weighted(half_life const& fade, instant t, score x) {
        KOC_EXPECTS(x.raw >= 0);
        auto const age = fade.at(t);
        auto const exact =
            detail::wide_uint{static_cast<std::uint64_t>(x.raw)} * exp2_fraction(age.fraction) >>
            (32U - guard_bits);
        auto const up = exact < mantissa_max ? static_cast<std::uint64_t>(exact) : mantissa_max;
        if (mantissa_ == 0) {
            epoch_ = age.epoch;
        } else if (age.epoch > epoch_) {
            mantissa_ = shifted(mantissa_, age.epoch - epoch_);
            epoch_ = age.epoch;
        }
        return shifted(up, epoch_ - age.epoch);
    }
    static constexpr std::uint64_t shifted(std::uint64_t value, std::int64_t down) {
        return down < 64 ? value >> down : 0;
    }

    std::uint64_t mantissa_ = 0;
    std::int64_t epoch_ = 0;
};

} // namespace koc
