// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/digest.hpp>
#include <koc/tag/taxonomy.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace {

using koc::errc;
using koc::facet_definition;
using koc::tag_definition;
using koc::tag_id;
using koc::taxonomy;

koc::digest digest_of(taxonomy const& tags) {
    koc::hasher into;
    tags.digest_into(into);
    return into.finish();
}

TEST_CASE("a tag is covered by itself and by whatever it stands under", "[tag][C07]") {
    auto const tags = test::vocabulary();
    struct row {
        char const* above;
        char const* tag;
        bool covered;
    };
    row const rows[] = {
        {"northeast", "harbin", true},
        {"heilongjiang", "harbin", true},
        {"border", "harbin", true},
        {"harbin", "harbin", true},
        {"northeast", "jilin", true},
        {"harbin", "northeast", false},
        {"border", "qiqihar", false},
        {"south", "harbin", false},
        {"border", "heilongjiang", false},
    };
    for (auto const& [above, tag, covered] : rows) {
        CAPTURE(above, tag);
        CHECK(tags.covers(*tags.find("region", above), *tags.find("region", tag)) == covered);
    }
}

TEST_CASE("a known tag tells its facet, its label and its name", "[tag]") {
    taxonomy tags;
    REQUIRE(tags.add(facet_definition{"region", false, true}).has_value());
    auto const harbin = tags.add(tag_definition{"region", "harbin", "哈尔滨", {}});
    REQUIRE(harbin.has_value());
    CHECK(tags.size() == 1);
    CHECK(tags.contains(*harbin));
    CHECK(tags.label(*harbin) == "哈尔滨");
    CHECK(tags.name(*harbin) == koc::tag_name{"region", "harbin"});
    CHECK(to_string(tags.name(*harbin)) == "region:harbin");
    CHECK(tags.facet(tags.facet_of(*harbin)).earned);
    CHECK_FALSE(tags.facet(tags.facet_of(*harbin)).sensitive);
    CHECK(tags.find(koc::tag_name{"region", "harbin"}) == *harbin);
}

TEST_CASE("what is not known is not found", "[tag]") {
    auto const tags = test::vocabulary();
    CHECK_FALSE(tags.contains(tag_id{}));
    CHECK_FALSE(tags.contains(tag_id{static_cast<std::uint32_t>(tags.size() + 1)}));
    CHECK_FALSE(tags.contains(tag_id{0xffffffffU}));
    CHECK_FALSE(tags.find_facet("Region"));
    CHECK_FALSE(tags.find("region", "video"));
    CHECK_FALSE(tags.find("nowhere", "harbin"));
    CHECK_FALSE(tags.find("", ""));
}

TEST_CASE("the same key may stand in two facets, and they are two tags", "[tag]") {
    auto tags = test::vocabulary();
    auto const other = tags.add(tag_definition{"format", "harbin", "", {}});
    REQUIRE(other.has_value());
    CHECK(*other != *tags.find("region", "harbin"));
}

TEST_CASE("a definition that cannot stand is refused, and nothing has changed", "[tag]") {
    struct row {
        tag_definition tag;
        errc code;
        char const* subject;
    };
    row const rows[] = {
        {{"nowhere", "x", "", {}}, errc::unknown_id, "tag nowhere:x"},
        {{"region", "harbin", "", {}}, errc::already_exists, "tag region:harbin"},
        {{"region", "x", "", {"atlantis"}}, errc::unknown_id, "tag region:x"},
        {{"region", "x", "", {"northeast", "atlantis"}}, errc::unknown_id, "tag region:x"},
        {{"region", "x", "", {"x"}}, errc::unknown_id, "tag region:x"},     // its own parent
        {{"region", "x", "", {"video"}}, errc::unknown_id, "tag region:x"}, // of another facet
    };
    auto tags = test::vocabulary();
    auto const before = digest_of(tags);
    for (auto const& [tag, code, subject] : rows) {
        CAPTURE(subject);
        auto const refused = tags.add(tag);
        REQUIRE(!refused);
        CHECK(refused.error().code == code);
        CHECK(refused.error().subject == subject);
        CHECK(refused.error().expected.starts_with("expected "));
        CHECK(tags.check(tag) == refused.error());
    }
    auto const facet = tags.add(facet_definition{"region", true});
    REQUIRE(!facet);
    CHECK(facet.error().code == errc::already_exists);
    CHECK(facet.error().subject == "facet region");
    CHECK(digest_of(tags) == before);
    CHECK_FALSE(tags.find("region", "x"));
}

TEST_CASE("the 65,536th facet is refused", "[tag]") {
    taxonomy tags;
    for (int i = 0; i < 65'535; ++i) {
        REQUIRE(tags.add(facet_definition{std::to_string(i)}).has_value());
    }
    auto const refused = tags.add(facet_definition{"one more"});
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::too_large);
    REQUIRE(tags.add(tag_definition{"65534", "last", "", {}}).has_value());
    CHECK(tags.facet(tags.facet_of(tag_id{1})).name == "65534");
}

TEST_CASE("a tag's ancestors and itself are exactly what can be reached upwards", "[tag]") {
    CHECK(rc::check("in any tree with several parents", [] {
        taxonomy tags;
        RC_ASSERT(tags.add(facet_definition{"any"}).has_value());
        std::vector<std::set<tag_id>> reached;
        for (auto left = *rc::gen::inRange(1, 20); left > 0; --left) {
            auto const key = std::to_string(reached.size());
            tag_definition made{"any", key, "", {}};
            std::set<tag_id> above{tag_id{static_cast<std::uint32_t>(reached.size() + 1)}};
            for (auto const parent : *rc::gen::container<std::vector<std::size_t>>(
                     rc::gen::inRange<std::size_t>(0, 19))) {
                if (parent < reached.size() && made.parents.size() < 3) {
                    made.parents.push_back(std::to_string(parent)); // twice, sometimes
                    above.insert(reached[parent].begin(), reached[parent].end());
                }
            }
            auto const id = tags.add(made);
            RC_ASSERT(id.has_value());
            reached.push_back(above);
            auto const chain = tags.ancestors_and_self(*id);
            RC_ASSERT(
                std::vector(chain.begin(), chain.end()) == std::vector(above.begin(), above.end()));
            for (auto const parent : above) {
                RC_ASSERT(parent <= *id); // parents have smaller ids
            }
        }
    }));
}

TEST_CASE("a digest of a taxonomy tells apart whatever was defined differently", "[tag]") {
    auto const plain = [] {
        taxonomy tags;
        (void)tags.add(facet_definition{"f"});
        return tags;
    };
    std::vector<taxonomy> variants(9, plain());
    variants[0] = taxonomy{};
    (void)variants[2].add(facet_definition{"g"});
    variants[3] = taxonomy{};
    (void)variants[3].add(facet_definition{"f", true});
    variants[4] = taxonomy{};
    (void)variants[4].add(facet_definition{"f", false, true});
    (void)variants[5].add(tag_definition{"f", "a", "", {}});
    (void)variants[6].add(tag_definition{"f", "a", "label", {}});
    for (auto i : {7U, 8U}) {
        (void)variants[i].add(tag_definition{"f", "a", "", {}});
    }
    (void)variants[7].add(tag_definition{"f", "b", "", {}});
    (void)variants[8].add(tag_definition{"f", "b", "", {"a"}});
    std::set<koc::digest> seen;
    for (auto const& tags : variants) {
        seen.insert(digest_of(tags));
    }
    CHECK(seen.size() == variants.size());
    CHECK(digest_of(test::vocabulary()) == digest_of(test::vocabulary()));
}

} // namespace
