// SPDX-License-Identifier: BSL-1.0
#pragma once

// The journals of earlier releases, which every later one reads: tests/journal/golden/, one line of
// canonical text a record, and beside each the digest of the state that it leads to. A journal of
// the present release is written by the test programs' hidden cases "[.golden]"; those of earlier
// releases are never written again, but where a release changes the state of an aspect, so does
// their digest.

#include <koc/journal/coded_journal.hpp>
#include <koc/json/decoder.hpp>
#include <koc/json/to_json.hpp>

#include "journal/journals.hpp"
#include "support/catch.hpp"
#include "support/golden_record.hpp"
#include "support/scenario.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace golden_test {

using koc_test::golden_record;
using coded = koc::coded_journal<journal_test::vector_log, koc::json_decoder>;

inline std::string golden_file(std::string const& name, char const* extension) {
    return "tests/journal/golden/" + name + extension;
}
/// The digest of the state to which a journal leads.
inline std::string golden_digest(std::string const& name) {
    auto text = koc_test::docs_page(golden_file(name, ".digest"));
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text;
}
inline journal_test::vector_log golden_log(std::string const& name) {
    journal_test::vector_log log;
    std::istringstream lines{koc_test::docs_page(golden_file(name, ".jsonl"))};
    for (std::string line; std::getline(lines, line);) {
        golden_record r;
        auto const read = koc::json_decoder{}.read(koc::shape_of<golden_record>, line, &r);
        REQUIRE(read.has_value());
        CHECK(koc::to_json_text(r) == line);
        log.rows->push_back({{r.at, r.told, r.by, r.writer, r.asked}, r.position, r.first, r.type,
            r.version, r.payload, r.chain});
    }
    return log;
}
inline void write_golden(
    std::string const& name, journal_test::vector_log const& log, koc::digest const& state) {
    auto const* told = std::getenv("KOC_SOURCE_DIR");
    auto const root = told != nullptr ? std::filesystem::path{told} : std::filesystem::path{"."};
    std::ofstream out{root / golden_file(name, ".jsonl"), std::ios::binary};
    for (auto const& r : *log.rows) {
        out << koc::to_json_text(golden_record{r.position, r.first, r.at, r.told, r.by, r.writer,
                   r.asked, r.type, r.version, r.payload, r.chain})
            << '\n';
    }
    std::ofstream{root / golden_file(name, ".digest"), std::ios::binary} << to_hex(state) << '\n';
}
/// That a log is, event for event, what a release wrote.
inline void check_golden(journal_test::vector_log const& log, std::string const& name) {
    auto const golden = golden_log(name);
    REQUIRE(log.rows->size() == golden.rows->size());
    for (std::size_t i = 0; i < log.rows->size(); ++i) {
        INFO("event " << i << ", " << (*log.rows)[i].type << ' ' << (*log.rows)[i].payload);
        CHECK((*log.rows)[i] == (*golden.rows)[i]);
    }
}

} // namespace golden_test
