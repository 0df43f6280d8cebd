// SPDX-License-Identifier: BSL-1.0
#pragma once

// All messages of the standard programme: ids, commands, events, queries, records and rules.

#include <koc/member/messages/attention.hpp>
#include <koc/member/messages/cultivation.hpp>
#include <koc/member/messages/cultivation_plans.hpp>
#include <koc/member/messages/discovery.hpp>
#include <koc/member/messages/first_voice.hpp>
#include <koc/member/messages/mentorship.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/potential.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/member/messages/track_record.hpp>
#include <koc/programme/messages/tag_library.hpp>
#include <koc/task/messages/alignment.hpp>
#include <koc/task/messages/amplification.hpp>
#include <koc/task/messages/board.hpp>
#include <koc/task/messages/dispatch.hpp>
#include <koc/task/messages/loop.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/participation.hpp>
#include <koc/task/messages/resources.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/reward.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/messages/task.hpp>
#include <koc/task/messages/task_stage.hpp>
#include <koc/task/messages/topic.hpp>
