// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/tag_index.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <vector>

namespace {

using koc::slot;
using koc::tag_id;
using koc::tag_set;

TEST_CASE("a tag that nobody has, has no slots", "[tag]") {
    koc::tag_index const index;
    CHECK(index.slots_of(tag_id{}).count() == 0);
    CHECK(index.slots_of(tag_id{0xffffffffU}).count() == 0);
}

TEST_CASE("a slot moves from one closed set to another, and keeps what both have", "[tag]") {
    auto const names = test::vocabulary();
    auto const id = [&](char const* key) { return *names.find("region", key); };
    auto const in_harbin = ancestors_and_self(names, tag_set{{id("harbin")}});
    auto const in_jilin = ancestors_and_self(names, tag_set{{id("jilin")}});
    koc::tag_index index;
    index.update(5, {}, in_harbin);
    CHECK(index.slots_of(id("northeast")).contains(5));
    CHECK(index.slots_of(id("border")).contains(5));
    index.update(5, in_harbin, in_jilin);
    CHECK(index.slots_of(id("northeast")).contains(5));
    CHECK(index.slots_of(id("jilin")).contains(5));
    CHECK_FALSE(index.slots_of(id("border")).contains(5));
    CHECK_FALSE(index.slots_of(id("heilongjiang")).contains(5));
    index.update(5, in_jilin, {});
    CHECK(index.slots_of(id("northeast")).count() == 0);
}

TEST_CASE("the index says of every slot and tag what the sets say", "[tag]") {
    CHECK(rc::check("after any changes", [] {
        auto const names = test::any_taxonomy();
        koc::tag_index index;
        std::vector<tag_set> model(100);
        for (auto changes = *rc::gen::inRange(0, 60); changes > 0; --changes) {
            auto const place = *rc::gen::inRange<slot>(0, 100);
            tag_set after;
            for (auto left = *rc::gen::inRange(0, 4); left > 0; --left) {
                after.put({tag_id{*rc::gen::inRange<std::uint32_t>(
                    1, static_cast<std::uint32_t>(names.size()) + 1)}});
            }
            index.update(
                place, ancestors_and_self(names, model[place]), ancestors_and_self(names, after));
            model[place] = after;
        }
        for (std::uint32_t t = 1; t <= names.size(); ++t) {
            for (slot place = 0; place < 100; ++place) {
                bool has = false;
                for (auto const& entry : model[place]) {
                    has = has || names.covers(tag_id{t}, entry.tag);
                }
                RC_ASSERT(index.slots_of(tag_id{t}).contains(place) == has);
            }
        }
    }));
}

} // namespace
