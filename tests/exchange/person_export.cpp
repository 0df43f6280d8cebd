// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/person_export.hpp>
#include <koc/json/text.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

bool has(std::string const& text, std::string const& word) {
    return text.find(word) != std::string::npos;
}
actor themself(member_id who) { return {actor_kind::member, who.value()}; }

TEST_CASE("a person is given every word of theirs that was ever recorded, and none of others",
    "[exchange][E16]") {
    constexpr member_id second{71};
    winter_world w;
    w.given(enrol{second, {71, "An again"}, {source::open}, {}},
        record_contact{second, {71, "rang the wrong number"}},
        merge_members{w.an, second, {71, "One person"}},
        link_handle{w.an, "weibo", {1, "an_drives"}}, record_contact{w.an, {1, "asked about snow"}},
        record_contact{w.an, {1, "asked again"}}, record_contact{w.bao, {5, "knows An"}},
        unlink_handle{handle_id{1}});
    w.listed(w.brief(task_id{1}));
    w.given(claim_task{task_id{1}, w.an});
    w.as(themself(w.an)).given(return_seat{offer_id{1}, {1, "ill since Monday"}});
    w.as({}).given(pair_mentor{w.jin, w.an}, release_mentor{w.jin, w.an});
    for (auto const& by : {actor{}, actor{actor_kind::employee, 3}, themself(w.an)}) {
        auto const all = person_export(w.engine(), w.an, w.as(by).asked()).value();
        // Also what was said earlier, and what is held no more.
        for (auto const* word : {"asked about snow", "asked again", "an_drives", "ill since Monday",
                 "An again", "rang the wrong number", "One person", "handle_unlinked"}) {
            INFO(word);
            CHECK(has(all, word));
        }
        for (auto const* word : {"knows An", "Bao"}) {
            INFO(word);
            CHECK_FALSE(has(all, word));
        }
        CHECK(has(all, "\"by\":{\"kind\":\"member\",\"id\":1},\"type\":"));
        CHECK(has(all, "\"type\":\"mentor_paired\",\"payload\":{\"mentor\":0,\"mentee\":1}"));
        auto const tree = parse_json(all);
        REQUIRE(tree.has_value());
        CHECK(tree->at("held").as_object().contains("1"));
        CHECK(tree->at("held").as_object().contains("71"));
        CHECK(tree->at("recorded").at("1").as_array().size() > 10);
        CHECK(tree->at("recorded").at("71").as_array().size() >= 3);
    }
}

TEST_CASE("who was never enrolled is given what is held about them, and is erased too",
    "[exchange][E16]") {
    constexpr member_id pan{70};
    winter_world w;
    w.given(report_content{signal_id{9}, pan, whole(1), whole(1), whole(1), true, 9},
        report_authenticity{doubt_id{1}, pan, doubt_kind::copied_content, percent(50),
            {70, "seen before"}, signal_id{9}});
    auto const all = person_export(w.engine(), pan, w.asked()).value();
    CHECK(has(all, "seen before"));
    CHECK(has(all, "content_reported"));
    request_approval erasing;
    erasing.erasure = erase_member{pan};
    w.as({}).given(settle_authenticity{doubt_id{1}, false, {70, "theirs after all"}});
    w.by_two(erasing);
    for (auto const* word : {"seen before", "theirs after all"}) {
        CHECK_FALSE(has(w.engine().state_text(), word));
    }
    CHECK(w.ask(list_erasures{}).size() == 1);
    w.refuses(report_content{signal_id{10}, pan, whole(1), whole(1), whole(1), true, 9},
        errc::wrong_state, "member 70", "was erased at");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what is held about somebody is given to nobody else, nor of who is unknown or erased",
    "[exchange][E16][refusal]") {
    winter_world w;
    unmoved same{w};
    auto const refused = [&](member_id who, actor by, errc code, std::string const& about) {
        auto const answer = person_export(w.engine(), who, w.as(by).asked());
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == code);
        CHECK(answer.error().subject == about);
    };
    refused(w.an, themself(w.bao), errc::not_qualified, "member 5");
    refused(w.nobody, {}, errc::unknown_id, "member 999");
    w.as(themself(w.an));
    same.denies(export_member{w.bao}, errc::not_qualified, "member 1", "themself");
    request_approval erasing;
    erasing.erasure = erase_member{w.bao};
    w.by_two(erasing);
    refused(w.bao, {}, errc::wrong_state, "member 5");
}

} // namespace
