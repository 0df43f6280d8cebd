// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where the journals of several brands lie side by side: SQLite files of one folder, and logs of
// one PostgreSQL database. What tests of brands try, they try on both.

#include <koc/journal/lineage.hpp>
#include <koc/standard/engine.hpp>
#include <koc/store/postgres.hpp>
#include <koc/store/sqlite.hpp>

#include "store/postgres_fixture.hpp"
#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace koc_test {

/// Somewhere that journals of several brands are kept.
struct shelf {
    std::string kind;
    std::function<koc::result<koc::any_journal>(std::string const& brand)> open;
    /// Everything that the brand's journal holds, as it is stored.
    std::function<koc::result<std::vector<koc::log_record>>(std::string const& brand)> records;
    /// What `expect_lineage` says of the brand's journal.
    std::function<koc::result<void>(std::string const& brand, koc::journal_head known)> expect;
};

template <typename Open>
shelf shelf_of(std::string kind, Open open) {
    return {std::move(kind),
        [open](std::string const& brand) -> koc::result<koc::any_journal> {
            auto journal = open(brand);
            if (!journal) {
                return std::move(journal).error();
            }
            return koc::any_journal{*std::move(journal)};
        },
        [open](std::string const& brand) -> koc::result<std::vector<koc::log_record>> {
            auto journal = open(brand);
            std::vector<koc::log_record> all;
            auto const read = journal ? journal->log().read(0, 1'000'000, all)
                                      : koc::result<void>{journal.error()};
            return read ? koc::result<std::vector<koc::log_record>>{std::move(all)}
                        : koc::result<std::vector<koc::log_record>>{read.error()};
        },
        [open](std::string const& brand, koc::journal_head known) -> koc::result<void> {
            auto journal = open(brand);
            return journal ? koc::expect_lineage(journal->log(), known)
                           : koc::result<void>{journal.error()};
        }};
}

class shelves {
public:
    shelves() {
        auto pattern = (fs::temp_directory_path() / "koc-brands-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        all_.push_back(shelf_of("SQLite",
            [in = folder_](auto const& brand) { return koc::open_sqlite_journal(in / brand); }));
        if (auto* const server = shared_postgres()) {
            auto const options = in_schema(fresh_schema());
            all_.push_back(
                shelf_of("PostgreSQL", [options, at = server->connection()](auto const& brand) {
                    return koc::open_postgres_journal(at, brand, options);
                }));
        }
    }
    shelves(shelves const&) = delete;
    shelves& operator=(shelves const&) = delete;
    ~shelves() { fs::remove_all(folder_); }

    [[nodiscard]] std::vector<shelf> const& all() const { return all_; }

private:
    fs::path folder_;
    std::vector<shelf> all_;
};

inline koc::engine programme_of(shelf const& on, std::string const& brand) {
    auto journal = on.open(brand);
    if (!journal) {
        FAIL(told(journal.error()));
    }
    return koc::engine{*std::move(journal)};
}

inline koc::enrol person(std::uint64_t id, std::string name) {
    return {koc::member_id{id}, {id, std::move(name)}, {koc::source::open}, {}};
}
inline koc::asked at(std::int64_t ms, std::string request) {
    return {koc::instant{ms}, {}, std::move(request)};
}

} // namespace koc_test
