// SPDX-License-Identifier: BSL-1.0
// workload.hpp - deterministic workloads for measuring koc and its peers.
// Depends on the standard library only. No std distributions, no floating point in
// the generators: every value comes from splitmix64 and integer arithmetic, so the
// same bits come out with every compiler, flag set and platform.
//
// Scores are exact: every product and sum is a multiple of 2^-18 below 2^5, so
// float, double, FMA or not, any order of summation give the same value, and peers
// can be required to return the identical top-k (ties: smaller member id first).
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wl {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;
using i16 = std::int16_t;
using i32 = std::int32_t;
using i64 = std::int64_t;

inline constexpr u64 seed_members = 0x6b6f6331u;
inline constexpr u64 seed_queries = 0x6b6f6332u;
inline constexpr u64 seed_assign = 0x6b6f6333u;
inline constexpr u64 seed_events = 0x6b6f6334u;

struct SplitMix64 {
  u64 s;
  constexpr u64 next() {
    u64 z = (s += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  // uniform in [0, n), n < 2^32
  constexpr u32 below(u32 n) { return u32(((next() >> 32) * n) >> 32); }
};
inline constexpr u64 mix(u64 a, u64 b) {
  SplitMix64 r{a ^ (b * 0xd1342543de82ef95ull)};
  r.next();
  return r.next();
}

// ---------------------------------------------------------------- regions
inline constexpr int n_provinces = 31;

struct Regions {
  std::vector<u16> county_city, county_province;   // county -> city, province
  std::vector<u16> city_province;                  // city -> province
  std::vector<u16> city_first, city_last;          // counties [first,last] of a city
  std::vector<u16> prov_first, prov_last;          // counties [first,last] of a province
  std::vector<u16> prov_city_first, prov_city_last;
  std::vector<u64> cum;                            // cumulative integer weights of counties
  int n_counties = 0, n_cities = 0;

  Regions() {
    int extra = 12;
    for (int p = 0; p < n_provinces; ++p) {
      bool municipality = (p % 8 == 7) || p == 30;
      int nc = municipality ? 1 : 12 + (extra > 0 ? 1 : 0);
      if (!municipality && extra > 0) --extra;
      u64 wp = (u64(1) << 40) / u64(p + 4);
      u64 sc = 0;
      for (int j = 0; j < nc; ++j) sc += (1u << 20) / u32(j + 2);
      prov_first.push_back(u16(n_counties));
      prov_city_first.push_back(u16(n_cities));
      for (int j = 0; j < nc; ++j) {
        int nk = municipality ? 16 : 8 + ((n_cities * 5 % 9) < 4 ? 1 : 0);
        u64 wc = wp / sc * ((1u << 20) / u32(j + 2));
        u64 sk = 0;
        for (int k = 0; k < nk; ++k) sk += (1u << 20) / u32(k + 3);
        city_first.push_back(u16(n_counties));
        for (int k = 0; k < nk; ++k) {
          u64 w = wc / sk * ((1u << 20) / u32(k + 3));
          county_city.push_back(u16(n_cities));
          county_province.push_back(u16(p));
          cum.push_back((cum.empty() ? 0 : cum.back()) + w);
          ++n_counties;
        }
        city_last.push_back(u16(n_counties - 1));
        city_province.push_back(u16(p));
        ++n_cities;
      }
      prov_last.push_back(u16(n_counties - 1));
      prov_city_last.push_back(u16(n_cities - 1));
    }
  }
  u16 draw(SplitMix64& r) const {
    u64 x = u64((static_cast<unsigned __int128>(r.next()) * cum.back()) >> 64);
    return u16(std::upper_bound(cum.begin(), cum.end(), x) - cum.begin());
  }
};
inline const Regions& regions() {
  static const Regions r;
  return r;
}

// ---------------------------------------------------------------- tags
inline constexpr int n_tags = 2000;
struct TagDist {
  std::array<u64, n_tags> cum{};
  TagDist() {
    u64 c = 0;
    for (int i = 0; i < n_tags; ++i) cum[size_t(i)] = (c += (u64(1) << 40) / u64(i + 1));
  }
  u16 draw(SplitMix64& r) const {
    u64 x = u64((static_cast<unsigned __int128>(r.next()) * cum.back()) >> 64);
    return u16(std::upper_bound(cum.begin(), cum.end(), x) - cum.begin());
  }
};
inline const TagDist& tag_dist() {
  static const TagDist t;
  return t;
}

// ---------------------------------------------------------------- members (J1)
enum Format : u8 { text = 1, image = 2, video = 4 };
enum Stage : u8 { candidate = 0, active = 1, mature = 2, dormant = 3 };  // 60/25/10/5 %
inline constexpr int max_member_tags = 10;

struct Member {
  u32 id;
  u16 county, city;
  u8 province;
  u8 formats;      // bit mask of Format, 1..7
  u8 stage;        // Stage
  u8 source;       // 0 public (70 %), 1 private (30 %)
  u8 load;         // 0..3
  u8 ntags;        // 2..10, average 6
  u16 quality_q;   // 0..4095; quality = quality_q / 4096, Beta(5,2)
  u32 followers;   // 64 .. 2^20, log-uniform
  u16 price, response_min, last_active_day;
  u16 tags[max_member_tags];  // ascending, distinct, Zipf(1) over 2000
  float quality() const { return float(quality_q) * (1.0f / 4096.0f); }
};

inline Member make_member(u64 i, u64 seed = seed_members) {
  const Regions& rg = regions();
  SplitMix64 r{mix(seed, i)};
  Member m{};
  m.id = u32(i);
  m.county = rg.draw(r);
  m.city = rg.county_city[m.county];
  m.province = u8(rg.county_province[m.county]);
  u32 x = r.below(20);
  int nf = x < 11 ? 1 : x < 17 ? 2 : 3;
  if (nf == 3) m.formats = 7;
  else {
    auto pick = [&](u8 taken) {
      for (;;) {
        u32 y = r.below(10);
        u8 f = y < 5 ? text : y < 8 ? image : video;
        if (!(taken & f)) return f;
      }
    };
    m.formats = pick(0);
    if (nf == 2) m.formats = u8(m.formats | pick(m.formats));
  }
  x = r.below(100);
  m.stage = x < 60 ? candidate : x < 85 ? active : x < 95 ? mature : dormant;
  m.source = r.below(100) < 70 ? 0 : 1;
  x = r.below(100);
  m.load = x < 50 ? 0 : x < 77 ? 1 : x < 92 ? 2 : 3;
  u16 b[6];
  for (auto& v : b) v = u16(r.below(4096));
  std::sort(b, b + 6);
  m.quality_q = b[4];
  u32 e = 6 + r.below(14);
  m.followers = (1u << e) + r.below(1u << e);
  m.price = u16(10 + r.below(5000));
  m.response_min = u16(1 + r.below(2880));
  m.last_active_day = u16(r.below(730));
  int nt = 2;
  for (u64 bits = r.next() >> 56; bits; bits &= bits - 1) ++nt;  // 2 + binomial(8, 1/2)
  for (int k = 0; k < nt;) {
    u16 t = tag_dist().draw(r);
    bool dup = false;
    for (int j = 0; j < k; ++j) dup |= m.tags[j] == t;
    if (!dup) m.tags[k++] = t;
  }
  std::sort(m.tags, m.tags + nt);
  m.ntags = u8(nt);
  return m;
}
inline std::vector<Member> make_members(size_t n) {
  std::vector<Member> v;
  v.reserve(n);
  for (size_t i = 0; i < n; ++i) v.push_back(make_member(i));
  return v;
}

// ---------------------------------------------------------------- queries (J1)
struct Query {
  // hard constraint
  u8 region_level = 0;             // 0 anywhere, 1 provinces, 2 cities, 3 counties
  u8 n_regions = 0;                // 1..5 when region_level > 0
  u16 region[5]{};                 // ids at that level, ascending, distinct
  u16 lo[5]{}, hi[5]{};            // the same as inclusive county ranges, ascending
  u8 format_all = 0;               // every bit must be present
  u8 stage_mask = 15;              // bit s set: stage s allowed
  u8 source_mask = 3;
  u8 load_below = 4;               // load < load_below
  i16 must_tag = -1;               // -1: none
  u32 min_followers = 0;           // followers >= min_followers
  // soft score, all weights are w / 64
  u8 n_tags = 0;                   // 2..6
  u16 tag[6]{};
  u8 tag_w[6]{};                   // 16..128
  u8 w_quality = 64;               // 64..255
  u8 w_load = 0;                   // 0..64
  u8 w_region = 0;                 // 0..128; full in the home county, 1/2 city, 1/4 province
  u16 home_county = 0, home_city = 0, home_province = 0;
  float selectivity = 0;           // estimate from the sample (information only)
};

inline bool passes(const Member& m, const Query& q) {
  if (q.region_level) {
    u16 v = q.region_level == 1 ? m.province : q.region_level == 2 ? m.city : m.county;
    bool in = false;
    for (int i = 0; i < q.n_regions; ++i) in |= q.region[i] == v;
    if (!in) return false;
  }
  if ((m.formats & q.format_all) != q.format_all) return false;
  if (!(q.stage_mask >> m.stage & 1)) return false;
  if (!(q.source_mask >> m.source & 1)) return false;
  if (m.load >= q.load_below) return false;
  if (m.followers < q.min_followers) return false;
  if (q.must_tag >= 0) {
    bool has = false;
    for (int k = 0; k < m.ntags; ++k) has |= m.tags[k] == q.must_tag;
    if (!has) return false;
  }
  return true;
}
// exact score in units of 2^-18
inline i32 score_units(const Member& m, const Query& q) {
  i32 s = i32(q.w_quality) * m.quality_q - (i32(q.w_load) * m.load << 12);
  if (m.county == q.home_county) s += i32(q.w_region) << 12;
  else if (m.city == q.home_city) s += i32(q.w_region) << 11;
  else if (m.province == q.home_province) s += i32(q.w_region) << 10;
  for (int i = 0; i < q.n_tags; ++i)
    for (int k = 0; k < m.ntags; ++k)
      if (m.tags[k] == q.tag[i]) s += i32(q.tag_w[i]) << 12;
  return s;
}
inline constexpr double unit = 1.0 / 262144.0;

struct Hit {
  i32 score;  // units of 2^-18
  u32 id;
  friend bool operator==(const Hit& a, const Hit& b) { return a.score == b.score && a.id == b.id; }
};
inline bool better(const Hit& a, const Hit& b) {
  return a.score != b.score ? a.score > b.score : a.id < b.id;
}
inline constexpr int top_k = 20;

inline Query make_query_candidate(SplitMix64& r) {
  const Regions& rg = regions();
  Query q;
  u32 x = r.below(100);
  q.region_level = x < 25 ? 0 : x < 65 ? 1 : x < 90 ? 2 : 3;
  u16 home = rg.draw(r);
  if (q.region_level) {
    int n = 1 + int(r.below(q.region_level == 1 ? 5 : 3));
    std::vector<u16> v;
    while (int(v.size()) < n) {
      u16 c = v.empty() ? home : rg.draw(r);
      u16 id = q.region_level == 1 ? rg.county_province[c] : q.region_level == 2 ? rg.county_city[c] : c;
      if (std::find(v.begin(), v.end(), id) == v.end()) v.push_back(id);
    }
    std::sort(v.begin(), v.end());
    q.n_regions = u8(n);
    for (int i = 0; i < n; ++i) {
      u16 id = v[size_t(i)];
      q.region[i] = id;
      q.lo[i] = q.region_level == 1 ? rg.prov_first[id] : q.region_level == 2 ? rg.city_first[id] : id;
      q.hi[i] = q.region_level == 1 ? rg.prov_last[id] : q.region_level == 2 ? rg.city_last[id] : id;
    }
  }
  q.home_county = home;
  q.home_city = rg.county_city[home];
  q.home_province = rg.county_province[home];
  x = r.below(100);
  if (x >= 40 && x < 85) q.format_all = u8(1u << r.below(3));
  else if (x >= 85) q.format_all = u8(7 ^ (1u << r.below(3)));
  x = r.below(100);
  q.stage_mask = x < 25 ? 15 : x < 70 ? 6 : x < 85 ? 3 : u8(1u << r.below(4));
  x = r.below(100);
  q.source_mask = x < 60 ? 3 : x < 85 ? 1 : 2;
  x = r.below(100);
  q.load_below = x < 30 ? 4 : x < 70 ? 2 : x < 90 ? 3 : 1;
  if (r.below(100) < 20) q.must_tag = i16(tag_dist().draw(r));
  if (r.below(100) < 20) q.min_followers = 1u << (8 + r.below(10));
  int nt = 2 + int(r.below(5));
  while (q.n_tags < nt) {
    u16 t = tag_dist().draw(r);
    bool dup = false;
    for (int j = 0; j < q.n_tags; ++j) dup |= q.tag[j] == t;
    if (dup) continue;
    q.tag_w[q.n_tags] = u8(16 + r.below(113));
    q.tag[q.n_tags++] = t;
  }
  q.w_quality = u8(64 + r.below(192));
  q.w_load = u8(r.below(65));
  q.w_region = u8(r.below(129));
  return q;
}

// n queries; query i has selectivity class i % 4:
//   0: 0.01-0.1 %   1: 0.1-1 %   2: 1-10 %   3: 10-50 %   (estimated on 131072 other members)
inline std::vector<Query> make_queries(size_t n) {
  const size_t ns = size_t(1) << 17;
  std::vector<Member> sample;
  sample.reserve(ns);
  for (size_t i = 0; i < ns; ++i) sample.push_back(make_member(i, seed_members ^ 0x5a5a5a5aull));
  SplitMix64 r{seed_queries};
  std::vector<std::vector<Query>> bin(4);
  const size_t want = (n + 3) / 4;
  while (bin[0].size() < want || bin[1].size() < want || bin[2].size() < want || bin[3].size() < want) {
    Query q = make_query_candidate(r);
    auto count = [&](size_t from, size_t to) {
      size_t c = 0;
      for (size_t i = from; i < to; ++i) c += passes(sample[i], q);
      return c;
    };
    // a cheap look first: skip when that class is full for certain
    size_t c = count(0, ns / 16);
    if (c > 600 && bin[2].size() >= want && bin[3].size() >= want) continue;
    if (c > 1200 && bin[3].size() >= want) continue;
    c += count(ns / 16, ns);
    double sel = double(c) / double(ns);
    int b = sel < 1e-4 ? -1 : sel < 1e-3 ? 0 : sel < 1e-2 ? 1 : sel < 0.1 ? 2 : sel <= 0.5 ? 3 : -1;
    if (b < 0 || bin[size_t(b)].size() >= want) continue;
    q.selectivity = float(sel);
    bin[size_t(b)].push_back(q);
  }
  std::vector<Query> out;
  for (size_t i = 0; i < n; ++i) out.push_back(bin[i % 4][i / 4]);
  return out;
}

// ---------------------------------------------------------------- assignment (J2)
struct AssignEdge {
  u32 task, member;
  i32 score;  // 1 .. 1000000
};
struct AssignProblem {
  u32 tasks = 0, members = 0;
  std::vector<u8> need;      // per task, 1..5
  std::vector<u8> capacity;  // per member, 1..2
  std::vector<AssignEdge> edges;  // grouped by task, 50 each, score descending
};
// Maximise the total score; a task may stay short of its need, no pair used twice.
inline AssignProblem make_assignment(u32 tasks) {
  AssignProblem p;
  p.tasks = tasks;
  p.members = tasks * 4;
  const u32 cluster_members = 400, clusters = p.members / cluster_members;
  SplitMix64 r{mix(seed_assign, tasks)};
  std::vector<u32> q(p.members);
  for (u32 m = 0; m < p.members; ++m) {
    u16 b[6];
    for (auto& v : b) v = u16(r.below(4096));
    std::sort(b, b + 6);
    q[m] = b[4];
    p.capacity.push_back(u8(1 + r.below(2)));
  }
  std::vector<AssignEdge> c;
  for (u32 t = 0; t < tasks; ++t) {
    p.need.push_back(u8(1 + r.below(5)));
    const u32 cl = t % clusters;
    c.clear();
    while (c.size() < 150) {
      u32 m = r.below(10) < 8 ? cl * cluster_members + r.below(cluster_members) : r.below(p.members);
      bool dup = false;
      for (auto& e : c) dup |= e.member == m;
      if (dup) continue;
      c.push_back({t, m, i32(1 + q[m] * 146 + r.below(400000))});  // 60 % quality, 40 % affinity
    }
    std::sort(c.begin(), c.end(), [](const AssignEdge& a, const AssignEdge& b) {
      return a.score != b.score ? a.score > b.score : a.member < b.member;
    });
    p.edges.insert(p.edges.end(), c.begin(), c.begin() + 50);
  }
  return p;
}

// ---------------------------------------------------------------- lifecycle events (J3)
// 5 states, 8 events, 12 transitions; x is the event's payload that the guards look at.
//  1 New     Accept [x >=  8192] -> Active      7 Busy    Submit [x < 32768] -> Dormant
//  2 New     Quit                -> Left        8 Busy    Cancel             -> Active
//  3 Active  Assign [x <  49152] -> Busy        9 Busy    Quit               -> Left
//  4 Active  Idle   [x >  16384] -> Dormant    10 Dormant Wake               -> Active
//  5 Active  Quit                -> Left       11 Dormant Quit               -> Left
//  6 Busy    Submit [x >= 32768] -> Active     12 Left    Invite [x & 1]     -> New
// every transition's action: ++ctx.count[number]; ctx.sum += x * number. Anything else is ignored.
enum class S : u8 { New, Active, Busy, Dormant, Left };
enum class E : u8 { Accept, Quit, Assign, Idle, Submit, Cancel, Wake, Invite };
struct LifeEvent {
  u32 machine;
  u16 x;
  u8 type;  // E
  u8 pad;
};
struct LifeCtx {
  u64 count[13]{};
  u64 sum = 0;
  void fired(int n, u32 x) {
    ++count[n];
    sum += u64(x) * u64(n);
  }
};
// the reference: a switch
inline S life_step(S s, E e, u32 x, LifeCtx& c) {
  switch (s) {
    case S::New:
      if (e == E::Accept && x >= 8192) { c.fired(1, x); return S::Active; }
      if (e == E::Quit) { c.fired(2, x); return S::Left; }
      break;
    case S::Active:
      if (e == E::Assign && x < 49152) { c.fired(3, x); return S::Busy; }
      if (e == E::Idle && x > 16384) { c.fired(4, x); return S::Dormant; }
      if (e == E::Quit) { c.fired(5, x); return S::Left; }
      break;
    case S::Busy:
      if (e == E::Submit) {
        if (x >= 32768) { c.fired(6, x); return S::Active; }
        c.fired(7, x);
        return S::Dormant;
      }
      if (e == E::Cancel) { c.fired(8, x); return S::Active; }
      if (e == E::Quit) { c.fired(9, x); return S::Left; }
      break;
    case S::Dormant:
      if (e == E::Wake) { c.fired(10, x); return S::Active; }
      if (e == E::Quit) { c.fired(11, x); return S::Left; }
      break;
    case S::Left:
      if (e == E::Invite && (x & 1)) { c.fired(12, x); return S::New; }
      break;
  }
  return s;
}
// n events over m machines (m a power of two is not needed); 3 of 4 events are of a type
// that the machine's state has a transition for, the rest are any type.
inline std::vector<LifeEvent> make_events(size_t n, u32 m) {
  static constexpr E likely[5][4] = {{E::Accept, E::Accept, E::Accept, E::Quit},
                                     {E::Assign, E::Assign, E::Idle, E::Quit},
                                     {E::Submit, E::Submit, E::Cancel, E::Quit},
                                     {E::Wake, E::Wake, E::Wake, E::Quit},
                                     {E::Invite, E::Invite, E::Invite, E::Invite}};
  std::vector<LifeEvent> v;
  v.reserve(n);
  std::vector<S> st(m, S::New);
  LifeCtx c;
  SplitMix64 r{seed_events};
  for (size_t i = 0; i < n; ++i) {
    LifeEvent e{};
    e.machine = r.below(m);
    e.x = u16(r.next() >> 48);
    u64 y = r.next() >> 32;
    E t = (y & 3) ? likely[size_t(st[e.machine])][(y >> 2) & 3] : E((y >> 4) & 7);
    e.type = u8(t);
    st[e.machine] = life_step(st[e.machine], t, e.x, c);
    v.push_back(e);
  }
  return v;
}

// ---------------------------------------------------------------- journal events (J4)
struct JournalEvent {  // 24 bytes
  u64 time;
  u32 member, task;
  u16 type, x;
  u32 amount;
};
static_assert(sizeof(JournalEvent) == 24);
inline JournalEvent make_journal_event(u64 i) {
  SplitMix64 r{mix(seed_events, i)};
  JournalEvent e{};
  e.time = 1700000000000ull + i * 7 + r.below(7);
  e.member = r.below(1000000);
  e.task = r.below(100000);
  e.type = u16(r.below(8));
  e.x = u16(r.below(65536));
  e.amount = r.below(100000);
  return e;
}
// order-sensitive digest of a replay
struct JournalDigest {
  u64 h = 0xcbf29ce484222325ull, n = 0;
  void add(const JournalEvent& e) {
    h = (h ^ (e.time + (u64(e.member) << 32 | e.task))) * 0x100000001b3ull;
    h += u64(e.type) << 48 | u64(e.x) << 32 | e.amount;
    ++n;
  }
};

}  // namespace wl
