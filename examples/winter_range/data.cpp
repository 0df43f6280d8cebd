// SPDX-License-Identifier: BSL-1.0

// One function a file: its columns, and what a row of it is.

#include "data.hpp"

#include <iterator>

namespace winter_range {

namespace {

using strings = std::vector<std::string>;

bilingual name_in(fields& row) { return {row.filled("name_zh"), row.filled("name_en")}; }

tag_row region_in(fields& row) {
    return {{}, "region", row.filled("key"), row.text("parent"), name_in(row)};
}

tag_row tag_in(fields& row) {
    return {{}, row.filled("facet"), row.filled("key"), row.text("parent"), name_in(row)};
}

person_row prospect_in(fields& row) {
    person_row person;
    person.id = row.id<koc::member_id>("id");
    person.name = name_in(row);
    person.home = row.filled("home");
    person.formats = row.list("formats");
    person.interests = row.weights("interests");
    person.styles = row.weights("styles");
    if (auto const& known = row.text("relationship"); !known.empty()) {
        person.relationship = row.one_of<known_as>("relationship", known);
    }
    return person;
}

person_row member_in(fields& row) {
    auto person = prospect_in(row);
    for (auto const& from : row.list("sources")) {
        person.sources.push_back(row.one_of<koc::source>("sources", from));
    }
    return person;
}

work_row work_in(fields& row) {
    work_row work{
        {}, row.id<koc::member_id>("member"), row.day("date"), {}, row.percentage("quality")};
    for (auto const& subject : row.list("subjects")) {
        auto const colon = subject.find(':');
        work.subjects.push_back(colon == std::string::npos
                ? koc::tag_name{"", subject}
                : koc::tag_name{subject.substr(0, colon), subject.substr(colon + 1)});
    }
    return work;
}

signal_row signal_in(fields& row) {
    signal_row signal;
    signal.signal = row.id<koc::signal_id>("signal");
    signal.person = row.id<koc::member_id>("person");
    signal.about = {row.text("about_zh"), row.text("about_en")};
    auto const& kind = row.filled("kind");
    if (kind == "content") {
        signal.depth = row.percentage("depth");
        signal.originality = row.percentage("originality");
        signal.relevance = row.percentage("relevance");
        signal.self_initiated = row.yes("self_initiated");
        signal.followers = row.number("followers", 0, 1'000'000'000);
    } else {
        signal.did = row.one_of<koc::contribution_kind>("kind", kind);
        signal.times = row.number("times", 1, 1'000'000);
        signal.detail = row.percentage("detail");
    }
    return signal;
}

answer_row answer_in(fields& row) {
    answer_row answer;
    answer.task = row.filled("task");
    answer.member = row.id<koc::member_id>("member");
    answer.says = row.one_of<winter_range::answer>("says", row.filled("says"));
    if (auto const& reason = row.text("waning"); !reason.empty()) {
        answer.waning = row.one_of<koc::waning_reason>("waning", reason);
    }
    answer.words = {row.text("words_zh"), row.text("words_en")};
    answer.hands_in = !row.text("depth").empty();
    if (answer.hands_in) {
        for (auto const* dimension : {"depth", "creativity", "visual", "interaction"}) {
            answer.ratings.push_back(koc::percent(row.number(dimension, 0, 100)));
        }
    }
    return answer;
}

/// Reads folder after folder's file until one refuses.
class reader {
public:
    reader(std::filesystem::path path, std::vector<problem>& problems)
        : path_{std::move(path)}, problems_{&problems} {}

    template <typename Row>
    reader& read(
        char const* file, strings const& columns, Row (*row_in)(fields&), std::vector<Row>& rows) {
        if (outcome_) {
            outcome_ =
                read_csv(path_ / file, columns, *problems_, [&](place const& at, fields& found) {
                    auto row = row_in(found);
                    row.where = at;
                    if (!found.problem()) {
                        rows.push_back(std::move(row));
                    }
                });
        }
        return *this;
    }

    [[nodiscard]] koc::result<void> const& outcome() const { return outcome_; }

private:
    std::filesystem::path path_;
    std::vector<problem>* problems_;
    koc::result<void> outcome_;
};

} // namespace

koc::result<folder> read_folder(std::filesystem::path const& path) {
    strings const person{
        "id", "name_zh", "name_en", "home", "formats", "interests", "styles", "relationship"};
    auto member = person;
    member.emplace_back("sources");

    folder found;
    auto const outcome =
        reader{path, found.problems}
            .read("regions.csv", {"key", "parent", "name_zh", "name_en"}, region_in, found.regions)
            .read("tags.csv", {"facet", "key", "parent", "name_zh", "name_en"}, tag_in, found.tags)
            .read("members.csv", member, member_in, found.members)
            .read("history.csv", {"member", "date", "subjects", "quality"}, work_in, found.history)
            .read("prospects.csv", person, prospect_in, found.prospects)
            .read("signals.csv",
                {"signal", "person", "kind", "depth", "originality", "relevance", "self_initiated",
                    "followers", "times", "detail", "about_zh", "about_en"},
                signal_in, found.signals)
            .read("answers.csv",
                {"task", "member", "says", "waning", "words_zh", "words_en", "depth", "creativity",
                    "visual", "interaction"},
                answer_in, found.answers)
            .outcome();
    if (!outcome) {
        return outcome.error();
    }
    return found;
}

} // namespace winter_range
