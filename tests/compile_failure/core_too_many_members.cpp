// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a described struct has more than 256 members

// 256 members, with those of the bases, and one more.

#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>

template <int>
struct part {
    int m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
        m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, m35, m36, m37,
        m38, m39, m40, m41, m42, m43, m44, m45, m46, m47, m48, m49, m50, m51;
    BOOST_DESCRIBE_CLASS(part, (),
        (m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
            m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, m35, m36,
            m37, m38, m39, m40, m41, m42, m43, m44, m45, m46, m47, m48, m49, m50, m51),
        (), ())
};

struct more {
    int m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
        m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, m35, m36, m37,
        m38, m39, m40, m41, m42, m43, m44, m45, m46, m47;
#ifdef KOC_OFFEND
    int m48;
    BOOST_DESCRIBE_CLASS(more, (),
        (m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
            m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, m35, m36,
            m37, m38, m39, m40, m41, m42, m43, m44, m45, m46, m47, m48),
        (), ())
#else
    BOOST_DESCRIBE_CLASS(more, (),
        (m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
            m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, m35, m36,
            m37, m38, m39, m40, m41, m42, m43, m44, m45, m46, m47),
        (), ())
#endif
};

struct everything : part<0>, part<1>, part<2>, part<3>, more {
    BOOST_DESCRIBE_CLASS(everything, (part<0>, part<1>, part<2>, part<3>, more), (), (), ())
};

bool same(everything const& a) {
    return koc::digest_of(a) == koc::digest_of(a) && !koc::check_form(a);
}
