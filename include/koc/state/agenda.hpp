// SPDX-License-Identifier: BSL-1.0
#pragma once

// What happens when: one instant an id, earliest first. The engine looks at the agendas of all
// aspects before each command and lets what is due happen; see docs/engine.md#time.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/state/container.hpp>
#include <koc/state/detail/aside_ids.hpp>

#include <boost/multi_index/composite_key.hpp>
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

namespace detail {

/// An agenda without the type of its ids.
class agenda_core : public container {
    struct entry {
        instant at;
        std::uint64_t id;
    };
    struct earlier {
        bool operator()(entry const& a, entry const& b) const {
            return a.at != b.at ? a.at < b.at : a.id < b.id;
        }
    };
    using entries = boost::multi_index_container<entry,
        boost::multi_index::indexed_by<
            boost::multi_index::ordered_unique<boost::multi_index::identity<entry>, earlier>,
            boost::multi_index::hashed_unique<
                boost::multi_index::member<entry, std::uint64_t, &entry::id>>>>;

public:
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::optional<due_item> next_due() const final {
        for (auto const& e : entries_) {
            if (!aside_.contains(e.id)) {
                return due_item{e.at, e.id};
            }
        }
        return std::nullopt;
    }
    void each_due(void (*visit)(void* with, due_item entry), void* with) const final {
        for (auto const& e : entries_) {
            if (!aside_.contains(e.id)) {
                visit(with, {e.at, e.id});
            }
        }
    }
    void expect_aside() final { aside_.make_room(); }
    void set_aside(std::uint64_t id) noexcept final { aside_.add(id); }
    void bring_back(std::uint64_t id) noexcept final { aside_.remove(id); }
    [[nodiscard]] bool is_aside(std::uint64_t id) const final { return aside_.contains(id); }

    void digest_into(hasher& into) const final {
        into.add(entries_.size());
        for (auto const& e : entries_) {
            into.add(e.at).add(e.id);
        }
    }
    void write_into(std::string& out) const final {
        auto separator = '[';
        for (auto const& e : entries_) {
            out += separator;
            separator = ',';
            out += '[';
            append_canonical(out, shape_of<instant>, &e.at);
            out += ',' + std::to_string(e.id) + ']';
        }
        out += separator == '[' ? "[]" : "]";
    }
    [[nodiscard]] result<void> read_from(canonical_reader& in) final {
        KOC_EXPECTS(entries_.empty());
        return in.read_list([&]() -> result<void> {
            std::pair<instant, std::uint64_t> read;
            KOC_TRY(in.read(*form(), &read));
            if (!entries_.insert({read.first, read.second}).second) {
                return in.refusal("each id once before");
            }
            return {};
        });
    }
    [[nodiscard]] shape const* form() const final {
        return &shape_of<std::pair<instant, std::uint64_t>>;
    }
    void undo() noexcept final {
        auto& last = steps_.back();
        switch (last.what) {
        case change::added:
            entries_.get<1>().erase(last.was.id);
            break;
        case change::moved:
            move(last.was);
            break;
        case change::dropped:
            entries_.insert(std::move(last.taken));
            break;
        }
        steps_.pop_back();
    }
    void settle() noexcept final { steps_.clear(); }

protected:
    [[nodiscard]] std::optional<instant> when_raw(std::uint64_t id) const {
        auto const& by_id = entries_.get<1>();
        auto const found = by_id.find(id);
        return found == by_id.end() ? std::nullopt : std::optional{found->at};
    }
    void put_raw(entry const& wanted) {
        auto const before = when_raw(wanted.id);
        if (before == wanted.at) {
            return;
        }
        auto const noting = prepare();
        undo_log::make_room(steps_);
        if (before) {
            move(wanted);
        } else {
            entries_.insert(wanted);
        }
        if (noting) {
            steps_.push_back(before ? step{change::moved, {*before, wanted.id}, {}}
                                    : step{change::added, wanted, {}});
            note();
        }
    }
    void drop_raw(std::uint64_t id) {
        auto& by_id = entries_.get<1>();
        auto const found = by_id.find(id);
        if (found == by_id.end()) {
            return;
        }
        auto const noting = prepare();
        undo_log::make_room(steps_);
        if (noting) {
            steps_.push_back({change::dropped, *found, by_id.extract(found)});
            note();
        } else {
            by_id.erase(found);
        }
    }

private:
    enum class change : std::uint8_t { added, moved, dropped };
    struct step {
        change what;
        entry was;
        entries::node_type taken; ///< of what was dropped
    };

    /// Gives an entry another instant; does not allocate.
    void move(entry const& to) noexcept {
        auto& by_id = entries_.get<1>();
        by_id.modify(by_id.find(to.id), [&](entry& e) { e.at = to.at; });
    }

    entries entries_;
    std::vector<step> steps_;
    aside_ids aside_;
};

} // namespace detail

/// When something is due for each of some ids; an aspect has at most one agenda for each kind of
/// id. Its aspect has a member `void due(Id, context&) const`, which records at least one event
/// that moves or drops the entry. All operations O(log n).
template <typename Id>
class agenda final : public detail::agenda_core {
public:
    using id_type = Id;

    [[nodiscard]] type_key keyed_by() const override { return key_of<Id>; }
    /// Of a kind with a noun and a record. One that says `runs_out` has nothing open while it is
    /// on the agenda, such as an award that is valid until then.
    [[nodiscard]] due_kind due_of() const override {
        if constexpr (
            requires {
                Id::kind::noun;
                typename Id::kind::record;
            } &&
            !requires { Id::kind::runs_out; }) {
            return {Id::kind::noun, key_of<typename Id::kind::record>};
        } else {
            return {};
        }
    }
    [[nodiscard]] std::optional<instant> when(Id id) const { return when_raw(id.value()); }

    // Commands, for `apply`

    /// Sets when `id` is due, instead of when it was.
    void put(Id id, instant at) { put_raw({at, id.value()}); }
    /// The same, where nothing takes `id` off.
    void put(Id id, std::optional<instant> at) { at ? put(id, *at) : drop(id); }
    /// Takes `id` off; nothing where it is not there.
    void drop(Id id) { drop_raw(id.value()); }
};

} // namespace koc
