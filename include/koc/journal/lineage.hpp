// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether a log is the one that a host means. A log has no name of its own that a copied file or a
// mistaken path would keep, but any head it ever had names it: the chain at that position depends
// on everything before. A host keeps one with its tenant and compares it before it writes.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>

#include <string>
#include <vector>

namespace koc {

/// Accepts a log that has passed through `known`, as its head or before; any log has passed through
/// the head of an empty one. Reads one record.
///
/// `errc::wrong_state` for another log and for an older copy of this one; whatever `head` and
/// `read` of the log refuse with.
template <text_log Log>
[[nodiscard]] result<void> expect_lineage(Log& log, journal_head known) {
    if (known.position == 0) {
        return {};
    }
    auto const head = log.head();
    if (!head) {
        return head.error();
    }
    auto const subject = "journal at position " + std::to_string(known.position);
    if (head->position < known.position) {
        return error{errc::wrong_state, subject,
            "expected the journal that was here before, found one that ends at position " +
                std::to_string(head->position) +
                "; it is another one or an older copy: correct the path or name, or restore a "
                "newer backup"};
    }
    std::vector<log_record> last;
    if (auto const read = log.read(known.position - 1, 1, last); !read) {
        return read;
    }
    if (last.size() != 1 || last.front().chain != known.chain) {
        return error{errc::wrong_state, subject,
            "expected the journal with chain " + to_hex(known.chain) + " there, found " +
                (last.empty() ? "nothing" : to_hex(last.front().chain)) +
                "; it is another journal: correct the path or name"};
    }
    return {};
}

} // namespace koc
