// SPDX-License-Identifier: BSL-1.0
#pragma once

// What seals the words of people: each under a key of their own, which is kept outside the journal,
// so that deleting the key makes all that was ever sealed with it unreadable, in every copy. The
// journal, its chain and everybody else's events stay as they are.

#include <koc/core/result.hpp>

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace koc {

/// Seals texts and opens them.
///
/// Requirements, where `s` is a sealer and `owner` the number of a person in one programme:
///   1. `s.seal(owner, context, text)` returns `result<std::string>`: UTF-8 without control
///      characters that only `open` of the same owner and context reads. It makes a key for an
///      owner who has none, and refuses with `wrong_state` one whose key was forgotten.
///   2. Sealing the same text of the same owner in the same context gives the same bytes, so that
///      an append may be repeated; in another context it gives others. [law]
///   3. `s.open(owner, context, sealed)` returns `result<std::optional<std::string>>`: the text, or
///      nothing where the key was forgotten. It refuses with `corrupt` what `seal` did not make
///      for this owner and context, and where a key is missing that was never forgotten. [law]
///   4. `s.keep()` returns `result<void>`: the keys that `seal` made are durable. Called before
///      what was sealed is appended.
///   5. `s.forget(owner)` returns `result<void>`: durably, nothing is left of the key, and the
///      owner never gets another. Forgetting again, or an owner without a key, does no harm. [law]
///
/// Models: `sodium_sealer`. Laws: koc/testing/sealer.hpp.
template <typename S>
concept sealer = std::movable<S> &&
    requires(S& s, std::uint64_t owner, std::string_view context, std::string_view text) {
    { s.seal(owner, context, text) } -> std::same_as<result<std::string>>;
    { s.open(owner, context, text) } -> std::same_as<result<std::optional<std::string>>>;
    { s.keep() } -> std::same_as<result<void>>;
    { s.forget(owner) } -> std::same_as<result<void>>;
};

/// A sealer without its type, or none; moves only.
class any_sealer {
    struct held {
        virtual ~held() = default;
        virtual result<std::string> seal(
            std::uint64_t owner, std::string_view context, std::string_view text) = 0;
        virtual result<std::optional<std::string>> open(
            std::uint64_t owner, std::string_view context, std::string_view sealed) = 0;
        virtual result<void> keep() = 0;
        virtual result<void> forget(std::uint64_t owner) = 0;
    };
    template <typename S>
    struct holding final : held {
        explicit holding(S sealer) : sealer_{std::move(sealer)} {}
        result<std::string> seal(
            std::uint64_t owner, std::string_view context, std::string_view text) override {
            return sealer_.seal(owner, context, text);
        }
        result<std::optional<std::string>> open(
            std::uint64_t owner, std::string_view context, std::string_view sealed) override {
            return sealer_.open(owner, context, sealed);
        }
        result<void> keep() override { return sealer_.keep(); }
        result<void> forget(std::uint64_t owner) override { return sealer_.forget(owner); }
        S sealer_;
    };

public:
    any_sealer() = default;
    template <typename S>
        requires(!std::is_same_v<S, any_sealer>)
    any_sealer(S sealer) // NOLINT: any sealer is one
        : held_{std::make_unique<holding<S>>(std::move(sealer))} {
        static_assert(koc::sealer<S>,
            "koc: the sealer of an engine must model koc::sealer; see docs/privacy.md#sealer");
    }

    [[nodiscard]] explicit operator bool() const { return held_ != nullptr; }

    // Of one that is there

    result<std::string> seal(std::uint64_t owner, std::string_view context, std::string_view text) {
        return held_->seal(owner, context, text);
    }
    result<std::optional<std::string>> open(
        std::uint64_t owner, std::string_view context, std::string_view sealed) {
        return held_->open(owner, context, sealed);
    }
    result<void> keep() { return held_->keep(); }
    result<void> forget(std::uint64_t owner) { return held_->forget(owner); }

private:
    std::unique_ptr<held> held_;
};

/// Seals and opens with another sealer, which must outlive it, and forgets nobody: for what is only
/// tried, such as a fork. Models `sealer`.
class lent_sealer {
public:
    explicit lent_sealer(any_sealer& of) : of_{&of} {}

    result<std::string> seal(std::uint64_t owner, std::string_view context, std::string_view text) {
        return of_->seal(owner, context, text);
    }
    result<std::optional<std::string>> open(
        std::uint64_t owner, std::string_view context, std::string_view sealed) {
        return of_->open(owner, context, sealed);
    }
    static result<void> keep() { return {}; }
    static result<void> forget(std::uint64_t) { return {}; }

private:
    any_sealer* of_;
};
static_assert(sealer<lent_sealer>);

} // namespace koc
