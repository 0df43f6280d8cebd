// SPDX-License-Identifier: BSL-1.0

// Brings a file of people into a journal that lasts: CSV or JSON lines, in any of the encodings
// that such files have. Says how far it is, and at the end what became of each row. Run again after
// an interruption, it takes what is left and changes nothing else.
//
//     import_people people.csv --journal programme.sqlite [--encoding gb18030] [--preview]
//     import_people --make 1000000 people.csv
//
// The tags that the file may name are in a file of `facet:key` lines, see tags.txt.
//
// Exit codes: 0 every row is in the programme; 1 some are not; 2 the files cannot be used.

#include "phrases.hpp"
#include "sample.hpp"

#include <koc/exchange/import.hpp>
#include <koc/exchange/tables.hpp>
#include <koc/standard/engine.hpp>
#include <koc/store/sqlite.hpp>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace phrases = import_people::phrases;

struct arguments {
    std::filesystem::path file;
    std::filesystem::path journal;
    std::filesystem::path tags = IMPORT_PEOPLE_TAGS;
    std::string encoding = "utf8";
    std::string lang = "en";
    std::uint64_t make = 0;
    bool preview = false;
    bool all_or_nothing = false;
    bool hold = false;

    [[nodiscard]] std::string words(import_people::phrase const& said) const {
        return std::string{lang == "en" ? said.en : said.zh};
    }
    [[nodiscard]] koc::text_encoding read_as() const {
        return encoding == "gb18030" ? koc::text_encoding::gb18030
            : encoding == "utf16"    ? koc::text_encoding::utf16
                                     : koc::text_encoding::utf8;
    }
};

constexpr int some_are_not = 1;
constexpr int unusable = 2;

int fail(koc::error const& why) {
    std::fprintf(stderr, "import_people: %s: %s\n", why.subject.c_str(), why.expected.c_str());
    return unusable;
}

/// The time of this host's clock, which the library never asks.
koc::instant now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

/// How far the file is read, on a terminal alone.
class progress_bar {
public:
    explicit progress_bar(std::uintmax_t bytes)
        : bytes_{bytes}, shown_{isatty(STDERR_FILENO) != 0} {}
    ~progress_bar() {
        if (shown_ && begun_) {
            std::fputc('\n', stderr);
        }
    }
    progress_bar(progress_bar const&) = delete;
    progress_bar& operator=(progress_bar const&) = delete;

    void operator()(koc::import_progress const& at) {
        if (!shown_ || bytes_ == 0) {
            return;
        }
        begun_ = true;
        constexpr std::uintmax_t width = 40;
        auto const done = (std::min)(width, at.bytes * width / bytes_);
        std::fprintf(stderr, "\r[%s%s] %3d%% %llu",
            std::string(static_cast<std::size_t>(done), '#').c_str(),
            std::string(static_cast<std::size_t>(width - done), '.').c_str(),
            static_cast<int>((std::min<std::uintmax_t>)(100, at.bytes * 100 / bytes_)),
            static_cast<unsigned long long>(at.rows));
    }

private:
    std::uintmax_t bytes_;
    bool shown_;
    bool begun_ = false;
};

/// Defines the tags of the file that the programme does not have yet.
koc::result<void> define_tags(koc::engine& programme, std::filesystem::path const& file) {
    std::ifstream in{file};
    if (!in) {
        return koc::error{koc::errc::unavailable, file.string(),
            "expected a file with a tag such as region:harbin on each line; name one with --tags"};
    }
    koc::define_tags missing;
    for (std::string line; std::getline(in, line);) {
        auto const colon = line.find(':');
        if (colon == std::string::npos || line.front() == '#') {
            continue;
        }
        koc::tag_definition tag{line.substr(0, colon), line.substr(colon + 1), {}, {}};
        if (!programme.tags().find_facet(tag.facet)) {
            KOC_TRY(programme.handle(koc::define_facet{{tag.facet}}, {now()}));
        }
        if (!programme.tags().find(tag.facet, tag.key)) {
            missing.tags.push_back(std::move(tag));
        }
    }
    if (!missing.tags.empty()) {
        KOC_TRY(programme.handle(missing, {now()}));
    }
    return {};
}

koc::result<koc::import_report> bring_in(
    arguments const& wanted, koc::engine& programme, std::ifstream& in) {
    KOC_TRY(programme.catch_up());
    KOC_TRY(define_tags(programme, wanted.tags));
    auto const table = koc::members_table();
    koc::text_source source{in, wanted.read_as()};
    std::unique_ptr<koc::row_reader> rows;
    if (wanted.file.extension() == ".jsonl") {
        rows = std::make_unique<koc::json_rows>(
            koc::json_line_reader{std::move(source)}, table.form, programme.tags());
    } else {
        rows = std::make_unique<koc::csv_rows>(
            koc::csv_reader{std::move(source)}, table.form, programme.tags());
    }
    koc::import_options options;
    options.with.now = now();
    options.hold_suspects = wanted.hold;
    options.mode = wanted.preview ? koc::import_mode::preview
        : wanted.all_or_nothing   ? koc::import_mode::all_or_nothing
                                  : koc::import_mode::each_row;
    progress_bar bar{std::filesystem::file_size(wanted.file)};
    options.progress = [&](koc::import_progress const& at) { bar(at); };
    return koc::import_rows(programme, *rows, table, options);
}

void list(arguments const& wanted, import_people::phrase const& heading,
    std::vector<koc::row_note> const& notes, std::uint64_t count) {
    constexpr std::size_t shown = 20;
    if (notes.empty()) {
        return;
    }
    std::printf("\n%s\n", wanted.words(heading).c_str());
    for (std::size_t i = 0; i < notes.size() && i < shown; ++i) {
        std::printf("  %s\n", koc::to_string(wanted.file.filename().string(), notes[i]).c_str());
    }
    if (count > shown) {
        std::printf("  %s\n", wanted.words(phrases::more).c_str());
    }
}

int tell(arguments const& wanted, koc::import_report const& report, double seconds) {
    auto const count = [&](import_people::phrase const& what, std::uint64_t n) {
        std::printf("%12llu  %s\n", static_cast<unsigned long long>(n), wanted.words(what).c_str());
    };
    count(phrases::rows, report.rows);
    count(phrases::taken, report.taken);
    count(phrases::repeated, report.repeated);
    count(phrases::known, report.known);
    count(phrases::refused, report.refused);
    count(phrases::suspected, report.suspected);
    std::printf("%12.1f  %s\n", seconds, wanted.words(phrases::seconds).c_str());
    list(wanted, phrases::problems, report.problems, report.refused);
    list(wanted, phrases::duplicates, report.duplicates, report.repeated + report.known);
    list(wanted, phrases::suspicions, report.suspicions, report.suspected);
    if (wanted.preview) {
        std::printf("\n%s\n", wanted.words(phrases::nothing_kept).c_str());
    }
    if (report.stopped) {
        std::printf("\n%s\n", wanted.words(phrases::stopped).c_str());
        return fail(*report.stopped);
    }
    return report.refused == 0 ? 0 : some_are_not;
}

int make_sample(arguments const& wanted) {
    std::ofstream out{wanted.file, std::ios::binary};
    auto sink = koc::text_sink::make(out, wanted.read_as());
    if (!sink) {
        return fail(sink.error());
    }
    auto const done = import_people::write_sample(*std::move(sink), wanted.make);
    return done ? 0 : fail(done.error());
}

int run(arguments const& wanted) {
    std::ifstream in{wanted.file, std::ios::binary};
    if (!in) {
        return fail({koc::errc::unavailable, wanted.file.string(),
            "expected a file that can be read; correct its name"});
    }
    auto journal = koc::open_sqlite_journal(wanted.journal.string());
    if (!journal) {
        return fail(journal.error());
    }
    auto const began = std::chrono::steady_clock::now();
    koc::engine programme{std::move(*journal)};
    auto const report = bring_in(wanted, programme, in);
    if (!report) {
        return fail(report.error());
    }
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
    return tell(wanted, *report, took.count());
}

} // namespace

int main(int argc, char** argv) {
    arguments wanted;
    CLI::App app{"Brings a file of people into the journal of a programme."};
    app.add_option("file", wanted.file, "the file: CSV, or JSON lines where it ends in .jsonl")
        ->required();
    app.add_option("--journal", wanted.journal, "the SQLite file of the programme");
    app.add_option("--make", wanted.make, "write so many invented people to the file instead");
    app.add_option("--tags", wanted.tags, "the tags that the file may name")->capture_default_str();
    app.add_option("--encoding", wanted.encoding, "how the file is written")
        ->check(CLI::IsMember({"utf8", "gb18030", "utf16"}))
        ->capture_default_str();
    app.add_option("--lang", wanted.lang, "the language of the report")
        ->check(CLI::IsMember({"en", "zh"}))
        ->capture_default_str();
    app.add_flag(
        "--preview", wanted.preview, "say what would become of each row, and record nothing");
    app.add_flag(
        "--all-or-nothing", wanted.all_or_nothing, "record nothing unless every row is accepted");
    app.add_flag("--hold-suspects", wanted.hold,
        "refuse rows that may be about somebody who is there already");
    CLI11_PARSE(app, argc, argv);

    if (wanted.make != 0) {
        return make_sample(wanted);
    }
    if (wanted.journal.empty()) {
        return fail({koc::errc::invalid_argument, "--journal", "expected the file to import into"});
    }
    return run(wanted);
}
