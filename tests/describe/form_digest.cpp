// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/form_digest.hpp>

#include <koc/tag/requirement.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using koc::form_digest_of;

namespace one {
enum class colour : std::uint8_t { red, green };
BOOST_DESCRIBE_ENUM(colour, red, green)
struct leaf {
    colour tint{};
    std::int64_t number = 0;
    std::vector<leaf> below;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (tint, number, below))
} // namespace one

/// Reads the same text.
namespace renamed {
enum class hue : std::int32_t { red = 4, green };
BOOST_DESCRIBE_ENUM(hue, red, green)
struct blade {
    std::int64_t number = 0;
    std::vector<blade> below;
    hue tint{};
};
BOOST_DESCRIBE_STRUCT(blade, (), (tint, number, below))
} // namespace renamed

namespace other_member {
struct leaf {
    one::colour tint{};
    std::int64_t count = 0;
    std::vector<leaf> below;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (tint, count, below))
} // namespace other_member

namespace other_order {
struct leaf {
    one::colour tint{};
    std::int64_t number = 0;
    std::vector<leaf> below;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (number, tint, below))
} // namespace other_order

namespace one_less {
struct leaf {
    one::colour tint{};
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (tint, number))
} // namespace one_less

namespace other_name {
enum class colour : std::uint8_t { red, blue };
BOOST_DESCRIBE_ENUM(colour, red, blue)
struct leaf {
    colour tint{};
    std::int64_t number = 0;
    std::vector<leaf> below;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (tint, number, below))
} // namespace other_name

TEST_CASE("types of one form read each other's text, whatever they are called", "[describe]") {
    CHECK(form_digest_of<one::leaf>() == form_digest_of<one::leaf>());
    CHECK(form_digest_of<one::leaf>() == form_digest_of<renamed::blade>());
}

TEST_CASE("any change of a form changes its digest", "[describe]") {
    std::vector const all{form_digest_of<one::leaf>(), form_digest_of<other_member::leaf>(),
        form_digest_of<other_order::leaf>(), form_digest_of<one_less::leaf>(),
        form_digest_of<other_name::leaf>(), form_digest_of<std::int64_t>(),
        form_digest_of<std::int32_t>(), form_digest_of<std::uint64_t>(),
        form_digest_of<std::optional<int>>(), form_digest_of<std::vector<int>>(),
        form_digest_of<std::vector<unsigned>>(), form_digest_of<std::pair<int, bool>>(),
        form_digest_of<std::pair<bool, int>>(), form_digest_of<std::string>(),
        form_digest_of<koc::personal_text>(), form_digest_of<koc::instant>(),
        form_digest_of<koc::duration>(), form_digest_of<koc::requirement>()};
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            INFO(i << ' ' << j);
            CHECK(all[i] != all[j]);
        }
    }
}

} // namespace
