// SPDX-License-Identifier: BSL-1.0
#pragma once

// The answers to requests that have an id, for as long as the rules keep them.

#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/message.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <deque>
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
    /// One more event of a request, at a position.
    void add(std::string const& request, digest const& command, std::uint64_t first, instant at) {
        auto const [place, fresh] =
            answers_.try_emplace(request, answer{command, {first, 0, false}, at});
        if (fresh || place->second.given.first != first) {
            place->second = {command, {first, 0, false}, at};
            order_.emplace_back(at, request);
        }
        ++place->second.given.count;
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
    void remove(std::string const& request) { answers_.erase(request); }
    void clear() {
        answers_.clear();
        order_.clear();
    }

private:
    boost::unordered_flat_map<std::string, answer> answers_;
    std::deque<std::pair<instant, std::string>> order_;
};

} // namespace koc::detail
