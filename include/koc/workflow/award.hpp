// SPDX-License-Identifier: BSL-1.0
#pragma once

// An award: that somebody was honoured with something, since when, until when and what for. What a
// document outside of the programme says of it is in here, and nothing about the person.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

struct honour_kind {
    static constexpr char const* noun = "honour";
    using record = struct honour_record;
};
/// What people are honoured with, such as "winter pathfinder", by an id of the host's.
using honour_id = id<honour_kind>;

struct award_kind {
    static constexpr char const* noun = "award";
    static constexpr bool runs_out = true; ///< a valid award leaves nothing open
    using record = struct award_record;
};
/// One person's honour. No id is given twice.
using award_id = id<award_kind>;

/// What has become of an award.
enum class award_state : std::uint8_t {
    valid,
    expired,  ///< its time is over
    revoked,  ///< taken back by who gave it
    declined, ///< given back by who had it
};
BOOST_DESCRIBE_ENUM(award_state, valid, expired, revoked, declined)

/// Something on record that shows that an honour was earned, such as `review 7`.
struct award_evidence {
    std::string kind;
    std::uint64_t id = 0;

    friend bool operator==(award_evidence const&, award_evidence const&) = default;
};
BOOST_DESCRIBE_STRUCT(award_evidence, (), (kind, id))

/// An award as it is told.
struct award_view {
    award_id id;
    honour_id honour;
    std::string name;        ///< of the honour
    std::string description; ///< what it is
    std::string criteria;    ///< what it is given for
    std::string image;       ///< a URL, or nothing
    instant from;
    std::optional<instant>
        until{}; ///< the first instant at which it is over; never, if there is none
    std::vector<award_evidence> evidence{};
    award_state state{};
    bool shown = true; ///< whether the person lets others see it

    friend bool operator==(award_view const&, award_view const&) = default;
};
BOOST_DESCRIBE_STRUCT(award_view, (),
    (id, honour, name, description, criteria, image, from, until, evidence, state, shown))

/// The state at an instant of what was last recorded to be in `state`.
[[nodiscard]] constexpr award_state state_at(
    award_state state, std::optional<instant> until, instant at) {
    return state == award_state::valid && until && *until <= at ? award_state::expired : state;
}

/// Whether a text is the address of something on the web: `https://` or `http://` and a host,
/// nothing but visible ASCII, and nothing that would have to be written as an escape.
[[nodiscard]] inline bool is_web_address(std::string_view text) {
    for (std::string_view scheme : {"https://", "http://"}) {
        if (text.substr(0, scheme.size()) == scheme) {
            auto const rest = text.substr(scheme.size());
            return !rest.empty() && rest.front() != '/' &&
                std::all_of(rest.begin(), rest.end(), [](char c) {
                    return c > ' ' && c < '\x7F' &&
                        std::string_view{"\"<>\\^`{|}"}.find(c) == std::string_view::npos;
                });
        }
    }
    return false;
}

/// Refuses a text that is no such address.
[[nodiscard]] inline result<void> check_web_address(std::string about, std::string_view text) {
    if (is_web_address(text)) {
        return {};
    }
    return error{errc::invalid_text, std::move(about),
        "expected an address such as https://example.org/honours, of visible ASCII characters; "
        "escape others with %"};
}

} // namespace koc
