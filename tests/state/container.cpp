// SPDX-License-Identifier: BSL-1.0
#include <koc/state/container.hpp>

#include "state/change_observer.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

/// A stack of letters; it says what is done to it.
class letters final : public koc::container {
public:
    explicit letters(std::string& said) : said_{said} {}

    void push(char letter) {
        auto const noting = prepare();
        held.push_back(letter);
        if (noting) {
            note();
        }
    }

    void digest_into(koc::hasher&) const override {}
    void write_into(std::string& out) const override { out += held; }
    void undo() noexcept override {
        said_ += held.back();
        held.pop_back();
    }
    void settle() noexcept override { said_ += '.'; }

    std::string held;

private:
    std::string& said_;
};

struct two {
    std::string said;
    koc::undo_log log;
    letters a{said};
    letters b{said};
    two() {
        a.attach(log);
        b.attach(log);
    }
};

} // namespace

TEST_CASE("outside of a scope nothing is noted", "[state]") {
    two it;
    it.a.push('x');
    CHECK_FALSE(it.log.recording());
    CHECK(it.log.size() == 0);
    CHECK(it.a.held == "x");
}

TEST_CASE("a container without a log is changed freely", "[state]") {
    std::string said;
    letters alone{said};
    alone.push('x');
    CHECK(alone.held == "x");
}

TEST_CASE("a scope that is not kept is taken back, newest first across containers", "[state]") {
    two it;
    {
        koc::undo_scope const scope{it.log};
        CHECK(it.log.recording());
        it.a.push('1');
        it.b.push('2');
        it.a.push('3');
        CHECK(it.log.size() == 3);
    }
    CHECK(it.said == "321");
    CHECK(it.a.held.empty());
    CHECK_FALSE(it.log.recording());
}

TEST_CASE("an exception takes its scopes back", "[state]") {
    two it;
    try {
        koc::undo_scope const outer{it.log};
        it.a.push('1');
        koc::undo_scope const inner{it.log};
        it.b.push('2');
        throw std::runtime_error{"stop"};
    } catch (std::runtime_error const&) {
    }
    CHECK(it.said == "21");
    CHECK_FALSE(it.log.recording());
}

TEST_CASE("what an inner scope keeps, an outer one can take back", "[state]") {
    two it;
    koc::undo_scope outer{it.log};
    it.a.push('1');
    koc::undo_scope inner{it.log};
    it.b.push('2');
    inner.keep();
    CHECK(it.log.recording());
    CHECK(it.log.size() == 2);
    outer.take_back();
    CHECK(it.said == "21");
}

TEST_CASE("an inner scope takes back its own changes only", "[state]") {
    two it;
    koc::undo_scope outer{it.log};
    it.a.push('1');
    koc::undo_scope inner{it.log};
    it.a.push('2');
    inner.take_back();
    CHECK(it.said == "2");
    it.a.push('3');
    outer.keep();
    CHECK(it.a.held == "13");
    CHECK(it.log.size() == 0);
}

TEST_CASE("containers settle when the outermost scope is kept, and not before", "[state]") {
    two it;
    koc::undo_scope outer{it.log};
    {
        koc::undo_scope inner{it.log};
        it.a.push('1');
        inner.keep();
    }
    CHECK(it.said.empty());
    outer.keep();
    CHECK(it.said == ".");
}

TEST_CASE("a container says no more than it must", "[state]") {
    two it;
    koc::container const& any = it.a;
    CHECK_FALSE(any.holds().valid());
    CHECK(any.find_raw(1) == nullptr);
    CHECK(any.row_raw(0) == nullptr);
    CHECK(any.row_count() == 0);
    CHECK_FALSE(any.next_due());
    struct nobody final : koc_test::change_observer {
        void changed(std::uint64_t, void const*) noexcept override {}
    } observer;
    CHECK_FALSE(it.a.observe(observer));
}

TEST_CASE("room grows by doubling, so that noting stays cheap", "[state]") {
    std::vector<int> some;
    koc::undo_log::make_room(some);
    CHECK(some.capacity() == 8);
    some.resize(7);
    koc::undo_log::make_room(some);
    CHECK(some.capacity() == 8);
    some.resize(8);
    koc::undo_log::make_room(some);
    CHECK(some.capacity() == 16);
}
