// SPDX-License-Identifier: BSL-1.0
#pragma once

// The chapters, in the order of telling. Each gives the engine its commands and shows what came of
// them.

#include "data.hpp"
#include "print.hpp"

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/fwd.hpp>

#include <filesystem>
#include <vector>

namespace winter_range {

class desk;
/// See programme.hpp.
struct programme;

/// What the record said about a person and a craft before their new work was judged.
struct earlier {
    koc::member_id member;
    koc::tag_id craft;
    koc::score quality;
    bool proven = false;
    koc::stage stage{};
};

// people.cpp
void enter_people(desk& at);
void find_new_people(desk& at);

// work.cpp
void set_objectives(desk& at);
void bring_tasks(desk& at);
void hear_answers(desk& at);
std::vector<earlier> review(desk& at);
void echo(desk& at, std::vector<earlier> const& before);

/// Tells the whole story on a new journal in `file`, then reads the journal again with a second
/// engine. Whether both engines came to the same state. Refused: a journal that cannot be used or
/// is not new, and a story that the data does not carry to its end.
koc::result<bool> tell(folder& files, page& page, std::filesystem::path const& file);

} // namespace winter_range
