// SPDX-License-Identifier: BSL-1.0
#pragma once

// The tag library: which facets and tags the programme speaks of. Its content comes by command, so
// that a journal explains its own words. Facets that aspects keep themselves (a member's stage, the
// source they came from) are there from the start, one described enum a facet, and nobody else may
// extend them.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/described.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace koc {

/// Adds an axis.
struct define_facet {
    facet_definition facet;
};
BOOST_DESCRIBE_STRUCT(define_facet, (), (facet))

/// Adds tags; a tag may stand under an earlier one of the same command. All of them, or none.
struct define_tags {
    std::vector<tag_definition> tags;
};
BOOST_DESCRIBE_STRUCT(define_tags, (), (tags))

struct facet_defined {
    facet_definition facet;
};
BOOST_DESCRIBE_STRUCT(facet_defined, (), (facet))

struct tags_defined {
    std::vector<tag_definition> tags;
};
BOOST_DESCRIBE_STRUCT(tags_defined, (), (tags))

/// The programme's vocabulary. `Programme::kept_facets` lists the described enums that are facets
/// kept by aspects: the enum's name is the facet, its enumerators are the keys.
template <typename Programme>
class tag_library {
public:
    using events = event_list<facet_defined, tags_defined>;
    using commands = command_list<define_facet, define_tags>;
    using kept_facets = typename Programme::kept_facets;

    tag_library() {
        boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, kept_facets>>(
            [this](auto facet) { this->template keep<typename decltype(facet)::type>(); });
        kept_ = tags_.size();
    }

    [[nodiscard]] taxonomy const& tags() const { return tags_; }

    /// The tag of a kept facet's value, such as `tag_of(stage::active)`.
    template <typename Enum>
    [[nodiscard]] tag_id tag_of(Enum value) const {
        static_assert(boost::mp11::mp_contains<kept_facets, Enum>::value,
            "koc: this enum is no facet of the programme; add it to Programme::kept_facets");
        return *tags_.find(type_name<Enum>(), name_of(value));
    }

    /// Whether only aspects set this tag.
    [[nodiscard]] bool kept(tag_id tag) const { return tag.value() <= kept_; }

    /// Why a list of tags cannot be given to somebody by hand, if so.
    template <typename WeightedTags>
    [[nodiscard]] std::optional<error> check_assignable(WeightedTags const& tags) const {
        for (auto const& entry : tags) {
            if (!tags_.contains(entry.tag)) {
                return unknown("tag", entry.tag);
            }
            if (kept(entry.tag)) {
                return error{errc::invalid_argument,
                    "tag " + escaped(to_string(tags_.name(entry.tag))),
                    "expected a tag that is not kept by the programme itself"};
            }
            if (entry.weight <= score{} || entry.weight > whole(1)) {
                return error{errc::invalid_argument,
                    "tag " + escaped(to_string(tags_.name(entry.tag))),
                    "expected a weight above 0 and at most 1"};
            }
        }
        return std::nullopt;
    }

    /// Why these cannot be the subjects of one piece of work, called `name`, if so. O(n log n).
    [[nodiscard]] std::optional<error> check_subjects(
        std::string const& name, std::vector<tag_id> subjects) const {
        std::sort(subjects.begin(), subjects.end());
        for (std::size_t i = 0; i < subjects.size(); ++i) {
            if (!tags_.contains(subjects[i])) {
                return unknown("tag", subjects[i]);
            }
            if (i != 0 && subjects[i] == subjects[i - 1]) {
                return error{errc::invalid_argument, name,
                    "expected each tag once, not " + escaped(to_string(tags_.name(subjects[i]))) +
                        " again"};
            }
        }
        return std::nullopt;
    }

    result<void> decide(auto const&, define_facet const& command, auto& out) const {
        if (auto refused = check_name("facet", command.facet.name)) {
            return *std::move(refused);
        }
        if (command.facet.name.find(':') != std::string::npos) {
            return error{errc::invalid_text, "facet " + escaped(command.facet.name),
                "expected a facet without a colon, which parts facet and key in a tag such as "
                "region:harbin; write another character"};
        }
        if (auto refused = tags_.check(command.facet)) {
            return *std::move(refused);
        }
        out.emit(facet_defined{command.facet});
        return {};
    }

    result<void> decide(auto const&, define_tags const& command, auto& out) const {
        if (command.tags.empty()) {
            return error{errc::invalid_argument, "define_tags", "expected at least one tag"};
        }
        taxonomy tried; // the command's own tags, so that later ones find earlier ones in O(1)
        for (auto const& tag : command.tags) {
            if (auto refused = check_name("tag of facet " + escaped(tag.facet), tag.key)) {
                return *std::move(refused);
            }
            if (auto refused = tag.label.empty()
                    ? std::nullopt
                    : check_name("label of tag " + escaped(tag.facet + ':' + tag.key), tag.label)) {
                return *std::move(refused);
            }
            auto const facet = tags_.find_facet(tag.facet);
            if (facet && facet->value() <= boost::mp11::mp_size<kept_facets>::value) {
                return error{errc::invalid_argument, "facet " + escaped(tag.facet),
                    "expected a facet that is not kept by the programme itself"};
            }
            if (!tried.find_facet(tag.facet)) {
                static_cast<void>(tried.add(facet_definition{tag.facet}));
            }
            if (tried.find(tag.facet, tag.key)) {
                return error{errc::already_exists, "tag " + escaped(tag.facet + ':' + tag.key),
                    "expected each tag once"};
            }
            auto rest =
                tag; // parents from this command are known; the others must stand in the library
            std::erase_if(
                rest.parents, [&](auto const& key) { return tried.find(tag.facet, key); });
            if (auto refused = tags_.check(rest)) {
                return *std::move(refused);
            }
            static_cast<void>(tried.add(tag_definition{tag.facet, tag.key, {}, {}}));
        }
        out.emit(tags_defined{command.tags});
        return {};
    }

    void apply(facet_defined const& event, instant) { static_cast<void>(tags_.add(event.facet)); }
    void apply(tags_defined const& event, instant) {
        for (auto const& tag : event.tags) {
            static_cast<void>(tags_.add(tag));
        }
    }

    void digest_into(hasher& into) const { tags_.digest_into(into); }

private:
    template <typename Enum>
    void keep() {
        std::string const facet{type_name<Enum>()};
        static_cast<void>(tags_.add(facet_definition{facet}));
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto e) {
            static_cast<void>(tags_.add(tag_definition{facet, e.name, e.name, {}}));
        });
    }

    taxonomy tags_;
    std::size_t kept_ = 0;
};

} // namespace koc
