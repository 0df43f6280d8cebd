// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is true now, and the context in which a command acts. Aspects see both through
// `aspect<Self>`, which limits them to what they declare; guards and checks take a world_view.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/described.hpp>
#include <koc/engine/fwd.hpp>
#include <koc/engine/message.hpp>
#include <koc/journal/actor.hpp>
#include <koc/journal/event.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// An id whose kind says what it names: `struct offer_kind { static constexpr char const* noun =
/// "offer"; using record = offer_record; };`
template <typename Id>
concept named_id = is_id<Id> && requires {
    Id::kind::noun;
    typename Id::kind::record;
};

/// Something that is still to be settled: `offer 12`, by an instant.
struct pending_item {
    char const* noun;
    std::uint64_t id;
    instant at;
};

/// The state of all aspects, for reading.
class world_view {
public:
    world_view(detail::core const& in, instant now, actor by) : core_{&in}, now_{now}, by_{by} {}

    /// The instant of the command, or of the event that is being applied.
    [[nodiscard]] instant now() const { return now_; }
    /// Who asked.
    [[nodiscard]] actor by() const { return by_; }
    /// Whether the command that is being decided was called by another one, a reaction or the
    /// passing of time, rather than sent. Not for `apply`, as no journal tells it.
    [[nodiscard]] bool called() const { return called_; }

    /// The record of an id, or null. O(1).
    template <named_id Id>
    [[nodiscard]] typename Id::kind::record const* find(Id id) const {
        return find_record<typename Id::kind::record>(id.value());
    }
    /// The record of an id that is known; where it is not, a misfit is thrown.
    template <named_id Id>
    [[nodiscard]] typename Id::kind::record const& at(Id id) const {
        auto const* found = find(id);
        if (found == nullptr) {
            throw_misfit(Id::kind::noun, id.value());
        }
        return *found;
    }
    /// The record of another kind under an id, or null:
    /// `find_record<attention_record>(member.value())`.
    template <typename Record>
    [[nodiscard]] Record const* find_record(std::uint64_t id) const {
        return static_cast<Record const*>(record_at(key_of<Record>, id));
    }
    /// The aspect, which the programme has.
    template <typename Aspect>
    [[nodiscard]] Aspect const& aspect() const {
        return *static_cast<Aspect const*>(aspect_at(key_of<Aspect>));
    }
    /// The rules as they were adopted, or null where they never were.
    template <typename Rules>
    [[nodiscard]] Rules const* adopted_rules() const {
        return static_cast<Rules const*>(record_at(key_of<Rules>, 0));
    }
    /// What is on an agenda, under an id of its own, and names this id in its record, the earliest
    /// of the first aspect; nothing where all that names it has ended. What only runs out is left
    /// out, see `agenda::due_of`. O(all entries, and their records).
    template <named_id Id>
    [[nodiscard]] std::optional<pending_item> pending(Id id) const {
        return pending_raw(key_of<Id>, id.value());
    }
    /// All that is held about a person as canonical text: {"roster.people_":[...],...}, from each
    /// container with records or a value that name them or have words of theirs, as
    /// `append_about` writes them. O(state).
    template <named_id Id>
    [[nodiscard]] std::string held_about(Id id) const {
        return held_about_raw(key_of<Id>, id.value());
    }
    /// Whether something is kept under the id of a person, or words of theirs are; not where others
    /// only name them. O(state).
    template <named_id Id>
    [[nodiscard]] bool keeps(Id id) const {
        return keeps_raw(key_of<Id>, id.value());
    }
    /// The first objection to a question: every aspect that reviews it is asked, in their order.
    template <typename Question>
    [[nodiscard]] result<void> review(Question const& question) const {
        return review_raw(key_of<Question>, &question);
    }

private:
    [[nodiscard]] void const* aspect_at(type_key aspect) const;
    [[nodiscard]] void const* record_at(type_key record, std::uint64_t id) const;
    [[nodiscard]] result<void> review_raw(type_key question, void const* value) const;
    [[nodiscard]] std::optional<pending_item> pending_raw(type_key kind, std::uint64_t id) const;
    [[nodiscard]] std::string held_about_raw(type_key kind, std::uint64_t id) const;
    [[nodiscard]] bool keeps_raw(type_key kind, std::uint64_t id) const;

    detail::core const* core_;
    instant now_;
    actor by_;
    bool called_ = false;
    friend class detail::core;
};

/// A world in which things happen: what is recorded is applied, reviewed and answered at once. A
/// refusal sticks: the whole command is then refused and takes back everything.
class command_context : public world_view {
public:
    command_context(
        detail::core& in, instant now, actor by, std::vector<event>& made, bool time = false)
        : world_view{in, now, by}, acting_{&in}, made_{&made}, time_{time} {}
    command_context(command_context const&) = delete;
    command_context& operator=(command_context const&) = delete;

    /// Records events that form one fact: all are applied before anybody reviews or answers them.
    template <typename... E>
    void record(E... happened) {
        event all[] = {event::of(std::move(happened))...};
        record_all(all, sizeof...(E));
    }
    /// Decides another command as part of this one. Refused, it has left nothing behind.
    template <typename C>
    [[nodiscard]] result<void> call(C const& command) {
        return call_raw(command_type_of<C>, &command);
    }
    /// Refuses the whole command; the first refusal counts. What happens because time passed cannot
    /// be refused, but a command that it calls can.
    void refuse(error why) {
        if (!refusal_ && (!time_ || calls_ != 0)) {
            refusal_ = std::move(why);
        }
    }
    [[nodiscard]] bool refused() const { return refusal_.has_value(); }
    /// Rules as they were adopted. Where they never were there are none, and the command is
    /// refused; what happens because time passed goes on.
    template <typename Rules>
    [[nodiscard]] Rules const* needed_rules() {
        auto const* held = adopted_rules<Rules>();
        if (held == nullptr) {
            auto const name = std::string{type_name<Rules>()};
            refuse({errc::not_qualified, name,
                "expected rules that were adopted; send adopt_" + name + " first, in C++ adopt<" +
                    name + '>'});
        }
        return held;
    }

private:
    void record_all(event* all, std::size_t count);
    result<void> call_raw(command_type const& type, void const* command);

    detail::core* acting_;
    std::vector<event>* made_;
    std::optional<error> refusal_;
    std::size_t depth_ = 0;
    std::size_t calls_ = 0;     ///< commands that are being decided
    std::size_t recording_ = 0; ///< calls of `record` that have not returned
    bool time_;                 ///< what happens because time passed cannot be vetoed
    friend class detail::core;
};

} // namespace koc
