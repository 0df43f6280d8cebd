// SPDX-License-Identifier: BSL-1.0
#pragma once

// The answers to requests that have an id, for as long as the rules keep them.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/message.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace koc::detail {

class known_answers {
public:
    struct answer {
        digest command;
        receipt given;
        instant at;
    };

    /// The answer of a request, or null.
    [[nodiscard]] answer const* find(std::string const& request) const {
        auto const found = answers_.find(request);
        return found == answers_.end() ? nullptr : &found->second;
    }
    /// The first answer to a request that was answered at `from` or later, and nothing for one that
    /// was not. Refused with `request_reused` where it was for another command.
    [[nodiscard]] result<std::optional<receipt>> repeated(
        std::string const& request, digest const& command, instant from) const {
        auto const* known = find(request);
        if (known == nullptr || known->at < from) {
            return std::optional<receipt>{};
        }
        if (known->command != command) {
            return error{errc::request_reused, "request " + request,
                "expected a new request id, or the command it was first used for"};
        }
        auto given = known->given;
        given.repeated = true;
        return std::optional{given};
    }
    /// The answer to a request, instead of an older one.
    void put(std::string const& request, answer const& given) {
        auto const found = answers_.find(request);
        if (found != answers_.end() && found->second.given.first == given.given.first) {
            found->second = given;
            return;
        }
        order_.emplace_back(given.at, request);
        answers_.insert_or_assign(request, given);
    }
    /// Forgets those from before an instant. Amortised O(1).
    void forget_before(instant oldest) {
        while (!order_.empty() && order_.front().first < oldest) {
            auto const found = answers_.find(order_.front().second);
            if (found != answers_.end() && found->second.at == order_.front().first) {
                answers_.erase(found);
            }
            order_.pop_front();
        }
    }
    /// Takes back the newest `put`: what was known of its request before, or that nothing was.
    void put_back(std::string const& request, std::optional<answer> before) noexcept {
        if (!order_.empty() && order_.back().second == request) {
            order_.pop_back();
        }
        auto const found = answers_.find(request);
        if (found != answers_.end() && before) {
            found->second = *before;
        } else if (found != answers_.end()) {
            answers_.erase(found);
        }
    }
    /// Calls `visit(request, answer)` for each, oldest first; putting them in this order gives the
    /// same again.
    template <typename Visit>
    void for_each(Visit&& visit) const {
        for (auto const& [at, request] : order_) {
            if (auto const* known = find(request); known != nullptr && known->at == at) {
                visit(request, *known);
            }
        }
    }
    void clear() {
        answers_.clear();
        order_.clear();
    }

private:
    boost::unordered_flat_map<std::string, answer> answers_;
    std::deque<std::pair<instant, std::string>> order_;
};

/// Whether an answer counts whatever else the journal holds.
inline bool is_final(result<receipt> const& given) {
    return given ? given->count != 0 || given->repeated
                 : given.error().code == errc::outcome_unknown;
}

} // namespace koc::detail
