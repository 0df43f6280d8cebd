// SPDX-License-Identifier: BSL-1.0

// Events of the standard programme as text: written and read by koc without a tree, and by way of
// Boost.JSON's. Both have to come to the same text and to values of the same digest.

#include <koc/journal/any_journal.hpp>
#include <koc/json/decoder.hpp>
#include <koc/json/to_json.hpp>

#include "ratios/dispatch_programme.hpp"
#include "ratios/report.hpp"
#include "ratios/shared_journal.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace bench {
namespace {

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
    at_work.win_over_every_third();
    at_work.record_outcomes(10'000);
    at_work.open_tasks(500, task_kind::mixed);
    at_work.dispatch_all();
    at_work.close_the_loop();

    std::vector<koc::event> events;
    for (auto const& one : kept->envelopes()) {
        events.insert(events.end(), one.events.begin(), one.events.end());
    }
    auto const count = static_cast<double>(events.size());
    std::vector<std::string> texts;
    for (auto const& happened : events) {
        koc::append_canonical(texts.emplace_back(), *happened.type().form, happened.raw());
    }
    bool agree = true;
    auto const rounds = size == extent::quick ? 3 : 7;
    std::vector<double> encode;
    std::vector<double> encode_tree;
    std::vector<double> decode;
    std::vector<double> decode_tree;
    std::string text; // as journals do: one text for all
    std::size_t bytes = 0;
    for (int round = 0; round < rounds; ++round) {
        encode.push_back(seconds_of([&] {
            for (auto const& happened : events) {
                text.clear();
                koc::append_canonical(text, *happened.type().form, happened.raw());
                bytes += text.size();
            }
        }));
        encode_tree.push_back(seconds_of([&] {
            for (auto const& happened : events) {
                unsigned char scratch[4096];
                boost::json::monotonic_resource memory{scratch};
                text = boost::json::serialize(
                    koc::to_json(*happened.type().form, happened.raw(), &memory));
                bytes -= text.size();
            }
        }));
        agree = agree && bytes == 0; // the texts themselves are compared below
        auto const read_all = [&](auto const& read) {
            return seconds_of([&] {
                for (std::size_t i = 0; i < events.size(); ++i) {
                    void* value = nullptr;
                    auto const made = events[i].type().make(value);
                    agree = read(*made.type().form, texts[i], value).has_value() && agree;
                }
            });
        };
        decode.push_back(read_all([](koc::shape const& form, std::string const& t, void* to) {
            return koc::json_decoder{}.read(form, t, to);
        }));
        decode_tree.push_back(read_all(read_by_tree));
    }
    auto const written = [](koc::event const& one) {
        std::string out;
        koc::append_canonical(out, *one.type().form, one.raw());
        return out;
    };
    for (std::size_t i = 0; i < events.size(); i += 7) {
        auto const by_tree =
            boost::json::serialize(koc::to_json(*events[i].type().form, events[i].raw()));
        auto const read = [&](auto const& reader) {
            void* value = nullptr;
            auto const made = events[i].type().make(value);
            static_cast<void>(reader(*made.type().form, texts[i], value));
            return written(made);
        };
        auto const again = read([](koc::shape const& form, std::string const& t, void* to) {
            return koc::json_decoder{}.read(form, t, to);
        });
        agree = agree && again == texts[i] && by_tree == texts[i] && read(read_by_tree) == texts[i];
    }
    for (auto const& one : texts) {
        bytes += one.size();
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
