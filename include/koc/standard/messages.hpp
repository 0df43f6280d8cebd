// SPDX-License-Identifier: BSL-1.0
#pragma once

// All messages of the standard programme: ids, commands, events, queries, records and rules.

#include <koc/member/messages/attention.hpp>
#include <koc/member/messages/committee.hpp>
#include <koc/member/messages/discovery.hpp>
#include <koc/member/messages/features.hpp>
#include <koc/member/messages/feeds.hpp>
#include <koc/member/messages/identity.hpp>
#include <koc/member/messages/impact.hpp>
#include <koc/member/messages/improvement.hpp>
#include <koc/member/messages/mentorship.hpp>
#include <koc/member/messages/office.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/own_time.hpp>
#include <koc/member/messages/panel.hpp>
#include <koc/member/messages/peer_help.hpp>
#include <koc/member/messages/preference.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/renewal.hpp>
#include <koc/member/messages/representation.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/squad.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/member/messages/territory.hpp>
#include <koc/member/messages/tier.hpp>
#include <koc/member/messages/track_record.hpp>
#include <koc/member/messages/trust.hpp>
#include <koc/programme/messages/calendar.hpp>
#include <koc/programme/messages/tag_library.hpp>
#include <koc/task/messages/amplification.hpp>
#include <koc/task/messages/approval.hpp>
#include <koc/task/messages/board.hpp>
#include <koc/task/messages/dispatch.hpp>
#include <koc/task/messages/loop.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/reward.hpp>
#include <koc/task/messages/strike.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/messages/task.hpp>
#include <koc/task/messages/task_stage.hpp>
#include <koc/task/messages/topic.hpp>
