// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who used a new feature first. A feature has an instant of release; who tried it is ranked by the
// instants of the tries, so a report that comes late can put somebody before the others. A first
// use counts only with detailed feedback on the same feature.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/discovery/messages/features.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/state/key.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace koc {

class features : public aspect<features> {
    using of_feature = by<&feature_use_record::feature, &feature_use_record::person>;
    using of_person = by<&feature_use_record::person>;

public:
    using events = event_list<feature_released>;
    using commands = command_list<release_feature>;
    using queries = query_list<rank_first_users>;
    using follows = event_list<contribution_reported>;
    using rules = feature_rules;

    /// The instants of the tries of features, ascending, each feature's looked up once.
    using tries = std::map<feature_id, std::vector<instant>>;

    /// How much one person's first uses count: for each feature how early they were among those who
    /// tried it, times the detail of their feedback on it. O(their features), and the number of
    /// those who tried them where `known` does not have them yet.
    template <typename World>
    [[nodiscard]] score first_use(
        member_id person, feature_rules const& limits, tries& known, World const& in) const {
        score sum;
        std::map<feature_id, score> counted; // of a feature the best of their accounts
        detail::each_account(in, person, [&](member_id account) {
            for (auto const& use : uses_.all<of_person>(account)) {
                if (use.tried && use.detail >= limits.detail_min) {
                    auto const& all = tries_of(use.feature, known, in);
                    auto const now =
                        earliness(rank_in(all, *use.tried), all.size(), limits) * use.detail;
                    auto& best = counted[use.feature];
                    sum += (std::max)(now, best) - best;
                    best = (std::max)(now, best);
                }
            }
        });
        return sum;
    }
    /// How much being the `rank`-th of `all` people counts, from 1 down to 0: 2^-(people before
    /// them / the early share of all), where that share is one person at least. O(1).
    [[nodiscard]] static score earliness(
        std::int64_t rank, std::size_t all, feature_rules const& limits) {
        auto const early =
            (std::max)(score::unit, static_cast<std::int64_t>(all) * limits.early_share.raw);
        return exp2_minus(ratio(whole(rank - 1).raw, early));
    }
    /// Whether somebody can have used the feature at an instant.
    [[nodiscard]] result<void> check_use(feature_id feature, instant at) const {
        auto const* known = features_.find(feature);
        if (known == nullptr) {
            return unknown("feature", feature);
        }
        if (at < known->released) {
            return error{errc::invalid_argument, subject("feature", feature),
                "expected a use at or after the release of the feature; correct the instant"};
        }
        return {};
    }

    static constexpr auto guards(release_feature const*) {
        return require(by_desk<release_feature>);
    }
    result<void> decide(release_feature const& command, context& in) const {
        if (!command.feature.valid()) {
            return error{errc::invalid_argument, subject("feature", command.feature),
                "expected a feature with an id above 0"};
        }
        if (features_.contains(command.feature)) {
            return error{errc::already_exists, subject("feature", command.feature),
                "expected a feature whose release was not told yet; leave it as it is"};
        }
        if (auto refused =
                check_name("name of " + subject("feature", command.feature), command.name)) {
            return *std::move(refused);
        }
        in.record(feature_released{command.feature, command.name, command.at});
        return {};
    }
    [[nodiscard]] result<std::vector<first_user>> answer(
        rank_first_users const& query, world const& in) const {
        if (query.count < 1 || query.count > 10'000) {
            return error{errc::invalid_argument, "rank_first_users.count",
                "expected a value from 1 to 10000"};
        }
        if (!features_.contains(query.feature)) {
            return unknown("feature", query.feature);
        }
        auto const& limits = in.rules<feature_rules>();
        tries known;
        auto const& all = tries_of(query.feature, known, in);
        std::vector<first_user> found;
        for (auto const& use : uses_.all<of_feature>(query.feature)) {
            if (use.tried && counts(use.person, in)) {
                auto const rank = rank_in(all, *use.tried);
                found.push_back({detail::kept_for(in, use.person), *use.tried, rank, use.detail,
                    use.detail >= limits.detail_min
                        ? earliness(rank, all.size(), limits) * use.detail
                        : score{}});
            }
        }
        std::sort(found.begin(), found.end(), [](first_user const& a, first_user const& b) {
            return a.tried != b.tried ? a.tried < b.tried : a.person < b.person;
        });
        std::set<member_id> told; // of several accounts of one person the first
        std::erase_if(
            found, [&](first_user const& one) { return !told.insert(one.person).second; });
        found.resize((std::min)(static_cast<std::size_t>(query.count), found.size()));
        return found;
    }

    void apply(feature_released const& event, world const&) {
        features_.insert({event.feature, event.name, event.at});
    }
    void apply(contribution_reported const& event, world const&) {
        if (!event.feature.valid()) {
            return;
        }
        auto const known = uses_.all<of_feature>(event.feature, event.person);
        auto const use = known.empty() ? feature_use_id{event.signal.value()} : (*known.begin()).id;
        uses_.put(use, [&](feature_use_record& r) {
            r.feature = event.feature;
            r.person = event.person;
            if (event.kind == contribution_kind::tried) {
                r.tried = r.tried ? (std::min)(*r.tried, event.at) : event.at;
            } else {
                r.detail = (std::max)(r.detail, event.detail);
            }
        });
    }

private:
    /// Who is ranked: neither who is in doubt nor alumni.
    template <typename World>
    static bool counts(member_id account, World const& in) {
        auto const who = detail::kept_for(in, account);
        return detail::held_back(in, who) == nullptr && !detail::is_alumnus(in, who);
    }
    /// Of everybody who is ranked.
    template <typename World>
    std::vector<instant> const& tries_of(feature_id feature, tries& known, World const& in) const {
        auto const [at, added] = known.try_emplace(feature);
        if (added) {
            std::map<member_id, instant> first;
            for (auto const& use : uses_.all<of_feature>(feature)) {
                if (use.tried && counts(use.person, in)) {
                    auto& one =
                        first.emplace(detail::kept_for(in, use.person), *use.tried).first->second;
                    one = (std::min)(one, *use.tried);
                }
            }
            for (auto const& [person, tried] : first) {
                at->second.push_back(tried);
            }
            std::sort(at->second.begin(), at->second.end());
        }
        return at->second;
    }
    static std::int64_t rank_in(std::vector<instant> const& all, instant own) {
        return 1 + (std::lower_bound(all.begin(), all.end(), own) - all.begin());
    }

    table<feature_record> features_;
    table<feature_use_record, of_feature, of_person> uses_;
    BOOST_DESCRIBE_CLASS(features, (), (), (), (features_, uses_))
};

} // namespace koc
