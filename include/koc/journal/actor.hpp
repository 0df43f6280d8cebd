// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who asked for a command: recorded in the envelope of every event.

#include <koc/describe/described_enum.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace koc {

enum class actor_kind : std::uint8_t {
    host,     ///< the product itself, or somebody it vouches for
    member,   ///< a person of the programme, by their member id
    employee, ///< an operator of the programme, by an id of the host's
    time,     ///< nobody: something became due
};
BOOST_DESCRIBE_ENUM(actor_kind, host, member, employee, time)

/// Who acts.
struct actor {
    actor_kind kind = actor_kind::host;
    std::uint64_t id = 0; ///< of a member or employee

    friend auto operator<=>(actor const&, actor const&) = default;
};
BOOST_DESCRIBE_STRUCT(actor, (), (kind, id))

/// `host`, `member 7`, `employee 3` or `time`.
inline std::string to_string(actor const& who) {
    switch (who.kind) {
    case actor_kind::member:
        return "member " + std::to_string(who.id);
    case actor_kind::employee:
        return "employee " + std::to_string(who.id);
    case actor_kind::time:
        return "time";
    case actor_kind::host:
        break;
    }
    return "host";
}

/// Reads what `name_of` gives.
inline std::optional<actor_kind> actor_kind_from(std::string_view name) {
    for (auto kind :
        {actor_kind::host, actor_kind::member, actor_kind::employee, actor_kind::time}) {
        if (name_of(kind) == name) {
            return kind;
        }
    }
    return std::nullopt;
}

} // namespace koc
