// SPDX-License-Identifier: BSL-1.0
#pragma once

// SHA-256 (FIPS 180-4) of a text, for documents whose format demands it. What koc digests for
// itself it digests with XXH3.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace koc::detail {

class sha256 {
public:
    /// The digest in 64 lower-case hexadecimal digits. O(n).
    [[nodiscard]] static std::string hex_of(std::string_view text) {
        sha256 made;
        made.digest(text);
        std::string out;
        for (auto word : made.state_) {
            for (int shift = 28; shift >= 0; shift -= 4) {
                out += "0123456789abcdef"[word >> shift & 15U];
            }
        }
        return out;
    }

private:
    static constexpr std::size_t block_size = 64;

    void digest(std::string_view text) {
        auto const bits = static_cast<std::uint64_t>(text.size()) * 8;
        for (; text.size() >= block_size; text.remove_prefix(block_size)) {
            add(text.data());
        }
        std::string rest{text};
        rest += '\x80';
        while (rest.size() % block_size != block_size - 8) {
            rest += '\0';
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            rest += static_cast<char>(static_cast<unsigned char>(bits >> shift));
        }
        for (std::size_t at = 0; at < rest.size(); at += block_size) {
            add(rest.data() + at);
        }
    }
    void add(char const* block) {
        std::array<std::uint32_t, 64> w{};
        for (std::size_t i = 0; i < 16; ++i) {
            for (std::size_t byte = 0; byte < 4; ++byte) {
                w[i] = w[i] << 8U | static_cast<unsigned char>(block[4 * i + byte]);
            }
        }
        for (std::size_t i = 16; i < 64; ++i) {
            auto const a = w[i - 15];
            auto const b = w[i - 2];
            w[i] = w[i - 16] + w[i - 7] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3U) +
                (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10U);
        }
        auto s = state_;
        for (std::size_t i = 0; i < 64; ++i) {
            auto const e = s[4];
            auto const a = s[0];
            auto const first = s[7] + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                ((e & s[5]) ^ (~e & s[6])) + constants[i] + w[i];
            auto const second = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) +
                ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
            s = {first + second, a, s[1], s[2], s[3] + first, e, s[5], s[6]};
        }
        for (std::size_t i = 0; i < s.size(); ++i) {
            state_[i] += s[i];
        }
    }

    static constexpr std::array<std::uint32_t, 64> constants{0x428a2f98, 0x71374491, 0xb5c0fbcf,
        0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
        0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1,
        0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351,
        0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb,
        0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
        0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
        0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814,
        0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
        0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
};

} // namespace koc::detail
