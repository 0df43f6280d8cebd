// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/message.hpp>

#include "support/catch.hpp"

#include <string>
#include <utility>

namespace {

struct renamed {
    std::string to;
};
BOOST_DESCRIBE_STRUCT(renamed, (), (to))
struct closed {};
BOOST_DESCRIBE_STRUCT(closed, (), ())

} // namespace

TEST_CASE("a message owns a value of its type and knows it by name", "[describe]") {
    koc::message made{koc::message_type_of<renamed>};
    static_cast<renamed*>(made.raw())->to = "a name too long to be kept in the string itself";
    CHECK(made.type().name == "renamed");
    CHECK(made.type().form == &koc::shape_of<renamed>);
    CHECK(made.get_if<closed>() == nullptr);

    auto taken = std::move(made);
    CHECK(taken.get<renamed>().to.size() > 32);
    taken = koc::message{koc::message_type_of<closed>};
    CHECK(taken.get_if<renamed>() == nullptr);
    CHECK(taken.get_if<closed>() != nullptr);
}
