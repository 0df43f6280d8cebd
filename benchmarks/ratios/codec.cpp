// SPDX-License-Identifier: BSL-1.0

// Events of the standard programme as text: written and read by koc without a tree, and by way of
// Boost.JSON's. Both have to come to the same text and to values of the same digest.

#include <koc/journal/any_journal.hpp>
#include <koc/json/decoder.hpp>
#include <koc/json/to_json.hpp>

#include "ratios/dispatch_programme.hpp"
#include "ratios/report.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace bench {
namespace {

/// A journal whose events outlive the engine.
class shared_journal {
public:
    explicit shared_journal(std::shared_ptr<koc::memory_journal> kept) : kept_{std::move(kept)} {}
    [[nodiscard]] koc::result<koc::journal_head> head() const { return kept_->head(); }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::batch const> batches) {
        return kept_->append(expected, batches);
    }
    koc::result<void> read(std::uint64_t from, std::size_t limit, koc::event_types const& types,
        std::vector<koc::envelope>& out) const {
        return kept_->read(from, limit, types, out);
    }

private:
    std::shared_ptr<koc::memory_journal> kept_;
};

koc::result<void> read_by_tree(koc::shape const& form, std::string const& text, void* value) {
    unsigned char scratch[4096];
    boost::json::monotonic_resource memory{scratch};
    auto const tree = koc::parse_json(text, &memory);
    if (!tree) {
        return tree.error();
    }
    if (auto refused = koc::read_json(*tree, form, value)) {
        return *std::move(refused);
    }
    return {};
}

} // namespace

bool report_codec(extent size) {
    heading("Events of the standard programme as canonical text");
    auto const kept = std::make_shared<koc::memory_journal>();
    programme_at_work at_work{standard_engine(shared_journal{kept})};
    at_work.enrol(20'000);
    at_work.record_outcomes(10'000);
    at_work.open_tasks(500, task_kind::mixed);
    at_work.dispatch_all();
    at_work.close_the_loop();

    std::vector<koc::event> events;
    for (auto const& one : kept->envelopes()) {
        events.insert(events.end(), one.events.begin(), one.events.end());
    }
    auto const count = static_cast<double>(events.size());
    std::vector<std::string> texts(events.size());
    bool agree = true;
    auto const rounds = size == extent::quick ? 3 : 7;
    std::vector<double> encode;
    std::vector<double> encode_tree;
    std::vector<double> decode;
    std::vector<double> decode_tree;
    for (int round = 0; round < rounds; ++round) {
        encode.push_back(seconds_of([&] {
            for (std::size_t i = 0; i < events.size(); ++i) {
                texts[i].clear();
                koc::append_canonical(texts[i], *events[i].type().form, events[i].raw());
            }
        }));
        std::vector<std::string> by_tree(events.size());
        encode_tree.push_back(seconds_of([&] {
            for (std::size_t i = 0; i < events.size(); ++i) {
                unsigned char scratch[4096];
                boost::json::monotonic_resource memory{scratch};
                by_tree[i] = boost::json::serialize(
                    koc::to_json(*events[i].type().form, events[i].raw(), &memory));
            }
        }));
        agree = agree && by_tree == texts;
        auto const read_all = [&](auto const& read) {
            return seconds_of([&] {
                for (std::size_t i = 0; i < events.size(); ++i) {
                    void* value = nullptr;
                    auto const made = events[i].type().make(value);
                    agree = read(*made.type().form, texts[i], value).has_value() && agree;
                }
            });
        };
        decode.push_back(read_all([](koc::shape const& form, std::string const& text, void* to) {
            return koc::json_decoder{}.read(form, text, to);
        }));
        decode_tree.push_back(read_all(read_by_tree));
    }
    for (std::size_t i = 0; i < events.size(); i += 97) {
        auto const read = [&](auto const& reader) {
            void* value = nullptr;
            auto const made = events[i].type().make(value);
            static_cast<void>(reader(*made.type().form, texts[i], value));
            std::string again;
            koc::append_canonical(again, *made.type().form, made.raw());
            return again;
        };
        auto const text = read([](koc::shape const& form, std::string const& t, void* to) {
            return koc::json_decoder{}.read(form, t, to);
        });
        agree = agree && text == texts[i] && read(read_by_tree) == texts[i];
    }
    std::size_t bytes = 0;
    for (auto const& text : texts) {
        bytes += text.size();
    }
    note(std::to_string(events.size()) + " events of " + std::to_string(bytes / events.size()) +
        " bytes on average");
    at_most("nanoseconds to write an event, at most", median(encode) / count * 1e9, 400);
    at_most("nanoseconds to read an event, at most", median(decode) / count * 1e9, 600);
    note("by way of Boost.JSON's tree: " +
        std::to_string(static_cast<int>(median(encode_tree) / count * 1e9)) + " and " +
        std::to_string(static_cast<int>(median(decode_tree) / count * 1e9)) + " ns");
    note(agree ? "the same texts and values" : "ANSWERS DIFFER");
    return agree;
}

} // namespace bench
