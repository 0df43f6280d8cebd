// SPDX-License-Identifier: BSL-1.0
#pragma once

// What aspects keep their state in, as the engine sees it, and the log that takes changes back.
// Each change inside an open scope is noted in one log for the whole state, newest last; taking a
// scope back undoes the changes in exactly the opposite order, across containers. Undoing neither
// throws nor allocates.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

class container;

/// The changes since the outermost scope was opened. Scopes nest and are closed in the opposite
/// order.
class undo_log {
public:
    using mark = std::size_t;

    [[nodiscard]] bool recording() const { return open_ != 0; }
    /// The number of changes that can still be taken back.
    [[nodiscard]] std::size_t size() const { return steps_.size(); }

    /// Opens a scope; the mark says where it begins.
    [[nodiscard]] mark open() { return ++open_, steps_.size(); }
    /// Ends the innermost scope; its changes stay. Those of the outermost scope can then no longer
    /// be undone.
    void keep() noexcept;
    /// Ends the innermost scope, which began at `to`; its changes are taken back. O(changes).
    void take_back(mark to) noexcept;

    /// Makes room for one more note, so that `note` cannot fail.
    void prepare() { make_room(steps_); }
    /// Notes a change that has been made; room was made for it.
    void note(container& changed) noexcept { steps_.push_back(&changed); }

    /// Room for one more element, growing by doubling.
    template <typename T>
    static void make_room(std::vector<T>& in) {
        if (in.size() == in.capacity()) {
            in.reserve(in.empty() ? 8 : 2 * in.size());
        }
    }

private:
    void close() noexcept;

    std::vector<container*> steps_;
    std::size_t open_ = 0;
};

/// What is due, as the engine sees it.
struct due_item {
    instant at;
    std::uint64_t id = 0;
};

/// The ids on an agenda: what refusals call them, and the type of their records. Null and not valid
/// where nothing says so, or where an entry only runs out.
struct due_kind {
    char const* noun = nullptr;
    type_key record{};
};

/// Sees every change of a table's records, also those that are taken back; for what is derived from
/// them, such as a search index. Records and their ids are readable during each call.
class record_observer {
public:
    /// There is about to be a new record: makes room, so that `inserted` needs no memory, nor
    /// `inserted` of the same once more where it was erased and that is taken back. Throws where
    /// there is none, and then nothing has changed.
    virtual void inserting() {}
    /// There is a new record, or one that was erased is back.
    virtual void inserted(std::uint64_t id, void const* record) noexcept = 0;
    /// The record is about to change; where the change fails, it is as it was and `updated` does
    /// not follow.
    virtual void updating(std::uint64_t id, void const* record) noexcept = 0;
    virtual void updated(std::uint64_t id, void const* record) noexcept = 0;
    /// The record is about to go.
    virtual void erasing(std::uint64_t id, void const* record) noexcept = 0;

protected:
    ~record_observer() = default;
};

/// A part of an aspect's described state.
///
/// Requirements for a container of a host's own:
///   1. Each change calls `prepare()` first. Where that is true it keeps what `undo` needs, makes
///      the change, or throws and leaves all as it was, and then calls `note()`.
///   2. `undo()` takes back the newest change that was noted; it neither throws nor allocates.
///   3. `settle()` forgets what was kept for undoing and releases what was erased.
///   4. `digest_into` adds all that decides anything, in an order that is a function of the
///      changes alone.
///   5. Where it overrides `read_from`: a container that read what another wrote holds the same.
///   6. Where it holds personal texts it overrides `drop_text`, writes them in their canonical form
///      and leaves them out of its digest.
class container {
public:
    container() = default;
    container(container const&) = delete;
    container& operator=(container const&) = delete;
    virtual ~container() = default;

    virtual void digest_into(hasher& into) const = 0;
    /// Appends the state as canonical text: a list of records, or the value.
    virtual void write_into(std::string& out) const = 0;
    /// Reads what `write_into` wrote, into a container to which nothing has happened, outside of
    /// scopes; it cannot be taken back. Observers are told. Refused is other text, with the path
    /// to the trouble as its subject; the container is then to be thrown away.
    [[nodiscard]] virtual result<void> read_from(canonical_reader&) {
        return error{errc::wrong_state, {},
            "expected a container that reads what it wrote; override read_from, see "
            "docs/state.md#own"};
    }
    /// The form of a record or value in the text; null where only the container knows.
    [[nodiscard]] virtual shape const* form() const { return nullptr; }
    virtual void undo() noexcept = 0;
    virtual void settle() noexcept = 0;

    // What lookups across aspects need; see world::find.

    /// The type of the records, or of the value.
    [[nodiscard]] virtual type_key holds() const { return {}; }
    /// The record of an id, or null; a single value has any id. A replay also asks for ids that
    /// events name which are still to come: O(1), and it changes nothing and does not throw.
    [[nodiscard]] virtual void const* find_raw(std::uint64_t) const { return nullptr; }
    /// The record in a row, or null where it was erased; rows are in order of arrival.
    [[nodiscard]] virtual void const* row_raw(std::size_t) const { return nullptr; }
    [[nodiscard]] virtual std::size_t row_count() const { return 0; }
    /// The one value of a container that has no records, of the type of `form`; otherwise null.
    [[nodiscard]] virtual void const* value_raw() const { return nullptr; }
    /// What is due first, of an agenda that holds something.
    [[nodiscard]] virtual std::optional<due_item> next_due() const { return std::nullopt; }
    /// Has every later change of a record reported; false where there are no records.
    virtual bool observe(record_observer&) { return false; }
    /// Many changes follow: what is derived from records, such as a search index, need not follow
    /// each of them, and is made anew when it is asked next.
    virtual void expect_many() {}

    // Ids that are set aside: what is kept under them is found by id and stays in text and digest,
    // but stands in no list or search, and nothing of theirs is due. Which ones are is no part of
    // the container: it follows from records elsewhere, see `sets_aside` of koc::aspect.

    /// The type of the ids under which things are kept; not valid where there are none.
    [[nodiscard]] virtual type_key keyed_by() const { return {}; }
    /// Makes room for one more id, so that `set_aside` needs no memory. Throws where there is none,
    /// and then nothing has changed.
    virtual void expect_aside() {}
    /// Also before anything has the id. Room was made for it, now or before it was brought back.
    virtual void set_aside(std::uint64_t) noexcept {}
    virtual void bring_back(std::uint64_t) noexcept {}
    [[nodiscard]] virtual bool is_aside(std::uint64_t) const { return false; }

    /// Appends the links of an id, of a relation between ids, separated by commas: objects with
    /// both ends by their nouns, in which other ids of the same kind are 0.
    virtual void write_links_of(std::string&, type_key, std::uint64_t) const {}
    /// Empties all personal texts of a person; a change as any other.
    virtual void drop_text(std::uint64_t) {}

    /// What an entry of an agenda is about: the noun and the record of its kind of ids.
    [[nodiscard]] virtual due_kind due_of() const { return {}; }
    /// Calls `visit(with, entry)` for each entry of an agenda, the earliest first.
    virtual void each_due(void (*)(void* with, due_item entry), void*) const {}

    /// Where changes are noted. A container that belongs to no state has none and is changed
    /// freely.
    virtual void attach(undo_log& log) { log_ = &log; }

protected:
    /// Called before each change: whether it must be possible to take it back. May throw.
    [[nodiscard]] bool prepare() {
        if (log_ == nullptr || !log_->recording()) {
            return false;
        }
        log_->prepare();
        return true;
    }
    /// Called after a change for which `prepare` was true.
    void note() noexcept { log_->note(*this); }

private:
    undo_log* log_ = nullptr;
};

inline void undo_log::keep() noexcept { close(); }
inline void undo_log::take_back(mark to) noexcept {
    while (steps_.size() > to) {
        auto* const changed = steps_.back();
        steps_.pop_back();
        changed->undo();
    }
    close();
}
inline void undo_log::close() noexcept {
    KOC_EXPECTS(open_ != 0);
    if (--open_ == 0) {
        for (auto* changed : steps_) {
            changed->settle();
        }
        steps_.clear();
    }
}

/// An open scope of a log; what was not kept when it ends is taken back, also when an exception
/// ends it.
class undo_scope {
public:
    explicit undo_scope(undo_log& log) : log_{&log}, from_{log.open()} {}
    undo_scope(undo_scope const&) = delete;
    undo_scope& operator=(undo_scope const&) = delete;
    ~undo_scope() {
        if (log_ != nullptr) {
            log_->take_back(from_);
        }
    }
    void keep() { std::exchange(log_, nullptr)->keep(); }
    void take_back() { std::exchange(log_, nullptr)->take_back(from_); }

private:
    undo_log* log_;
    undo_log::mark from_;
};

} // namespace koc
