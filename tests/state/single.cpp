// SPDX-License-Identifier: BSL-1.0
#include <koc/state/single.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace {

struct budget {
    std::int64_t left = 100;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(budget, (), (left, note))

std::string text(koc::container const& of) {
    std::string out;
    of.write_into(out);
    return out;
}

TEST_CASE("a single has the value that was set, or its type's own", "[state]") {
    koc::single<budget> const fresh;
    CHECK(fresh->left == 100);
    koc::single<budget> other{budget{7, "x"}};
    CHECK((*other).left == 7);
    other.set({8, "y"});
    CHECK(other->note == "y");
    other.update([](budget& b) { b.left += 2; });
    CHECK(other->left == 10);
    CHECK(other->note == "y");
}

TEST_CASE("a single is written as its value", "[state]") {
    CHECK(text(koc::single<budget>{{7, "x"}}) == R"({"left":7,"note":"x"})");
    CHECK(text(koc::single<std::vector<int>>{{1, 2}}) == "[1,2]");
    koc::single<std::int64_t> const seven{7};
    koc::hasher into;
    seven.digest_into(into);
    CHECK(into.finish() == koc::digest_of(std::int64_t{7}));
}

TEST_CASE("a change of a single that throws changes nothing", "[state]") {
    koc::single<budget> it;
    auto const half = [](budget& b) {
        b.left = 0;
        throw 1;
    };
    CHECK_THROWS_AS(it.update(half), int);
    CHECK(it->left == 100);
}

TEST_CASE("the values of a single are taken back one by one", "[state]") {
    koc::undo_log log;
    koc::single<budget> it;
    it.attach(log);
    koc::undo_scope outer{log};
    it.set({1, "one"});
    {
        koc::undo_scope inner{log};
        it.update([](budget& b) { b.left = 2; });
        it.update([](budget& b) { b.note = "two"; });
        CHECK(it->left == 2);
        CHECK(it->note == "two");
    }
    CHECK(it->left == 1);
    CHECK(it->note == "one");
    outer.take_back();
    CHECK(it->left == 100);
    CHECK(it->note.empty());
}

TEST_CASE("a single is found under any id", "[state]") {
    koc::single<budget> const it;
    CHECK(it.find_raw(0) == &*it);
    CHECK(it.find_raw(77) == &*it);
    CHECK(it.holds() == koc::key_of<budget>);
}

} // namespace
