// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is behind the facade: an engine without the types of its programme and of its journal.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/message.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/journal/sealer.hpp>
#include <koc/state/container.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

struct retraced;

/// Rules whose values differ from those of the host's bag.
struct differing_rules {
    std::string name;
    bool adopted =
        false; ///< false where the journal never recorded any; commands that read them are refused
};

/// The final answers of a group.
struct group_receipt {
    journal_head head;
    std::vector<result<receipt>> answers; ///< one a command, in their order
};

namespace detail {

/// What is behind an engine; see engine_over.
class engine_base {
public:
    virtual ~engine_base() = default;

    virtual result<receipt> handle(
        command_type const& type, void const* command, asked const& with) = 0;
    virtual result<std::vector<event>> preview(
        command_type const& type, void const* command, asked const& with) = 0;
    virtual std::vector<error> failing(
        command_type const& type, void const* command, asked const& with) = 0;
    virtual result<void> ask(
        query_type const& type, void const* query, asked const& with, void* into) = 0;
    virtual result<void> advance(asked const& with) = 0;
    virtual result<void> catch_up(std::uint64_t until) = 0;
    /// With texts opened.
    virtual result<void> read(
        std::uint64_t from, std::size_t limit, std::vector<envelope>& out) = 0;
    [[nodiscard]] virtual any_journal& journal() = 0;
    virtual void open_group() = 0;
    virtual result<group_receipt> commit_group() = 0;
    virtual void drop_group() = 0;
    /// What an open group has become so far.
    [[nodiscard]] virtual std::vector<batch> const& pending() const = 0;
    /// The same programme, with the same bag of rules, over another journal.
    /// It seals and opens with the sealer of this one, and forgets no key.
    [[nodiscard]] virtual std::unique_ptr<engine_base> over(any_journal other) = 0;
    /// See koc/engine/what_if.hpp; this is the baseline.
    virtual result<void> retrace(
        engine_base& history, std::uint64_t until, engine_base& varied, retraced& into) = 0;

    [[nodiscard]] virtual container const* container_of(type_key record) const = 0;
    [[nodiscard]] virtual digest state_digest() const = 0;
    virtual void write_state(std::string& out) const = 0;
    [[nodiscard]] virtual journal_head head() const = 0;
    [[nodiscard]] virtual instant last() const = 0;
    [[nodiscard]] virtual std::optional<instant> next_due() const = 0;
    [[nodiscard]] virtual std::vector<differing_rules> differing() const = 0;
    [[nodiscard]] virtual composition const& is() const = 0;

    // What a snapshot holds, see koc/engine/snapshot.hpp; not while a group is open.

    using container_visit = void (*)(
        void* with, std::string_view aspect, std::string_view name, container& held);
    using answer_visit = void (*)(void* with, std::string const& request, digest const& command,
        receipt const& given, instant at);
    virtual void each_container(container_visit visit, void* with) = 0;
    /// Of those that may be repeated, oldest first.
    virtual void each_answer(answer_visit visit, void* with) const = 0;
    virtual void put_answer(
        std::string const& request, digest const& command, receipt const& given, instant at) = 0;
    /// Requests from before it are forgotten.
    [[nodiscard]] virtual instant known_from() const = 0;
    /// The containers hold what the journal says up to `at`; `sealed`, whether texts of it were.
    virtual void stand_at(journal_head at, instant last, instant known_from, bool sealed) = 0;
    /// Back to before the first event; the next command reads the journal again.
    virtual void forget() = 0;

    virtual void seal_with(any_sealer sealer) = 0;
    [[nodiscard]] virtual any_sealer& sealer() = 0;
    [[nodiscard]] virtual std::vector<std::uint64_t> keys_to_forget() const = 0;
};

} // namespace detail

} // namespace koc
