// SPDX-License-Identifier: BSL-1.0

// Brands side by side, one of which erases a person whom the other knows by the same number and
// name.

#include <koc/standard/engine.hpp>
#include <koc/store/sodium.hpp>

#include "store/brands.hpp"
#include "store/sample_events.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

using namespace koc_test;
using namespace koc;

namespace {

constexpr member_id li{7};

/// The files of keys of all brands.
class key_folder {
public:
    key_folder() {
        auto pattern = (fs::temp_directory_path() / "koc-keys-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    key_folder(key_folder const&) = delete;
    key_folder& operator=(key_folder const&) = delete;
    ~key_folder() { fs::remove_all(path_); }

    [[nodiscard]] sodium_sealer of(std::string const& brand) const {
        return sodium_sealer::open(path_ / (brand + ".keys")).value();
    }

private:
    fs::path path_;
};

engine sealed_programme(shelf const& on, std::string const& brand, sodium_sealer const& keys) {
    auto made = programme_of(on, brand);
    made.seal_with(keys);
    return made;
}

/// The same two people, requests and words with each brand.
void begin(engine& programme) {
    REQUIRE(programme.handle(person(li.value(), "Li Ming"), at(1'000, "r1")).has_value());
    REQUIRE(programme.handle(person(8, "Zhao"), at(1'000, "r2")).has_value());
    link_handle const handle{li, "weibo", {li.value(), "li_ming"}};
    record_contact const contact{li, {li.value(), "met in Harbin"}};
    REQUIRE(programme.handle(handle, at(1'100, "r3")).has_value());
    REQUIRE(programme.handle(contact, at(1'200, "r4")).has_value());
}
void erase_li(engine& programme) {
    request_approval wish;
    wish.approval = approval_id{1};
    wish.erasure = erase_member{li};
    auto const asked_for =
        programme.handle(wish, {instant{2'000}, {actor_kind::employee, 3}, "erase"});
    INFO((asked_for ? std::string{} : told(asked_for.error())));
    REQUIRE(asked_for.has_value());
    REQUIRE(programme
                .handle(approve_request{wish.approval},
                    {instant{2'100}, {actor_kind::employee, 4}, "approve"})
                .has_value());
    REQUIRE(programme.keys_to_forget().empty());
}

} // namespace

TEST_CASE("a person whom one brand erases stays as they are with another of the same database or "
          "disk",
    "[store][postgres][E24]") {
    shelves const everywhere;
    for (auto const& on : everywhere.all()) {
        INFO(on.kind);
        key_folder const keys;
        std::string summer_text;
        journal_head summer_head;
        std::vector<log_record> summer_records;
        {
            auto const winter_keys = keys.of("winter");
            auto const summer_keys = keys.of("summer");
            auto winter = sealed_programme(on, "winter", winter_keys);
            auto summer = sealed_programme(on, "summer", summer_keys);
            begin(winter);
            begin(summer);
            summer_text = summer.state_text();
            summer_head = summer.head();
            summer_records = on.records("summer").value();
            CHECK(summer_text.find("Li Ming") != std::string::npos);
            for (auto const& record : summer_records) { // the words are sealed where they lie
                CHECK(record.payload.find("Li Ming") == std::string::npos);
            }

            erase_li(winter);
            CHECK(winter.find(li)->name.text.empty());
            CHECK(winter.find(member_id{8})->name.text == "Zhao");
            REQUIRE(summer.catch_up().has_value());
            CHECK(summer.head() == summer_head);
            CHECK((summer.state_text() == summer_text));
        }
        CHECK((on.records("summer").value() == summer_records));

        // The same for who reads both anew.
        auto const winter_keys = keys.of("winter");
        auto const summer_keys = keys.of("summer");
        auto winter = sealed_programme(on, "winter", winter_keys);
        auto summer = sealed_programme(on, "summer", summer_keys);
        REQUIRE(winter.catch_up().has_value());
        REQUIRE(summer.catch_up().has_value());
        CHECK(winter.find(li)->name.text.empty());
        CHECK(winter.state_text().find("Li Ming") == std::string::npos);
        CHECK(summer.find(li)->name.text == "Li Ming");
        CHECK((summer.state_text() == summer_text));
        // Who is erased with the one acts with the other.
        link_handle const second{li, "douyin", {li.value(), "li_ming_2"}};
        CHECK(!winter.handle(second, at(3'000, "r5")).has_value());
        CHECK(summer.handle(second, at(3'000, "r5")).has_value());
    }
}

TEST_CASE("the keys of another brand, given by mistake, open nothing and lose none of theirs",
    "[store][postgres][E24][refusal]") {
    shelves const everywhere;
    for (auto const& on : everywhere.all()) {
        INFO(on.kind);
        key_folder const keys;
        auto const summer_keys = keys.of("summer");
        {
            auto winter = sealed_programme(on, "winter", keys.of("winter"));
            begin(winter);
            erase_li(winter);
            auto summer = sealed_programme(on, "summer", summer_keys);
            begin(summer);
        }
        auto mistaken = sealed_programme(on, "winter", summer_keys);
        auto const refused = mistaken.catch_up();
        REQUIRE(!refused.has_value());
        CHECK(refused.error().code == errc::corrupt);
        INFO(told(refused.error()));
        CHECK(told(refused.error()).find("sealed text of person 7") != std::string::npos);
        CHECK(mistaken.keys_to_forget().empty());
        auto summer = sealed_programme(on, "summer", summer_keys);
        REQUIRE(summer.catch_up().has_value());
        CHECK(summer.find(li)->name.text == "Li Ming"); // their key was not deleted
    }
}
