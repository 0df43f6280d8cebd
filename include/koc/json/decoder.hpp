// SPDX-License-Identifier: BSL-1.0
#pragma once

// The decoder of journals: an event's payload is the canonical text of its struct, which people and
// SQL can read. See journal/coded_journal.hpp.

#include <koc/core/result.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/shape.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/json/from_json.hpp>
#include <koc/json/text.hpp>

#include <boost/json/monotonic_resource.hpp>

#include <string_view>
#include <utility>

namespace koc {

/// Models `decoder`. Refused is text that is not JSON, subject `JSON text at byte 17`, and JSON of
/// another form, subject a path such as `.tags[3].name`, or `.` for the whole.
class json_decoder {
public:
    [[nodiscard]] result<void> read(
        shape const& form, std::string_view payload, void* value) const {
        // Nearly all text is as it was written, which needs no tree. All other text goes the long
        // way, which reads every spelling and says what is wrong.
        canonical_reader written{payload, canonical_reader::values::checked};
        if (written.read(form, value) && written.ended()) {
            return {};
        }
        unsigned char scratch[4096];
        boost::json::monotonic_resource memory{scratch};
        auto const tree = parse_json(payload, &memory);
        if (!tree) {
            return tree.error();
        }
        if (auto refused = read_json(*tree, form, value)) {
            if (refused->subject.empty()) {
                refused->subject = ".";
            }
            return *std::move(refused);
        }
        return {};
    }
};
static_assert(decoder<json_decoder>);

} // namespace koc
