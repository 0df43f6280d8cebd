// SPDX-License-Identifier: BSL-1.0
#pragma once

// A small programme with each kind of container: a library that lends books to readers. What is
// fuzzed are its snapshots, its journals and the tables it takes in; its aspects are in
// lending.cpp.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/engine.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lending {

struct reader_kind {
    static constexpr char const* noun = "reader";
    using record = struct reader_record;
};
using reader_id = koc::id<reader_kind>;
struct book_kind {
    static constexpr char const* noun = "book";
    using record = struct book_record;
};
using book_id = koc::id<book_kind>;

enum class book_state : std::uint8_t { shelved, lent, lost };
BOOST_DESCRIBE_ENUM(book_state, shelved, lent, lost)

// Records

struct reader_record {
    reader_id id;
    koc::personal_text name;
    koc::tag_set tags;
    std::int64_t borrowed = 0;
};
BOOST_DESCRIBE_STRUCT(reader_record, (), (id, name, tags, borrowed))
struct forgotten_record {
    reader_id id;
};
BOOST_DESCRIBE_STRUCT(forgotten_record, (), (id))
struct book_record {
    book_id id;
    std::string title;
    book_state state{};
    reader_id holder; ///< the last one
    std::vector<std::pair<reader_id, koc::instant>> lent;
    std::optional<koc::score> worth;
    koc::digest cover;
};
BOOST_DESCRIBE_STRUCT(book_record, (), (id, title, state, holder, lent, worth, cover))

// Commands

struct join {
    reader_id reader;
    koc::personal_text name;
    std::vector<std::string> wishes;
};
BOOST_DESCRIBE_STRUCT(join, (), (reader, name, wishes))
struct shelve {
    book_id book;
    std::string title;
    std::optional<koc::score> worth;
    bool rare = false;
    koc::instant printed;
};
BOOST_DESCRIBE_STRUCT(shelve, (), (book, title, worth, rare, printed))
struct lend {
    book_id book;
    reader_id reader;
};
BOOST_DESCRIBE_STRUCT(lend, (), (book, reader))
struct bring_back {
    book_id book;
};
BOOST_DESCRIBE_STRUCT(bring_back, (), (book))
struct vouch {
    reader_id reader;
    reader_id whom;
};
BOOST_DESCRIBE_STRUCT(vouch, (), (reader, whom))
struct forget {
    reader_id reader;
};
BOOST_DESCRIBE_STRUCT(forget, (), (reader))

// Events

struct joined {
    reader_id reader;
    koc::personal_text name;
};
BOOST_DESCRIBE_STRUCT(joined, (), (reader, name))
struct shelved {
    book_id book;
    std::string title;
    std::optional<koc::score> worth;
};
BOOST_DESCRIBE_STRUCT(shelved, (), (book, title, worth))
struct lent {
    book_id book;
    reader_id reader;
};
BOOST_DESCRIBE_STRUCT(lent, (), (book, reader))
struct brought_back {
    book_id book;
};
BOOST_DESCRIBE_STRUCT(brought_back, (), (book))
struct lost {
    book_id book;
};
BOOST_DESCRIBE_STRUCT(lost, (), (book))
struct vouched {
    reader_id reader;
    reader_id whom;
};
BOOST_DESCRIBE_STRUCT(vouched, (), (reader, whom))
struct forgotten {
    reader_id reader;
};
BOOST_DESCRIBE_STRUCT(forgotten, (), (reader))

// Rules and queries

struct lending_rules {
    std::int64_t books_max = 3;
    koc::duration lent_for = koc::days(14);
};
BOOST_DESCRIBE_STRUCT(lending_rules, (), (books_max, lent_for))
struct who_has {
    using answer = reader_record;
    book_id book;
};
BOOST_DESCRIBE_STRUCT(who_has, (), (book))
struct books_of {
    using answer = std::vector<std::string>;
    reader_id reader;
};
BOOST_DESCRIBE_STRUCT(books_of, (), (reader))

/// Over an own journal.
koc::engine engine_over(koc::any_journal journal);
/// A history in which every event happens.
void tell(koc::engine& of);

} // namespace lending
