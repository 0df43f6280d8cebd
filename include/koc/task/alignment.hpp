// SPDX-License-Identifier: BSL-1.0
#pragma once

// Alignment: active members from open platforms agree to the brand's goal and themes before they
// are offered tasks, and before they accept one or plan a public piece, and then get tasks of the
// themes that they agreed to. A new version asks everybody to agree anew, by one time for all; work
// that was accepted and pieces that were planned under an earlier one go on.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/cultivation/messages/first_voice.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/bitmap.hpp>
#include <koc/task/messages/alignment.hpp>
#include <koc/task/messages/topic.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The themes, and who agreed to them.
class alignment : public aspect<alignment> {
public:
    using events = event_list<themes_proposed, themes_agreed, agreement_asked, agreement_ended,
        alignment_overdue>;
    using commands = command_list<propose_themes, agree_to_themes>;
    using queries = query_list<read_themes, list_unaligned>;
    using follows = event_list<offer_accepted, may_offer, may_accept, may_plan_piece,
        topic_designed, plan_started, stage_changed>;
    using reads = aspect_list<roster, tasks>;
    using rules = alignment_rules;

    static constexpr auto guards(propose_themes const*) { return require(by_desk<propose_themes>); }
    result<void> decide(propose_themes const& command, context& in) const {
        if (auto refused = check_name("goal of the themes", command.goal)) {
            return *std::move(refused);
        }
        if (command.themes.empty() || command.themes.size() > 100) {
            return error{errc::invalid_argument, "themes", "expected from 1 to 100 themes"};
        }
        for (auto const& theme : command.themes) {
            if (auto refused = check_name("theme", theme)) {
                return *std::move(refused);
            }
        }
        if (command.agree_within <= duration{}) {
            return error{errc::invalid_argument, "propose_themes.agree_within",
                "expected a span above 0, in which people can agree"};
        }
        auto themes = command.themes;
        std::sort(themes.begin(), themes.end());
        themes.erase(std::unique(themes.begin(), themes.end()), themes.end());
        std::vector<member_id> anew;
        people_.for_each([&](alignment_record const& person) {
            if (person.version != 0 && needs_agreement(person.id, in)) {
                anew.push_back(person.id);
            }
        });
        std::sort(anew.begin(), anew.end());
        in.record(themes_proposed{newest() + 1, command.goal, std::move(themes), std::move(anew),
            in.now() + command.agree_within});
        return {};
    }
    static constexpr auto guards(agree_to_themes const*) {
        return require(in_person<&agree_to_themes::member>, known<&agree_to_themes::member>);
    }
    result<void> decide(agree_to_themes const& command, context& in) const {
        auto const name = subject("member", command.member);
        if (newest() == 0 || command.version != newest()) {
            return error{errc::wrong_state, name,
                newest() == 0 ? "expected themes to be there; propose them first"
                              : "expected agreement to the newest themes, version " +
                        std::to_string(newest()) + ", not version " +
                        std::to_string(command.version)};
        }
        auto const& all = versions_[id_of(newest())].themes;
        KOC_TRY(check_among(all, command.themes, "themes of " + name));
        auto theirs = command.themes.empty() ? all : command.themes;
        std::sort(theirs.begin(), theirs.end());
        theirs.erase(std::unique(theirs.begin(), theirs.end()), theirs.end());
        if (version_of(command.member) == newest() && people_[command.member].themes == theirs) {
            return error{errc::already_exists, name,
                "expected somebody who has not agreed to version " + std::to_string(newest()) +
                    " yet, or other themes of it"};
        }
        in.record(themes_agreed{command.member, command.version, std::move(theirs)});
        return in.call(advance_plan{
            command.member, "agree_to_themes", "version " + std::to_string(command.version)});
    }

    /// Who was found on an open platform and is active makes no new work in another direction.
    [[nodiscard]] result<void> review(may_offer const& question, world const& in) const {
        return check_aligned(question.task, question.member, in);
    }
    /// Nor of what was offered before the direction changed.
    [[nodiscard]] result<void> review(may_accept const& question, world const& in) const {
        return check_aligned(question.task, question.member, in);
    }
    /// Nor do they plan a public piece of their own.
    [[nodiscard]] result<void> review(may_plan_piece const& question, world const& in) const {
        return check_agreed(question.member, in);
    }
    /// A topic names themes that are in force when it is designed.
    [[nodiscard]] result<void> review(topic_designed const& event, world const&) const {
        static std::vector<std::string> const none;
        return check_among(newest() == 0 ? none : versions_[id_of(newest())].themes, event.themes,
            "themes of " + subject("topic", event.topic));
    }
    static constexpr auto consequences(plan_started const*) {
        return in_order(consequence<always<plan_started>, &alignment::note_agreed>(
            "who agreed to the newest themes has done the step for it"));
    }
    static constexpr auto consequences(stage_changed const*) {
        return in_order(consequence<always<stage_changed>, &alignment::ask>(
            "who has to agree from now on is asked to by a time of their own"));
    }
    /// The time of all: whoever has one of their own is left to it.
    void due(themes_id version, context& in) const {
        if (auto const found = unaligned(in)) {
            for (auto who : *found) {
                if (!own_due_.when(who)) {
                    in.record(alignment_overdue{who, newest()});
                }
            }
        }
        in.record(agreement_ended{static_cast<std::int64_t>(version.value())});
    }
    /// A time of their own that was for an earlier version gives way to that of all.
    void due(member_id who, context& in) const {
        if (people_[who].asked != newest() && due_.when(id_of(newest()))) {
            in.record(agreement_asked{who, newest(), std::nullopt});
        } else {
            in.record(alignment_overdue{who, newest()});
        }
    }

    [[nodiscard]] result<themes_in_force> answer(read_themes const& query, world const&) const {
        if (query.version < 0) {
            return error{errc::invalid_argument, "read_themes.version",
                "expected 0 for the newest themes, or a version from 1 on"};
        }
        if (query.version == 0 && newest() == 0) {
            return themes_in_force{};
        }
        auto const which = id_of(query.version == 0 ? newest() : query.version);
        auto const* found = versions_.find(which);
        if (found == nullptr) {
            return unknown(themes_kind::noun, which);
        }
        auto const version = static_cast<std::int64_t>(which.value());
        return themes_in_force{
            version, found->goal, found->themes, found->agree_within, version == newest()};
    }
    [[nodiscard]] result<std::vector<member_id>> answer(
        list_unaligned const&, world const& in) const {
        return unaligned(in);
    }

    void apply(themes_proposed const& event, world const& in) {
        due_.drop(id_of(newest()));
        versions_.insert(
            {id_of(event.version), event.goal, event.themes, event.agree_by - in.now()});
        due_.put(id_of(event.version), event.agree_by);
    }
    void apply(stage_changed const& event, world const&) { own_due_.drop(event.member); }
    void apply(agreement_asked const& event, world const&) {
        people_.put(event.member, [&](alignment_record& person) { person.asked = event.version; });
        own_due_.put(event.member, event.agree_by);
    }
    void apply(agreement_ended const& event, world const&) { due_.drop(id_of(event.version)); }
    void apply(themes_agreed const& event, world const& in) {
        people_.put(event.member, [&](alignment_record& person) {
            person.version = event.version;
            person.agreed_at = in.now();
            person.themes = event.themes;
            person.overdue = false;
        });
        own_due_.drop(event.member);
    }
    void apply(alignment_overdue const& event, world const&) {
        people_.put(event.member, [](alignment_record& person) { person.overdue = true; });
        own_due_.drop(event.member);
    }
    void apply(offer_accepted const& event, world const&) {
        if (auto const version = version_of(event.member); version != 0) {
            directions_.insert({event.offer, version});
        }
    }

private:
    static themes_id id_of(std::int64_t version) {
        return themes_id{static_cast<std::uint64_t>(version)};
    }
    /// The version in force; 0 before the first.
    [[nodiscard]] std::int64_t newest() const {
        return static_cast<std::int64_t>(versions_.row_count());
    }
    static std::string in_words(std::vector<std::string> const& themes) {
        std::string text;
        for (auto const& theme : themes) {
            text += (text.empty() ? "" : ", ") + koc::quoted(theme);
        }
        return text;
    }
    /// Whether all of these are themes in force.
    static result<void> check_among(std::vector<std::string> const& all,
        std::vector<std::string> const& themes, std::string const& about) {
        for (auto const& theme : themes) {
            if (!std::binary_search(all.begin(), all.end(), theme)) {
                return error{errc::invalid_argument, about,
                    all.empty() ? "expected themes to be there; propose them first"
                                : "expected only themes in force, " + in_words(all) + ", not " +
                            koc::quoted(theme)};
            }
        }
        return {};
    }
    [[nodiscard]] result<std::vector<member_id>> unaligned(world const& in) const {
        std::vector<member_id> found;
        if (newest() == 0) {
            return found;
        }
        auto const plan = tasks::compile(in, has("stage", "active") && has("source", "open"));
        if (!plan) {
            return plan.error();
        }
        auto const& people = in.get<roster>().people();
        for (std::size_t w = 0; w * word_bits < people.slot_count(); ++w) {
            for_each_slot(w, plan->filter(people, w, people.live_word(w)), [&](slot s) {
                if (version_of(people.id_at(s)) != newest()) {
                    found.push_back(people.id_at(s));
                }
            });
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    [[nodiscard]] std::int64_t version_of(member_id who) const {
        auto const* person = people_.find(who);
        return person == nullptr ? 0 : person->version;
    }
    static bool needs_agreement(member_id who, world const& in) {
        auto const* known = in.find(who);
        auto const* person = in.find_record<relationship_record>(who.value());
        return known != nullptr && known->sources.contains(source::open) && person != nullptr &&
            person->stage == stage::active;
    }
    [[nodiscard]] result<void> check_aligned(task_id task, member_id who, world const& in) const {
        KOC_TRY(check_agreed(who, in));
        return newest() == 0 || !needs_agreement(who, in) ? result<void>{}
                                                          : check_theme(task, who, in);
    }
    [[nodiscard]] result<void> check_agreed(member_id who, world const& in) const {
        if (newest() == 0 || version_of(who) == newest() || !needs_agreement(who, in)) {
            return {};
        }
        return error{errc::not_qualified, subject("member", who),
            "expected somebody who agreed to version " + std::to_string(newest()) +
                " of the themes; let them agree first"};
    }
    /// Whether a task is about a theme that somebody who agreed to the newest ones said is theirs.
    [[nodiscard]] result<void> check_theme(task_id task, member_id who, world const& in) const {
        auto const scope = in.rules<rules>().scope;
        auto const& about = in.at(in.at(task).brief.topic).themes;
        auto const& theirs = people_[who].themes;
        auto const is_theirs = [&](std::string const& theme) {
            return std::binary_search(theirs.begin(), theirs.end(), theme);
        };
        if (scope == theme_scope::ignored || (about.empty() && scope == theme_scope::named) ||
            std::any_of(about.begin(), about.end(), is_theirs)) {
            return {};
        }
        return error{errc::not_qualified, subject("member", who),
            "expected work on a theme that they agreed to, " + in_words(theirs) + ", but " +
                subject("task", task) + " is about " + (about.empty() ? "none" : in_words(about)) +
                "; give them another task, or let them agree to its theme"};
    }
    void note_agreed(plan_started const& event, context& in) const {
        if (newest() != 0 && version_of(event.member) == newest()) {
            in.need(in.call(
                note_act{event.member, "agree_to_themes", "version " + std::to_string(newest())}));
        }
    }
    void ask(stage_changed const& event, context& in) const {
        if (newest() != 0 && version_of(event.member) != newest() &&
            needs_agreement(event.member, in)) {
            in.record(agreement_asked{
                event.member, newest(), in.now() + versions_[id_of(newest())].agree_within});
        }
    }

    table<themes_record> versions_;
    table<alignment_record> people_;
    table<direction_record> directions_;
    agenda<themes_id> due_;
    agenda<member_id> own_due_;
    BOOST_DESCRIBE_CLASS(alignment, (), (), (), (versions_, people_, directions_, due_, own_due_))
};

} // namespace koc
