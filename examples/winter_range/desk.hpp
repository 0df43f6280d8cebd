// SPDX-License-Identifier: BSL-1.0
#pragma once

// The programme's desk: what a host keeps beside the engine. The engine owns what happened; the
// desk owns the clock, the data files, the page, and the words for names.

#include "data.hpp"
#include "print.hpp"

#include <koc/core/civil.hpp>
#include <koc/standard/engine.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace winter_range {

/// The story cannot go on. Thrown by this host, never by the library: a refusal that the host did
/// not expect is its mistake, or its data's.
struct ended_early : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline std::string to_string(koc::error const& why) { return why.subject + ": " + why.expected; }

class desk {
public:
    /// `journal` is the engine's own, opened once more to read in it.
    desk(koc::engine& engine, koc::any_journal journal, folder& files, winter_range::page& page)
        : engine_{&engine}, journal_{std::move(journal)}, files_{&files}, page_{&page} {
        for (auto const* rows : {&files.regions, &files.tags}) {
            for (auto const& row : *rows) {
                tag_names_.emplace(row.facet + ':' + row.key, &row.name);
            }
        }
        for (auto const* rows : {&files.members, &files.prospects}) {
            for (auto const& row : *rows) {
                people_.emplace(row.id, &row);
            }
        }
    }

    koc::engine& engine() { return *engine_; }
    winter_range::page& page() { return *page_; }
    folder& files() { return *files_; }

    // The clock: the story's own time, because the library asks for none and a replay must see the
    // same.

    [[nodiscard]] koc::instant now() const { return now_; }
    [[nodiscard]] std::string today() const { return day(now_); }
    [[nodiscard]] static std::string day(koc::instant t) {
        return koc::to_iso8601(t).substr(0, 10);
    }
    /// Lets time pass, and everything happen that is due by then.
    void pass(koc::duration time) {
        now_ = now_ + time;
        if (auto const done = engine_->advance({now_}); !done) {
            throw ended_early{to_string(done.error())};
        }
    }

    // Commands and questions

    /// Gives the engine a command that may be refused.
    template <typename Command>
    koc::result<koc::receipt> tell(Command const& command) {
        return engine_->handle(command, {now_});
    }
    /// Gives the engine a command that the story needs.
    template <typename Command>
    void must(Command const& command) {
        if (auto const done = tell(command); !done) {
            throw ended_early{to_string(done.error())};
        }
    }
    /// The answer to a question that the story needs.
    template <typename Query>
    [[nodiscard]] typename Query::answer ask(Query const& query) const {
        auto answer = engine_->ask(query, {now_});
        if (!answer) {
            throw ended_early{to_string(answer.error())};
        }
        return *std::move(answer);
    }
    /// The records of a kind of which `wanted` is true, in order of arrival, as they are now.
    template <typename Record, typename Wanted>
    [[nodiscard]] std::vector<Record> all(Wanted&& wanted) const {
        std::vector<Record> found;
        engine_->each<Record>([&](Record const& record) {
            if (wanted(record)) {
                found.push_back(record);
            }
        });
        return found;
    }
    /// The newest event of a type of which `wanted` is true. A record says what is, an event how it
    /// came about.
    template <typename Event, typename Wanted>
    [[nodiscard]] std::optional<Event> newest(Wanted&& wanted) {
        std::vector<koc::envelope> read;
        if (auto const done = journal_.read(
                0, (std::numeric_limits<std::size_t>::max)(), engine_->is().types, read);
            !done) {
            throw ended_early{to_string(done.error())};
        }
        std::optional<Event> found;
        for (auto const& recorded : read) {
            for (auto const& event : recorded.events) {
                auto const* happened = event.get_if<Event>();
                if (happened != nullptr && wanted(*happened)) {
                    found = *happened;
                }
            }
        }
        return found;
    }

    // Names

    [[nodiscard]] std::string text(bilingual const& said) const {
        return page_->in() == language::en ? said.en : said.zh;
    }
    [[nodiscard]] std::string word(std::string_view name) const {
        auto const known = std::string{word_for(name).in(page_->in())};
        return known.empty() ? std::string{name} : known;
    }
    template <koc::described_enum Enum>
    [[nodiscard]] std::string word(Enum value) const {
        return word(koc::name_of(value));
    }
    [[nodiscard]] std::string person(koc::member_id who) const {
        auto const it = people_.find(who);
        return it == people_.end() ? koc::subject("member", who) : text(it->second->name);
    }
    [[nodiscard]] std::string home(koc::member_id who) const {
        auto const it = people_.find(who);
        return it == people_.end() ? std::string{} : tag({"region", it->second->home});
    }
    [[nodiscard]] std::string tag(koc::tag_name const& name) const {
        auto const it = tag_names_.find(to_string(name));
        return it == tag_names_.end() ? word(name.key) : text(*it->second);
    }
    [[nodiscard]] std::string tag(koc::tag_id which) const { return tag(tags().name(which)); }
    [[nodiscard]] std::string yuan(koc::money amount) const;
    [[nodiscard]] std::string list(std::vector<std::string> const& parts) const;
    /// A requirement in words.
    [[nodiscard]] std::string words(koc::requirement const& r) const;
    /// A refusal in words.
    [[nodiscard]] std::string words(koc::error const& why) const {
        return page_->words(phrases::refused, word(why.code), why.subject, why.expected);
    }

    // What many chapters ask

    [[nodiscard]] koc::taxonomy const& tags() const { return engine_->tags(); }
    /// A tag that the story needs.
    [[nodiscard]] koc::tag_id find(std::string const& facet, std::string const& key) const {
        auto const found = tags().find(facet, key);
        if (!found) {
            throw ended_early{
                "tag " + facet + ':' + key + ": expected it in the data; add it to tags.csv"};
        }
        return *found;
    }
    /// The rules of a type, as the journal adopted them.
    template <typename Rules>
    [[nodiscard]] Rules const& rules() const {
        auto const* adopted = engine_->rules<Rules>();
        if (adopted == nullptr) {
            throw ended_early{"rules: expected a journal that begins with them"};
        }
        return *adopted;
    }
    /// How many people stand in each stage, in the order of the enum.
    [[nodiscard]] std::vector<std::int64_t> count() const { return ask(koc::count_stages{}); }
    [[nodiscard]] std::size_t members() const {
        std::size_t n = 0;
        engine_->each<koc::member_record>([&](koc::member_record const&) { ++n; });
        return n;
    }
    [[nodiscard]] std::vector<koc::offer_record> offers_of(koc::task_id task) const {
        return all<koc::offer_record>([&](auto const& offer) { return offer.task == task; });
    }
    [[nodiscard]] std::vector<koc::submission_record> work_on(koc::task_id task) const {
        return all<koc::submission_record>([&](auto const& work) { return work.task == task; });
    }

private:
    koc::engine* engine_;
    koc::any_journal journal_;
    folder* files_;
    winter_range::page* page_;
    koc::instant now_{1'761'958'800'000}; ///< 2025-11-01T01:00:00Z, a Saturday morning in China
    boost::unordered_flat_map<std::string, bilingual const*> tag_names_;
    boost::unordered_flat_map<koc::member_id, person_row const*> people_;
};

/// `12,345`.
std::string grouped(std::int64_t n);
/// A score with two decimals, or as points of a hundred.
std::string decimal(koc::score s);
std::string points(koc::score s);
/// A bar for `n` in a picture whose largest number is `most`, of at most `room` marks.
std::string bar(std::int64_t n, std::int64_t most, std::int64_t room, char mark = '#');

} // namespace winter_range
