// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/tag_set.hpp>

#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <vector>

namespace {

using koc::percent;
using koc::score;
using koc::tag_id;
using koc::tag_set;
using koc::weighted_tag;

TEST_CASE("a tag set holds each tag once, in ascending order, with its last weight", "[tag]") {
    tag_set const tags{{tag_id{7}, percent(10)}, {tag_id{3}}, {tag_id{7}, percent(20)}};
    CHECK(std::vector(tags.begin(), tags.end()) ==
        std::vector<weighted_tag>{{tag_id{3}, koc::whole(1)}, {tag_id{7}, percent(20)}});
    CHECK(tags.weight(tag_id{7}) == percent(20));
    CHECK(tags.weight(tag_id{4}) == score{});
    CHECK_FALSE(tags.contains(tag_id{4}));
    CHECK_FALSE(tags.contains(tag_id{}));
}

TEST_CASE("a tag of weight 0 is still a tag of the set", "[tag]") {
    tag_set const tags{{tag_id{7}, score{}}};
    CHECK(tags.contains(tag_id{7}));
    CHECK(tags.weight(tag_id{7}) == score{});
}

TEST_CASE("removing what is not there changes nothing", "[tag]") {
    tag_set tags{{tag_id{3}}};
    tags.remove(tag_id{2});
    tags.remove(tag_id{4});
    CHECK(tags == tag_set{{tag_id{3}}});
    tags.remove(tag_id{3});
    CHECK(tags.empty());
    tags.remove(tag_id{3});
    CHECK(tags == tag_set{});
}

TEST_CASE("a tag set is a map from tags to weights, and equal sets have equal digests", "[tag]") {
    CHECK(rc::check("put and remove, in any order", [] {
        tag_set tags;
        std::map<tag_id, score> model;
        auto const steps = *rc::gen::container<std::vector<std::pair<std::uint32_t, int>>>(
            rc::gen::pair(rc::gen::inRange<std::uint32_t>(1, 12), rc::gen::inRange(-1, 4)));
        for (auto const& [tag, weight] : steps) {
            if (weight < 0) {
                tags.remove(tag_id{tag});
                model.erase(tag_id{tag});
            } else {
                tags.put({tag_id{tag}, koc::whole(weight)});
                model[tag_id{tag}] = koc::whole(weight);
            }
        }
        std::vector<weighted_tag> wanted;
        for (auto const& [tag, weight] : model) {
            wanted.push_back({tag, weight});
        }
        RC_ASSERT(std::vector(tags.begin(), tags.end()) == wanted);
        RC_ASSERT(tags.size() == wanted.size());
        std::reverse(wanted.begin(), wanted.end());
        RC_ASSERT(tag_set{wanted} == tags);
        RC_ASSERT(koc::digest_of(tag_set{wanted}) == koc::digest_of(tags));
    }));
}

TEST_CASE("a tag set is read as the list that it is written as", "[tag]") {
    tag_set const tags{{tag_id{7}, koc::whole(2)}, {tag_id{3}}};
    std::vector const entries(tags.begin(), tags.end());
    auto const text = koc::canonical_text(tags);
    CHECK(text == koc::canonical_text(entries));
    CHECK(koc::digest_of(tags) == koc::digest_of(entries));
    CHECK(*koc::from_canonical<tag_set>(text) == tags);
    CHECK(*koc::from_canonical<tag_set>(
              R"([{"tag":7,"weight":2000000},{"tag":3,"weight":1000000}])") == tags);
    CHECK(koc::from_canonical<tag_set>(R"([{"tag":7}])").error().subject == "[0]");
    auto const heavy = tag_set{{tag_id{1}, koc::whole(2'000'000)}};
    CHECK(koc::check_form(heavy)->subject == "[0].weight");
}

TEST_CASE(
    "a set with its ancestors holds its tags and all that stands above them, each once", "[tag]") {
    auto const names = test::vocabulary();
    auto const id = [&](char const* key) { return *names.find("region", key); };
    tag_set const tags{{id("harbin")}, {id("qiqihar")}, {id("hainan")}};
    std::vector wanted{id("northeast"), id("border"), id("south"), id("heilongjiang"), id("harbin"),
        id("qiqihar"), id("hainan")};
    std::sort(wanted.begin(), wanted.end());
    CHECK(ancestors_and_self(names, tags) == wanted);
    CHECK(ancestors_and_self(names, tag_set{}).empty());
}

} // namespace
