// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether an event of one course of events can be applied in another: the containers of two states
// side by side, and which of the ids that an event names are in which.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/mention.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/core.hpp>
#include <koc/journal/event.hpp>
#include <koc/state/container.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

class counterparts {
public:
    counterparts(composition const& of, core const& here, core const& there) : of_{&of} {
        std::map<std::pair<std::string_view, std::string_view>, container const*> others;
        there.each_container(
            [&](std::string_view aspect, std::string_view name, container const& held) {
                others[{aspect, name}] = &held;
            });
        here.each_container(
            [&](std::string_view aspect, std::string_view name, container const& held) {
                auto const same = others.find({aspect, name});
                if (held.keyed_by() == type_key{} || same == others.end()) {
                    return;
                }
                both_.push_back({aspect, held.keyed_by(), &held, same->second});
                if (std::find(kinds_.begin(), kinds_.end(), held.keyed_by()) == kinds_.end()) {
                    kinds_.push_back(held.keyed_by());
                }
            });
    }

    /// Before a fact is recorded here: refused where its owner has a record here, or anybody has,
    /// of something that there is not there. O(containers and size of the events).
    [[nodiscard]] result<void> check_known(std::span<event const> fact) {
        fresh_.clear();
        for (auto const& happened : fact) {
            auto const owner = owner_of(happened.type());
            for (auto const& kind : kinds_) {
                auto const lost = find_mention(*happened.type().form, happened.raw(), kind,
                    [&](std::uint64_t id) { return is_lost(owner, kind, id, happened); });
                if (lost) {
                    return error{errc::unknown_id,
                        std::string{happened.type().name} + lost->path + ' ' +
                            std::to_string(lost->id),
                        "expected something that there is in the other course of events"};
                }
            }
        }
        return {};
    }
    /// After it was recorded here: refused where it made a record whose id was taken there.
    [[nodiscard]] result<void> check_fresh() const {
        for (auto const& one : fresh_) {
            if (one.in->here->find_raw(one.id) != nullptr) {
                return error{errc::already_exists,
                    std::string{one.event_name} + ' ' + std::to_string(one.id),
                    "expected an id that is free in the other course of events"};
            }
        }
        return {};
    }

private:
    struct pair_of {
        std::string_view aspect;
        type_key kind;
        container const* here;
        container const* there;
    };
    /// An id that only the other state has.
    struct fresh_id {
        pair_of const* in;
        std::uint64_t id;
        std::string_view event_name;
    };

    bool is_lost(std::string_view owner, type_key kind, std::uint64_t id, event const& happened) {
        auto known_here = false;
        auto known_there = false;
        for (auto const& each : both_) {
            if (!(each.kind == kind)) {
                continue;
            }
            auto const here = each.here->find_raw(id) != nullptr;
            auto const there = each.there->find_raw(id) != nullptr;
            if (here && !there && each.aspect == owner) {
                return true;
            }
            if (!here && there) {
                fresh_.push_back({&each, id, happened.type().name});
            }
            known_here = known_here || here;
            known_there = known_there || there;
        }
        return known_here && !known_there;
    }
    [[nodiscard]] std::string_view owner_of(event_type const& type) const {
        for (auto const& part : of_->parts) {
            for (auto const& row : part.handlers) {
                if (row.own && row.of == type.of) {
                    return part.name;
                }
            }
        }
        return {};
    }

    composition const* of_;
    std::vector<pair_of> both_;
    std::vector<type_key> kinds_;
    std::vector<fresh_id> fresh_;
};

} // namespace koc::detail
