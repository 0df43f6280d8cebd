// SPDX-License-Identifier: BSL-1.0
#pragma once

// Writes what a programme holds as the tables that it reads, in an order that depends on nothing
// but the journal: people, handles, objectives, topics and tasks by their ids, signals and outcomes
// as they were recorded. Brought into an empty programme that has the tags, it gives the same
// tables again.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/engine.hpp>
#include <koc/exchange/row_writer.hpp>
#include <koc/exchange/tables.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/outcome.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

namespace detail {

/// Writes a row for each record of a kind, by ascending id.
template <typename Record, typename ToRow>
result<void> write_records(engine const& of, row_writer& to, ToRow const& to_row) {
    std::vector<std::uint64_t> ids;
    of.each<Record>([&](Record const& record) { ids.push_back(record.id.value()); });
    std::sort(ids.begin(), ids.end());
    for (auto id : ids) {
        auto const row = to_row(*of.find_record<Record>(id));
        KOC_EXPECTS(to.form().type().of == key_of<std::remove_const_t<decltype(row)>>);
        KOC_TRY(to.write(&row));
    }
    return to.finish();
}

/// Writes a row for each event of a type, in the order of the journal.
template <typename Event, typename ToRow>
result<void> write_events(engine& of, row_writer& to, ToRow const& to_row) {
    constexpr std::size_t block = 4096;
    std::uint64_t from = 0;
    while (true) {
        auto const read = of.read(from, block);
        if (!read) {
            return read.error();
        }
        if (read->empty()) {
            return to.finish();
        }
        for (auto const& recorded : *read) {
            for (auto const& happened : recorded.events) {
                if (auto const* event = happened.template get_if<Event>()) {
                    auto const row = to_row(*event);
                    KOC_EXPECTS(to.form().type().of == key_of<std::remove_const_t<decltype(row)>>);
                    KOC_TRY(to.write(&row));
                }
            }
        }
        from = read->back().position + 1;
    }
}

} // namespace detail

// Whose account was merged goes by the account that was kept, as only that one is among the people.
//
// Each takes a writer whose form is that of the table of the same name in tables.hpp. Refused: as
// the writer, and where events are read, as `read` of the journal.

/// Members who are there now, with the tags that they were given or earned; what was only learned
/// from their content is learned again from it. O(members log members).
[[nodiscard]] inline result<void> write_members(engine const& of, row_writer& to) {
    return detail::write_records<member_record>(of, to, [&](member_record const& who) {
        enrol row{who.id, who.name, {who.sources.begin(), who.sources.end()}, {}};
        auto const* learned = of.find_record<learned_tags_record>(who.id.value());
        for (auto const& tag : who.tags) {
            if (learned == nullptr || learned->only_learned(tag.tag) == nullptr) {
                row.tags.push_back(tag);
            }
        }
        // By their names, as ids differ from programme to programme.
        std::sort(
            row.tags.begin(), row.tags.end(), [&](weighted_tag const& a, weighted_tag const& b) {
                return of.tags().name(a.tag) < of.tags().name(b.tag);
            });
        return row;
    });
}

/// Handles that are linked. Their names are personal words.
[[nodiscard]] inline result<void> write_handles(engine const& of, row_writer& to) {
    return detail::write_records<handle_record>(of, to, [&](handle_record const& handle) {
        return link_handle{detail::kept_for(of, handle.member), handle.platform, handle.name};
    });
}

/// Signals of open platforms, all that were ever reported. O(events).
[[nodiscard]] inline result<void> write_contents(engine& of, row_writer& to) {
    return detail::write_events<content_reported>(of, to, [&](content_reported const& it) {
        return report_content{it.signal, detail::kept_for(of, it.person), it.depth, it.originality,
            it.relevance, it.self_initiated, it.followers, it.view, it.about, it.at, it.platform};
    });
}

/// Signals of the brand's own communities, all that were ever reported. O(events).
[[nodiscard]] inline result<void> write_contributions(engine& of, row_writer& to) {
    return detail::write_events<contribution_reported>(
        of, to, [&](contribution_reported const& it) {
            return report_contribution{it.signal, detail::kept_for(of, it.person), it.kind,
                it.times, it.detail, detail::kept_for(of, it.helped), it.feature, it.at};
        });
}

/// Objectives, those that are closed included.
[[nodiscard]] inline result<void> write_objectives(engine const& of, row_writer& to) {
    return detail::write_records<objective_record>(
        of, to, [](objective_record const& it) { return open_objective{it.plan}; });
}

[[nodiscard]] inline result<void> write_topics(engine const& of, row_writer& to) {
    return detail::write_records<topic_record>(of, to, [](topic_record const& it) {
        return design_topic{it.id, it.objective, it.title, it.themes};
    });
}

/// Tasks, as they were opened. Of one with a last day the other due times, which follow from it,
/// are left out.
[[nodiscard]] inline result<void> write_tasks(engine const& of, row_writer& to) {
    return detail::write_records<task_record>(of, to, [](task_record const& it) {
        open_task row{it.brief};
        if (row.brief.due_day) {
            row.brief.due_at = {};
            row.brief.due_working_days = {};
        }
        return row;
    });
}

/// Outcomes as they were recorded; corrections of them are not applied. O(events).
[[nodiscard]] inline result<void> write_outcomes(engine& of, row_writer& to) {
    return detail::write_events<outcome_recorded>(of, to, [&](outcome_recorded const& it) {
        return record_outcome{detail::kept_for(of, it.member), it.tags, it.quality, it.at};
    });
}

} // namespace koc
