// SPDX-License-Identifier: BSL-1.0

// The rival: a CRoaring bitmap for each value of each field, intersected smallest first; whoever is
// left is scored from columns, with a table of the query's weights, into a heap of twenty.

#include "search/top_k_rivals.hpp"

#include <roaring/roaring.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace bench {
namespace {

/// Owns one bitmap.
class bits {
public:
    bits() : raw_{roaring_bitmap_create()} {}
    explicit bits(roaring_bitmap_t* made) : raw_{made} {}
    bits(bits&& other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
    bits& operator=(bits&& other) noexcept { return std::swap(raw_, other.raw_), *this; }
    ~bits() {
        if (raw_ != nullptr) {
            roaring_bitmap_free(raw_);
        }
    }
    [[nodiscard]] roaring_bitmap_t* get() const { return raw_; }

private:
    roaring_bitmap_t* raw_;
};
using field = std::vector<bits>; ///< a bitmap a value

/// Twenty hits with the worst in front.
class twenty {
public:
    void push(wl::Hit hit) {
        if (count_ == wl::top_k && !wl::better(hit, heap_[0])) {
            return;
        }
        if (count_ == wl::top_k) {
            std::pop_heap(heap_.begin(), heap_.end(), wl::better);
            --count_;
        }
        heap_[count_++] = hit;
        std::push_heap(
            heap_.begin(), heap_.begin() + static_cast<std::ptrdiff_t>(count_), wl::better);
    }
    std::size_t take(wl::Hit* out) {
        std::sort(heap_.begin(), heap_.begin() + static_cast<std::ptrdiff_t>(count_), wl::better);
        std::copy_n(heap_.begin(), count_, out);
        return count_;
    }

private:
    std::array<wl::Hit, wl::top_k> heap_{};
    std::size_t count_ = 0;
};

class roaring_searcher final : public searcher {
public:
    explicit roaring_searcher(std::vector<wl::Member> const& members)
        : province_(wl::n_provinces), city_(static_cast<std::size_t>(wl::regions().n_cities)),
          county_(static_cast<std::size_t>(wl::regions().n_counties)), format_(3), stage_(4),
          source_(2), load_below_(5), tag_(wl::n_tags), weight_(wl::n_tags) {
        first_tag_.push_back(0);
        for (auto const& m : members) {
            auto const add = [&](field& f, std::size_t value) {
                roaring_bitmap_add(f[value].get(), m.id);
            };
            add(province_, m.province);
            add(city_, m.city);
            add(county_, m.county);
            for (std::size_t f = 0; f < 3; ++f) {
                if ((m.formats >> f & 1) != 0) {
                    add(format_, f);
                }
            }
            add(stage_, m.stage);
            add(source_, m.source);
            for (std::size_t below = m.load + 1U; below < 4; ++below) {
                add(load_below_, below);
            }
            for (int i = 0; i < m.ntags; ++i) {
                add(tag_, m.tags[i]);
                tags_.push_back(m.tags[i]);
            }
            first_tag_.push_back(static_cast<std::uint32_t>(tags_.size()));
            numbers_.push_back({m.quality_q, m.county, m.load, m.followers});
        }
        tags_.shrink_to_fit();
        first_tag_.shrink_to_fit();
        numbers_.shrink_to_fit();
        for (auto* f :
            {&province_, &city_, &county_, &format_, &stage_, &source_, &load_below_, &tag_}) {
            for (auto const& b : *f) {
                roaring_bitmap_run_optimize(b.get());
                roaring_bitmap_shrink_to_fit(b.get());
            }
        }
    }

    void prepare(std::vector<wl::Query> const& queries) override { queries_ = &queries; }

    std::size_t query(std::size_t which, wl::Hit* out) override {
        auto const& q = (*queries_)[which];
        std::vector<bits> made;
        std::vector<roaring_bitmap_t const*> all;
        auto const any_of = [&](field const& f, std::vector<std::size_t> const& values) {
            if (values.size() == 1) {
                all.push_back(f[values[0]].get());
                return;
            }
            std::vector<roaring_bitmap_t const*> some;
            for (auto value : values) {
                some.push_back(f[value].get());
            }
            made.emplace_back(roaring_bitmap_or_many(some.size(), some.data()));
            all.push_back(made.back().get());
        };
        if (q.region_level != 0) {
            any_of(q.region_level == 1    ? province_
                    : q.region_level == 2 ? city_
                                          : county_,
                {q.region, q.region + q.n_regions});
        }
        for (std::size_t f = 0; f < 3; ++f) {
            if ((q.format_all >> f & 1) != 0) {
                all.push_back(format_[f].get());
            }
        }
        if (q.source_mask != 3) {
            all.push_back(source_[q.source_mask == 2 ? 1 : 0].get());
        }
        if (q.load_below < 4) {
            all.push_back(load_below_[q.load_below].get());
        }
        if (q.must_tag >= 0) {
            all.push_back(tag_[static_cast<std::size_t>(q.must_tag)].get());
        }
        if (q.stage_mask != 15) {
            std::vector<std::size_t> stages;
            for (std::size_t s = 0; s < 4; ++s) {
                if ((q.stage_mask >> s & 1) != 0) {
                    stages.push_back(s);
                }
            }
            any_of(stage_, stages);
        }
        std::vector<std::pair<std::uint64_t, roaring_bitmap_t const*>> by_size;
        for (auto const* b : all) {
            by_size.emplace_back(roaring_bitmap_get_cardinality(b), b);
        }
        std::sort(by_size.begin(), by_size.end());

        for (int i = 0; i < q.n_tags; ++i) {
            weight_[q.tag[i]] = static_cast<wl::i32>(q.tag_w[i]) << 12;
        }
        visitor look{this, &q, {}};
        if (by_size.empty()) {
            for (std::uint32_t id = 0; id < numbers_.size(); ++id) {
                visit(id, &look);
            }
        } else if (by_size.size() == 1) {
            roaring_iterate(by_size[0].second, visit, &look);
        } else {
            bits const left{roaring_bitmap_and(by_size[0].second, by_size[1].second)};
            for (std::size_t i = 2; i < by_size.size(); ++i) {
                roaring_bitmap_and_inplace(left.get(), by_size[i].second);
            }
            roaring_iterate(left.get(), visit, &look);
        }
        for (int i = 0; i < q.n_tags; ++i) {
            weight_[q.tag[i]] = 0;
        }
        return look.best.take(out);
    }

    [[nodiscard]] std::size_t bytes() const override { return 0; }
    bool change(wl::Member const&, wl::Member const&) override { return false; }

private:
    struct numbers {
        std::uint16_t quality;
        std::uint16_t county;
        std::uint8_t load;
        std::uint32_t followers;
    };
    struct visitor {
        roaring_searcher const* all;
        wl::Query const* q;
        twenty best;
    };

    static bool visit(std::uint32_t id, void* raw) {
        auto& look = *static_cast<visitor*>(raw);
        auto const& all = *look.all;
        auto const& q = *look.q;
        auto const& m = all.numbers_[id];
        if (m.followers < q.min_followers) {
            return true;
        }
        auto score = static_cast<wl::i32>(q.w_quality) * m.quality -
            (static_cast<wl::i32>(q.w_load) * m.load << 12);
        auto const& regions = wl::regions();
        if (m.county == q.home_county) {
            score += static_cast<wl::i32>(q.w_region) << 12;
        } else if (regions.county_city[m.county] == q.home_city) {
            score += static_cast<wl::i32>(q.w_region) << 11;
        } else if (regions.county_province[m.county] == q.home_province) {
            score += static_cast<wl::i32>(q.w_region) << 10;
        }
        for (auto i = all.first_tag_[id]; i < all.first_tag_[id + 1]; ++i) {
            score += all.weight_[all.tags_[i]];
        }
        look.best.push({score, id});
        return true;
    }

    field province_;
    field city_;
    field county_;
    field format_;
    field stage_;
    field source_;
    field load_below_;
    field tag_;
    std::vector<numbers> numbers_;
    std::vector<std::uint16_t> tags_;
    std::vector<std::uint32_t> first_tag_;
    std::vector<wl::i32> weight_; ///< of the query's tags, 0 for all others
    std::vector<wl::Query> const* queries_ = nullptr;
};

} // namespace

std::unique_ptr<searcher> make_roaring(std::vector<wl::Member> const& members) {
    return std::make_unique<roaring_searcher>(members);
}

} // namespace bench
