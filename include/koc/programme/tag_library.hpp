// SPDX-License-Identifier: BSL-1.0
#pragma once

// The tag library: which facets and tags the programme speaks of. Facets that aspects keep
// themselves (a member's stage, the source they came from) are recorded when the programme begins,
// and nobody else may extend them.

#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/number/score.hpp>
#include <koc/programme/messages/tag_library.hpp>
#include <koc/registry/vocabulary.hpp>
#include <koc/state/single.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The programme's vocabulary.
class tag_library : public aspect<tag_library> {
public:
    using events = event_list<facet_defined, tags_defined, facet_kept>;
    using commands = command_list<define_facet, define_tags>;
    using rules = tag_library_rules;

    [[nodiscard]] taxonomy const& tags() const { return *tags_; }
    /// Whether only aspects set this tag.
    [[nodiscard]] bool kept(tag_id tag) const { return is_kept(tags_->facet_of(tag)); }

    /// Whether these can be given to somebody by hand.
    [[nodiscard]] result<void> check_assignable(std::span<weighted_tag const> given) const {
        for (auto const& entry : given) {
            if (!tags_->contains(entry.tag)) {
                return unknown("tag", entry.tag);
            }
            auto const refused = [&](char const* expected) {
                return error{errc::invalid_argument,
                    "tag " + escaped(to_string(tags_->name(entry.tag))), expected};
            };
            if (kept(entry.tag)) {
                return refused("expected a tag that is not kept by the programme itself");
            }
            if (entry.weight <= score{} || entry.weight > whole(1)) {
                return refused("expected a weight above 0 and at most 1");
            }
        }
        return {};
    }
    /// Whether these can be the subjects of one piece of work, called `name`. O(n log n).
    [[nodiscard]] result<void> check_subjects(
        std::string const& name, std::vector<tag_id> subjects) const {
        std::sort(subjects.begin(), subjects.end());
        for (std::size_t i = 0; i < subjects.size(); ++i) {
            if (!tags_->contains(subjects[i])) {
                return unknown("tag", subjects[i]);
            }
            if (i != 0 && subjects[i] == subjects[i - 1]) {
                return error{errc::invalid_argument, name,
                    "expected each tag once, not " + escaped(to_string(tags_->name(subjects[i]))) +
                        " again"};
            }
        }
        return {};
    }

    static constexpr auto guards(define_facet const*) { return require(by_desk<define_facet>); }
    result<void> decide(define_facet const& command, context& in) const {
        if (auto refused = check_name("facet", command.facet.name)) {
            return *std::move(refused);
        }
        if (command.facet.name.find(':') != std::string::npos) {
            return error{errc::invalid_text, "facet " + escaped(command.facet.name),
                "expected a facet without a colon, which parts facet and key in a tag such as "
                "region:harbin; write "
                "another character"};
        }
        if (auto refused = tags_->check(command.facet)) {
            return *std::move(refused);
        }
        in.record(facet_defined{command.facet});
        return {};
    }
    static constexpr auto guards(define_tags const*) { return require(by_desk<define_tags>); }
    result<void> decide(define_tags const& command, context& in) const {
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
            if (auto const facet = tags_->find_facet(tag.facet); facet && is_kept(*facet)) {
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
            if (auto refused = tags_->check(rest)) {
                return *std::move(refused);
            }
            static_cast<void>(tried.add(tag_definition{tag.facet, tag.key, {}, {}}));
        }
        in.record(tags_defined{command.tags});
        return {};
    }

    /// Records the kept facets, and keys of them, that the journal does not have yet.
    void begin(std::span<kept_facet const> kept, context& in) const {
        for (auto const& facet : kept) {
            facet_kept missing{std::string{facet.name}, {}};
            auto const known = tags_->find_facet(facet.name);
            if (auto full = known ? std::nullopt : tags_->check(facet_definition{missing.facet})) {
                in.refuse(*std::move(full));
                return;
            }
            for (auto const& key : facet.keys) {
                if (!tags_->find(facet.name, key.name)) {
                    missing.keys.emplace_back(key.name);
                }
            }
            if (!missing.keys.empty() || !known || !is_kept(*known)) {
                in.record(std::move(missing));
            }
        }
    }

    void apply(facet_defined const& event, world const&) { tags_.add(event.facet); }
    void apply(tags_defined const& event, world const&) {
        for (auto const& tag : event.tags) {
            tags_.add(tag);
        }
    }
    void apply(facet_kept const& event, world const&) {
        tags_.add(facet_definition{event.facet});
        auto const facet = tags_->find_facet(event.facet);
        if (!facet) {
            throw_misfit("facet " + escaped(event.facet));
        }
        if (!is_kept(*facet)) {
            kept_.update([&](std::vector<facet_id>& all) { all.push_back(*facet); });
        }
        for (auto const& key : event.keys) {
            tags_.add(tag_definition{event.facet, key, key, {}});
        }
    }

private:
    [[nodiscard]] bool is_kept(facet_id facet) const {
        return std::find(kept_->begin(), kept_->end(), facet) != kept_->end();
    }

    vocabulary_state tags_;
    single<std::vector<facet_id>> kept_;
    BOOST_DESCRIBE_CLASS(tag_library, (), (), (), (tags_, kept_))
};

} // namespace koc
