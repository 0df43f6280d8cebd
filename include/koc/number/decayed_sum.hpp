// SPDX-License-Identifier: BSL-1.0
#pragma once

// A sum in which the past counts less: after each half-life, half as much. By forward decay (G.
// Cormode, V. Shkapenyuk, D. Srivastava, B. Xu: Forward Decay, ICDE 2009) a new observation is
// weighted up instead of the old ones being weighted down, so the passing of time touches no stored
// number. The weight 2^n is kept as an exponent, so a sum never overflows however long it lives,
// and all of it is integer arithmetic.

#include <koc/core/contract.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

namespace koc {

/// How fast the past fades. Build it once a policy, not once a sum.
class half_life {
public:
    /// `span` is positive.
    constexpr explicit half_life(duration span) : span_{span} {
        if (span.ms <= 0) { // as rules may say that no check let through
            throw_misfit("a half-life above 0");
        }
    }

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
    /// What is left of `x` >= 0 after some time of 0 or more; rounded down.
    [[nodiscard]] constexpr score left(score x, duration since) const {
        KOC_EXPECTS(since.ms >= 0);
        constexpr std::int64_t halvings_max = 64; // nothing is left of any score
        if (since.ms / span_.ms >= halvings_max) {
            return {};
        }
        auto const halvings = detail::wide_uint{static_cast<std::uint64_t>(since.ms)} *
            std::uint64_t{score::unit} / static_cast<std::uint64_t>(span_.ms);
        return x * exp2_minus(score{static_cast<std::int64_t>(halvings)});
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

    /// Adds the observations of another sum with the same half-life.
    constexpr void join(decayed_sum const& other) {
        if (mantissa_ == 0 || other.mantissa_ == 0) {
            *this = mantissa_ == 0 ? other : *this;
            return;
        }
        auto const newest = (std::max)(epoch_, other.epoch_);
        mantissa_ = shifted(mantissa_, newest - epoch_);
        auto const more = shifted(other.mantissa_, newest - other.epoch_);
        mantissa_ += (std::min)(more, mantissa_max - mantissa_);
        epoch_ = newest;
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

    /// Where the sum stands on a scale that time does not change: 16 times the base-2 logarithm of
    /// what it would be at the beginning of 1970, rounded up; nothing for an empty sum. Of two sums
    /// with one half-life, the larger never has the lower level. O(1).
    [[nodiscard]] constexpr std::optional<std::int64_t> level() const {
        if (mantissa_ == 0) {
            return std::nullopt;
        }
        auto const high = static_cast<int>(std::bit_width(mantissa_)) - 1;
        auto const top = mantissa_ << static_cast<unsigned>(62 - high); // from 2^62 up to 2^63
        auto const reaches = [](unsigned step) { return exp2_fraction(step << 28U) << 30U; };
        unsigned step = 0;
        for (auto half = 8U; half != 0; half /= 2) {
            step += reaches(step + half) <= top ? half : 0;
        }
        step += reaches(step) < top ? 1 : 0;
        return (epoch_ + high) * steps_of_doubling + static_cast<std::int64_t>(step);
    }
    /// No sum at this level counts for more at an age of the same half-life. O(1).
    [[nodiscard]] static constexpr score most_at(std::int64_t level, half_life::age now) {
        constexpr std::int64_t furthest = 64 * steps_of_doubling;
        auto const steps = level - (now.epoch + guard_bits) * steps_of_doubling;
        if (steps >= furthest) {
            return {std::int64_t{mantissa_max >> guard_bits}};
        }
        if (steps < -furthest) {
            return rounding;
        }
        auto const log = steps * (std::int64_t{1} << 28) - now.fraction; // 32 fractional bits
        auto const up = exp2_fraction(static_cast<std::uint32_t>(log & 0xffff'ffff));
        auto const exponent = log >> 32;
        auto const most = exponent < 0
            ? shifted(up, 32 - exponent)
            : static_cast<std::uint64_t>((std::min)(detail::wide_uint{up} << exponent >> 32U,
                  detail::wide_uint{mantissa_max >> guard_bits}));
        return score{static_cast<std::int64_t>(most + (most >> 18U))} + rounding;
    }
    /// Sums at this level and below count for a few millionths at most.
    [[nodiscard]] static constexpr std::int64_t level_of_nothing(half_life::age now) {
        return (now.epoch + guard_bits) * steps_of_doubling;
    }

    friend constexpr bool operator==(decayed_sum, decayed_sum) = default;

private:
    BOOST_DESCRIBE_CLASS(decayed_sum, (), (), (), (mantissa_, epoch_))

    static constexpr std::int64_t guard_bits =
        16; ///< below a millionth, so that roundings do not add up
    static constexpr std::int64_t steps_of_doubling = 16; ///< of a level
    static constexpr score rounding{4}; ///< what the tables and the shifts are off by, and more
    static constexpr std::uint64_t mantissa_max = std::uint64_t{1} << 62U;

    /// An observation as it counts in the sum's epoch, which is moved on to `t` where that is
    /// later.
    constexpr std::uint64_t weighted(half_life const& fade, instant t, score x) {
        if (x.raw < 0) { // as in an event that no command led to
            throw_misfit("an observation of 0 or more");
        }
        auto const age = fade.at(t);
        auto const exact =
            detail::wide_uint{static_cast<std::uint64_t>(x.raw)} * exp2_fraction(age.fraction) >>
            (32 - guard_bits);
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
