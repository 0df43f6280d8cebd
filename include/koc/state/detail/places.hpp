// SPDX-License-Identifier: BSL-1.0
#pragma once

// Raw storage for objects of one size, side by side, that never move: chunks of 8, 16, 32, ...
// places.

#include <bit>
#include <cstddef>
#include <new>

namespace koc::detail {

class places {
public:
    explicit places(std::size_t size) : size_{size} {}
    places(places const&) = delete;
    places& operator=(places const&) = delete;
    ~places() {
        for (auto* chunk : chunks_) {
            ::operator delete(chunk);
        }
    }

    /// A place that was made.
    [[nodiscard]] void* operator[](std::size_t i) const {
        auto const c = chunk_of(i);
        return chunks_[c] + (i + first_chunk - (first_chunk << c)) * size_;
    }
    /// The place, made if it is the next one.
    [[nodiscard]] void* make(std::size_t i) {
        auto const c = chunk_of(i);
        if (chunks_[c] == nullptr) {
            chunks_[c] = static_cast<char*>(::operator new((first_chunk << c) * size_));
        }
        return (*this)[i];
    }

private:
    static constexpr std::size_t first_chunk = 8;

    static std::size_t chunk_of(std::size_t i) {
        return static_cast<std::size_t>(std::bit_width(i + first_chunk)) - 4;
    }

    char* chunks_[30] = {};
    std::size_t size_;
};

} // namespace koc::detail
