// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/about.hpp>

#include <koc/core/id.hpp>

#include <boost/describe/class.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace {

struct person_kind {
    [[maybe_unused]] static constexpr char const* noun = "person";
    using record = struct file;
};
using person_id = koc::id<person_kind>;

struct vote {
    person_id by;
    bool yes = false;
};
BOOST_DESCRIBE_STRUCT(vote, (), (by, yes))
struct file {
    person_id id;
    koc::personal_text name;
    std::int64_t points = 0;
    std::optional<person_id> mentor;
    std::vector<vote> votes;
    std::vector<koc::personal_text> remarks;
    std::vector<std::uint64_t> numbers;
};
BOOST_DESCRIBE_STRUCT(file, (), (id, name, points, mentor, votes, remarks, numbers))

koc::person_ref who(std::uint64_t id) { return {koc::key_of<person_id>, id}; }
std::string about(file const& held, std::uint64_t id) {
    std::string out;
    if (koc::is_about(koc::shape_of<file>, &held, who(id))) {
        koc::append_about(out, koc::shape_of<file>, &held, who(id));
    }
    return out;
}

file const sample{person_id{7}, {7, "Hua"}, 5, person_id{3},
    {{person_id{7}, true}, {person_id{8}, false}}, {{7, "mine"}, {8, "another's"}}, {1, 2}};

TEST_CASE("what is held about a person has their words and nothing of others", "[describe]") {
    CHECK(about(sample, 7) ==
        R"({"id":7,"name":{"owner":7,"text":"Hua"},"points":5,"mentor":0,)"
        R"("votes":[{"by":7,"yes":true}],"remarks":[{"owner":7,"text":"mine"}],"numbers":[1,2]})");
}

TEST_CASE("of another's record there is only what names the person", "[describe]") {
    CHECK(about(sample, 8) ==
        R"({"votes":[{"by":8,"yes":false}],"remarks":[{"owner":8,"text":"another's"}]})");
    CHECK(about(sample, 3) == R"({"mentor":3})");
    CHECK(about(sample, 4).empty());
}

TEST_CASE("what names nobody is about nobody", "[describe]") {
    file const blank{};
    CHECK_FALSE(koc::is_about(koc::shape_of<file>, &blank, who(1)));
}

} // namespace
