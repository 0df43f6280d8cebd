// SPDX-License-Identifier: BSL-1.0
#pragma once

// JSON text from outside, read strictly (RFC 8259, no extensions, no member twice in an object),
// and the compact text of a tree. Wraps Boost.JSON, which accepts a member twice and gives its own
// kind of errors.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/validate.hpp>

#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace koc {
namespace detail {

inline std::size_t members_in(boost::json::value const& tree) {
    std::size_t count = 0;
    if (auto const* object = tree.if_object()) {
        count = object->size();
        for (auto const& member : *object) {
            count += members_in(member.value());
        }
    } else if (auto const* array = tree.if_array()) {
        for (auto const& element : *array) {
            count += members_in(element);
        }
    }
    return count;
}

/// In well-formed text each member has exactly one colon outside of strings.
inline std::size_t members_in(std::string_view text) {
    std::size_t count = 0;
    auto const* at = text.data();
    auto const* const end = at + text.size();
    while (at != end) {
        auto const c = *at++;
        if (c == ':') {
            ++count;
        } else if (c == '"') {
            while (at != end && *at != '"') {
                at += *at == '\\' && end - at > 1 ? 2 : 1;
            }
            at += at != end ? 1 : 0;
        }
    }
    return count;
}

} // namespace detail

/// Reads one JSON value, with nothing but white space around it. O(n).
///
/// Refused with `errc::invalid_argument` are malformed text, whose subject is the place such as
/// `JSON text at byte 17`, more than `nesting_max` levels below the value, and an object with the
/// same member twice.
inline result<boost::json::value> parse_json(
    std::string_view text, boost::json::storage_ptr storage = {}) {
    boost::json::parse_options options;
    options.max_depth = nesting_max + 1;
    unsigned char scratch[1024];
    boost::json::parser parser{{}, options, scratch};
    parser.reset(storage);
    boost::system::error_code trouble;
    auto const used = parser.write_some(text.data(), text.size(), trouble);
    if (!trouble && used < text.size()) {
        trouble = boost::json::error::extra_data;
    }
    if (trouble) {
        return error{errc::invalid_argument, "JSON text at byte " + std::to_string(used),
            trouble == boost::json::error::too_deep
                ? "expected at most " + std::to_string(nesting_max) + " levels; flatten it"
                : "expected well-formed JSON (" + trouble.message() + "); correct it"};
    }
    auto tree = parser.release();
    if (detail::members_in(text) != detail::members_in(tree)) {
        return error{errc::invalid_argument, "JSON text",
            "expected each member of an object once; remove the repeated one"};
    }
    return tree;
}

/// The compact text of a value: members in their order, no white space.
inline std::string json_text(boost::json::value const& tree) {
    return boost::json::serialize(tree);
}

} // namespace koc
