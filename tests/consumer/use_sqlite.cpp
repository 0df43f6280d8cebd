// SPDX-License-Identifier: BSL-1.0

// A host of koc::sqlite: what was recorded is there when the file is opened again.

#include <koc/standard/engine.hpp>
#include <koc/store/sqlite.hpp>

#include <cstdio>
#include <utility>

int main() {
    char const* const file = "consumer.db";
    std::remove(file);
    koc::digest before;
    {
        auto journal = koc::open_sqlite_journal(file);
        if (!journal) {
            return 1;
        }
        koc::engine programme{std::move(*journal)};
        koc::enrol const li{koc::member_id{7}, {7, "Li"}, {koc::source::open}, {}};
        if (!programme.handle(li, {koc::instant{1}})) {
            return 1;
        }
        before = programme.state_digest();
    }
    auto journal = koc::open_sqlite_journal(file);
    if (!journal) {
        return 1;
    }
    koc::engine programme{std::move(*journal)};
    bool const replayed = programme.catch_up().has_value();
    return replayed && programme.state_digest() == before ? 0 : 1;
}
