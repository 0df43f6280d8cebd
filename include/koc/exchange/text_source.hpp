// SPDX-License-Identifier: BSL-1.0
#pragma once

// A text that is read block by block, so that a file of any size needs the memory of one block:
// from bytes in memory, a stream or a function of the host, in any of the encodings, as UTF-8.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/exchange/text_encoding.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// Reads the next bytes of a file into `room` and says how many, 0 at its end.
using read_bytes = std::function<result<std::size_t>(std::span<char> room)>;

/// What is left of a text to be read.
class text_source {
public:
    static constexpr std::size_t block_size = 64 * 1024;

    explicit text_source(read_bytes from, text_encoding encoding = text_encoding::utf8)
        : read_{std::move(from)}, decoder_{encoding} {}
    /// Of bytes that live as long as the source is read.
    explicit text_source(std::string_view bytes, text_encoding encoding = text_encoding::utf8)
        : text_source(
              [bytes](std::span<char> room) mutable -> result<std::size_t> {
                  auto const taken = bytes.copy(room.data(), room.size());
                  bytes.remove_prefix(taken);
                  return taken;
              },
              encoding) {}
    /// Of a stream that lives as long as the source is read, opened in binary mode.
    explicit text_source(std::istream& from, text_encoding encoding = text_encoding::utf8)
        : text_source(
              [&from](std::span<char> room) -> result<std::size_t> {
                  from.read(room.data(), static_cast<std::streamsize>(room.size()));
                  if (from.bad() || (from.fail() && !from.eof())) {
                      return error{errc::unavailable, "file",
                          "expected a file that can be read to its end; open it again"};
                  }
                  return static_cast<std::size_t>(from.gcount());
              },
              encoding) {}

    /// Appends at least one more byte of text to `out`; false at the end of the file. Bytes that
    /// are not well formed come as 0xFF, see `text_decoder`; in UTF-8 they come as they are.
    /// Refused: as the function that reads, and with `unavailable` where an encoding cannot be
    /// converted.
    [[nodiscard]] result<bool> more(std::string& out) {
        auto const before = out.size();
        while (!ended_ && out.size() == before) {
            block_.resize(block_size);
            auto const taken = read_(block_);
            if (!taken) {
                ended_ = true;
                return taken.error();
            }
            bytes_ += *taken;
            ended_ = *taken == 0;
            if (auto done = decoder_.decode({block_.data(), *taken}, ended_, out); !done) {
                ended_ = true;
                return std::move(done).error();
            }
        }
        return out.size() != before;
    }
    /// How many bytes of the file were read so far.
    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_; }

private:
    read_bytes read_;
    text_decoder decoder_;
    std::string block_;
    std::uint64_t bytes_ = 0;
    bool ended_ = false;
};

} // namespace koc
