// SPDX-License-Identifier: BSL-1.0
#pragma once

// What differs between two states that were written as text, one line a container, as
// engine::state_text() does: for tests, and for finding where a replay goes another way. It knows
// no type, so that texts of two releases can be compared too.

#include <koc/core/arrival_map.hpp>
#include <koc/state/detail/text_walk.hpp>

#include <boost/describe/class.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// A part that is not the same in two states.
struct state_difference {
    std::string container; ///< its aspect and its name: `roster.people_`
    std::string key;       ///< the id of a record or entry, or a link; empty for a single value
    std::string path;      ///< from there to the part: `.tags[3].weight`; empty for all of it
    std::string before;    ///< canonical text; empty where there is none
    std::string after;

    friend bool operator==(state_difference const&, state_difference const&) = default;
};
BOOST_DESCRIBE_STRUCT(state_difference, (), (container, key, path, before, after))

/// One line: `roster.people_ 7 .stage: "active" -> "dormant"`.
inline std::string to_string(state_difference const& it) {
    auto line = it.container;
    for (auto const* part : {&it.key, &it.path}) {
        line += part->empty() ? "" : ' ' + *part;
    }
    line += ": " + (it.before.empty() ? "nothing" : it.before);
    return line + " -> " + (it.after.empty() ? "nothing" : it.after);
}

namespace detail {

class state_comparison {
public:
    std::vector<state_difference> found;

    void compare(std::string_view container, std::string_view before, std::string_view after) {
        if (before == after) {
            return;
        }
        container_ = container;
        key_ = {};
        auto const known = found.size();
        auto const lists = is_list_text(before) && is_list_text(after);
        auto const old = lists ? entries_of(before) : entries{};
        auto const now = lists ? entries_of(after) : entries{};
        if (old.keyed && now.keyed && old.all.size() + now.all.size() != 0) {
            compare_entries(old, now);
        } else {
            compare_values({}, before, after);
        }
        if (found.size() == known) { // whatever it is, it is not nothing
            key_ = {};
            report({}, before, after);
        }
    }
    void only_one(std::string_view container, std::string_view before, std::string_view after) {
        container_ = container;
        key_ = {};
        report({}, before, after);
    }

private:
    struct entry {
        std::string_view text;
        std::size_t row;
    };
    /// The elements of a container's list under their keys, in order.
    struct entries {
        arrival_map<std::string, entry> all;
        std::size_t rows = 0; ///< with those that were erased
        bool keyed = false;   ///< each element has a key of its own
    };

    static entries entries_of(std::string_view list) {
        entries made;
        made.keyed = true;
        auto after_erased = false;
        for (auto const element : values_in(list)) {
            if (auto const erased = erased_rows(element); erased != 0) {
                made.keyed = made.keyed && !after_erased;
                made.rows += erased;
                after_erased = true;
                continue;
            }
            after_erased = false;
            auto const key = key_of_element(element);
            made.keyed = made.keyed && !key.empty() &&
                made.all.try_emplace(std::string{key}, {element, made.rows}).second;
            ++made.rows;
        }
        return made;
    }
    /// A record is found by its id, a due entry by the id behind its instant, a link by its ends.
    static std::string_view key_of_element(std::string_view element) {
        if (!is_object(element) && !is_list_text(element)) {
            return {};
        }
        auto const parts = values_in(element);
        if (is_list_text(element)) {
            return parts.size() != 2 ? "" : parts[0].substr(0, 1) == "\"" ? parts[1] : element;
        }
        for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
            if (parts[i] == "\"id\"") {
                return parts[i + 1];
            }
        }
        return {};
    }

    void compare_entries(entries const& old, entries const& now) {
        auto const known = found.size();
        for (auto const& [key, was] : old.all) {
            key_ = key;
            auto const* const is = now.all.find(key);
            if (is == now.all.end()) {
                report({}, was.text, {});
            } else {
                compare_values({}, was.text, is->second.text);
            }
        }
        for (auto const& [key, is] : now.all) {
            key_ = key;
            if (!old.all.contains(key)) {
                report({}, {}, is.text);
            }
        }
        if (found.size() == known) {
            compare_rows(old, now);
        }
    }
    /// The first of the same entries that stands in another row.
    void compare_rows(entries const& old, entries const& now) {
        for (auto const& [key, was] : old.all) {
            auto const row = now.all.at(key).row;
            if (row != was.row) {
                key_ = key;
                return report("row", std::to_string(was.row), std::to_string(row));
            }
        }
        if (old.rows != now.rows) {
            key_ = {};
            report("rows", std::to_string(old.rows), std::to_string(now.rows));
        }
    }

    /// What nests deeper than any state does is compared whole.
    static constexpr int depth_max = 256;

    void compare_values(
        std::string const& path, std::string_view before, std::string_view after, int depth = 0) {
        if (before == after) {
            return;
        }
        if (depth == depth_max) {
            report(path, before, after);
        } else if (is_object(before) && is_object(after)) {
            compare_members(path, values_in(before), values_in(after), depth + 1);
        } else if (is_list_text(before) && is_list_text(after)) {
            compare_elements(path, values_in(before), values_in(after), depth + 1);
        } else {
            report(path, before, after);
        }
    }
    void compare_elements(std::string const& path, std::vector<std::string_view> const& old,
        std::vector<std::string_view> const& now, int depth) {
        for (std::size_t i = 0; i < old.size() || i < now.size(); ++i) {
            compare_values(path + '[' + std::to_string(i) + ']',
                i < old.size() ? old[i] : std::string_view{},
                i < now.size() ? now[i] : std::string_view{}, depth);
        }
    }
    /// Names and values in turn; both have them in the order of declaration, but for those that are
    /// absent in one.
    void compare_members(std::string const& path, std::vector<std::string_view> const& old,
        std::vector<std::string_view> const& now, int depth) {
        auto const step = [&](std::string_view name) {
            auto const quoted = name.size() >= 2;
            return path + '.' + std::string{quoted ? name.substr(1, name.size() - 2) : name};
        };
        std::size_t next = 0;
        for (std::size_t i = 0; i + 1 < old.size(); i += 2) {
            auto same = next;
            while (same + 1 < now.size() && now[same] != old[i]) {
                same += 2;
            }
            if (same + 1 >= now.size()) {
                report(step(old[i]), old[i + 1], {});
                continue;
            }
            for (; next < same; next += 2) {
                report(step(now[next]), {}, now[next + 1]);
            }
            compare_values(step(old[i]), old[i + 1], now[same + 1], depth);
            next = same + 2;
        }
        for (; next + 1 < now.size(); next += 2) {
            report(step(now[next]), {}, now[next + 1]);
        }
    }

    void report(std::string path, std::string_view before, std::string_view after) {
        found.push_back({std::string{container_}, std::string{key_}, std::move(path),
            std::string{before}, std::string{after}});
    }

    std::string_view container_;
    std::string_view key_;
};

} // namespace detail

/// What differs, in the order of the first text, and then what only the second one has. Nothing
/// exactly where both have the same containers, in whatever order, with the same texts. Records
/// that are the same in another order are one difference with the path `row`. O(size), for members
/// of a bounded number that nest to a bounded depth.
[[nodiscard]] inline std::vector<state_difference> difference(
    std::string_view before, std::string_view after) {
    auto const old = detail::containers_in(before);
    auto const now = detail::containers_in(after);
    detail::state_comparison all;
    for (auto const& [name, text] : old) {
        auto const* const same = now.find(name);
        if (same == now.end()) {
            all.only_one(name, text, {});
        } else {
            all.compare(name, text, same->second);
        }
    }
    for (auto const& [name, text] : now) {
        if (!old.contains(name)) {
            all.only_one(name, {}, text);
        }
    }
    return std::move(all.found);
}

} // namespace koc
