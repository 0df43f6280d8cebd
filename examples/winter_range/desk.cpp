// SPDX-License-Identifier: BSL-1.0

// Numbers and requirements as people read them.

#include "desk.hpp"

#include <algorithm>

namespace winter_range {

std::string grouped(std::int64_t n) {
    auto text = std::to_string(n);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (n < 0 ? 1 : 0); at -= 3) {
        text.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return text;
}

std::string decimal(koc::score s) {
    constexpr auto cent = koc::score::unit / 100;
    auto const size = s.raw < 0 ? -s.raw : s.raw;
    auto const cents = (size + cent / 2) / cent;
    auto const rest = std::to_string(cents % 100);
    return (s.raw < 0 && cents != 0 ? "-" : "") + std::to_string(cents / 100) + '.' +
        (rest.size() < 2 ? "0" : "") + rest;
}

std::string points(koc::score s) {
    return std::to_string((s.raw + koc::score::unit / 200) / (koc::score::unit / 100));
}

std::string bar(std::int64_t n, std::int64_t most, std::int64_t room, char mark) {
    auto const length = most > room ? (n * room + most - 1) / most : n;
    return std::string(static_cast<std::size_t>(length), mark);
}

std::string desk::yuan(koc::money amount) const {
    return page_->words(phrases::yuan, grouped(amount.minor / 100));
}

std::string desk::list(std::vector<std::string> const& parts) const {
    std::string line;
    for (auto const& part : parts) {
        line += (line.empty() ? std::string{} : page_->words(phrases::comma)) + part;
    }
    return line;
}

std::string desk::words(koc::requirement const& r) const {
    auto const joined = [&](phrase const& between) {
        std::string line;
        for (auto const& part : r.parts) {
            line += (line.empty() ? std::string{} : page_->words(between)) + words(part);
        }
        return line;
    };
    switch (r.kind) {
    case koc::requirement_kind::all:
        return joined(phrases::conjunction);
    case koc::requirement_kind::any:
        return joined(phrases::disjunction);
    case koc::requirement_kind::none:
        return page_->words(phrases::negation, joined(phrases::disjunction));
    case koc::requirement_kind::tag:
        return word(r.tag.facet) + ' ' + tag(r.tag);
    case koc::requirement_kind::column:
        break;
    }
    return to_string(r);
}

} // namespace winter_range
