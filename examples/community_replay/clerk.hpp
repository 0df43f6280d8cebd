// SPDX-License-Identifier: BSL-1.0
#pragma once

// Turns rows of the data into commands: knows which user is which member, sends commands in large
// durable groups, and stops at the first refusal.

#include "community.hpp"

#include <koc/standard/engine.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

class clerk {
public:
    explicit clerk(koc::engine& engine) : engine_{engine} { group_.emplace(engine_); }

    [[nodiscard]] koc::engine const& engine() const { return engine_; }
    [[nodiscard]] std::optional<koc::error> const& refused() const { return refused_; }
    void refuse(koc::error why) { refused_ = std::move(why); }

    koc::member_id member_of(std::string const& user) {
        return users_.try_emplace(user, koc::member_id{users_.size() + 1}).first->second;
    }
    [[nodiscard]] std::optional<koc::member_id> find(std::string const& user) const {
        auto const it = users_.find(user);
        return it == users_.end() ? std::nullopt : std::optional{it->second};
    }
    /// The member for a user, who joins at their first answer and is willing.
    koc::member_id joined(std::string const& user, koc::instant at) {
        auto const who = member_of(user);
        if (engine_.find(who) == nullptr) {
            tell(koc::enrol{who, {who.value(), user}, {koc::source::owned}, {}}, at);
            tell(koc::record_contact{who, {}}, at);
            tell(koc::confirm_willingness{who}, at);
        }
        return who;
    }
    /// How much somebody has done so far.
    [[nodiscard]] std::int64_t outcomes(koc::member_id who) const {
        auto const* past = engine_.find_record<koc::track_record_entry>(who.value());
        return past == nullptr ? 0 : past->outcomes;
    }

    /// Sends a command. Time never runs backwards for the engine, even where the data's does; it
    /// may stand still for years in between.
    template <typename Command>
    void tell(Command const& command, koc::instant at) {
        if (refused_) {
            return;
        }
        koc::asked with{std::max(at, engine_.last())};
        with.far_ahead = true;
        if (auto done = group_->handle(command, with); !done) {
            refused_ = std::move(done).error();
        } else if (++in_group_ == group_size) {
            commit();
        }
    }
    void commit() {
        if (refused_) {
            return;
        }
        auto done = group_->commit();
        group_.emplace(engine_);
        in_group_ = 0;
        if (!done) {
            refused_ = std::move(done).error();
        }
    }
    /// The answer to a question that is asked at an instant, on what was told so far.
    template <typename Query>
    std::optional<typename Query::answer> ask(Query const& query, koc::instant at) {
        auto answer = engine_.ask(query, {at});
        if (!answer) {
            refused_ = std::move(answer).error();
            return std::nullopt;
        }
        return *std::move(answer);
    }

private:
    static constexpr std::size_t group_size = 4096; ///< commands in one durable append

    koc::engine& engine_;
    std::optional<koc::engine::group> group_; ///< always one
    std::size_t in_group_ = 0;
    boost::unordered_flat_map<std::string, koc::member_id> users_;
    std::optional<koc::error> refused_;
};

} // namespace replay
