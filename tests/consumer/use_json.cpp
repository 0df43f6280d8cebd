// SPDX-License-Identifier: BSL-1.0

// A host of koc::json: a requirement read from a file that people write.

#include <koc/json/from_json.hpp>
#include <koc/json/text.hpp>
#include <koc/tag/requirement.hpp>

int main() {
    auto const parsed = koc::parse_json(R"({"all":[{"tag":"region:northeast"}]})");
    auto const needs = parsed ? koc::from_json<koc::requirement>(*parsed)
                              : koc::result<koc::requirement>{parsed.error()};
    auto const expected = koc::everybody() && koc::has("region", "northeast");
    return needs && koc::to_string(*needs) == koc::to_string(expected) ? 0 : 1;
}
