// SPDX-License-Identifier: BSL-1.0
#pragma once

// An award as an Open Badge (1EdTech, Open Badges 3.0, which is a W3C Verifiable Credential 2.0),
// and the list of those that were revoked (1EdTech Revocation List Status Method 1.0), so that
// people can show elsewhere what they were honoured with. Who issues, and how the person is named,
// is the host's to say. So is the proof: these documents are not signed, and a verifier trusts them
// only when the host has signed the credential and serves the list at its address.
//
// Pure: the same award, issuer and recipient give the same text; instants come from the award.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/json/detail/sha256.hpp>
#include <koc/workflow/award.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// Who issues badges.
struct badge_issuer {
    std::string id;   ///< a URI, such as the issuer's own page or a DID
    std::string name; ///< of the organisation
    std::string url;  ///< of its web site, or nothing
    /// The address, with a slash at its end, under which the host serves `awards/7`, `honours/3`
    /// and `revocations`. It is part of each badge's identity, so it should never change.
    std::string base;
    bool evidence_pages = false; ///< whether it serves `evidence/review/7` there too
};

/// What a person is known by to those who check a badge.
enum class badge_identity : std::uint8_t {
    email_address,
    user_name,
    account_id,
    system_id,
    identifier,
};
BOOST_DESCRIBE_ENUM(badge_identity, email_address, user_name, account_id, system_id, identifier)

/// How a badge names its holder: by a URI of theirs, or by the hash of something that they are
/// known by. One of both.
struct badge_recipient {
    std::string uri;      ///< such as a DID; written as it is
    std::string identity; ///< such as an e-mail address; never written, only its salted hash
    badge_identity type{};
    std::string salt; ///< written; at least 16 bytes, drawn for this person
};

/// `sha256$` and the digest of the identity with the salt behind it, as a verifier computes it from
/// an identity that somebody claims.
[[nodiscard]] inline std::string badge_identity_hash(
    std::string_view identity, std::string_view salt) {
    return "sha256$" + detail::sha256::hex_of(std::string{identity}.append(salt));
}

namespace detail {

/// The name that Open Badges have for it.
inline std::string_view badge_name_of(badge_identity type) {
    switch (type) {
    case badge_identity::email_address:
        return "emailAddress";
    case badge_identity::user_name:
        return "userName";
    case badge_identity::account_id:
        return "accountId";
    case badge_identity::system_id:
        return "systemId";
    case badge_identity::identifier:
        break;
    }
    return "identifier";
}

/// A scheme, a colon, and visible ASCII that needs no escape.
inline bool is_uri(std::string_view text) {
    auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    auto const colon = text.find(':');
    if (colon == std::string_view::npos || colon + 1 == text.size() || !letter(text.front())) {
        return false;
    }
    auto const scheme = text.substr(0, colon);
    return std::all_of(scheme.begin(), scheme.end(),
               [&](char c) {
                   return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
               }) &&
        std::all_of(text.begin(), text.end(), [](char c) {
            return c > ' ' && c < '\x7F' &&
                std::string_view{"\"<>\\^`{|}"}.find(c) == std::string_view::npos;
        });
}
inline result<void> check_uri(char const* about, std::string_view text) {
    if (is_uri(text)) {
        return {};
    }
    return error{errc::invalid_text, about,
        "expected a URI such as https://example.org or did:web:example.org; correct it"};
}

inline result<void> check_issuer(badge_issuer const& issuer) {
    KOC_TRY(check_uri("badge_issuer.id", issuer.id));
    if (auto refused = check_name("badge_issuer.name", issuer.name)) {
        return *std::move(refused);
    }
    if (!issuer.url.empty()) {
        KOC_TRY(check_web_address("badge_issuer.url", issuer.url));
    }
    KOC_TRY(check_web_address("badge_issuer.base", issuer.base));
    if (issuer.base.back() != '/' || issuer.base.find_first_of("?#") != std::string::npos) {
        return error{errc::invalid_text, "badge_issuer.base",
            "expected an address that ends with a slash and has no ? or #; correct it"};
    }
    return {};
}
inline result<void> check_recipient(badge_recipient const& who) {
    constexpr std::size_t salt_min = 16;
    if (who.uri.empty() == who.identity.empty()) {
        return error{errc::invalid_argument, "badge_recipient",
            "expected a URI of the person or something that they are known by, one of both"};
    }
    if (who.identity.empty()) {
        KOC_TRY(check_uri("badge_recipient.uri", who.uri));
        if (who.uri.starts_with("mailto:") || who.uri.starts_with("tel:")) {
            return error{errc::invalid_argument, "badge_recipient.uri",
                "expected no contact of the person, as a badge is public; give it as the "
                "identity, of which only the hash is written"};
        }
        return {};
    }
    if (auto refused = check_name("badge_recipient.identity", who.identity)) {
        return *std::move(refused);
    }
    if (auto refused = check_name("badge_recipient.salt", who.salt)) {
        return *std::move(refused);
    }
    if (who.salt.size() < salt_min) {
        return error{errc::invalid_argument, "badge_recipient.salt",
            "expected a salt of at least 16 bytes, as a short one is guessed with the identity; "
            "draw one for each person"};
    }
    return {};
}

inline std::string badge_address(
    badge_issuer const& issuer, std::string_view what, std::uint64_t id) {
    return issuer.base + std::string{what} + '/' + std::to_string(id);
}
inline boost::json::object badge_achievement(award_view const& of, badge_issuer const& issuer) {
    boost::json::object made;
    made["id"] = badge_address(issuer, "honours", of.honour.value());
    made["type"] = boost::json::array{"Achievement"};
    made["achievementType"] = "Award";
    made["name"] = of.name;
    made["description"] = of.description;
    made["criteria"] = boost::json::object{{"narrative", of.criteria}};
    if (!of.image.empty()) {
        made["image"] = boost::json::object{{"id", of.image}, {"type", "Image"}};
    }
    return made;
}
inline boost::json::object badge_subject(
    award_view const& of, badge_issuer const& issuer, badge_recipient const& who) {
    boost::json::object made;
    if (!who.uri.empty()) {
        made["id"] = who.uri;
    }
    made["type"] = boost::json::array{"AchievementSubject"};
    if (!who.identity.empty()) {
        boost::json::object identity;
        identity["type"] = "IdentityObject";
        identity["hashed"] = true;
        identity["identityHash"] = badge_identity_hash(who.identity, who.salt);
        identity["identityType"] = badge_name_of(who.type);
        identity["salt"] = who.salt;
        boost::json::array all;
        all.push_back(std::move(identity));
        made["identifier"] = std::move(all);
    }
    made["achievement"] = badge_achievement(of, issuer);
    return made;
}
inline boost::json::array badge_evidence(award_view const& of, badge_issuer const& issuer) {
    boost::json::array all;
    for (auto const& each : of.evidence) {
        boost::json::object made;
        if (issuer.evidence_pages) {
            made["id"] = badge_address(issuer, "evidence/" + each.kind, each.id);
        }
        made["type"] = boost::json::array{"Evidence"};
        made["name"] = each.kind + ' ' + std::to_string(each.id);
        made["genre"] = each.kind;
        all.push_back(std::move(made));
    }
    return all;
}

} // namespace detail

/// The award as an unsigned OpenBadgeCredential, for the host to sign. One whose time is over says
/// so by `validUntil`.
///
/// Refused: an award that was revoked or given back, or that its holder hides (`wrong_state`); an
/// issuer or recipient that no verifier could read, or that would publish a contact.
[[nodiscard]] inline result<boost::json::value> open_badge(
    award_view const& of, badge_issuer const& issuer, badge_recipient const& who) {
    auto const name = subject("award", of.id);
    if (of.state == award_state::revoked || of.state == award_state::declined) {
        return error{errc::wrong_state, name,
            "expected an award that stands, not one that is " + std::string{name_of(of.state)} +
                "; publish the list of revocations"};
    }
    if (!of.shown) {
        return error{errc::wrong_state, name,
            "expected an award that its holder lets others see; ask them to show it"};
    }
    KOC_TRY(detail::check_issuer(issuer));
    KOC_TRY(detail::check_recipient(who));

    boost::json::object made;
    made["@context"] = boost::json::array{"https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"};
    made["id"] = detail::badge_address(issuer, "awards", of.id.value());
    made["type"] = boost::json::array{"VerifiableCredential", "OpenBadgeCredential"};
    made["name"] = of.name;
    boost::json::object profile;
    profile["id"] = issuer.id;
    profile["type"] = boost::json::array{"Profile"};
    profile["name"] = issuer.name;
    if (!issuer.url.empty()) {
        profile["url"] = issuer.url;
    }
    made["issuer"] = std::move(profile);
    made["validFrom"] = to_iso8601(of.from);
    if (of.until) {
        made["validUntil"] = to_iso8601(*of.until);
    }
    made["credentialSubject"] = detail::badge_subject(of, issuer, who);
    if (!of.evidence.empty()) {
        made["evidence"] = detail::badge_evidence(of, issuer);
    }
    boost::json::object form;
    form["id"] = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
                 "ob_v3p0_achievementcredential_schema.json";
    form["type"] = "1EdTechJsonSchemaValidator2019";
    boost::json::array forms;
    forms.push_back(std::move(form));
    made["credentialSchema"] = std::move(forms);
    boost::json::object status;
    status["id"] = issuer.base + "revocations";
    status["type"] = "1EdTechRevocationList";
    made["credentialStatus"] = std::move(status);
    return boost::json::value(std::move(made));
}

/// The list to which the badges of an issuer point. It names badges and says nothing else: reasons
/// are between the programme and the person.
[[nodiscard]] inline result<boost::json::value> badge_revocations(
    badge_issuer const& issuer, std::vector<award_id> const& revoked) {
    KOC_TRY(detail::check_issuer(issuer));
    boost::json::array all;
    for (auto each : revoked) {
        boost::json::object made;
        made["id"] = detail::badge_address(issuer, "awards", each.value());
        made["revoked"] = true;
        all.push_back(std::move(made));
    }
    boost::json::object made;
    made["id"] = issuer.base + "revocations";
    made["issuer"] = issuer.id;
    made["revokedCredential"] = std::move(all);
    return boost::json::value(std::move(made));
}

} // namespace koc
