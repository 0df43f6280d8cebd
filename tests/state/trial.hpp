// SPDX-License-Identifier: BSL-1.0
#pragma once

// Runs a random program of changes on a state of many containers and compares it, change by change
// and scope by scope, with a model that is copied instead of undone. The containers are a
// parameter, so that the trial itself is tried on containers with a flaw (mutants.hpp).

#include "state/change_observer.hpp"
#include "support/allocation.hpp"

#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/container.hpp>
#include <koc/state/links.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace state_test {

namespace allocation = koc_test::allocation;

using item_id = koc::id<struct item_kind>;
using owner_id = koc::id<struct owner_kind>;

enum class phase : signed char { lost = -1, open, done };
BOOST_DESCRIBE_ENUM(phase, lost, open, done)

/// Counts its live instances.
struct counted {
    counted() noexcept { ++live; }
    counted(counted const&) noexcept { ++live; }
    counted& operator=(counted const&) = default;
    ~counted() { --live; }
    friend bool operator==(counted const&, counted const&) { return true; }

    inline static std::ptrdiff_t live = 0;
};

struct item {
    item_id id;
    owner_id owner;
    phase stage = phase::open;
    std::int32_t weight = 0;
    koc::instant due;
    std::string text;
    counted instance;

    friend bool operator==(item const&, item const&) = default;
};
BOOST_DESCRIBE_STRUCT(item, (), (id, owner, stage, weight, due, text))

using by_owner = koc::by<&item::owner>;
using by_stage = koc::by<&item::stage, &item::weight>;
using by_due = koc::by<&item::due>;

struct remark {
    std::int64_t number = 0;
    std::string text;

    friend bool operator==(remark const&, remark const&) = default;
};
BOOST_DESCRIBE_STRUCT(remark, (), (number, text))

/// What a change throws in its middle.
struct interruption {};

/// A change of some members of an item; it may throw between two of them.
struct edit {
    unsigned members = 0;
    item now;
    bool interrupted = false;

    void operator()(item& it) {
        if ((members & 1U) != 0) {
            it.owner = now.owner;
        }
        if ((members & 2U) != 0) {
            it.text.swap(now.text);
        }
        if ((members & 4U) != 0) {
            it.stage = now.stage;
        }
        if (interrupted) {
            throw interruption{};
        }
        if ((members & 8U) != 0) {
            it.weight = now.weight;
        }
        if ((members & 16U) != 0) {
            it.due = now.due;
        }
    }
};

/// A container that remembers at each of its changes how the others were then, and when that is
/// undone expects them to be so again: all that came later must have been undone before.
class witness final : public koc::container {
public:
    witness(koc::digest (*others)(void const*), void const* of) : others_{others}, of_{of} {}

    void look() {
        if (prepare()) {
            koc::undo_log::make_room(seen_);
            seen_.push_back(others_(of_));
            note();
        }
    }
    [[nodiscard]] bool surprised() const { return surprised_; }

    void digest_into(koc::hasher&) const override {}
    void write_into(std::string&) const override {}
    void undo() noexcept override {
        surprised_ = surprised_ || seen_.back() != others_(of_);
        seen_.pop_back();
    }
    void settle() noexcept override { seen_.clear(); }

private:
    koc::digest (*others_)(void const*);
    void const* of_;
    std::vector<koc::digest> seen_;
    bool surprised_ = false;
};

/// The containers that koc has, attached to one log.
struct containers {
    template <typename Record, typename... Keys>
    using table = koc::table<Record, Keys...>;

    class log {
    public:
        void attach(koc::container& to) { to.attach(log_); }

        class scope : public koc::undo_scope {
        public:
            explicit scope(log& of) : undo_scope{of.log_} {}
        };

    private:
        koc::undo_log log_;
    };
};

/// What the state should be.
struct model {
    std::array<std::vector<item>, 4> tables; ///< in order of arrival
    std::int64_t sum = 0;
    remark last;
    std::set<std::pair<std::uint64_t, std::uint64_t>> above;
    std::set<std::pair<std::uint64_t, std::uint64_t>> held;
    std::map<std::uint64_t, koc::instant> due;
    std::map<std::uint64_t, koc::instant> calls;

    [[nodiscard]] item* find(std::size_t table, item_id id) {
        auto const at = std::find_if(tables[table].begin(), tables[table].end(),
            [&](item const& held_here) { return held_here.id == id; });
        return at == tables[table].end() ? nullptr : &*at;
    }
};

template <typename Containers>
class trial {
public:
    trial()
        : witness_{[](void const* of) { return static_cast<trial const*>(of)->digest(); }, this} {
        each_container([&](koc::container& c) { log_.attach(c); });
        log_.attach(witness_);
        std::size_t t = 0;
        each_table([&](auto& table) {
            mirrors_[t].of = this;
            mirrors_[t].table = t;
            expect(table.observe(mirrors_[t]), "a table can be observed");
            ++t;
        });
    }

    trial(trial const&) = delete;
    trial& operator=(trial const&) = delete;

    /// The first thing that is not as it should be.
    std::optional<std::string> run(std::span<std::uint64_t const> program) {
        for (auto word : program) {
            step(dice{word});
            if (complaint_) {
                return complaint_;
            }
        }
        dice last{program.size()};
        while (!open_.empty() && !complaint_) {
            last.below(2) == 0 ? keep() : take_back(last.below(2) == 0);
        }
        compare();
        return complaint_;
    }

private:
    /// SplitMix64 (Steele, Lea, Flood 2014).
    struct dice {
        std::uint64_t state;
        std::uint64_t below(std::uint64_t bound) {
            auto mixed = state += 0x9e37'79b9'7f4a'7c15U;
            mixed = (mixed ^ mixed >> 30U) * 0xbf58'476d'1ce4'e5b9U;
            mixed = (mixed ^ mixed >> 27U) * 0x94d0'49bb'1331'11ebU;
            return (mixed ^ mixed >> 31U) % bound;
        }
    };
    /// A copy of a table that is kept through its reports alone.
    struct mirror final : koc_test::change_observer {
        void changed(std::uint64_t id, void const* record) noexcept override {
            allocation::unwatched const mine;
            if (record == nullptr) {
                held.erase(id);
            } else {
                held.insert_or_assign(id, *static_cast<item const*>(record));
            }
            of->reported({table, id});
        }
        trial* of = nullptr;
        std::size_t table = 0;
        std::map<std::uint64_t, item> held;
    };
    using report = std::pair<std::size_t, std::uint64_t>;

    void expect(bool holds, char const* says) {
        if (!holds && !complaint_) {
            complaint_ = says;
        }
    }
    template <typename Visit>
    void each_table(Visit&& visit) {
        std::apply([&](auto&... table) { (visit(table), ...); }, tables_);
    }
    template <typename Visit>
    void with_table(std::size_t chosen, Visit&& visit) {
        std::size_t t = 0;
        each_table([&](auto& table) {
            if (t++ == chosen) {
                visit(table);
            }
        });
    }
    template <typename Visit>
    void each_container(Visit&& visit) {
        each_table(visit);
        visit(sum_), visit(last_), visit(above_), visit(held_), visit(due_), visit(calls_);
    }
    koc::digest digest() const {
        koc::hasher all;
        const_cast<trial*>(this)->each_container(
            [&](koc::container const& c) { c.digest_into(all); });
        return all.finish();
    }
    void reported(report const& it) {
        if (!taking_back_) {
            reports_.push_back(it);
        } else if (reports_.empty() || reports_.back() != it) {
            expect(false, "reports of what is undone come in the opposite order");
        } else {
            reports_.pop_back();
        }
    }

    // The program

    item some_item(dice& d) {
        item made;
        made.id = item_id{1 + d.below(12)};
        made.owner = owner_id{d.below(4)};
        made.stage = static_cast<phase>(static_cast<int>(d.below(3)) - 1);
        made.weight = static_cast<std::int32_t>(d.below(5)) - 2;
        made.due = {static_cast<std::int64_t>(d.below(5)) - 2};
        made.text.assign(d.below(40), static_cast<char>('a' + d.below(26)));
        return made;
    }
    /// Whether `change` came to its end; one that did not must have changed nothing.
    template <typename Change>
    bool attempt(dice& d, Change&& change) {
        auto const nth = d.below(3) == 0 ? 1 + d.below(4) : 0;
        try {
            allocation::failure const failing{nth};
            change();
            return true;
        } catch (std::bad_alloc const&) {
        } catch (interruption const&) {
        }
        failed_ = true;
        return false;
    }
    void change_model(std::size_t t, item_id id, edit change) {
        if (auto* held = now_.find(t, id)) {
            try {
                change(*held);
            } catch (interruption const&) {
            }
        }
    }

    void step(dice d) {
        failed_ = false;
        switch (d.below(16)) {
        case 0:
        case 1:
        case 2:
            insert(d);
            break;
        case 3:
        case 4:
            update(d, false);
            break;
        case 5:
            update(d, true);
            break;
        case 6:
            put(d);
            break;
        case 7:
            erase(d);
            break;
        case 8:
            set_single(d);
            break;
        case 9:
            link(d);
            break;
        case 10:
            plan(d);
            break;
        case 11:
            update_two(d);
            break;
        case 12:
        case 13:
            if (open_.size() < 4) {
                before_.push_back({now_, digest(), text(), reports_.size()});
                open_.push_back(std::make_unique<typename Containers::log::scope>(log_));
            }
            break;
        case 14:
            if (!open_.empty()) {
                keep();
            }
            break;
        default:
            // Half of the time an outer scope is dropped, as by an exception.
            for (auto left = std::min(open_.size(), d.below(2) == 0 ? 1 : 1 + d.below(4)); left > 0;
                 --left) {
                take_back(d.below(2) == 0);
            }
        }
        if (!open_.empty() && d.below(2) == 0) {
            witness_.look();
        }
        if (failed_ || d.below(8) == 0) {
            compare();
        }
    }
    void insert(dice& d) {
        auto made = some_item(d);
        auto const copy = made;
        auto const t = d.below(4);
        with_table(t, [&](auto& table) {
            bool inserted = false;
            if (attempt(d, [&] { inserted = table.insert(std::move(made)); })) {
                expect(inserted == (now_.find(t, copy.id) == nullptr), "an id is inserted once");
                if (inserted) {
                    now_.tables[t].push_back(copy);
                }
            }
        });
    }
    void update(dice& d, bool interrupted) {
        edit change{static_cast<unsigned>(d.below(32)), some_item(d), interrupted};
        auto const id = change.now.id;
        auto const copy = change;
        auto const t = d.below(4);
        with_table(t, [&](auto& table) {
            bool updated = false;
            auto const done = attempt(d, [&] { updated = table.update(id, change); });
            if (done) {
                expect(updated == (now_.find(t, id) != nullptr), "what is there is updated");
            }
            if (done || (open_.empty() && interrupted)) {
                change_model(t, id, copy);
            }
        });
    }
    void put(dice& d) {
        edit change{static_cast<unsigned>(d.below(32)), some_item(d), d.below(4) == 0};
        auto const id = change.now.id;
        auto const copy = change;
        auto const t = d.below(4);
        with_table(t, [&](auto& table) {
            auto const done = attempt(d, [&] { table.put(id, change); });
            if (done && now_.find(t, id) == nullptr) {
                now_.tables[t].emplace_back().id = id;
            }
            if (done || (open_.empty() && copy.interrupted)) {
                change_model(t, id, copy);
            }
        });
    }
    void erase(dice& d) {
        auto const id = item_id{1 + d.below(12)};
        auto const t = d.below(4);
        with_table(t, [&](auto& table) {
            bool erased = false;
            if (attempt(d, [&] { erased = table.erase(id); })) {
                auto& held = now_.tables[t];
                expect(erased == (std::erase_if(held, [&](auto& i) { return i.id == id; }) == 1),
                    "what is there is erased");
            }
        });
    }
    void set_single(dice& d) {
        auto const by = static_cast<std::int64_t>(d.below(100)) - 50;
        remark next{by, std::string(d.below(40), 'r')};
        auto const copy = next;
        switch (d.below(4)) {
        case 0:
            if (attempt(d, [&] { sum_.update([&](auto& sum) { sum += by; }); })) {
                now_.sum += by;
            }
            break;
        case 1:
            if (attempt(d, [&] { last_.set(std::move(next)); })) {
                now_.last = copy;
            }
            break;
        case 2:
            if (attempt(d, [&] { last_.update([&](auto& last) { last.number = by; }); })) {
                now_.last.number = by;
            }
            break;
        default:
            attempt(d, [&] {
                last_.update([&](auto& last) {
                    last.number = by;
                    throw interruption{};
                });
            });
        }
    }
    void link(dice& d) {
        std::pair const ends{1 + d.below(6), 1 + d.below(6)};
        item_id const from{ends.first};
        switch (d.below(4)) {
        case 0:
        case 1:
            if (attempt(d, [&] { above_.link(from, item_id{ends.second}); })) {
                now_.above.insert(ends);
            }
            if (attempt(d, [&] { held_.link(from, owner_id{ends.second}); })) {
                now_.held.insert(ends);
            }
            break;
        case 2:
            if (attempt(d, [&] { above_.unlink(from, item_id{ends.second}); })) {
                now_.above.erase(ends);
            }
            break;
        default:
            if (attempt(d, [&] { held_.unlink(from, owner_id{ends.second}); })) {
                now_.held.erase(ends);
            }
        }
    }
    void plan(dice& d) {
        auto const id = 1 + d.below(6);
        koc::instant const at{static_cast<std::int64_t>(d.below(20)) - 10};
        auto const drops = d.below(3) == 0;
        if (d.below(2) == 0) {
            if (attempt(d, [&] { drops ? due_.drop(item_id{id}) : due_.put(item_id{id}, at); })) {
                drops ? void(now_.due.erase(id)) : void(now_.due[id] = at);
            }
        } else if (attempt(d,
                       [&] { drops ? calls_.drop(owner_id{id}) : calls_.put(owner_id{id}, at); })) {
            drops ? void(now_.calls.erase(id)) : void(now_.calls[id] = at);
        }
    }
    /// A change of one table whose callback changes another, and a link.
    void update_two(dice& d) {
        auto const made = some_item(d);
        auto const other = some_item(d);
        auto& first = std::get<1>(tables_);
        auto& second = std::get<2>(tables_);
        first.update(made.id, [&](item& it) {
            it.owner = made.owner;
            second.put(other.id, [&](item& of_second) { of_second.weight = other.weight; });
            above_.link(made.id, other.id);
        });
        if (auto* held = now_.find(1, made.id)) {
            held->owner = made.owner;
            if (now_.find(2, other.id) == nullptr) {
                now_.tables[2].emplace_back().id = other.id;
            }
            now_.find(2, other.id)->weight = other.weight;
            now_.above.insert({made.id.value(), other.id.value()});
        }
    }

    void keep() {
        open_.back()->keep();
        open_.pop_back();
        before_.pop_back();
        closed();
    }
    void take_back(bool dropped) {
        auto const allocations = allocation::count();
        taking_back_ = true;
        if (!dropped) {
            open_.back()->take_back();
        }
        open_.pop_back();
        taking_back_ = false;
        expect(allocation::count() == allocations, "undoing allocates nothing");
        expect(!witness_.surprised(), "what came later is undone before, in all containers");
        auto& was = before_.back();
        expect(digest() == was.digest, "the digest is as it was");
        expect(text() == was.text, "the text is as it was");
        expect(reports_.size() == was.reports, "all that is undone is reported");
        now_ = std::move(was.all);
        before_.pop_back();
        compare();
        closed();
    }
    void closed() {
        if (!open_.empty()) {
            return;
        }
        reports_.clear();
        auto held = counted::live;
        for (std::size_t t = 0; t < 4; ++t) {
            held -= static_cast<std::ptrdiff_t>(now_.tables[t].size() + mirrors_[t].held.size());
        }
        each_table([&](auto& table) { held -= static_cast<std::ptrdiff_t>(table.size()); });
        expect(held == 0, "records that were erased are released when the outermost scope ends");
    }

    // The comparison

    std::string text() {
        std::string all;
        each_container([&](koc::container const& c) { c.write_into(all += '\n'); });
        return all;
    }
    /// The text of a table without the numbers of erased rows.
    static std::string records_in(std::string const& written) {
        std::string all;
        for (std::size_t i = 0; i < written.size(); ++i) {
            if (written[i] == '{') {
                auto const end = written.find('}', i);
                all += (all.empty() ? "" : ",") + written.substr(i, end + 1 - i);
                i = end;
            }
        }
        return '[' + all + ']';
    }
    template <typename Value>
    void compare_form(koc::container const& c, Value const& wanted) {
        std::string written;
        c.write_into(written);
        if constexpr (std::is_same_v<Value, std::vector<item>>) {
            written = records_in(written);
        }
        expect(written == koc::canonical_text(wanted), "the text is that of the content");
        koc::hasher taken;
        c.digest_into(taken);
        expect(taken.finish() == koc::digest_of(wanted), "the digest is that of the content");
    }
    template <typename Key, typename Table, typename... Part>
    void compare_key(Table const& table, std::vector<item> const& wanted, Part const&... part) {
        auto const range = Key::range(part...);
        std::vector<std::pair<koc::key_row, item const*>> sorted;
        for (auto const& it : wanted) {
            auto const key = Key::read(it);
            if (range.low <= key && key <= range.high) {
                sorted.push_back({key, &it});
            }
        }
        std::stable_sort(sorted.begin(), sorted.end(),
            [](auto const& a, auto const& b) { return a.first < b.first; });
        auto const found = table.template all<Key>(part...);
        expect(std::equal(found.begin(), found.end(), sorted.begin(), sorted.end(),
                   [](item const& a, auto const& b) { return a == *b.second; }),
            "all records of a key are found in order");
        expect(table.template count<Key>(part...) == sorted.size(), "a key counts its records");
        auto const* last = table.template last<Key>(part...);
        expect(sorted.empty() ? last == nullptr : last != nullptr && *last == *sorted.back().second,
            "the last record of a key is found");
    }
    /// A container that reads what another wrote holds the same.
    void reread(koc::container const& c, koc::container& fresh) {
        std::string written;
        c.write_into(written);
        koc::canonical_reader in{written};
        auto const read = fresh.read_from(in);
        expect(read.has_value() && in.ended(), "what was written is read");
        std::string again;
        fresh.write_into(again);
        expect(again == written, "what was read is written as it was");
        koc::hasher before;
        koc::hasher after;
        c.digest_into(before);
        fresh.digest_into(after);
        expect(before.finish() == after.finish(), "what was read has its digest");
        expect(fresh.row_count() == c.row_count(), "rows keep their numbers");
        for (std::size_t row = 0; row < c.row_count() && !complaint_; ++row) {
            expect((c.row_raw(row) == nullptr) == (fresh.row_raw(row) == nullptr),
                "a row that was erased stays so");
        }
    }
    template <typename... Keys>
    void reread_table(std::size_t t) {
        koc::table<item, Keys...> fresh;
        mirror seen;
        seen.of = this;
        seen.table = t;
        expect(fresh.observe(seen), "a table can be observed");
        auto const reports = reports_;
        auto const taking_back = std::exchange(taking_back_, false);
        with_table(t, [&](auto& table) { reread(table, fresh); });
        taking_back_ = taking_back;
        reports_ = reports;
        compare_table<Keys...>(t, fresh, seen);
    }
    void reread_all() {
        reread_table<>(0);
        reread_table<by_owner>(1);
        reread_table<by_owner, by_stage>(2);
        reread_table<by_owner, by_stage, by_due>(3);
        koc::single<std::int64_t> sum;
        koc::single<remark> last{remark{7, "before"}};
        koc::links<item_id> above{"item", "item"};
        koc::links<item_id, owner_id> held{"item", "owner"};
        koc::agenda<item_id> due;
        koc::agenda<owner_id> calls;
        reread(sum_, sum), reread(last_, last), reread(above_, above), reread(held_, held);
        reread(due_, due), reread(calls_, calls);
        expect(*sum == now_.sum && *last == now_.last, "a single has the value that it read");
        compare_links(above, now_.above, item_id{});
        compare_links(held, now_.held, owner_id{});
        compare_agenda(due, now_.due);
        compare_agenda(calls, now_.calls);
    }
    template <typename... Keys, typename Table>
    void compare_table(std::size_t t, Table const& table, mirror const& seen) {
        auto& wanted = now_.tables[t];
        expect(table.size() == wanted.size(), "a table counts its records");
        compare_form(table, wanted);
        std::size_t n = 0;
        table.for_each([&](item const& it) {
            expect(n < wanted.size() && it == wanted[n], "records stand in order of arrival");
            ++n;
        });
        for (std::uint64_t id = 0; id < 14; ++id) {
            auto const* found = table.find(item_id{id});
            auto const* in_model = now_.find(t, item_id{id});
            expect(in_model == nullptr ? found == nullptr
                                       : found != nullptr && *found == *in_model &&
                        table.contains(item_id{id}) && table.find_raw(id) == found,
                "a record is found under its id");
            auto const reflected = seen.held.find(id);
            expect(in_model == nullptr
                    ? reflected == seen.held.end()
                    : reflected != seen.held.end() && reflected->second == *in_model,
                "what is kept by an observer is as the table");
        }
        if constexpr ((std::is_same_v<Keys, by_owner> || ...)) {
            for (std::uint64_t owner = 0; owner < 5; ++owner) {
                compare_key<by_owner>(table, wanted, owner_id{owner});
            }
        }
        if constexpr ((std::is_same_v<Keys, by_stage> || ...)) {
            for (auto stage : {phase::lost, phase::open, phase::done}) {
                compare_key<by_stage>(table, wanted, stage);
                for (auto weight : {-3, -2, -1, 0, 1, 2}) {
                    compare_key<by_stage>(table, wanted, stage, weight);
                }
            }
        }
        if constexpr ((std::is_same_v<Keys, by_due> || ...)) {
            for (std::int64_t due = -3; due < 4; ++due) {
                compare_key<by_due>(table, wanted, koc::instant{due});
            }
        }
    }
    template <typename Links, typename To>
    void compare_links(
        Links const& links, std::set<std::pair<std::uint64_t, std::uint64_t>> const& wanted, To) {
        expect(links.size() == wanted.size(), "a relation counts its links");
        compare_form(links, wanted);
        for (std::uint64_t from = 1; from < 7; ++from) {
            std::vector<To> targets;
            std::vector<item_id> sources;
            for (std::uint64_t to = 1; to < 13; ++to) {
                auto const there = wanted.contains({from, to});
                expect(links.linked(item_id{from}, To{to}) == there, "a link is found");
                if (there) {
                    targets.push_back(To{to});
                }
                if (wanted.contains({to, from})) {
                    sources.push_back(item_id{to});
                }
            }
            expect(links.targets(item_id{from}) == targets, "links are found from their source");
            expect(links.sources(To{from}) == sources, "links are found from their target");
        }
    }
    template <typename Id>
    void compare_agenda(
        koc::agenda<Id> const& agenda, std::map<std::uint64_t, koc::instant> const& wanted) {
        std::vector<std::pair<koc::instant, std::uint64_t>> sorted;
        for (std::uint64_t id = 0; id < 7; ++id) {
            auto const at = wanted.find(id);
            expect(agenda.when(Id{id}) ==
                    (at == wanted.end() ? std::nullopt : std::optional{at->second}),
                "an agenda knows when");
            if (at != wanted.end()) {
                sorted.push_back({at->second, id});
            }
        }
        std::sort(sorted.begin(), sorted.end());
        expect(agenda.size() == sorted.size(), "an agenda counts its entries");
        compare_form(agenda, sorted);
        auto const next = agenda.next_due();
        expect(sorted.empty() ? !next
                              : next && next->at == sorted[0].first && next->id == sorted[0].second,
            "the earliest is due first");
    }
    void compare() {
        compare_table<>(0, std::get<0>(tables_), mirrors_[0]);
        compare_table<by_owner>(1, std::get<1>(tables_), mirrors_[1]);
        compare_table<by_owner, by_stage>(2, std::get<2>(tables_), mirrors_[2]);
        compare_table<by_owner, by_stage, by_due>(3, std::get<3>(tables_), mirrors_[3]);
        expect(*sum_ == now_.sum && *last_ == now_.last, "a single has its value");
        compare_form(sum_, now_.sum);
        compare_form(last_, now_.last);
        compare_links(above_, now_.above, item_id{});
        compare_links(held_, now_.held, owner_id{});
        compare_agenda(due_, now_.due);
        compare_agenda(calls_, now_.calls);
        if constexpr (std::is_same_v<Containers, containers>) {
            reread_all();
        }
    }

    struct snapshot {
        model all;
        koc::digest digest;
        std::string text;
        std::size_t reports;
    };

    typename Containers::log log_;
    std::tuple<typename Containers::template table<item>,
        typename Containers::template table<item, by_owner>,
        typename Containers::template table<item, by_owner, by_stage>,
        typename Containers::template table<item, by_owner, by_stage, by_due>>
        tables_;
    koc::single<std::int64_t> sum_;
    koc::single<remark> last_;
    koc::links<item_id> above_{"item", "item"};
    koc::links<item_id, owner_id> held_{"item", "owner"};
    koc::agenda<item_id> due_;
    koc::agenda<owner_id> calls_;
    witness witness_;
    std::array<mirror, 4> mirrors_;

    model now_;
    std::vector<snapshot> before_;
    std::vector<report> reports_;
    bool taking_back_ = false;
    bool failed_ = false;
    std::optional<std::string> complaint_;
    std::vector<std::unique_ptr<typename Containers::log::scope>> open_; ///< ended before all else
};

} // namespace state_test
