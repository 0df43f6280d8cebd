// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whoever sits between the data and the engine: knows which user is which member, sends commands in
// large durable groups, and stops at the first refusal.

#include "community.hpp"

#include <koc/core/error.hpp>
#include <koc/member/roster.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace replay {

/// Called now and then with how much is done, of how much.
using progress = std::function<void(std::size_t, std::size_t)>;

/// Votes, an acceptance counting as two, on a scale from 0 that never quite reaches 1.
inline koc::score quality_of(answer const& a) {
    auto const votes = std::max<std::int64_t>(a.score, 0) + (a.accepted ? 2 : 0);
    return koc::ratio(votes, votes + 1);
}

/// Answers to one's own question say nothing about helping others.
inline bool helps_somebody(community const& data, answer const& a) {
    return a.user != data.questions[a.question].asker;
}

template <typename Engine>
class clerk {
public:
    explicit clerk(Engine& engine) : engine_{engine}, group_{engine.open_group()} {}

    [[nodiscard]] Engine const& engine() const { return engine_; }
    [[nodiscard]] std::optional<koc::error> const& refused() const { return refused_; }
    void refuse(koc::error why) { refused_ = std::move(why); }

    koc::member_id member_of(std::string const& user) {
        return users_.try_emplace(user, koc::member_id{users_.size() + 1}).first->second;
    }
    [[nodiscard]] std::optional<koc::member_id> find(std::string const& user) const {
        auto const it = users_.find(user);
        return it == users_.end() ? std::nullopt : std::optional{it->second};
    }
    /// The member for a user, who joins at their first answer.
    koc::member_id joined(std::string const& user, koc::instant at) {
        auto const who = member_of(user);
        if (engine_.template get<koc::roster>().find(who) == nullptr) {
            tell(koc::enrol{who, {who.value(), user}, {koc::source::owned}, {}}, at);
        }
        return who;
    }

    /// Sends a command. Time never runs backwards for the engine, even where the data's does.
    template <typename Command>
    void tell(Command const& command, koc::instant at) {
        if (refused_) {
            return;
        }
        if (auto done = group_.handle(command, std::max(at, engine_.last())); !done) {
            refused_ = std::move(done).error();
        } else if (group_.size() >= group_size) {
            commit();
        }
    }
    void commit() {
        if (refused_) {
            return;
        }
        if (auto done = group_.commit(); !done) {
            refused_ = std::move(done).error();
        }
    }

private:
    static constexpr std::size_t group_size = 4096; ///< commands in one durable append

    Engine& engine_;
    typename Engine::group group_;
    boost::unordered_flat_map<std::string, koc::member_id> users_;
    std::optional<koc::error> refused_;
};

} // namespace replay
