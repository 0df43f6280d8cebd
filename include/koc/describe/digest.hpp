// SPDX-License-Identifier: BSL-1.0
#pragma once

// A 128-bit fingerprint of values, the same with every compiler, flag and platform. It is taken
// over the values in a fixed byte order, never over their memory, so padding and byte order cannot
// leak in. The hash is XXH3 (128 bits): it finds corruption; it is no defence against a forger.

#include <koc/core/id.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/shape.hpp>

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// 128 bits that stand for a value.
struct digest {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    friend constexpr auto operator<=>(digest const&, digest const&) = default;
};

/// 32 lower-case hexadecimal digits, the high half first.
inline std::string to_hex(digest const& d) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(32);
    for (auto half : {d.high, d.low}) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            out += digits[half >> shift & 15U];
        }
    }
    return out;
}

/// Reads what `to_hex` writes.
inline std::optional<digest> digest_from_hex(std::string_view text) {
    if (text.size() != 32) {
        return std::nullopt;
    }
    std::array<std::uint64_t, 2> halves{};
    for (std::size_t i = 0; i < 32; ++i) {
        auto const c = text[i];
        auto const nibble = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'               ? c - 'a' + 10
                                                 : -1;
        if (nibble < 0) {
            return std::nullopt;
        }
        halves[i / 16] = halves[i / 16] << 4U | static_cast<std::uint64_t>(nibble);
    }
    return digest{halves[0], halves[1]};
}

/// What a personal text contributes: everything (a chain protects what is stored) or only whose it
/// is (a state must not change when somebody is forgotten).
enum class personal : bool { included, left_out };

/// Takes values in order and gives their digest.
///
/// Understood is every type with a shape, and ranges and pairs of what is understood. Ranges and
/// strings contribute their length first, so that ["a","b"] and ["ab"] differ; enums contribute the
/// name of their value, so that an enumerator may be added anywhere.
class hasher {
public:
    explicit hasher(personal mode = personal::included) : mode_{mode} {}

    template <typename T>
    hasher& add(T const& value) {
        if constexpr (std::integral<T>) {
            number(static_cast<std::uint64_t>(value));
        } else if constexpr (is_id<T>) {
            number(static_cast<std::uint64_t>(value.value()));
        } else if constexpr (std::same_as<T, digest>) {
            number(value.high);
            number(value.low);
        } else if constexpr (std::convertible_to<T const&, std::string_view>) {
            text(value);
        } else {
            add(shape_of<T>, &value);
        }
        return *this;
    }

    /// A value of this shape.
    hasher& add(shape const& of, void const* value) {
        switch (of.kind) {
        case shape_kind::boolean:
            number(*static_cast<bool const*>(value) ? 1 : 0);
            break;
        case shape_kind::natural:
            number(detail::read_natural(value, of.bytes));
            break;
        case shape_kind::whole:
            number(static_cast<std::uint64_t>(detail::read_whole(value, of.bytes)));
            break;
        case shape_kind::enumeration:
            if (auto const* named = detail::enumerator_at(of, value)) {
                text(named->name);
            } else {
                number(detail::read_natural(value, of.bytes));
            }
            break;
        case shape_kind::text:
            text(*static_cast<std::string const*>(value));
            break;
        case shape_kind::personal: {
            auto const& words = *static_cast<personal_text const*>(value);
            number(words.owner);
            if (mode_ == personal::included) {
                text(words.text);
            }
            break;
        }
        case shape_kind::instant:
            number(static_cast<std::uint64_t>(static_cast<instant const*>(value)->ms));
            break;
        case shape_kind::duration:
            number(static_cast<std::uint64_t>(static_cast<duration const*>(value)->ms));
            break;
        case shape_kind::score:
            number(static_cast<std::uint64_t>(static_cast<score const*>(value)->raw));
            break;
        case shape_kind::digest:
            add(*static_cast<digest const*>(value));
            break;
        case shape_kind::structure:
            for (std::size_t i = 0; i < of.count; ++i) {
                auto const& member = of.members()[i];
                add(*member.of, detail::at_offset(value, member.offset));
            }
            break;
        case shape_kind::optional:
        case shape_kind::list: {
            auto const& list = of.sequence();
            number(list.size(value));
            detail::each_element(list, value, [&](void const* element) {
                add(*list.element, element);
                return true;
            });
            break;
        }
        case shape_kind::pair: {
            auto const& both = of.both();
            add(*both.first, value);
            add(*both.second, detail::at_offset(value, both.second_offset));
            break;
        }
        case shape_kind::custom:
            of.form().digest(*this, value);
            break;
        }
        return *this;
    }

    [[nodiscard]] digest finish() {
        flush();
        return {high_, low_};
    }

private:
    void number(std::uint64_t value) {
        if (used_ + 8 > buffer_.size()) {
            flush();
        }
        if constexpr (std::endian::native == std::endian::little) {
            std::memcpy(buffer_.data() + used_, &value, 8);
        } else {
            for (unsigned i = 0; i < 8; ++i) {
                buffer_[used_ + i] = static_cast<unsigned char>(value >> 8 * i & 255U);
            }
        }
        used_ += 8;
    }

    void text(std::string_view bytes) {
        number(bytes.size());
        while (!bytes.empty()) {
            if (used_ == buffer_.size()) {
                flush();
            }
            auto const part = bytes.substr(0, buffer_.size() - used_);
            std::memcpy(buffer_.data() + used_, part.data(), part.size());
            used_ += part.size();
            bytes.remove_prefix(part.size());
        }
    }

    /// Folds the full buffer into the running digest. XXH3's own streaming state is half a kilobyte
    /// with alignment demands; chaining blocks by seed keeps a hasher small and copyable.
    void flush() {
        auto const block =
            XXH3_128bits_withSeed(buffer_.data(), used_, high_ ^ (low_ << 1U | low_ >> 63U));
        high_ = block.high64 ^ low_;
        low_ = block.low64 + high_;
        used_ = 0;
    }

    std::array<unsigned char, 512> buffer_;
    std::size_t used_ = 0;
    std::uint64_t high_ = 0;
    std::uint64_t low_ = 0;
    personal mode_;
};

/// The digest of one value.
template <typename T>
digest digest_of(T const& value) {
    return hasher{}.add(value).finish();
}

} // namespace koc
