// SPDX-License-Identifier: BSL-1.0

// A host of koc::exchange: people come in from a file, and go out again.

#include <koc/exchange/export.hpp>
#include <koc/exchange/import.hpp>
#include <koc/standard/engine.hpp>

#include <sstream>
#include <string>

int main() {
    std::string const file = "member,name,sources,tags\r\n7,Li,open,\r\n8,\"Wu, Ice\",owned,\r\n";
    koc::engine programme{koc::memory_journal{}};
    auto const table = koc::members_table();
    koc::csv_rows rows{
        koc::csv_reader{koc::text_source{file}}, table.form, programme.tags()};
    koc::import_options options;
    options.with.now = koc::instant{1};
    auto const report = koc::import_rows(programme, rows, table, options);

    std::ostringstream out;
    koc::csv_row_writer to{koc::csv_writer{*koc::text_sink::make(out)}, table.form,
        programme.tags(), koc::personal::included};
    return report.taken == 2 && koc::write_members(programme, to) && out.str() == file ? 0 : 1;
}
