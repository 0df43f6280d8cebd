// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/instantiate.hpp>
#include <koc/engine/rules_page.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/state/table.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

// A bakery: what follows from a loaf is a table. The programmes differ in that table alone.

namespace bakery {

using koc::score;

struct loaf_kind {
    static constexpr char const* noun = "loaf";
    using record = struct loaf;
};
using loaf_id = koc::id<loaf_kind>;
struct loaf {
    loaf_id id;
    std::vector<std::string> marks;
};
BOOST_DESCRIBE_STRUCT(loaf, (), (id, marks))

struct bake {
    loaf_id loaf;
    score crust;
    bool round = false;
};
BOOST_DESCRIBE_STRUCT(bake, (), (loaf, crust, round))
struct mark {
    loaf_id loaf;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(mark, (), (loaf, text))
struct baked {
    loaf_id loaf;
    score crust;
    bool round = false;
};
BOOST_DESCRIBE_STRUCT(baked, (), (loaf, crust, round))
struct marked {
    loaf_id loaf;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(marked, (), (loaf, text))

struct oven_rules {
    score crisp_at = koc::percent(70);
};
BOOST_DESCRIBE_STRUCT(oven_rules, (), (crisp_at))
inline koc::result<void> check(oven_rules const&) { return {}; }

class oven : public koc::aspect<oven> {
public:
    using events = koc::event_list<baked, marked>;
    using commands = koc::command_list<bake, mark>;
    using rules = oven_rules;

    koc::result<void> decide(bake const& command, context& in) const {
        in.record(baked{command.loaf, command.crust, command.round});
        return {};
    }
    koc::result<void> decide(mark const& command, context& in) const {
        if (command.text == "burnt") {
            return koc::error{koc::errc::not_qualified, subject("loaf", command.loaf),
                "expected a loaf that may be sold; bake another"};
        }
        in.record(marked{command.loaf, command.text});
        return {};
    }
    void apply(baked const& event, world const&) { loaves_.insert({event.loaf, {}}); }
    void apply(marked const& event, world const&) {
        loaves_.update(event.loaf, [&](loaf& one) { one.marks.push_back(event.text); });
    }

private:
    koc::table<loaf> loaves_;
    BOOST_DESCRIBE_CLASS(oven, (), (), (), (loaves_))
};

enum class taste : std::uint8_t { plain, festive };

template <taste T>
class shelf : public koc::aspect<shelf<T>> {
public:
    using context = typename koc::aspect<shelf>::context;
    using follows = koc::event_list<baked>;

    static constexpr auto consequences(baked const*) {
        using crisp = koc::reaches<&baked::crust, &oven_rules::crisp_at>;
        if constexpr (T == taste::plain) {
            return koc::in_order(
                koc::consequence<crisp, &shelf::template note<'c'>>("it is marked c"),
                koc::consequence<koc::when<&baked::round>, &shelf::template note<'r'>>(
                    "it is marked r", &wide),
                koc::consequence<koc::unless<&baked::round>, &shelf::template note<'l'>>(
                    "it is marked l"));
        } else {
            return koc::in_order(
                koc::consequence<koc::when<&baked::round>, &shelf::template note<'r'>>(
                    "it is marked r"),
                koc::consequence<koc::always<baked>, &shelf::template note<'s'>>("it is marked s"),
                koc::consequence<crisp, &shelf::burn>("it may not be sold"),
                koc::consequence<koc::always<baked>, &shelf::template note<'x'>>("it is marked x"));
        }
    }

private:
    static std::string wide() { return ", which is wide"; }
    template <char Letter>
    void note(baked const& event, context& in) const {
        in.need(in.call(mark{event.loaf, std::string(1, Letter)}));
    }
    void burn(baked const& event, context& in) const {
        in.need(in.call(mark{event.loaf, "burnt"}));
    }
    BOOST_DESCRIBE_CLASS(shelf, (), (), (), ())
};

/// Stands behind the shelf, and so goes on after it.
class till : public koc::aspect<till> {
public:
    using follows = koc::event_list<baked>;

    static constexpr auto consequences(baked const*) {
        return koc::in_order(koc::consequence<koc::always<baked>, &till::price>("it has a price"));
    }

private:
    void price(baked const& event, context& in) const {
        in.need(in.call(mark{event.loaf, "priced"}));
    }
    BOOST_DESCRIBE_CLASS(till, (), (), (), ())
};

struct plain {
    using aspects = koc::aspect_list<koc::tag_library, oven, shelf<taste::plain>, till>;
};
struct festive {
    using aspects = koc::aspect_list<koc::tag_library, oven, shelf<taste::festive>>;
};

} // namespace bakery

template koc::programme_parts koc::include_instantiate_hpp<bakery::plain>();
template koc::programme_parts koc::include_instantiate_hpp<bakery::festive>();

namespace {

using namespace bakery;
using koc::percent;

koc::asked const now{koc::instant{1'700'000'000'000}};

std::vector<std::string> marks_of(koc::engine const& in, std::uint64_t which) {
    auto const* found = in.find(loaf_id{which});
    return found == nullptr ? std::vector<std::string>{} : found->marks;
}
std::string consequences_on(koc::engine const& of) {
    auto const page = koc::rules_page(of);
    auto const at = page.find("## Consequences");
    return at == std::string::npos ? "" : page.substr(at);
}
using marks = std::vector<std::string>;

TEST_CASE("what follows from an event is what the page says, in its order", "[engine][D12]") {
    auto shop = koc::engine::of<plain>(koc::memory_journal{});
    CHECK(consequences_on(shop) ==
        "## Consequences\n\nWhat follows from an event where the condition holds, in this order.\n"
        "\n### baked\n\n"
        "1. crust of at least oven_rules.crisp_at: it is marked c (shelf)\n"
        "2. round: it is marked r, which is wide (shelf)\n"
        "3. not round: it is marked l (shelf)\n"
        "4. always: it has a price (till)\n");
    REQUIRE(shop.handle(bake{loaf_id{1}, percent(70), true}, now).has_value());
    REQUIRE(shop.handle(bake{loaf_id{2}, percent(70) - score{1}, true}, now).has_value());
    REQUIRE(shop.handle(bake{loaf_id{3}, percent(90), false}, now).has_value());
    CHECK(marks_of(shop, 1) == marks{"c", "r", "priced"});
    CHECK(marks_of(shop, 2) == marks{"r", "priced"});
    CHECK(marks_of(shop, 3) == marks{"c", "l", "priced"});

    // The rule on the page is the one that decides.
    REQUIRE(shop.handle(koc::adopt<oven_rules>{{percent(95)}}, now).has_value());
    CHECK(koc::rules_page(shop).find("- oven_rules: {\"crisp_at\":950000}") != std::string::npos);
    REQUIRE(shop.handle(bake{loaf_id{4}, percent(90), false}, now).has_value());
    CHECK(marks_of(shop, 4) == marks{"l", "priced"});
}

TEST_CASE("another table is another page and other consequences", "[engine][D12]") {
    auto shop = koc::engine::of<festive>(koc::memory_journal{});
    CHECK(consequences_on(shop) ==
        "## Consequences\n\nWhat follows from an event where the condition holds, in this order.\n"
        "\n### baked\n\n"
        "1. round: it is marked r (shelf)\n"
        "2. always: it is marked s (shelf)\n"
        "3. crust of at least oven_rules.crisp_at: it may not be sold (shelf)\n"
        "4. always: it is marked x (shelf)\n");
    REQUIRE(shop.handle(bake{loaf_id{1}, percent(20), true}, now).has_value());
    CHECK(marks_of(shop, 1) == marks{"r", "s", "x"});
}

TEST_CASE("a consequence that is refused refuses the command, and nothing of it is left",
    "[engine][D12][refusal]") {
    auto shop = koc::engine::of<festive>(koc::memory_journal{});
    REQUIRE(shop.handle(bake{loaf_id{1}, percent(20), true}, now).has_value());
    auto const before = shop.state_digest();
    auto const burnt = shop.handle(bake{loaf_id{2}, percent(80), true}, now);
    REQUIRE_FALSE(burnt.has_value());
    CHECK(burnt.error().code == koc::errc::not_qualified);
    CHECK(burnt.error().subject == "loaf 2");
    CHECK(burnt.error().expected == "expected a loaf that may be sold; bake another");
    CHECK(shop.find(loaf_id{2}) == nullptr);
    CHECK(shop.state_digest() == before);
}

} // namespace
