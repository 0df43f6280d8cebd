// SPDX-License-Identifier: BSL-1.0
#include "fuzz/lending.hpp"

#include <koc/core/try.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/instantiate.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/registry/registry.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/links.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include "fuzz/targets.hpp"

namespace lending {

namespace {

class readers : public koc::aspect<readers> {
public:
    using events = koc::event_list<joined, vouched, forgotten>;
    using commands = koc::command_list<join, vouch, forget>;
    using erases = koc::record_list<forgotten_record>;
    using follows = koc::event_list<lent, brought_back>;
    using columns = koc::column_list<koc::column_of<"borrowed", &reader_record::borrowed>>;

    koc::result<void> decide(join const& command, context& in) const {
        if (readers_.contains(command.reader)) {
            return koc::error{koc::errc::already_exists, subject("reader", command.reader),
                "expected a new id; choose another"};
        }
        in.record(joined{command.reader, command.name});
        return {};
    }
    static constexpr auto guards(vouch const*) {
        return koc::require(koc::known<&vouch::reader>, koc::known<&vouch::whom>);
    }
    koc::result<void> decide(vouch const& command, context& in) const {
        KOC_TRY(vouches_.check(command.reader, command.whom, {2, 2, true}));
        in.record(vouched{command.reader, command.whom});
        return {};
    }
    static constexpr auto guards(forget const*) {
        return koc::require(koc::known<&forget::reader>);
    }
    koc::result<void> decide(forget const& command, context& in) const {
        in.record(forgotten{command.reader});
        return {};
    }
    void apply(joined const& event, world const&) {
        readers_.insert({event.reader, event.name, {}, 0});
    }
    void apply(vouched const& event, world const&) { vouches_.link(event.reader, event.whom); }
    void apply(forgotten const& event, world const&) { forgotten_.insert({event.reader}); }
    void apply(lent const& event, world const&) {
        readers_.update(event.reader, [](reader_record& reader) { ++reader.borrowed; });
    }
    void apply(brought_back const& event, world const& in) {
        readers_.update(in.at(event.book).holder, [](reader_record& reader) { --reader.borrowed; });
    }

private:
    koc::registry<reader_record> readers_;
    koc::links<reader_id> vouches_{"reader", "reader"};
    koc::table<forgotten_record> forgotten_;
    BOOST_DESCRIBE_CLASS(readers, (), (), (), (readers_, vouches_, forgotten_))
};

class books : public koc::aspect<books> {
public:
    using events = koc::event_list<shelved, lent, brought_back, lost>;
    using commands = koc::command_list<shelve, lend, bring_back>;
    using queries = koc::query_list<who_has, books_of>;
    using rules = lending_rules;

    koc::result<void> decide(shelve const& command, context& in) const {
        if (books_.contains(command.book)) {
            return koc::error{koc::errc::already_exists, subject("book", command.book),
                "expected a new id; choose another"};
        }
        in.record(shelved{command.book, command.title, command.worth});
        return {};
    }
    static constexpr auto guards(lend const*) {
        return koc::require(koc::known<&lend::reader>,
            koc::has_value<&lend::book, &book_record::state, book_state::shelved>);
    }
    koc::result<void> decide(lend const& command, context& in) const {
        if (in.at(command.reader).borrowed >= in.rules<rules>().books_max) {
            return koc::error{koc::errc::no_capacity, subject("reader", command.reader),
                "expected fewer books; bring one back"};
        }
        in.record(lent{command.book, command.reader});
        return {};
    }
    static constexpr auto guards(bring_back const*) {
        return koc::require(
            koc::has_value<&bring_back::book, &book_record::state, book_state::lent>);
    }
    koc::result<void> decide(bring_back const& command, context& in) const {
        in.record(brought_back{command.book});
        return {};
    }
    void due(book_id book, context& in) const { in.record(lost{book}); }

    void apply(shelved const& event, world const&) {
        books_.insert({event.book, event.title, {}, {}, {}, event.worth, {}});
        titles_.update([&](std::vector<std::string>& all) { all.push_back(event.title); });
    }
    void apply(lent const& event, world const& in) {
        books_.update(event.book, [&](book_record& book) {
            book.state = book_state::lent;
            book.holder = event.reader;
            book.lent.emplace_back(event.reader, in.now());
        });
        back_.put(event.book, in.now() + in.rules<rules>().lent_for);
    }
    void apply(brought_back const& event, world const&) {
        books_.update(event.book, [](book_record& book) { book.state = book_state::shelved; });
        back_.drop(event.book);
    }
    void apply(lost const& event, world const&) {
        books_.update(event.book, [](book_record& book) { book.state = book_state::lost; });
        back_.drop(event.book);
    }

    koc::result<reader_record> answer(who_has const& query, world const& in) const {
        return in.at(books_[query.book].holder);
    }
    koc::result<std::vector<std::string>> answer(books_of const& query, world const&) const {
        std::vector<std::string> titles;
        for (auto const& book : books_.all<by_holder>(query.reader)) {
            titles.push_back(book.title);
        }
        return titles;
    }

private:
    using by_holder = koc::by<&book_record::holder, &book_record::state>;

    koc::table<book_record, by_holder> books_;
    koc::agenda<book_id> back_;
    koc::single<std::vector<std::string>> titles_;
    BOOST_DESCRIBE_CLASS(books, (), (), (), (books_, back_, titles_))
};

struct bag {
    lending_rules books;
};
BOOST_DESCRIBE_STRUCT(bag, (), (books))
struct programme {
    using rules = bag;
    using aspects = koc::aspect_list<koc::tag_library, readers, books>;
};

} // namespace

koc::engine engine_over(koc::any_journal journal) {
    return koc::engine::of<programme>(std::move(journal));
}

void tell(koc::engine& of) {
    koc::asked with{koc::instant{1'700'000'000'000}, {koc::actor_kind::employee, 3}, {}};
    auto const send = [&](auto const& command) {
        with.request = "request " + std::to_string(of.head().position);
        auto const done = of.handle(command, with);
        koc_fuzz::promise(done.has_value(), "a history is told");
    };
    for (std::uint64_t i = 1; i <= 4; ++i) {
        send(join{reader_id{i}, {i, "Reader " + std::to_string(i)}, {}});
        send(shelve{book_id{i}, "Book " + std::to_string(i), koc::percent(40), false, {}});
    }
    send(vouch{reader_id{1}, reader_id{2}});
    send(vouch{reader_id{2}, reader_id{3}});
    for (std::uint64_t i = 1; i <= 3; ++i) {
        send(lend{book_id{i}, reader_id{i}});
    }
    send(bring_back{book_id{2}});
    send(lend{book_id{2}, reader_id{3}});
    send(forget{reader_id{4}});
    with.now = with.now + koc::days(15); // all that is lent is lost by now
    koc_fuzz::promise(of.advance(with).has_value(), "time passes");
    send(lend{book_id{4}, reader_id{1}});
}

} // namespace lending

template koc::programme_parts koc::include_instantiate_hpp<lending::programme>();
