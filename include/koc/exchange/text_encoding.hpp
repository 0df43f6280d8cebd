// SPDX-License-Identifier: BSL-1.0
#pragma once

// The encodings of files that people exchange, converted to and from UTF-8 block by block with the
// C library's iconv. Whatever is not well formed becomes the byte 0xFF, which no UTF-8 holds, so
// that whoever reads the lines finds it, and says where, by the same check as for UTF-8 itself.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described_enum.hpp>

#include <boost/describe/enum.hpp>

#include <iconv.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// How the characters of a file are written. A byte order mark at its beginning is skipped.
enum class text_encoding : std::uint8_t {
    utf8,
    gb18030, ///< the national standard of China; GBK and GB 2312 are parts of it
    utf16,   ///< in the order of its mark; without one, least significant byte first
};
BOOST_DESCRIBE_ENUM(text_encoding, utf8, gb18030, utf16)

namespace detail {

/// A conversion of iconv.
class iconv_handle {
public:
    static result<iconv_handle> open(char const* to, char const* from) {
        auto* const made = iconv_open(to, from);
        if (made == reinterpret_cast<iconv_t>(-1)) { // NOLINT: as POSIX says
            return error{errc::unavailable, std::string{"encoding "} + from + " to " + to,
                "expected a C library that converts it; install its conversion modules"};
        }
        return iconv_handle{made};
    }

    /// Converts what can be converted of `bytes`, appends it to `out`, and answers what is left,
    /// and whether that begins with something that is not well formed instead of being cut off.
    struct rest {
        std::string_view left;
        bool malformed;
    };
    rest convert(std::string_view bytes, std::string& out) const {
        // iconv takes its input as not const, and does not write to it.
        auto* from = const_cast<char*>(bytes.data()); // NOLINT
        auto left = bytes.size();
        char block[4096];
        while (true) {
            char* to = block;
            auto room = sizeof block;
            auto const done = ::iconv(of_.get(), &from, &left, &to, &room);
            auto const why = errno;
            out.append(block, to);
            if (done != static_cast<std::size_t>(-1)) {
                return {{}, false};
            }
            if (why != E2BIG) {
                return {{from, left}, why == EILSEQ};
            }
        }
    }

private:
    struct closer {
        void operator()(void* handle) const { iconv_close(handle); }
    };
    explicit iconv_handle(iconv_t handle) : of_{handle} {}

    std::unique_ptr<void, closer> of_;
};

/// The name for iconv of an encoding whose mark has been looked at.
inline char const* iconv_name(text_encoding encoding, bool big_endian) {
    switch (encoding) {
    case text_encoding::utf8:
        return "UTF-8";
    case text_encoding::gb18030:
        return "GB18030";
    case text_encoding::utf16:
        return big_endian ? "UTF-16BE" : "UTF-16LE";
    }
    return "UTF-8";
}

inline constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

} // namespace detail

/// Turns a file into UTF-8, block by block. A character may be cut by the end of a block.
class text_decoder {
public:
    /// What the bytes become that are not well formed, one each.
    static constexpr char malformed = '\xFF';

    explicit text_decoder(text_encoding from) : from_{from} {}

    /// Appends the text of a block to `out`; `last` says that the file ends with it. UTF-8 is
    /// passed on as it is but for the mark. Refused with `unavailable`: an encoding that the C
    /// library cannot convert. O(bytes).
    [[nodiscard]] result<void> decode(std::string_view bytes, bool last, std::string& out) {
        std::string joined;
        if (!held_.empty()) {
            joined = std::move(held_);
            held_.clear();
            bytes = joined.append(bytes);
        }
        if (!begun_ && bytes.size() < detail::utf8_mark.size() && !last) {
            held_ = bytes;
            return {};
        }
        auto const begins = !std::exchange(begun_, true);
        if (from_ == text_encoding::utf8) {
            if (begins && bytes.starts_with(detail::utf8_mark)) {
                bytes.remove_prefix(detail::utf8_mark.size());
            }
            out.append(bytes);
            return {};
        }
        if (begins) {
            auto made = detail::iconv_handle::open(
                "UTF-8", detail::iconv_name(from_, bytes.starts_with("\xFE\xFF")));
            if (!made) {
                return std::move(made).error();
            }
            converter_.emplace(*std::move(made));
        }
        auto const from = out.size();
        convert(bytes, last, out);
        if (out.size() != from && !std::exchange(written_, true) &&
            std::string_view{out}.substr(from).starts_with(detail::utf8_mark)) {
            out.erase(from, detail::utf8_mark.size());
        }
        return {};
    }

private:
    void convert(std::string_view bytes, bool last, std::string& out) {
        std::size_t const unit = from_ == text_encoding::utf16 ? 2 : 1;
        while (!bytes.empty()) {
            auto const [left, wrong] = converter_->convert(bytes, out);
            bytes = left;
            if (bytes.empty()) {
                return;
            }
            if (!wrong && !last) { // a character that goes on in the next block
                held_ = bytes;
                return;
            }
            out += malformed;
            bytes.remove_prefix(bytes.size() < unit ? bytes.size() : unit);
        }
    }

    text_encoding from_;
    std::optional<detail::iconv_handle> converter_;
    std::string held_; ///< the beginning of a character, or of the file
    bool begun_ = false;
    bool written_ = false; ///< whether the first character was looked at
};

/// Turns UTF-8 into the text of a file.
class text_encoder {
public:
    /// Refused with `unavailable`: an encoding that the C library cannot convert.
    static result<text_encoder> make(text_encoding to) {
        text_encoder made;
        if (to != text_encoding::utf8) {
            auto opened = detail::iconv_handle::open(detail::iconv_name(to, false), "UTF-8");
            if (!opened) {
                return std::move(opened).error();
            }
            made.converter_.emplace(*std::move(opened));
        }
        return made;
    }

    /// Appends the bytes of a whole text. Refused with `invalid_text`: what is not UTF-8. O(n).
    [[nodiscard]] result<void> encode(std::string_view text, std::string& out) const {
        if (!converter_) {
            out.append(text);
            return {};
        }
        if (!converter_->convert(text, out).left.empty()) {
            return error{errc::invalid_text, "text to be written",
                "expected valid UTF-8; convert the text before writing it"};
        }
        return {};
    }

private:
    text_encoder() = default;

    std::optional<detail::iconv_handle> converter_;
};

} // namespace koc
