// SPDX-License-Identifier: BSL-1.0
// EXPECT: two sides are too few
template <int Sides>
int roll() {
    static_assert(Sides > 2, "two sides are too few");
    return Sides;
}

int main() {
#ifndef KOC_OFFEND
    return roll<6>();
#else
    return roll<2>();
#endif
}
