// SPDX-License-Identifier: BSL-1.0
#pragma once

// Random values that have a member of each kind of shape and nest, and random damage to text. Both
// are functions of a seed, so that rapidcheck can name the case that failed.

#include <koc/core/civil.hpp>
#include <koc/describe/digest.hpp>
#include <koc/tag/requirement.hpp>

#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json_test {

enum class mood : std::int16_t { calm = -2, glad = 7, torn = 300 };
BOOST_DESCRIBE_ENUM(mood, calm, glad, torn)

struct remark {
    std::string words;
    std::optional<mood> felt;
    koc::personal_text of;

    friend bool operator==(remark const&, remark const&) = default;
};
BOOST_DESCRIBE_STRUCT(remark, (), (words, felt, of))

struct note {
    bool flag = false;
    std::int8_t tiny = 0;
    std::uint16_t narrow = 0;
    std::int32_t middle = 0;
    std::uint64_t wide = 0;
    koc::id<struct thing, std::uint32_t> about;
    mood felt = mood::calm;
    koc::instant at;
    koc::duration within;
    koc::score worth;
    koc::digest print;
    std::optional<std::string> title;
    std::optional<remark> first;
    std::vector<remark> remarks;
    std::vector<std::pair<std::string, std::int64_t>> parts;
    std::vector<std::optional<std::int16_t>> gaps;
    std::pair<koc::score, std::vector<std::string>> both;
    koc::requirement who;
    std::vector<note> below;

    friend bool operator==(note const&, note const&) = default;
};
BOOST_DESCRIBE_STRUCT(note, (),
    (flag, tiny, narrow, middle, wide, about, felt, at, within, worth, print, title, first, remarks,
        parts, gaps, both, who, below))

class random_notes {
public:
    explicit random_notes(std::uint64_t seed) : state_{seed} {}

    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

    note one(int depth = 2) {
        note made;
        made.flag = below(2) == 0;
        made.tiny = number<std::int8_t>();
        made.narrow = number<std::uint16_t>();
        made.middle = number<std::int32_t>();
        made.wide = number<std::uint64_t>();
        made.about = decltype(made.about){number<std::uint32_t>()};
        made.felt = feeling();
        auto const span = static_cast<std::uint64_t>(koc::instant_max.ms - koc::instant_min.ms) + 1;
        made.at = koc::instant_min + koc::duration{static_cast<std::int64_t>(below(span))};
        made.within = {number<std::int64_t>()};
        made.worth = {number<std::int64_t>()};
        made.print = {next(), next()};
        if (below(2) == 0) {
            made.title = text();
        }
        if (below(2) == 0) {
            made.first = comment();
        }
        repeat([&] { made.remarks.push_back(comment()); });
        repeat([&] { made.parts.emplace_back(text(), number<std::int64_t>()); });
        repeat([&] {
            made.gaps.push_back(
                below(2) == 0 ? std::nullopt : std::optional{number<std::int16_t>()});
        });
        made.both.first = {number<std::int64_t>()};
        repeat([&] { made.both.second.push_back(text()); });
        made.who = wanted(2);
        if (depth > 0) {
            repeat([&] { made.below.push_back(one(depth - 1)); });
        }
        return made;
    }

    /// The text with one to three random changes.
    std::string damaged(std::string text) {
        static constexpr std::string_view pieces[] = {"\"", "{", "}", "[", "]", ",", ":", "null",
            "true", "-1", "0", "1e400", "18446744073709551616", "\\u0000", "\\ud800", "\xff", "{}",
            "[[]]"};
        for (auto left = 1 + below(3); left > 0; --left) {
            auto const at = below(text.size() + 1);
            auto const length = below(4) == 0 ? below(text.size() - at + 1) : below(3);
            switch (below(4)) {
            case 0: text.erase(at, length); break;
            case 1: text.insert(at, std::string{text.substr(below(at + 1), length)}); break;
            case 2: text.insert(at, pieces[below(std::size(pieces))]); break;
            default:
                if (at < text.size()) {
                    text[at] = static_cast<char>(next() & 0xffU);
                }
            }
        }
        return text;
    }

private:
    /// SplitMix64 (Steele, Lea, Flood 2014).
    std::uint64_t next() {
        auto mixed = state_ += 0x9e3779b97f4a7c15U;
        mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111ebU;
        return mixed ^ mixed >> 31U;
    }
    template <typename Do>
    void repeat(Do&& act) {
        for (auto left = below(3); left > 0; --left) {
            act();
        }
    }
    /// Any number, and often an end of the range.
    template <typename Integer>
    Integer number() {
        switch (below(4)) {
        case 0: return std::numeric_limits<Integer>::min();
        case 1: return std::numeric_limits<Integer>::max();
        default: return static_cast<Integer>(next());
        }
    }
    mood feeling() {
        constexpr mood all[] = {mood::calm, mood::glad, mood::torn};
        return all[below(3)];
    }
    std::string text() {
        static constexpr std::string_view pieces[] = {"winter", "续航", "\"", "\\", "/", "\n", "\t",
            "\x7f", "🚗", "\x01", "\x1f", "\b\f\r", "é", "<>&'", "a:b", "\xe2\x80\xa8"};
        std::string made;
        for (auto left = below(5); left > 0; --left) {
            made += pieces[below(std::size(pieces))];
        }
        if (below(8) == 0) {
            made += '\0';
        }
        return made;
    }
    remark comment() {
        remark made{text(), std::nullopt, {number<std::uint64_t>(), text()}};
        if (below(2) == 0) {
            made.felt = feeling();
        }
        return made;
    }
    koc::requirement wanted(int depth) {
        switch (below(depth > 0 ? 4 : 2)) {
        case 0: return koc::has("region", text());
        case 1:
            return koc::between(koc::column{text()},
                below(2) == 0 ? std::nullopt : std::optional{number<std::int64_t>()}, 3);
        default: {
            constexpr koc::requirement_kind kinds[] = {koc::requirement_kind::all,
                koc::requirement_kind::any, koc::requirement_kind::none};
            koc::requirement made;
            made.kind = kinds[below(3)];
            repeat([&] { made.parts.push_back(wanted(depth - 1)); });
            return made;
        }
        }
    }

    std::uint64_t state_;
};

} // namespace json_test
