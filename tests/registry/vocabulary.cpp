// SPDX-License-Identifier: BSL-1.0
#include <koc/registry/vocabulary.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using koc::facet_definition;
using koc::tag_definition;

koc::digest state_of(koc::container const& held) {
    koc::hasher into;
    held.digest_into(into);
    return into.finish();
}
std::string text_of(koc::container const& held) {
    std::string out;
    held.write_into(out);
    return out;
}

/// Notes which tags came and went.
struct notes final : koc::record_observer {
    std::vector<std::string> seen;

    void inserted(std::uint64_t tag, void const* tags) noexcept override { add('+', tag, tags); }
    void updating(std::uint64_t, void const*) noexcept override {}
    void updated(std::uint64_t, void const*) noexcept override {}
    void erasing(std::uint64_t tag, void const* tags) noexcept override { add('-', tag, tags); }

private:
    void add(char what, std::uint64_t tag, void const* tags) {
        auto const id = koc::tag_id{static_cast<std::uint32_t>(tag)};
        auto const& in = *static_cast<koc::taxonomy const*>(tags);
        seen.push_back(what + to_string(in.name(id)));
    }
};

TEST_CASE("a vocabulary grows by facets and tags, and leaves out what does not fit", "[registry]") {
    koc::vocabulary_state words;
    words.add(facet_definition{"region"});
    words.add(facet_definition{"region", true});
    words.add(tag_definition{"region", "north", "", {}});
    words.add(tag_definition{"region", "harbin", "", {"north"}});
    words.add(tag_definition{"region", "harbin", "again", {}});
    words.add(tag_definition{"region", "south", "", {"nowhere"}});
    words.add(tag_definition{"format", "video", "", {}});
    CHECK(words->facet_count() == 1);
    CHECK(words->size() == 2);
    CHECK_FALSE(words->facet(koc::facet_id{1}).sensitive);
    CHECK(words->covers(*words->find("region", "north"), *words->find("region", "harbin")));
    CHECK(words.find_raw(0) == &*words);
    CHECK(words.holds() == koc::key_of<koc::taxonomy>);
    CHECK(text_of(words) ==
        R"({"facets":[{"name":"region","sensitive":false,"earned":false}],)"
        R"("tags":[{"facet":"region","key":"north","label":"","parents":[]},)"
        R"({"facet":"region","key":"harbin","label":"","parents":["north"]}]})");
}

TEST_CASE("a vocabulary reads what it wrote: ids, labels and who stands under whom", "[registry]") {
    koc::vocabulary_state words;
    words.add(facet_definition{"region", true, false});
    words.add(facet_definition{"style", false, true});
    words.add(tag_definition{"region", "north", "the north", {}});
    words.add(tag_definition{"style", "warm", "", {}});
    words.add(tag_definition{"region", "border", "", {}});
    words.add(tag_definition{"region", "harbin", "", {"north", "border"}});
    words.add(tag_definition{"region", "daoli", "a district", {"harbin"}});
    koc::vocabulary_state read;
    notes seen;
    CHECK(read.observe(seen));
    auto const text = text_of(words);
    koc::canonical_reader in{text};
    REQUIRE(read.read_from(in).has_value());
    CHECK(in.ended());
    CHECK(text_of(read) == text);
    CHECK(state_of(read) == state_of(words));
    CHECK(read->find("region", "daoli") == words->find("region", "daoli"));
    CHECK(read->label(*read->find("region", "daoli")) == "a district");
    CHECK(read->covers(*read->find("region", "border"), *read->find("region", "daoli")));
    CHECK(seen.seen ==
        std::vector<std::string>{
            "+region:north", "+style:warm", "+region:border", "+region:harbin", "+region:daoli"});
}

TEST_CASE("a vocabulary refuses text that defines what cannot be", "[registry]") {
    auto const refused = [](std::string_view text) {
        koc::vocabulary_state read;
        koc::canonical_reader in{text};
        auto const done = read.read_from(in);
        return done ? "nothing" : done.error().subject;
    };
    CHECK(refused(R"({"facets":[],"tags":[]})") == "nothing");
    CHECK(refused(R"({"facets":[],"tags":[],)") == "");
    CHECK(refused(R"({"facets":[{"name":"a"}]})") == ".facets[0]");
    CHECK(refused(R"({"facets":[{"name":"a","sensitive":false,"earned":false},)"
                  R"({"name":"a","sensitive":false,"earned":false}],"tags":[]})") == "facet a");
    CHECK(refused(R"({"facets":[],"tags":[{"facet":"a","key":"b","label":"","parents":[]}]})") ==
        "tag a:b");
}

TEST_CASE("what an inner scope added is taken back, and only that", "[registry]") {
    koc::undo_log log;
    koc::vocabulary_state words;
    words.attach(log);
    words.add(facet_definition{"region"});
    auto const before = state_of(words);
    {
        koc::undo_scope outer{log};
        words.add(tag_definition{"region", "north", "", {}});
        auto const between = text_of(words);
        {
            koc::undo_scope const inner{log};
            words.add(tag_definition{"region", "harbin", "", {"north"}});
            words.add(tag_definition{"region", "harbin", "", {}}); // changes nothing to take back
            words.add(facet_definition{"format"});
            words.add(tag_definition{"format", "video", "", {}});
        }
        CHECK(text_of(words) == between);
        CHECK_FALSE(words->find_facet("format"));
        CHECK_FALSE(words->find("region", "harbin"));
        words.add(tag_definition{"region", "jilin", "", {"north"}});
        CHECK(*words->find("region", "jilin") == koc::tag_id{2}); // the id is free again
    }
    CHECK(state_of(words) == before);
    CHECK(log.size() == 0);
}

TEST_CASE("observers are told of tags while they are there", "[registry]") {
    koc::undo_log log;
    koc::vocabulary_state words;
    notes seen;
    words.attach(log);
    CHECK(words.observe(seen));
    words.add(facet_definition{"region"});
    words.add(tag_definition{"region", "north", "", {}});
    {
        koc::undo_scope const scope{log};
        words.add(tag_definition{"region", "north", "", {}});
        words.add(tag_definition{"region", "jilin", "", {"north"}});
        words.add(facet_definition{"format"});
    }
    CHECK(seen.seen == std::vector<std::string>{"+region:north", "+region:jilin", "-region:jilin"});
}

TEST_CASE("a vocabulary after undoing is one to which nothing was added", "[registry]") {
    CHECK(rc::check("any definitions in nested scopes", [] {
        koc::undo_log log;
        koc::vocabulary_state words;
        words.attach(log);
        std::vector<koc::undo_log::mark> marks;
        std::vector<std::string> texts;
        for (auto steps = *rc::gen::inRange(0, 60); steps > 0; --steps) {
            auto const facet = std::string(1, *rc::gen::inRange('a', 'd'));
            auto const key = std::string(1, *rc::gen::inRange('p', 'u'));
            switch (*rc::gen::inRange(0, 6)) {
            case 0:
                marks.push_back(log.open());
                texts.push_back(text_of(words));
                break;
            case 1:
                if (!marks.empty()) {
                    log.keep();
                    marks.pop_back();
                    texts.pop_back();
                }
                break;
            case 2:
                if (!marks.empty()) {
                    log.take_back(marks.back());
                    RC_ASSERT(text_of(words) == texts.back());
                    marks.pop_back();
                    texts.pop_back();
                }
                break;
            case 3:
                words.add(facet_definition{facet});
                break;
            default:
                words.add(tag_definition{facet, key, "",
                    *rc::gen::arbitrary<bool>() ? std::vector<std::string>{"p"}
                                                : std::vector<std::string>{}});
            }
        }
        while (!marks.empty()) {
            log.take_back(marks.back());
            RC_ASSERT(text_of(words) == texts.back());
            marks.pop_back();
            texts.pop_back();
        }
    }));
}

} // namespace
