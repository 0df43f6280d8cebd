// SPDX-License-Identifier: BSL-1.0
#pragma once

// A programme of its own, small enough to be known by heart. The beds take commands; the diary
// takes none: it notes what happens in the beds, and each page that is full.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/registry/table.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace garden {

using plant_id = koc::id<struct plant_kind>;

enum class sort : unsigned char { flower, tree, weed };
BOOST_DESCRIBE_ENUM(sort, flower, tree, weed)

/// Plants something; a weed is refused at the last moment.
struct sow {
    plant_id plant;
    sort what{};
    std::string name;
    koc::personal_text gardener;
    std::vector<std::string> remarks;
    koc::score height;
};
BOOST_DESCRIBE_STRUCT(sow, (), (plant, what, name, gardener, remarks, height))
struct water {
    plant_id plant;
    std::int64_t litres = 1;
};
BOOST_DESCRIBE_STRUCT(water, (), (plant, litres))
/// Gives a litre to each plant that never had any; there may be none.
struct water_dry {};
BOOST_DESCRIBE_STRUCT(water_dry, (), ())

struct sown {
    plant_id plant;
    sort what{};
    std::string name;
    koc::personal_text gardener;
};
BOOST_DESCRIBE_STRUCT(sown, (), (plant, what, name, gardener))
struct watered {
    plant_id plant;
    std::int64_t litres = 0;
};
BOOST_DESCRIBE_STRUCT(watered, (), (plant, litres))

struct plant_record {
    plant_id id;
    std::string name;
    std::int64_t litres = 0;
    koc::instant sown_at;
};

class beds {
public:
    using events = koc::event_list<sown, watered>;
    using commands = koc::command_list<sow, water, water_dry>;

    [[nodiscard]] koc::table<plant_record> const& plants() const { return plants_; }

    koc::result<void> decide(auto const&, sow const& command, auto& out) const {
        if (plants_.contains(command.plant)) {
            return koc::error{
                koc::errc::already_exists, subject("plant", command.plant), "expected a new plant"};
        }
        out.emit(sown{command.plant, command.what, command.name, command.gardener});
        if (command.what == sort::weed) {
            return koc::error{koc::errc::not_qualified, subject("plant", command.plant),
                "expected no weed; sow something else"};
        }
        return {};
    }
    koc::result<void> decide(auto const&, water const& command, auto& out) const {
        if (!plants_.contains(command.plant)) {
            return koc::unknown("plant", command.plant);
        }
        out.emit(watered{command.plant, command.litres});
        return {};
    }
    koc::result<void> decide(auto const&, water_dry const&, auto& out) const {
        for (auto const& plant : plants_) {
            if (plant.litres == 0) {
                out.emit(watered{plant.id, 1});
            }
        }
        return {};
    }

    void apply(sown const& event, koc::instant at) {
        plants_.insert({event.plant, event.name, 0, at});
    }
    void apply(watered const& event, koc::instant) {
        plants_.update(event.plant, [&](plant_record& p) { p.litres += event.litres; });
    }

    void digest_into(koc::hasher& into) const {
        for (auto const& p : plants_) {
            into.add(p.id).add(p.name).add(p.litres).add(p.sown_at);
        }
    }

private:
    koc::table<plant_record> plants_;
};

struct noted {
    std::uint64_t line = 0;
    plant_id about;
};
BOOST_DESCRIBE_STRUCT(noted, (), (line, about))
struct page_filled {
    std::uint64_t page = 0;
};
BOOST_DESCRIBE_STRUCT(page_filled, (), (page))

/// `Programme::lines_per_page` is what fits on a page.
template <typename Programme>
class diary {
public:
    using events = koc::event_list<noted, page_filled>;
    using commands = koc::command_list<>;

    explicit diary(Programme const& programme) : lines_per_page_{programme.lines_per_page} {}

    [[nodiscard]] std::uint64_t lines() const { return lines_; }
    [[nodiscard]] std::uint64_t pages() const { return pages_; }
    /// How many plants stood in the beds when each page was full.
    [[nodiscard]] std::vector<std::size_t> const& plants_at_page() const { return plants_at_page_; }

    void react(auto const&, sown const& event, auto& out) const { note(event.plant, out); }
    void react(auto const&, watered const& event, auto& out) const { note(event.plant, out); }
    /// An answer to its own answer.
    void react(auto const&, noted const& event, auto& out) const {
        if (event.line % lines_per_page_ == 0) {
            out.emit(page_filled{event.line / lines_per_page_});
        }
    }

    void apply(noted const& event, koc::instant) { lines_ = event.line; }
    void apply(auto const& world, page_filled const& event, koc::instant) {
        pages_ = event.page;
        plants_at_page_.push_back(world.template get<beds>().plants().size());
    }

    void digest_into(koc::hasher& into) const { into.add(lines_).add(pages_).add(plants_at_page_); }

private:
    void note(plant_id about, auto& out) const {
        auto const noted_now = std::count_if(out.events().begin(), out.events().end(),
            [](auto const& e) { return e.template holds<noted>(); });
        out.emit(noted{lines_ + static_cast<std::uint64_t>(noted_now) + 1, about});
    }

    std::uint64_t lines_per_page_;
    std::uint64_t lines_ = 0;
    std::uint64_t pages_ = 0;
    std::vector<std::size_t> plants_at_page_;
};

struct programme {
    std::uint64_t lines_per_page = 3;

    template <typename Programme>
    using aspects = koc::aspect_list<beds, diary<Programme>>;
};
/// The same with smaller pages: what a host overrides counts in every aspect.
struct small_pages : programme {
    small_pages() { lines_per_page = 2; }
};

using event = koc::event_of<programme>;

inline sow a_tree(std::uint64_t id) {
    return {plant_id{id}, sort::tree, "tree " + std::to_string(id), {id, "Lin"}, {}, {}};
}

} // namespace garden
