// SPDX-License-Identifier: BSL-1.0
#pragma once

// Scarce resources as somebody would keep them with a pencil: a list of what there is, a list of
// who asked, and loops over both. It knows nothing of the aspect that it is compared with.

#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace simulated {

using namespace koc;

struct resource_model {
    struct stocked {
        std::int64_t seats = 0;
        duration hold;
        duration lease;
    };
    struct place {
        resource_id resource;
        member_id member;
        grant_stage stage = grant_stage::waiting;
        instant until; ///< of a seat
    };
    /// Nothing where a command is accepted.
    using answer = std::optional<errc>;

    instant now;
    std::int64_t held_max = resource_rules{}.held_max; ///< by one person
    std::map<resource_id, stocked> stock;
    std::vector<place> places;      ///< in the order of asking; grant 1 is the first
    std::set<member_id> in_service; ///< whose stage is active; all were found on open platforms

    static bool has_seat(place const& p) {
        return p.stage == grant_stage::held || p.stage == grant_stage::used;
    }
    [[nodiscard]] std::int64_t taken(resource_id which) const {
        return std::count_if(places.begin(), places.end(),
            [&](place const& p) { return p.resource == which && has_seat(p); });
    }
    [[nodiscard]] std::int64_t held_by(member_id who) const {
        return std::count_if(places.begin(), places.end(),
            [&](place const& p) { return p.member == who && has_seat(p); });
    }
    [[nodiscard]] bool is_place(grant_id which) const {
        return which.valid() && which.value() <= places.size();
    }
    place& at(grant_id which) { return places[static_cast<std::size_t>(which.value() - 1)]; }

    // Commands

    answer put_in_stock(resource_id which, stocked const& of) {
        if (stock.contains(which)) {
            return errc::already_exists;
        }
        stock[which] = of;
        return std::nullopt;
    }
    answer raise(resource_id which, std::int64_t seats) {
        if (!stock.contains(which)) {
            return errc::unknown_id;
        }
        if (seats <= stock[which].seats) {
            return errc::invalid_argument;
        }
        stock[which].seats = seats;
        hand_out(which);
        return std::nullopt;
    }
    answer ask(resource_id which, member_id who, bool themself) {
        if (!stock.contains(which)) {
            return errc::unknown_id;
        }
        for (auto const& p : places) {
            if (themself && p.resource == which && p.member == who &&
                p.stage == grant_stage::revoked) {
                return errc::not_qualified;
            }
        }
        for (auto const& p : places) {
            if (p.resource == which && p.member == who &&
                (has_seat(p) || p.stage == grant_stage::waiting)) {
                return errc::already_exists;
            }
        }
        if (!in_service.contains(who)) {
            return errc::not_qualified;
        }
        if (held_by(who) >= held_max) {
            return errc::no_capacity;
        }
        places.push_back({which, who, grant_stage::waiting, {}});
        hand_out(which);
        return std::nullopt;
    }
    answer use(grant_id which) {
        if (!is_place(which)) {
            return errc::unknown_id;
        }
        auto& p = at(which);
        if (!has_seat(p)) {
            return errc::wrong_state;
        }
        if (p.stage == grant_stage::used) {
            return errc::already_exists;
        }
        p.stage = grant_stage::used;
        p.until = now + stock[p.resource].lease;
        return std::nullopt;
    }
    answer give_back(grant_id which) {
        if (!is_place(which)) {
            return errc::unknown_id;
        }
        auto& p = at(which);
        if (!has_seat(p) && p.stage != grant_stage::waiting) {
            return errc::wrong_state;
        }
        p.stage = p.stage == grant_stage::used ? grant_stage::finished : grant_stage::returned;
        leave(p);
        return std::nullopt;
    }
    answer revoke(grant_id which) {
        if (!is_place(which)) {
            return errc::unknown_id;
        }
        auto& p = at(which);
        if (p.stage == grant_stage::revoked) {
            return errc::wrong_state;
        }
        for (auto& other : places) {
            if (other.resource == p.resource && other.member == p.member &&
                (has_seat(other) || other.stage == grant_stage::waiting)) {
                other.stage = grant_stage::revoked;
            }
        }
        p.stage = grant_stage::revoked;
        leave(p);
        return std::nullopt;
    }
    answer wane(member_id who) {
        if (in_service.erase(who) == 0) {
            return errc::wrong_state;
        }
        for (auto const stage : {grant_stage::held, grant_stage::used}) {
            for (auto& p : places) {
                if (p.member == who && p.stage == stage) {
                    p.stage =
                        stage == grant_stage::used ? grant_stage::finished : grant_stage::withdrawn;
                    hand_out(p.resource);
                }
            }
        }
        return std::nullopt;
    }
    answer come_back(member_id who) {
        if (!in_service.insert(who).second) {
            return errc::wrong_state;
        }
        serve(who);
        return std::nullopt;
    }
    void wait(duration span) {
        auto const until = now + span;
        while (true) {
            place* next = nullptr;
            for (auto& p : places) {
                if (has_seat(p) && p.until <= until && (next == nullptr || p.until < next->until)) {
                    next = &p;
                }
            }
            if (next == nullptr) {
                break;
            }
            now = next->until;
            next->stage =
                next->stage == grant_stage::used ? grant_stage::finished : grant_stage::lapsed;
            leave(*next);
        }
        now = until;
    }

private:
    /// Free seats go to those who wait, the first who may have one first.
    void hand_out(resource_id which) {
        for (auto& p : places) {
            if (p.resource == which && p.stage == grant_stage::waiting &&
                taken(which) < stock[which].seats && in_service.contains(p.member) &&
                held_by(p.member) < held_max) {
                p.stage = grant_stage::held;
                p.until = now + stock[which].hold;
            }
        }
    }
    /// Whatever somebody waits for, in the order of asking.
    void serve(member_id who) {
        for (auto const& p : std::vector(places)) {
            if (p.member == who && p.stage == grant_stage::waiting) {
                hand_out(p.resource);
            }
        }
    }
    void leave(place const& p) {
        auto const who = p.member;
        hand_out(p.resource);
        serve(who);
    }
};

} // namespace simulated
