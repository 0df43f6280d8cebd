// SPDX-License-Identifier: BSL-1.0

// Handles of other platforms, on the standard programme.

#include <koc/member/identity.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <utility>

using namespace koc;
using koc_test::people_world;
using koc_test::standard_engine;
using koc_test::unmoved;

namespace {

class known_people : public people_world {
public:
    known_people() : people_world{&standard_engine} {}

    [[nodiscard]] static link_handle link(member_id who, std::string platform, std::string handle) {
        return {who, std::move(platform), {who.value(), std::move(handle)}};
    }
    known_people& as_member(member_id who) {
        as({actor_kind::member, who.value()});
        return *this;
    }
};

// F11

TEST_CASE("a handle of a platform names one member, until it is unlinked", "[member][F11]") {
    known_people w;
    w.as_member(w.an).accepts(w.link(w.an, "weibo", "An_Drives"));
    auto const first = w.recorded<handle_linked>().front();
    CHECK(first.member == w.an);
    CHECK(first.platform == "weibo");
    CHECK(first.name == personal_text{w.an.value(), "An_Drives"}); // as it was written
    w.as({actor_kind::employee, 3})
        .given(w.link(w.an, "Xiaohongshu", "an.in.harbin"), w.link(w.chen, "douyin", "an_drives"),
            w.link(w.bao, "weibo", "小包"));
    // Whatever comes in with a platform and a handle is about one member: letters count alike.
    CHECK(w.ask(find_by_handle{"weibo", "an_drives"}) == w.an);
    CHECK(w.ask(find_by_handle{"WEIBO", "AN_DRIVES"}) == w.an);
    CHECK(w.ask(find_by_handle{"xiaohongshu", "An.in.Harbin"}) == w.an);
    CHECK(w.ask(find_by_handle{"weibo", "小包"}) == w.bao);
    CHECK(
        w.ask(find_by_handle{"douyin", "an_drives"}) == w.chen); // another platform, somebody else
    // A second claim gets nothing, whoever makes it, and is told whose it is.
    for (auto who : {w.dong, w.an}) {
        w.as_member(who).refuses(w.link(who, "Weibo", "an_DRIVES"), errc::already_exists,
            "handle weibo:an_drives", "it is that of member 1; unlink handle 1 first");
    }
    // Content under a handle counts for the person whose it is.
    auto const by = w.as({}).ask(find_by_handle{"douyin", "an_drives"});
    w.accepts(
        report_content{signal_id{1}, by, percent(80), percent(70), percent(90), true, 12'000});
    CHECK(w.at<evidence_record>(w.chen).id == w.chen);
    CHECK(w.engine().find_record<evidence_record>(w.an.value()) == nullptr);
    // Who sold the account gives it up, and then it may be another's. Numbers are not used twice.
    auto const of_an = w.as_member(w.an).ask(list_handles{w.an});
    REQUIRE(of_an.size() == 2);
    CHECK(of_an.front().id == first.handle);
    w.accepts(unlink_handle{first.handle});
    CHECK(w.ask(list_handles{w.an}).size() == 1);
    w.as_member(w.dong).accepts(w.link(w.dong, "weibo", "an_drives"));
    CHECK(w.recorded<handle_linked>().front().handle == handle_id{5});
    CHECK(w.as({}).ask(find_by_handle{"weibo", "An_Drives"}) == w.dong);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a handle is compared as a text, of which no digest is recorded or decides anything",
    "[member]") {
    known_people w;
    w.given(w.link(w.an, "weibo", "an_drives"));
    auto const digest = w.digest();
    auto const linked = w.recorded<handle_linked>().front();
    CHECK(canonical_text(linked) ==
        R"({"handle":1,"member":1,"platform":"weibo","name":{"owner":1,"text":"an_drives"}})");
    CHECK(w.as({}).ask(find_by_handle{"Weibo", "AN_drives"}) == w.an);
    for (auto const& [platform, handle] :
        {std::pair{"weibo", "an_drive"}, {"weib", "oan_drives"}}) {
        CHECK_FALSE(w.engine().ask(find_by_handle{platform, handle}, w.asked()).has_value());
    }
    CHECK(w.digest() == digest);
    CHECK(identities::normal("ÄN-Zz09") == "Än-zz09"); // letters from A to Z alone
}

TEST_CASE("a handle that is taken, or is none, or is for somebody else to link, is refused",
    "[member][F11][refusal]") {
    known_people w;
    w.given(w.link(w.an, "weibo", "an_drives"));
    unmoved same{w};
    same.refuses(w.link(w.bao, "weibo", "AN_drives"), errc::already_exists,
        "handle weibo:an_drives", "it is that of member 1");
    same.refuses(w.link(w.nobody, "weibo", "x"), errc::unknown_id, "member 999", "known member");
    for (auto const* wrong : {"an drives", " an", "an\u3000", "@an"}) {
        same.refuses(w.link(w.bao, "weibo", wrong), errc::invalid_text,
            "handle weibo:", "without blanks, and no @");
    }
    same.refuses(w.link(w.bao, "wei bo", "an"), errc::invalid_text, "handle wei bo:an", "blanks");
    same.refuses(w.link(w.bao, "", "an"), errc::invalid_text, "platform of a handle", "non-empty");
    same.refuses(w.link(w.bao, "weibo", ""), errc::invalid_text, "handle", "non-empty");
    same.refuses(w.link(w.bao, "weibo", "an\nbo"), errc::invalid_text, "handle", "one line");
    same.refuses(link_handle{w.bao, "weibo", {w.an.value(), "bao"}}, errc::invalid_argument,
        "handle weibo:bao", "belong to the member");
    same.refuses(unlink_handle{handle_id{9}}, errc::unknown_id, "handle 9", "known handle");
    same.denies(find_by_handle{"weibo", "nobody"}, errc::unknown_id, "handle weibo:nobody",
        "linked to a member");
    same.denies(list_handles{w.nobody}, errc::unknown_id, "member 999", "known member");
    w.as_member(w.bao);
    same.refuses(
        w.link(w.chen, "weibo", "chen"), errc::not_qualified, "member", "themself, an employee");
    same.refuses(
        unlink_handle{handle_id{1}}, errc::not_qualified, "member", "themself, an employee");
    same.denies(find_by_handle{"weibo", "an_drives"}, errc::not_qualified, "member 5", "operator");
    same.denies(list_handles{w.an}, errc::not_qualified, "member 5", "whose handle it is");
}

} // namespace
