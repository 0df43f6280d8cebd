// SPDX-License-Identifier: BSL-1.0

// Replays journals of the standard programme and decides a small story of its own, and prints the
// digests of both: for comparing compilers, flags and processors (scripts/portability). One unit
// that links nothing. Arguments: journals as tests/journal/golden/ has them, each with its digest
// beside it.

#include "support/golden_record.hpp"

#include <koc/journal/coded_journal.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/json/decoder.hpp>
#include <koc/standard/engine.hpp>
#include <koc/standard/instantiate.hpp>

#include <boost/json/src.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#ifdef __wasm__
// WebAssembly without its exceptions: what is thrown ends the program.
extern "C" {
void* __cxa_allocate_exception(std::size_t) { std::abort(); }
[[noreturn]] void __cxa_throw(void*, void*, void (*)(void*)) { std::abort(); }
void* __cxa_begin_catch(void*) noexcept { std::abort(); }
void __cxa_end_catch() { std::abort(); }
[[noreturn]] void __cxa_rethrow() { std::abort(); }
}
#endif

namespace {

/// A log that was read whole.
class read_log {
public:
    explicit read_log(std::vector<koc::log_record> records) : records_{std::move(records)} {}

    [[nodiscard]] koc::result<koc::journal_head> head() const {
        return records_.empty()
            ? koc::journal_head{}
            : koc::journal_head{records_.back().position + 1, records_.back().chain};
    }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::log_record const> more) {
        records_.insert(records_.end(), more.begin(), more.end());
        return more.empty() ? expected
                            : koc::journal_head{more.back().position + 1, more.back().chain};
    }
    koc::result<void> read(
        std::uint64_t from, std::size_t limit, std::vector<koc::log_record>& out) const {
        auto const begin = std::min<std::uint64_t>(from, records_.size());
        auto const count = std::min<std::uint64_t>(limit, records_.size() - begin);
        auto const at = records_.begin() + static_cast<std::ptrdiff_t>(begin);
        out.insert(out.end(), at, at + static_cast<std::ptrdiff_t>(count));
        return {};
    }

private:
    std::vector<koc::log_record> records_;
};

[[noreturn]] void stop(std::string const& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(2);
}
template <typename Result>
auto must(Result&& done) {
    if (!done) {
        stop(done.error().subject + ": " + done.error().expected);
    }
    if constexpr (!std::is_same_v<std::remove_cvref_t<Result>, koc::result<void>>) {
        return *std::forward<Result>(done);
    }
}
std::string text_of(std::string const& file) {
    auto* const in =
        std::fopen(file.c_str(), "rb"); // WebAssembly's library has no streams of files
    if (in == nullptr) {
        stop("cannot read " + file);
    }
    std::string text;
    char piece[4096];
    while (auto const count = std::fread(piece, 1, sizeof piece, in)) {
        text.append(piece, count);
    }
    std::fclose(in);
    return text;
}

/// Whether a journal leads to the state that it led to when it was written.
bool replays(std::string const& journal) {
    std::vector<koc::log_record> records;
    std::istringstream lines{text_of(journal)};
    for (std::string text; std::getline(lines, text);) {
        koc_test::golden_record r;
        must(koc::json_decoder{}.read(koc::shape_of<koc_test::golden_record>, text, &r));
        koc::log_record& kept = records.emplace_back();
        static_cast<koc::batch_context&>(kept) = {r.at, r.told, r.by, r.writer, r.asked};
        kept.position = r.position;
        kept.first = r.first;
        kept.type = r.type;
        kept.version = r.version;
        kept.payload = r.payload;
        kept.chain = r.chain;
    }
    koc::engine engine{
        koc::coded_journal<read_log, koc::json_decoder>{read_log{std::move(records)}}};
    must(engine.catch_up());
    auto const found = to_hex(engine.state_digest());
    auto wanted = text_of(journal.substr(0, journal.rfind('.')) + ".digest");
    wanted.resize(std::min<std::size_t>(wanted.size(), 32));
    std::printf("replayed %llu events: %s%s\n",
        static_cast<unsigned long long>(engine.head().position), found.c_str(),
        found == wanted ? "" : " DIFFERS");
    return found == wanted;
}

/// Enrols people, and finds who should be asked: what is decided is the same everywhere too.
void decides() {
    using namespace koc;
    engine runs{memory_journal{}};
    auto now = *from_iso8601("2026-01-05T08:00:00Z");
    auto const handle = [&](auto const& command) { must(runs.handle(command, {now})); };
    handle(define_facet{{"region"}});
    handle(define_facet{{"interest"}});
    std::vector<tag_definition> tags;
    for (auto const* key : {"harbin", "shenyang", "shenzhen"}) {
        tags.push_back({"region", key, key, {}});
    }
    for (auto const* key : {"range", "noise", "design", "charging"}) {
        tags.push_back({"interest", key, key, {}});
    }
    handle(define_tags{tags});
    std::uint64_t dice = 1;
    auto const below = [&](std::uint64_t bound) {
        dice = dice * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return (dice >> 33U) % bound;
    };
    auto const any = [&] { return *runs.tags().find("interest", tags[3 + below(4)].key); };
    for (std::uint64_t i = 1; i <= 300; ++i) {
        handle(enrol{member_id{i}, {i, "Member"}, {source::open},
            {{*runs.tags().find("region", tags[below(3)].key)},
                {any(), percent(static_cast<std::int64_t>(10 + below(90)))}}});
        handle(record_contact{member_id{i}, {i, ""}});
        handle(confirm_willingness{member_id{i}});
        for (auto left = below(4); left > 0; --left) {
            handle(record_outcome{member_id{i}, {any()},
                percent(static_cast<std::int64_t>(below(101))),
                now - hours(static_cast<std::int64_t>(below(5'000)))});
        }
    }
    handle(open_objective{{objective_id{1}, "Depth", {{"depth", whole(1)}}, percent(60), {}}});
    handle(design_topic{topic_id{1}, objective_id{1}, "A topic"});
    for (std::uint64_t i = 1; i <= 20; ++i) {
        now = now + hours(7);
        handle(open_task{{task_id{i}, topic_id{1}, "Task", {{any()}},
            has("region", tags[below(3)].key), 5, now + days(20), {}, {}}});
        handle(dispatch{task_id{i}, 8});
    }
    std::printf("decided %llu events: chain %s, state %s\n",
        static_cast<unsigned long long>(runs.head().position), to_hex(runs.head().chain).c_str(),
        to_hex(runs.state_digest()).c_str());
}

} // namespace

int main(int count, char** arguments) {
    auto same = true;
    for (int i = 1; i < count; ++i) {
        same = replays(arguments[i]) && same;
    }
    decides();
    return same ? 0 : 1;
}
