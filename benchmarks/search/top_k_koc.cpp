// SPDX-License-Identifier: BSL-1.0

// koc in the top-20 benchmark. The program that prints ratios compiles this file a second time, in
// another namespace and without the instructions of this processor.

#include <koc/search/top_k.hpp>

#include "search/indexed_people.hpp"
#include "search/top_k_rivals.hpp"

#ifndef KOC_BENCHMARK_MAKER
#define KOC_BENCHMARK_MAKER make_koc
#endif

namespace bench {
namespace {

class koc_searcher final : public searcher {
public:
    explicit koc_searcher(std::vector<wl::Member> const& members) : people_{members} {}

    void prepare(std::vector<wl::Query> const& queries) override {
        queries_ = &queries;
        for (auto const& q : queries) {
            plans_.push_back(koc_people::plan_of(q));
        }
    }
    std::size_t query(std::size_t which, wl::Hit* out) override {
        auto const best = koc::top_k(
            people_, plans_[which], (*queries_)[which], koc_people::by_units{}, wl::top_k);
        std::size_t n = 0;
        for (auto const& found : best.value()) {
            out[n++] = {static_cast<wl::i32>(found.fit.raw), found.id.value() - 1};
        }
        return n;
    }
    [[nodiscard]] std::size_t bytes() const override { return people_.bytes(); }
    bool change(wl::Member const& before, wl::Member const& after) override {
        people_.change(before, after);
        return true;
    }

private:
    koc_people::people people_;
    std::vector<wl::Query> const* queries_ = nullptr;
    std::vector<koc::requirement_plan> plans_;
};

} // namespace

std::unique_ptr<searcher> KOC_BENCHMARK_MAKER(std::vector<wl::Member> const& members) {
    return std::make_unique<koc_searcher>(members);
}

} // namespace bench
