// SPDX-License-Identifier: BSL-1.0

// Awards as Open Badges. That the programme's own awards are rendered is in tests/task/honours.cpp.

#include <koc/json/open_badge.hpp>

#include <koc/json/text.hpp>

#include "support/catch.hpp"
#include "json/open_badge_schema.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace koc;
using koc_test::badge_schema;
using koc_test::verdict_on;

namespace {

badge_issuer brand() {
    return {"did:web:brand.example", "The Brand", "https://brand.example",
        "https://brand.example/koc/", true};
}
badge_recipient hashed() {
    return {"", "an@example.org", badge_identity::email_address, "0123456789abcdef"};
}
award_view winter() {
    return {award_id{7}, honour_id{3}, "Winter pathfinder", "For who explores the cold",
        "Three tests below -20 °C", "https://brand.example/winter.png",
        *from_iso8601("2026-01-05T08:00:00Z"), *from_iso8601("2027-01-05T08:00:00Z"),
        {{"review", 12}, {"session", 4}}};
}
std::string told(result<boost::json::value> const& made) {
    REQUIRE(made.has_value());
    return json_text(*made);
}

/// Each path of an object's members, for as deep as they go.
void paths_of(boost::json::value const& tree, std::vector<std::string> const& before,
    std::vector<std::vector<std::string>>& out) {
    if (auto const* object = tree.if_object()) {
        for (auto const& member : *object) {
            auto path = before;
            path.emplace_back(member.key());
            out.push_back(path);
            paths_of(member.value(), path, out);
        }
    } else if (auto const* array = tree.if_array(); array != nullptr && !array->empty()) {
        auto path = before;
        path.emplace_back("[]");
        paths_of(array->front(), path, out);
    }
}
boost::json::value without(boost::json::value tree, std::vector<std::string> const& path) {
    auto* at = &tree;
    for (auto const& step : path) {
        if (&step == &path.back()) {
            at->as_object().erase(step);
        } else {
            at = step == "[]" ? &at->as_array().front() : &at->as_object().at(step);
        }
    }
    return tree;
}

} // namespace

TEST_CASE("a badge has every member that Open Badges 3.0 requires, and none that it does not know",
    "[json][E41]") {
    auto const badge = open_badge(winter(), brand(), hashed());
    REQUIRE(badge.has_value());
    CHECK(badge_schema::faults_of(*badge).empty());
    auto bare = winter();
    bare.image = {};
    bare.until = {};
    bare.evidence = {};
    auto const short_one =
        open_badge(bare, {"https://brand.example", "B", "", "https://brand.example/", false},
            {"did:key:z6Mk", "", {}, ""});
    REQUIRE(short_one.has_value());
    CHECK(badge_schema::faults_of(*short_one).empty());
    CHECK_FALSE(short_one->as_object().contains("validUntil"));
    CHECK_FALSE(short_one->as_object().contains("evidence"));

    CHECK(told(badge) ==
        R"({"@context":["https://www.w3.org/ns/credentials/v2",)"
        R"("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",)"
        R"("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],)"
        R"("id":"https://brand.example/koc/awards/7",)"
        R"("type":["VerifiableCredential","OpenBadgeCredential"],"name":"Winter pathfinder",)"
        R"("issuer":{"id":"did:web:brand.example","type":["Profile"],"name":"The Brand",)"
        R"("url":"https://brand.example"},)"
        R"("validFrom":"2026-01-05T08:00:00Z","validUntil":"2027-01-05T08:00:00Z",)"
        R"("credentialSubject":{"type":["AchievementSubject"],)"
        R"("identifier":[{"type":"IdentityObject","hashed":true,"identityHash":")" +
            badge_identity_hash("an@example.org", "0123456789abcdef") +
            R"(","identityType":"emailAddress","salt":"0123456789abcdef"}],)"
            R"("achievement":{"id":"https://brand.example/koc/honours/3","type":["Achievement"],)"
            R"("achievementType":"Award","name":"Winter pathfinder",)"
            R"("description":"For who explores the cold",)"
            R"("criteria":{"narrative":"Three tests below -20 °C"},)"
            R"("image":{"id":"https://brand.example/winter.png","type":"Image"}}},)"
            R"("evidence":[{"id":"https://brand.example/koc/evidence/review/12",)"
            R"("type":["Evidence"],"name":"review 12","genre":"review"},)"
            R"({"id":"https://brand.example/koc/evidence/session/4","type":["Evidence"],)"
            R"("name":"session 4","genre":"session"}],)"
            R"("credentialSchema":[{"id":"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/)"
            R"(ob_v3p0_achievementcredential_schema.json",)"
            R"("type":"1EdTechJsonSchemaValidator2019"}],)"
            R"("credentialStatus":{"id":"https://brand.example/koc/revocations",)"
            R"("type":"1EdTechRevocationList"}})");
}

TEST_CASE("the check of a badge finds each required member that is left out", "[json]") {
    auto const badge = open_badge(winter(), brand(), hashed());
    REQUIRE(badge.has_value());
    std::vector<std::vector<std::string>> paths;
    paths_of(*badge, {}, paths);
    std::vector<std::string> optional;
    for (auto const& path : paths) {
        if (badge_schema::faults_of(without(*badge, path)).empty()) {
            optional.push_back(path.back());
        }
    }
    CHECK(optional ==
        std::vector<std::string>{"name", "url", "validUntil", "salt", "achievementType", "image",
            "evidence", "id", "name", "genre", "credentialSchema", "credentialStatus"});
    auto misspelt = *badge;
    misspelt.as_object()["validForm"] = "2026-01-05T08:00:00Z";
    CHECK(badge_schema::faults_of(misspelt).size() == 1);
    misspelt = *badge;
    misspelt.as_object()["validFrom"] = "2026-01-05";
    CHECK(badge_schema::faults_of(misspelt).size() == 1);
}

TEST_CASE("whatever is written in an honour comes back as it was, and breaks no document",
    "[json][E41]") {
    auto const evil = std::string{"\"}],\"type\":\"x\" \\ </script> \n\t 冬 \xF0\x9F\x9A\x97 {}"};
    auto odd = winter();
    odd.name = "\"Snow\" & \\ice\\";
    odd.description = evil;
    odd.criteria = evil + evil;
    odd.evidence = {{evil, 1}};
    auto issuer = brand();
    issuer.name = "\"Brand\", Ltd.";
    issuer.evidence_pages = false;
    auto const text = told(open_badge(odd, issuer, hashed()));
    auto const read = parse_json(text);
    REQUIRE(read.has_value());
    CHECK(badge_schema::faults_of(*read).empty());
    auto const& achieved = read->at("credentialSubject").at("achievement");
    CHECK(achieved.at("name").as_string() == odd.name);
    CHECK(achieved.at("description").as_string() == evil);
    CHECK(achieved.at("criteria").at("narrative").as_string() == evil + evil);
    CHECK(read->at("evidence").at(0).at("genre").as_string() == evil);
    CHECK(read->at("issuer").at("name").as_string() == issuer.name);
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text == told(open_badge(odd, issuer, hashed())));
}

TEST_CASE("a person is named by a salted hash that a verifier can compute again, or by a URI",
    "[json][E41]") {
    // The digest of 'mayze' is the example of the specification; the others are of FIPS 180-4.
    CHECK(badge_identity_hash("mayze", "") ==
        "sha256$7a1a1b3f7d40552e4299180e346e3add12bf9a751a43d9c4ca4518febc2c60c6");
    CHECK(badge_identity_hash("abc", "") ==
        "sha256$ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(badge_identity_hash("", "") ==
        "sha256$e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(badge_identity_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "") ==
        "sha256$248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(badge_identity_hash(std::string(1'000'000, 'a'), "") ==
        "sha256$cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(badge_identity_hash("ab", "c") == badge_identity_hash("abc", ""));

    auto const text = told(open_badge(winter(), brand(), hashed()));
    CHECK(text.find("an@example") == std::string::npos);
    CHECK(
        text.find(badge_identity_hash("an@example.org", "0123456789abcdef")) != std::string::npos);
    auto const named = open_badge(winter(), brand(), {"did:key:z6Mk", "", {}, ""});
    REQUIRE(named.has_value());
    CHECK(named->at("credentialSubject").at("id").as_string() == "did:key:z6Mk");
    CHECK_FALSE(named->at("credentialSubject").as_object().contains("identifier"));
    for (auto const& [type, word] : {std::pair{badge_identity::user_name, "userName"},
             std::pair{badge_identity::account_id, "accountId"},
             std::pair{badge_identity::system_id, "systemId"},
             std::pair{badge_identity::identifier, "identifier"}}) {
        auto who = hashed();
        who.type = type;
        auto const made = open_badge(winter(), brand(), who);
        REQUIRE(made.has_value());
        CHECK(badge_schema::faults_of(*made).empty());
        CHECK(made->at("credentialSubject").at("identifier").at(0).at("identityType") ==
            boost::json::value(word));
    }
}

TEST_CASE("a verifier tells a badge that stands from one that is over and one that was revoked",
    "[json][E41]") {
    auto const badge = open_badge(winter(), brand(), hashed());
    auto const none = badge_revocations(brand(), {});
    auto const some = badge_revocations(brand(), {award_id{2}, award_id{7}});
    REQUIRE((badge && none && some));
    auto const from = winter().from;
    auto const until = *winter().until;
    CHECK(verdict_on(*badge, *none, from - duration{1}) == "not yet valid");
    CHECK(verdict_on(*badge, *none, from) == "valid");
    CHECK(verdict_on(*badge, *none, until - duration{1}) == "valid");
    CHECK(verdict_on(*badge, *none, until) == "expired");
    CHECK(verdict_on(*badge, *some, from) == "revoked");
    CHECK(json_text(*some) ==
        R"({"id":"https://brand.example/koc/revocations","issuer":"did:web:brand.example",)"
        R"("revokedCredential":[{"id":"https://brand.example/koc/awards/2","revoked":true},)"
        R"({"id":"https://brand.example/koc/awards/7","revoked":true}]})");
    auto over = winter();
    over.state = award_state::expired; // told once more, it still says when it ended
    CHECK(told(open_badge(over, brand(), hashed())) == told(badge));
}

TEST_CASE("a badge that must not be out, or that nobody could check, is not written",
    "[json][E41][refusal]") {
    auto const refused = [](award_view const& of, badge_issuer const& issuer,
                             badge_recipient const& who, std::string_view about,
                             std::string_view word) {
        INFO(about << " / " << word);
        auto const made = open_badge(of, issuer, who);
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().subject == about);
        CHECK(made.error().expected.find(word) != std::string::npos);
    };
    for (auto state : {award_state::revoked, award_state::declined}) {
        auto gone = winter();
        gone.state = state;
        refused(gone, brand(), hashed(), "award 7", name_of(state));
    }
    auto hidden = winter();
    hidden.shown = false;
    refused(hidden, brand(), hashed(), "award 7", "ask them to show it");

    auto const by = [&](auto badge_issuer::*member, std::string const& text, std::string_view about,
                        std::string_view word) {
        auto issuer = brand();
        issuer.*member = text;
        refused(winter(), issuer, hashed(), about, word);
        auto const list = badge_revocations(issuer, {});
        REQUIRE_FALSE(list.has_value());
        CHECK(list.error().subject == about);
    };
    by(&badge_issuer::id, "The Brand", "badge_issuer.id", "URI");
    by(&badge_issuer::id, "did:", "badge_issuer.id", "URI");
    by(&badge_issuer::id, "1a:b", "badge_issuer.id", "URI");
    by(&badge_issuer::id, "a b:c", "badge_issuer.id", "URI");
    by(&badge_issuer::name, " ", "badge_issuer.name", "more than blanks");
    by(&badge_issuer::url, "brand.example", "badge_issuer.url", "https://");
    by(&badge_issuer::url, "https://brand.example/\"", "badge_issuer.url", "escape");
    by(&badge_issuer::base, "", "badge_issuer.base", "https://");
    by(&badge_issuer::base, "https://brand.example", "badge_issuer.base", "slash");
    by(&badge_issuer::base, "https://brand.example/?of=/", "badge_issuer.base", "no ? or #");

    auto const to = [&](badge_recipient const& who, std::string_view about, std::string_view word) {
        refused(winter(), brand(), who, about, word);
    };
    to({}, "badge_recipient", "one of both");
    to({"did:key:z6Mk", "an@example.org", {}, "0123456789abcdef"}, "badge_recipient",
        "one of both");
    to({"An", "", {}, ""}, "badge_recipient.uri", "URI");
    to({"mailto:an@example.org", "", {}, ""}, "badge_recipient.uri", "no contact");
    to({"tel:+861", "", {}, ""}, "badge_recipient.uri", "no contact");
    to({"", " ", {}, "0123456789abcdef"}, "badge_recipient.identity", "more than blanks");
    to({"", "an@example.org", {}, ""}, "badge_recipient.salt", "non-empty");
    to({"", "an@example.org", {}, "0123456789abcde"}, "badge_recipient.salt", "at least 16 bytes");
}
