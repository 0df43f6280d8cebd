// SPDX-License-Identifier: BSL-1.0

// The journals of earlier releases (support/golden.hpp), of a programme of few aspects and with all
// that an envelope may hold.

#include <koc/engine/instantiate.hpp>
#include <koc/journal/chain.hpp>
#include <koc/json/decoder.hpp>
#include <koc/json/to_json.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/roster.hpp>
#include <koc/programme/tag_library.hpp>

#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/scenario.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace golden_test {

/// Records what came of somebody's work, which the roster follows.
struct note_outcome {
    koc::outcome_recorded outcome;
};
BOOST_DESCRIBE_STRUCT(note_outcome, (), (outcome))

/// Corrects it.
struct note_correction {
    koc::outcome_corrected correction;
};
BOOST_DESCRIBE_STRUCT(note_correction, (), (correction))

class outcomes : public koc::aspect<outcomes> {
public:
    using events = koc::event_list<koc::outcome_recorded, koc::outcome_corrected>;
    using commands = koc::command_list<note_outcome, note_correction>;

    koc::result<void> decide(note_outcome const& command, context& in) const {
        in.record(command.outcome);
        return {};
    }
    koc::result<void> decide(note_correction const& command, context& in) const {
        in.record(command.correction);
        return {};
    }
    void apply(koc::outcome_recorded const&, world const&) {}
    void apply(koc::outcome_corrected const&, world const&) {}
    BOOST_DESCRIBE_CLASS(outcomes, (), (), (), ())
};

struct members_programme {
    struct rules {};
    using aspects = koc::aspect_list<koc::tag_library, koc::attention, koc::roster, outcomes>;
};
/// The same without the members.
struct words_programme {
    struct rules {};
    using aspects = koc::aspect_list<koc::tag_library>;
};

} // namespace golden_test

template koc::programme_parts koc::include_instantiate_hpp<golden_test::members_programme>();
template koc::programme_parts koc::include_instantiate_hpp<golden_test::words_programme>();

using namespace koc;
using namespace golden_test;
using journal_test::vector_log;

namespace {

constexpr char const* releases[] = {"v0.2.0"}; // the present one last

/// Gives the records from one on the chain that belongs to what they are now.
void chain_from(std::size_t at, vector_log& log) {
    auto& rows = *log.rows;
    for (; at < rows.size(); ++at) {
        auto& r = rows[at];
        r.chain = chained(at == 0 ? digest{} : rows[at - 1].chain, r.position, r.first, r, r.type,
            r.version, r.payload);
    }
}
template <typename Programme>
error refusal_of(vector_log const& log) {
    auto e = engine::of<Programme>(coded{log});
    auto const read = e.catch_up();
    REQUIRE(!read);
    return read.error();
}

/// A story with all that an envelope and a payload may hold.
void tell(vector_log const& log) {
    auto e = engine::of<members_programme>(coded{log});
    auto now = *from_iso8601("2026-01-05T08:00:00Z");
    auto const tell = [&](auto& to, auto const& command, actor by, std::string request = {}) {
        auto const done = to.handle(command, asked{now, by, std::move(request)});
        INFO((done ? std::string{} : done.error().subject + ": " + done.error().expected));
        REQUIRE(done.has_value());
    };
    actor const host;
    actor const operator_3{actor_kind::employee, 3};
    member_id const an{1};
    member_id const bo{0xffffffffffffffffU};
    tell(e, define_facet{{"region"}}, host);
    tell(e, define_facet{{"age", true}}, host);
    tell(e, define_facet{{"skill", false, true}}, host);
    tell(e,
        define_tags{{{"region", "东北", "Northeast", {}}, {"region", "哈尔滨", "Harbin", {"东北"}},
            {"skill", "tests", "\"tests\", \\ and 🚗", {}}}},
        operator_3, "words/1");
    auto const harbin = *e.tags().find("region", "哈尔滨");
    auto const tests = *e.tags().find("skill", "tests");
    now = now + duration{1250};
    tell(e, enrol{an, {an.value(), "安"}, {source::owned, source::open}, {{harbin, percent(50)}}},
        operator_3, "enrol/1");
    tell(e, enrol{bo, {bo.value(), "Bo \"B.\" O'Neill"}, {source::open}, {}}, operator_3);
    tell(e, adopt<attention_rules>{{2, days(3), 1, hours(12)}}, host);
    tell(e, ask_attention{an}, host);
    now = now + hours(1);
    tell(e, commit_to_work{an}, {actor_kind::member, an.value()}, "yes");
    tell(e, note_refusal{bo}, {actor_kind::member, bo.value()});

    auto other = engine::of<members_programme>(coded{log}, writer_id{2});
    now = now - minutes(5); // a clock that is behind
    tell(other, note_outcome{{an, {tests}, percent(90), now}}, operator_3);
    tell(other, end_commitment{an}, host);
    tell(other, note_correction{{an, {tests}, percent(90), percent(40), now}}, operator_3);
    now = now + days(40);
    tell(e, ask_attention{an}, host);
    tell(e, retag{bo, {{harbin}}, {}}, {actor_kind::employee, 0});
    tell(e, retag{an, {}, {harbin}}, operator_3);
}

TEST_CASE("every release reads the journals of those before it", "[journal][K4]") {
    for (std::string const release : releases) {
        INFO(release);
        auto const log = golden_log(release);
        auto e = engine::of<members_programme>(coded{log});
        auto const read = e.catch_up();
        INFO((read ? std::string{} : read.error().subject + ": " + read.error().expected));
        REQUIRE(read.has_value());
        CHECK(e.head() == *log.head());
        CHECK(to_hex(e.state_digest()) == golden_digest(release));
        auto const before = log.rows->size();
        auto const more = e.handle(ask_attention{member_id{1}}, asked{e.last() + days(30)});
        CHECK(more.has_value());
        CHECK(log.rows->size() > before);
    }
}

TEST_CASE("a journal of this release is what it was when the release was made", "[journal]") {
    vector_log log;
    tell(log);
    check_golden(log, *std::rbegin(releases));
}

TEST_CASE("a flipped bit in an old journal is damage, wherever it is", "[journal]") {
    for (std::string const release : releases) {
        auto const golden = golden_log(release);
        auto const count = golden.rows->size();
        for (std::size_t i = 0; i < count; ++i) {
            auto const damaged = [&](auto const& damage) {
                vector_log log;
                *log.rows = *golden.rows;
                damage((*log.rows)[i]);
                auto const why = refusal_of<members_programme>(log);
                INFO("event " << i << ", " << (*golden.rows)[i].type);
                CHECK(why.code == errc::corrupt);
                CHECK(why.subject == "event " + std::to_string(i));
            };
            auto const flip = [](std::string& text) {
                text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
            };
            damaged([&](log_record& r) { flip(r.payload); });
            damaged([&](log_record& r) { flip(r.type); });
            damaged([](log_record& r) { r.version ^= 1U; });
            damaged([](log_record& r) { r.at.ms ^= 1; });
            damaged([](log_record& r) { r.told = r.told ? std::nullopt : std::optional{r.at}; });
            damaged([](log_record& r) { r.by.id ^= 1U; });
            damaged([](log_record& r) { r.writer = writer_id{r.writer.value() ^ 1U}; });
            damaged([](log_record& r) { r.asked.id += 'x'; });
            damaged([](log_record& r) { r.first ^= 1U; });
            damaged([](log_record& r) { r.chain.low ^= 1U; });
        }
    }
}

TEST_CASE("an event of another release is a changed schema, and no damage", "[journal]") {
    struct row {
        char const* what;
        void (*change)(log_record&);
        char const* word;
    };
    constexpr row rows[] = {
        {"unknown type", [](log_record& r) { r.type = "member_invited"; }, "aspect"},
        {"newer version", [](log_record& r) { r.version = 2; }, "version from 1 to 1, found 2"},
        {"no version", [](log_record& r) { r.version = 0; }, "found 0"},
        {"a new member", [](log_record& r) { r.payload.insert(1, "\"since\":1,"); }, "since"},
        {"a member less", [](log_record& r) { r.payload = "{}"; }, "member"},
    };
    auto const golden = golden_log(*std::rbegin(releases));
    for (std::size_t i = 0; i < golden.rows->size(); ++i) {
        if ((*golden.rows)[i].type != "member_enrolled") {
            continue;
        }
        for (auto const& [what, change, word] : rows) {
            INFO(what << ", event " << i);
            vector_log log;
            *log.rows = *golden.rows;
            change((*log.rows)[i]);
            chain_from(i, log);
            auto const why = refusal_of<members_programme>(log);
            CHECK(why.code == errc::schema_changed);
            CHECK(
                why.subject.starts_with("event " + std::to_string(i) + ", " + (*log.rows)[i].type));
            CHECK((why.subject + why.expected).find(word) != std::string::npos);
            CHECK(why.expected.find("the journal is undamaged") != std::string::npos);
        }
    }
}

// The table of safe changes in docs/journal.md

enum class colour : std::uint8_t { red, blue };
BOOST_DESCRIBE_ENUM(colour, red, blue)
enum class more_colours : std::uint8_t { green, blue, red };
BOOST_DESCRIBE_ENUM(more_colours, green, blue, red)
struct painted {
    std::int8_t coats = 0;
    colour in{};
};
BOOST_DESCRIBE_STRUCT(painted, (), (coats, in))
struct painted_safely {
    std::optional<std::string> by;
    more_colours in{};
    std::int64_t coats = 0;
};
BOOST_DESCRIBE_STRUCT(painted_safely, (), (by, in, coats))
struct painted_by_somebody {
    std::int8_t coats = 0;
    colour in{};
    std::string by;
};
BOOST_DESCRIBE_STRUCT(painted_by_somebody, (), (coats, in, by))
struct painted_once {
    colour in{};
};
BOOST_DESCRIBE_STRUCT(painted_once, (), (in))
struct painted_anew {
    std::int8_t layers = 0;
    colour in{};
};
BOOST_DESCRIBE_STRUCT(painted_anew, (), (layers, in))

TEST_CASE("safe changes read what was written before them, and others do not", "[journal][K4]") {
    auto const text = to_json_text(painted{7, colour::blue});
    painted_safely safe;
    REQUIRE(json_decoder{}.read(shape_of<painted_safely>, text, &safe).has_value());
    CHECK(safe.coats == 7);
    CHECK(safe.in == more_colours::blue);
    CHECK_FALSE(safe.by);

    painted_by_somebody more;
    CHECK(!json_decoder{}.read(shape_of<painted_by_somebody>, text, &more));
    painted_once less;
    CHECK(!json_decoder{}.read(shape_of<painted_once>, text, &less));
    painted_anew renamed;
    CHECK(!json_decoder{}.read(shape_of<painted_anew>, text, &renamed));
    painted old;
    auto const green = to_json_text(painted_safely{{}, more_colours::green, 1});
    CHECK(!json_decoder{}.read(shape_of<painted>, green, &old));
}

TEST_CASE("a programme without an aspect says which of its events it cannot read", "[journal]") {
    auto const log = golden_log(*std::rbegin(releases));
    auto const why = refusal_of<words_programme>(log);
    CHECK(why.code == errc::schema_changed);
    CHECK(why.subject.find("attention_rules_adopted") != std::string::npos);
}

TEST_CASE("write the journal of this release", "[.golden]") {
    vector_log log;
    tell(log);
    auto e = engine::of<members_programme>(coded{log});
    REQUIRE(e.catch_up().has_value());
    write_golden(*std::rbegin(releases), log, e.state_digest());
}

} // namespace
