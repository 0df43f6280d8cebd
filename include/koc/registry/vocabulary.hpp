// SPDX-License-Identifier: BSL-1.0
#pragma once

// A taxonomy as a part of an aspect's state.

#include <koc/core/contract.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/state/container.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc {

namespace detail {

/// What taxonomy::write_into writes.
struct taxonomy_text {
    std::vector<facet_definition> facets;
    std::vector<tag_definition> tags;
};
BOOST_DESCRIBE_STRUCT(taxonomy_text, (), (facets, tags))

} // namespace detail

/// Facets and tags; only added to, so that undoing takes the last one away. Its observers are told
/// of each tag, by its id.
class vocabulary_state final : public container {
public:
    [[nodiscard]] taxonomy const& operator*() const { return tags_; }
    [[nodiscard]] taxonomy const* operator->() const { return &tags_; }

    // Commands, for `apply`; what the taxonomy would refuse is left out.

    void add(facet_definition const& facet) {
        if (!tags_.check(facet)) {
            change(true, [&] { return tags_.add(facet).has_value(); });
        }
    }
    void add(tag_definition const& tag) {
        if (!tags_.check(tag)) {
            for (auto* observer : observers_) {
                observer->inserting();
            }
            change(false, [&] { return tags_.add(tag).has_value(); });
            report(&record_observer::inserted);
        }
    }

    void digest_into(hasher& into) const override { tags_.digest_into(into); }
    void write_into(std::string& out) const override { tags_.write_into(out); }
    [[nodiscard]] result<void> read_from(canonical_reader& in) override {
        KOC_EXPECTS(tags_.facet_count() == 0);
        detail::taxonomy_text read;
        KOC_TRY(in.read(*form(), &read));
        for (auto const& facet : read.facets) {
            if (auto refused = tags_.check(facet)) {
                return *std::move(refused);
            }
            add(facet);
        }
        for (auto const& tag : read.tags) {
            if (auto refused = tags_.check(tag)) {
                return *std::move(refused);
            }
            add(tag);
        }
        return {};
    }
    [[nodiscard]] shape const* form() const override { return &shape_of<detail::taxonomy_text>; }
    void undo() noexcept override {
        if (steps_.back()) {
            tags_.remove_last_facet();
        } else {
            report(&record_observer::erasing);
            tags_.remove_last_tag();
        }
        steps_.pop_back();
    }
    void settle() noexcept override { steps_.clear(); }
    [[nodiscard]] type_key holds() const override { return key_of<taxonomy>; }
    [[nodiscard]] void const* find_raw(std::uint64_t) const override { return &tags_; }
    bool observe(record_observer& by) override {
        observers_.push_back(&by);
        return true;
    }

private:
    void report(void (record_observer::*what)(std::uint64_t, void const*) noexcept) noexcept {
        for (auto* observer : observers_) {
            (observer->*what)(tags_.size(), &tags_);
        }
    }
    template <typename Add>
    void change(bool facet, Add&& add) {
        auto const noting = prepare();
        undo_log::make_room(steps_);
        auto const added = add();
        KOC_INVARIANT(added);
        if (noting && added) {
            steps_.push_back(facet);
            note();
        }
    }

    taxonomy tags_;
    std::vector<char> steps_; ///< whether a facet was added, or a tag
    std::vector<record_observer*> observers_;
};

} // namespace koc
