// SPDX-License-Identifier: BSL-1.0
#pragma once

// A file that is written, in one of the encodings, block by block.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/exchange/text_encoding.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// Writes text to a stream that was opened in binary mode and lives as long.
class text_sink {
public:
    /// With `mark`, the file begins with a byte order mark, by which spreadsheet programs tell
    /// UTF-8 from the encoding of their country. UTF-16 always has one. Refused: as
    /// `text_encoder::make`.
    static result<text_sink> make(
        std::ostream& to, text_encoding encoding = text_encoding::utf8, bool mark = false) {
        auto encoder = text_encoder::make(encoding);
        if (!encoder) {
            return std::move(encoder).error();
        }
        text_sink made{to, *std::move(encoder)};
        if (mark || encoding == text_encoding::utf16) {
            KOC_TRY(made.write(detail::utf8_mark));
        }
        return made;
    }

    /// Refused with `invalid_text` for what is not UTF-8, and with `unavailable` where the stream
    /// cannot be written.
    [[nodiscard]] result<void> write(std::string_view text) {
        bytes_.clear();
        KOC_TRY(encoder_.encode(text, bytes_));
        to_->write(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
        return check();
    }
    /// Lets the stream write what it holds. Refused with `unavailable`.
    [[nodiscard]] result<void> finish() {
        to_->flush();
        return check();
    }

private:
    text_sink(std::ostream& to, text_encoder encoder) : to_{&to}, encoder_{std::move(encoder)} {}

    [[nodiscard]] result<void> check() const {
        if (to_->good()) {
            return {};
        }
        return error{errc::unavailable, "file",
            "expected a file that can be written; make room for it or choose another"};
    }

    std::ostream* to_;
    text_encoder encoder_;
    std::string bytes_;
};

} // namespace koc
