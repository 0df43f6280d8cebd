// SPDX-License-Identifier: BSL-1.0
#include <koc/store/sodium_keys.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

using koc::errc;
using koc::key_state;
using koc::person_key;
using koc::sodium_keys;
using koc_test::folder;
namespace fs = std::filesystem;

constexpr std::size_t slot_bytes = 128;

std::string bytes_of(fs::path const& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
void write(fs::path const& path, std::string const& bytes) {
    std::ofstream{path, std::ios::binary}.write(
        bytes.data(), static_cast<std::streamsize>(bytes.size()));
}
std::string text_of(person_key const& key) {
    return {reinterpret_cast<char const*>(key.bytes.data()), key.bytes.size()};
}
/// A file with the keys of the people 1 to 3; the key of 2.
std::string three(fs::path const& path) {
    auto keys = sodium_keys::open(path).value();
    person_key key;
    std::string second;
    for (std::uint64_t owner = 1; owner <= 3; ++owner) {
        REQUIRE(keys.find_or_make(owner, key).has_value());
        second = owner == 2 ? text_of(key) : second;
    }
    REQUIRE(keys.keep().has_value());
    return second;
}

TEST_CASE("no byte of a forgotten key is left in its file", "[store][E16]") {
    folder const place;
    auto const path = place / "people.keys";
    auto const key = three(path);
    CHECK(bytes_of(path).find(key) != std::string::npos);
    {
        auto keys = sodium_keys::open(path).value();
        REQUIRE(keys.forget(2).has_value());
        person_key found;
        CHECK(keys.find(2, found) == key_state::forgotten);
        CHECK(text_of(found) == std::string(32, '\0'));
        CHECK(keys.find_or_make(2, found).error().code == errc::wrong_state);
        CHECK(keys.find(3, found) == key_state::known);
        CHECK(keys.find(4, found) == key_state::unknown);
    }
    auto const bytes = bytes_of(path);
    for (std::size_t at = 0; at + 4 <= key.size(); ++at) {
        CHECK(bytes.find(key.substr(at, 4)) == std::string::npos);
    }
    for (auto const& file : fs::directory_iterator{path.parent_path()}) {
        CHECK(file.path() == path);
    }
    auto again = sodium_keys::open(path).value();
    person_key found;
    CHECK(again.find(2, found) == key_state::forgotten);
    CHECK(again.find(1, found) == key_state::known);
}

TEST_CASE("a crash while a key is forgotten is made good when the file is opened", "[store][E16]") {
    folder const place;
    auto const path = place / "people.keys";
    auto const key = three(path);
    auto const whole = bytes_of(path);
    for (std::size_t overwritten = 0; overwritten <= 88; overwritten += 8) {
        INFO(overwritten);
        auto bytes = whole;
        auto const slot = 2 * slot_bytes;
        bytes[slot + 8] = 2; // marked, and overwritten as far as this
        for (std::size_t i = 0; i < overwritten; ++i) {
            bytes[slot + 16 + i] = i < 72 ? '\0' : bytes[slot + 16 + i];
        }
        write(path, bytes);
        {
            auto const keys = sodium_keys::open(path).value();
            person_key found;
            CHECK(keys.find(2, found) == key_state::forgotten);
        }
        CHECK(bytes_of(path).find(key.substr(24)) == std::string::npos);
    }
}

TEST_CASE("slots that were not kept are not there after a crash", "[store]") {
    folder const place;
    auto const path = place / "people.keys";
    static_cast<void>(three(path));
    auto const whole = bytes_of(path);
    for (std::string const& tail : {std::string{"torn"}, std::string(slot_bytes, 'x')}) {
        write(path, whole + tail);
        person_key key;
        {
            auto keys = sodium_keys::open(path).value();
            CHECK(keys.find(3, key) == key_state::known);
            REQUIRE(keys.find_or_make(4, key).has_value());
            REQUIRE(keys.keep().has_value());
        }
        auto const keys = sodium_keys::open(path).value();
        CHECK(keys.find(4, key) == key_state::known);
    }
}

TEST_CASE("every changed byte of a file of keys is found", "[store]") {
    folder const place;
    auto const path = place / "people.keys";
    static_cast<void>(three(path));
    auto const whole = bytes_of(path);
    REQUIRE(whole.size() == 4 * slot_bytes);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto bytes = whole;
        bytes[i] = static_cast<char>(bytes[i] ^ 4);
        write(path, bytes);
        CHECK_FALSE(sodium_keys::open(path).has_value());
    }
    write(path, whole.substr(0, 3 * slot_bytes));
    CHECK(sodium_keys::open(path).error().code == errc::corrupt);
}

TEST_CASE("keys are wrapped by a master key and opened by no other", "[store][E16]") {
    folder const place;
    auto const path = place / "people.keys";
    koc::master_key master{};
    master.fill(7);
    person_key key;
    {
        auto keys = sodium_keys::open(path, master).value();
        REQUIRE(keys.find_or_make(1, key).has_value());
        REQUIRE(keys.keep().has_value());
    }
    CHECK(bytes_of(path).find(text_of(key)) == std::string::npos);
    person_key found;
    CHECK(sodium_keys::open(path, master)->find(1, found) == key_state::known);
    CHECK(found.bytes == key.bytes);
    CHECK(sodium_keys::open(path).error().code == errc::wrong_state);
    master[0] = 8;
    CHECK(sodium_keys::open(path, master).error().code == errc::wrong_state);
}

TEST_CASE("a file of keys is one process's at a time, and a path is needed", "[store]") {
    folder const place;
    auto const path = place / "people.keys";
    auto const keys = sodium_keys::open(path);
    REQUIRE(keys.has_value());
    CHECK(sodium_keys::open(path).error().code == errc::unavailable);
    CHECK(sodium_keys::open(place / "nowhere" / "people.keys").error().code == errc::unavailable);
    CHECK(sodium_keys::open("").error().code == errc::invalid_text);
}

} // namespace
