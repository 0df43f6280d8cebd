// SPDX-License-Identifier: BSL-1.0
#include <koc/core/personal_text.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/json/decoder.hpp>
#include <koc/json/messages.hpp>
#include <koc/tag/requirement.hpp>

#include "fuzz/targets.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace {

using koc_fuzz::promise;
using koc_fuzz::promise_told;

enum class stage : std::uint8_t { seed, grown, felled };
BOOST_DESCRIBE_ENUM(stage, seed, grown, felled)
struct step {
    std::string note;
    koc::score weight;
};
BOOST_DESCRIBE_STRUCT(step, (), (note, weight))
/// An event, or a command, with members of every kind.
struct reported {
    koc::id<struct plant_kind> plant;
    bool final = false;
    std::int64_t litres = 0;
    std::uint8_t row = 0;
    stage reached = stage::seed;
    std::string words;
    koc::personal_text keeper;
    koc::instant at;
    koc::duration after;
    koc::digest seal;
    std::optional<std::uint32_t> bed;
    std::vector<step> steps;
    std::vector<std::pair<std::string, std::int64_t>> counts;
    koc::requirement who;
};
BOOST_DESCRIBE_STRUCT(reported, (),
    (plant, final, litres, row, reached, words, keeper, at, after, seal, bed, steps, counts, who))
struct closed {};
BOOST_DESCRIBE_STRUCT(closed, (), ())

/// Canonical text of a value reads to a value of the same text.
template <typename T>
void promise_returns(T const& value) {
    auto const text = koc::canonical_text(value);
    auto const again = koc::from_canonical<T>(text);
    promise(again.has_value(), "what was written is read: ", text);
    promise(koc::canonical_text(*again) == text, "what was read is written the same: ", text);
}

template <typename T>
void canonical_of(std::string_view bytes) {
    auto const read = koc::from_canonical<T>(bytes);
    if (read) {
        promise_returns(*read);
    } else {
        promise(!read.error().expected.empty(), "a refusal says what was expected");
    }
}

/// Whatever the quick way takes, the tree takes too, and means the same by it.
template <typename T>
void payload_of(std::string_view bytes) {
    T value{};
    auto const read = koc::json_decoder{}.read(koc::shape_of<T>, bytes, &value);
    auto const tree = koc::parse_json(bytes);
    if (!read) {
        promise_told(read.error());
        promise(!tree || !koc::from_json<T>(*tree), "both ways refuse");
        return;
    }
    promise_returns(value);
    promise(tree.has_value(), "what was read is JSON");
    auto const slow = koc::from_json<T>(*tree);
    promise(slow.has_value(), "both ways take it");
    promise(koc::canonical_text(*slow) == koc::canonical_text(value), "both ways read the same");
}

} // namespace

void koc_fuzz::canonical(std::string_view bytes) { canonical_of<reported>(bytes); }
void koc_fuzz::payload(std::string_view bytes) { payload_of<reported>(bytes); }
void koc_fuzz::requirement(std::string_view bytes) {
    canonical_of<koc::requirement>(bytes);
    payload_of<koc::requirement>(bytes);
}
void koc_fuzz::command(std::string_view bytes) {
    static koc::message_type const* const known[] = {
        &koc::message_type_of<reported>, &koc::message_type_of<closed>};
    auto const tree = koc::parse_json(bytes);
    if (!tree) {
        return promise_told(tree.error());
    }
    auto const read = koc::read_message(known, *tree);
    if (!read) {
        return promise_told(read.error());
    }
    auto const text = koc::message_text(*read);
    auto const again_tree = koc::parse_json(text);
    promise(again_tree.has_value(), "a message is written as JSON: ", text);
    auto const again = koc::read_message(known, *again_tree);
    promise(again.has_value(), "a message that was written is read: ", text);
    promise(koc::message_text(*again) == text, "a message is written the same again: ", text);
}
