// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/row_form.hpp>

#include "exchange/table_example.hpp"
#include "support/catch.hpp"

#include <string>

namespace {

using namespace exchange_test;

TEST_CASE(
    "the members of a struct are the columns, also within a struct of one member", "[exchange]") {
    koc::row_form const form{koc::message_type_of<put_entry>, {"flag"}, {"contact"}};
    CHECK(form.names() ==
        "number, name, remark, flag, small, felt, at, within, worth, print, price, maybe, title, "
        "words, moods, tags, parts, other, both, needs, contact");
    CHECK(*form.find("number") == 0);
    CHECK(*form.find("contact") == form.columns().size());
    CHECK_FALSE(form.find("wrapped"));
    auto const& columns = form.columns();
    CHECK(columns[*form.find("flag")].may_lack);
    CHECK(columns[*form.find("maybe")].may_lack);
    CHECK_FALSE(columns[*form.find("words")].may_lack);
    CHECK(columns[*form.find("name")].personal);
    CHECK_FALSE(columns[*form.find("remark")].personal);

    put_entry row;
    CHECK(form.is_as_declared(columns[*form.find("flag")], &row));
    row.wrapped.flag = false;
    CHECK_FALSE(form.is_as_declared(columns[*form.find("flag")], &row));
}

TEST_CASE("personal words belong to what the row names first", "[exchange]") {
    koc::row_form const form{koc::message_type_of<put_entry>};
    put_entry row{example()};
    row.wrapped.name.owner = 0;
    form.set_owner(&row);
    CHECK(row.wrapped.name.owner == 7);
    row.wrapped.name.owner = 9;
    form.set_owner(&row);
    CHECK(row.wrapped.name.owner == 9);
}

} // namespace
