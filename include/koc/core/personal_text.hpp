// SPDX-License-Identifier: BSL-1.0
#pragma once

// Words about a person: a name, a contact, a free note. They appear in events only inside this
// wrapper, which says whose they are, so that a store can seal them under that person's key and
// forget them later without changing the shape of any event. Decisions never read them, and the
// state digest leaves them out: forgetting somebody must not change what was decided.

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>

namespace koc {

/// Text that belongs to one person.
struct personal_text {
    std::uint64_t owner = 0; ///< the value of the person's id
    std::string text;        ///< UTF-8 as written, or what the store made of it when it sealed it

    friend bool operator==(personal_text const&, personal_text const&) = default;
};
BOOST_DESCRIBE_STRUCT(personal_text, (), (owner, text))

} // namespace koc
