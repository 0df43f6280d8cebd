// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rules that a host brings: adopted when a journal begins, compared with the adopted ones
// later.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/core.hpp>
#include <koc/engine/engine.hpp>
#include <koc/journal/envelope.hpp>

#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

class rules_bag {
public:
    /// The programme's values, but for those that a host brings itself.
    rules_bag(composition const& of, std::vector<rules_value> own) : values_{of.rules} {
        for (auto& mine : own) {
            for (auto& value : values_) {
                if (value.of == mine.of) {
                    value = std::move(mine);
                    break;
                }
            }
        }
    }

    [[nodiscard]] std::vector<rules_value> const& values() const { return values_; }

    /// Adopts all, as the first events of a journal. Refused: as the check of a value says.
    [[nodiscard]] result<void> adopt_all(core& state, batch& made) const {
        for (auto const& value : values_) {
            KOC_TRY(value.check(value.adoption.raw()));
            made.events.push_back(value.adoption);
            state.apply(value.adoption, made.at, made.by);
        }
        return {};
    }
    /// Those that the state has not adopted as they are here.
    [[nodiscard]] std::vector<differing_rules> differing(core const& state) const {
        std::vector<differing_rules> names;
        for (auto const& value : values_) {
            auto const* adopted = state.record_at(value.of, 0);
            if (adopted == nullptr || !equal(value, adopted)) {
                names.push_back({std::string{value.name}, adopted != nullptr});
            }
        }
        return names;
    }

private:
    [[nodiscard]] static bool equal(rules_value const& value, void const* adopted) {
        // adopted<Rules> has one member, the rules.
        return hasher{}.add(*value.form, adopted).finish() ==
            hasher{}.add(*value.form, value.adoption.raw()).finish();
    }

    std::vector<rules_value> values_;
};

} // namespace koc::detail
