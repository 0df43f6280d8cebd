// SPDX-License-Identifier: BSL-1.0
#include <koc/core/id.hpp>
#include <koc/engine/detail/lookups.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace {

using guest_id = koc::id<struct guest_kind>;
using room_id = koc::id<struct room_kind, std::uint32_t>;

struct stay {
    std::uint8_t nights = 0;
    room_id room;
};
BOOST_DESCRIBE_STRUCT(stay, (), (nights, room))
struct guest_moved {
    guest_id guest;
    bool at_night = false;
    stay from;
    stay to;
    guest_id helped_by;
    std::optional<guest_id> seen_by;
};
BOOST_DESCRIBE_STRUCT(guest_moved, (), (guest, at_night, from, to, helped_by, seen_by))

/// Notes for which ids it is asked.
class noting : public koc::container {
public:
    noting(koc::type_key ids, bool records) : ids_{ids}, records_{records} {}
    void digest_into(koc::hasher&) const override {}
    void write_into(std::string&) const override {}
    void undo() noexcept override {}
    void settle() noexcept override {}
    [[nodiscard]] koc::type_key keyed_by() const override { return ids_; }
    [[nodiscard]] koc::type_key holds() const override {
        return records_ ? koc::key_of<stay> : koc::type_key{};
    }
    [[nodiscard]] void const* find_raw(std::uint64_t id) const override {
        asked.push_back(id);
        return id % 2 == 0 ? this : nullptr; // of the others there is no record
    }
    mutable std::vector<std::uint64_t> asked;

private:
    koc::type_key ids_;
    bool records_;
};

} // namespace

TEST_CASE(
    "what an event names is looked up where it is kept, also in structs within it", "[engine]") {
    noting const guests{koc::key_of<guest_id>, true};
    noting const rooms{koc::key_of<room_id>, true};
    noting const notes{koc::key_of<guest_id>, false}; // which keeps no records
    koc::detail::lookups all;
    for (auto const* each : {&guests, &rooms, &notes}) {
        all.add(koc::shape_of<guest_moved>, *each);
    }
    guest_moved const event{guest_id{0xffff'ffff'ffff'fffe}, true, {3, room_id{0xffff'ffff}},
        {1, room_id{4}}, guest_id{9}, guest_id{12}};
    all.fetch(&event);
    CHECK(guests.asked == std::vector<std::uint64_t>{0xffff'ffff'ffff'fffe, 9});
    CHECK(rooms.asked == std::vector<std::uint64_t>{0xffff'ffff, 4});
    CHECK(notes.asked.empty());
}
