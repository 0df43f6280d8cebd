// SPDX-License-Identifier: BSL-1.0
#pragma once

// Requirements as people write them in files:
//
//     {"all": [{"tag": "region:northeast"},
//              {"none": [{"tag": "stage:evolving"}]},
//              {"column": "quality", "at_least": 600000}]}
//
// Each node is an object with one of all, any, none, tag or column. It says the same as the
// struct's description would, in a third of the words; names are checked later, against a
// vocabulary.

#include <koc/core/error.hpp>
#include <koc/json/described.hpp>
#include <koc/tag/requirement.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

template <>
struct json_form<requirement> {
    static boost::json::value write(
        requirement const& node, boost::json::storage_ptr const& storage) {
        boost::json::object object(storage);
        auto const kind = name_of(node.kind);
        switch (node.kind) {
        case requirement_kind::tag:
            object.emplace(kind, to_json(to_string(node.tag), storage));
            break;
        case requirement_kind::column:
            object.emplace(kind, to_json(node.column, storage));
            if (node.at_least) {
                object.emplace("at_least", *node.at_least);
            }
            if (node.at_most) {
                object.emplace("at_most", *node.at_most);
            }
            break;
        case requirement_kind::all:
        case requirement_kind::any:
        case requirement_kind::none:
            object.emplace(kind, to_json(node.parts, storage));
            break;
        }
        return object;
    }

    /// The form has no place for members that do not count for the node's kind.
    static std::optional<error> check(requirement const& node, int depth) {
        if (name_of(node.kind) == "?" || !is_plain(node)) {
            return detail::refused(
                "expected a requirement in which only the members of its kind are set");
        }
        if (node.tag.facet.find(':') != std::string::npos) {
            return detail::refused("expected a facet without a colon in its name");
        }
        for (auto const* text : {&node.tag.facet, &node.tag.key, &node.column}) {
            if (auto why = check_json(*text)) {
                return why;
            }
        }
        return detail::below(
            '.' + std::string{name_of(node.kind)}, check_json(node.parts, depth + 1));
    }

    static std::optional<error> read(boost::json::value const& tree, requirement& to, int depth) {
        auto const* const object = tree.if_object();
        if (!object) {
            return detail::refused("expected an object in braces");
        }
        to = {};
        std::size_t kinds = 0;
        std::optional<error> first;
        for (auto const& member : *object) {
            std::string_view const name{member.key().data(), member.key().size()};
            std::optional<error> why;
            if (name == "at_least") {
                why = detail::read_json(member.value(), to.at_least.emplace(), depth + 1);
            } else if (name == "at_most") {
                why = detail::read_json(member.value(), to.at_most.emplace(), depth + 1);
            } else if (boost::describe::enum_from_string(std::string{name}.c_str(), to.kind)) {
                ++kinds;
                why = read_kind(member.value(), to, depth + 1);
            } else {
                why = detail::refused(
                    "expected one of: all, any, none, tag, column, at_least, at_most");
            }
            if (why && !first) {
                first = detail::below(detail::member_step(name), std::move(why));
            }
        }
        if (first) {
            return first;
        }
        if (kinds != 1) {
            return detail::refused("expected exactly one of: all, any, none, tag, column");
        }
        if (to.kind != requirement_kind::column && (to.at_least || to.at_most)) {
            return detail::refused("expected at_least and at_most only beside a column");
        }
        return std::nullopt;
    }

private:
    static std::optional<error> read_kind(
        boost::json::value const& tree, requirement& to, int depth) {
        if (to.kind == requirement_kind::column) {
            return detail::read_json(tree, to.column, depth);
        }
        if (to.kind != requirement_kind::tag) {
            return detail::read_json(tree, to.parts, depth);
        }
        std::string name;
        auto why = detail::read_json(tree, name, depth);
        auto const colon = name.find(':');
        if (!why && colon == std::string::npos) {
            why = detail::refused("expected a facet and a key with a colon between them, such as "
                                  "\"region:northeast\"");
        }
        if (!why) {
            to.tag = {name.substr(0, colon), name.substr(colon + 1)};
        }
        return why;
    }
};

} // namespace koc
