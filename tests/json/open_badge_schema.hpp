// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the JSON schema of the AchievementCredential of Open Badges 3.0 demands, as far as badges of
// koc have its members, and what a verifier concludes from a badge and a list of revocations. The
// members, which of them are required and their types are those of the specification's classes.

#include <koc/core/civil.hpp>
#include <koc/core/instant.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace koc_test {

/// Finds what a credential lacks; each fault is a path and what was expected there.
class badge_schema {
public:
    static std::vector<std::string> faults_of(boost::json::value const& document) {
        badge_schema made;
        made.credential(document);
        return made.faults_;
    }

private:
    using names = std::vector<std::string_view>;

    void fault(std::string const& path, char const* expected) {
        faults_.push_back(path + ": " + expected);
    }
    /// The object at a path, with these required members and perhaps those others.
    boost::json::object const* object(std::string const& path, boost::json::value const& value,
        names const& required, names const& optional) {
        auto const* found = value.if_object();
        if (found == nullptr) {
            fault(path, "an object");
            return nullptr;
        }
        for (auto name : required) {
            if (!found->contains(name)) {
                fault(path + '.' + std::string{name}, "required");
            }
        }
        for (auto const& member : *found) {
            std::string_view const name{member.key().data(), member.key().size()};
            auto const known = [&](names const& all) {
                return std::find(all.begin(), all.end(), name) != all.end();
            };
            if (!known(required) && !known(optional)) {
                fault(path + '.' + std::string{name}, "no such member");
            }
        }
        return found;
    }
    template <typename Visit>
    void at(boost::json::object const* in, std::string_view name, Visit const& visit) {
        if (in != nullptr) {
            if (auto const* found = in->if_contains(name)) {
                visit(*found);
            }
        }
    }
    void text(boost::json::object const* in, std::string const& path, std::string_view name,
        char const* pattern = nullptr) {
        at(in, name, [&](boost::json::value const& value) {
            auto const* words = value.if_string();
            if (words == nullptr || words->empty()) {
                fault(path + '.' + std::string{name}, "a text");
            } else if (pattern != nullptr &&
                !std::regex_match(std::string{words->data(), words->size()}, std::regex{pattern})) {
                fault(path + '.' + std::string{name}, pattern);
            }
        });
    }
    /// An array of texts that holds this one.
    void types(boost::json::object const* in, std::string const& path, std::string_view wanted) {
        at(in, "type", [&](boost::json::value const& value) {
            auto const* all = value.if_array();
            if (all == nullptr ||
                std::none_of(all->begin(), all->end(), [&](boost::json::value const& each) {
                    return each.is_string() && each.get_string() == wanted;
                })) {
                fault(path + ".type", "an array with the class");
            }
        });
    }
    template <typename Visit>
    void each(boost::json::object const* in, std::string const& path, std::string_view name,
        Visit const& visit) {
        at(in, name, [&](boost::json::value const& value) {
            auto const* all = value.if_array();
            if (all == nullptr || all->empty()) {
                fault(path + '.' + std::string{name}, "an array with something in it");
                return;
            }
            for (auto const& one : *all) {
                visit(path + '.' + std::string{name} + "[]", one);
            }
        });
    }

    void credential(boost::json::value const& document) {
        auto const* c = object("", document,
            {"@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject"},
            {"description", "image", "validUntil", "evidence", "credentialSchema",
                "credentialStatus", "refreshService", "proof"});
        at(c, "@context", [&](boost::json::value const& value) {
            auto const* all = value.if_array();
            if (all == nullptr || all->size() < 2 ||
                all->at(0) != boost::json::value("https://www.w3.org/ns/credentials/v2") ||
                all->at(1) !=
                    boost::json::value(
                        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")) {
                fault(".@context", "both contexts, in this order");
            }
        });
        text(c, "", "id", uri);
        types(c, "", "VerifiableCredential");
        types(c, "", "OpenBadgeCredential");
        text(c, "", "name");
        text(c, "", "validFrom", date_time);
        text(c, "", "validUntil", date_time);
        at(c, "issuer", [&](boost::json::value const& value) {
            auto const* p = object(".issuer", value, {"id", "type"}, {"name", "url"});
            text(p, ".issuer", "id", uri);
            types(p, ".issuer", "Profile");
            text(p, ".issuer", "name");
            text(p, ".issuer", "url", uri);
        });
        at(c, "credentialSubject", [&](boost::json::value const& value) { subject(value); });
        each(c, "", "evidence", [&](std::string const& path, boost::json::value const& value) {
            auto const* e =
                object(path, value, {"type"}, {"id", "name", "description", "narrative", "genre"});
            types(e, path, "Evidence");
            text(e, path, "id", uri);
            text(e, path, "name");
            text(e, path, "genre");
        });
        each(c, "", "credentialSchema",
            [&](std::string const& path, boost::json::value const& value) {
                auto const* s = object(path, value, {"id", "type"}, {});
                text(s, path, "id", uri);
                text(s, path, "type", "1EdTechJsonSchemaValidator2019");
            });
        at(c, "credentialStatus", [&](boost::json::value const& value) {
            auto const* s = object(".credentialStatus", value, {"id", "type"}, {});
            text(s, ".credentialStatus", "id", uri);
            text(s, ".credentialStatus", "type", "1EdTechRevocationList");
        });
    }
    void subject(boost::json::value const& value) {
        auto const path = std::string{".credentialSubject"};
        auto const* s = object(path, value, {"type", "achievement"}, {"id", "identifier"});
        types(s, path, "AchievementSubject");
        text(s, path, "id", uri);
        if (s != nullptr && !s->contains("id") && !s->contains("identifier")) {
            fault(path, "an id or an identifier");
        }
        each(s, path, "identifier", [&](std::string const& at_path, boost::json::value const& one) {
            auto const* i =
                object(at_path, one, {"type", "hashed", "identityHash", "identityType"}, {"salt"});
            text(i, at_path, "type", "IdentityObject");
            text(i, at_path, "identityHash", "sha256\\$[0-9a-fA-F]{64}");
            text(i, at_path, "identityType",
                "emailAddress|userName|accountId|systemId|identifier|ext:.*");
            text(i, at_path, "salt");
            at(i, "hashed", [&](boost::json::value const& hashed) {
                if (hashed != boost::json::value(true)) {
                    fault(at_path + ".hashed", "true");
                }
            });
        });
        at(s, "achievement", [&](boost::json::value const& achieved) {
            auto const here = path + ".achievement";
            auto const* a = object(here, achieved,
                {"id", "type", "name", "description", "criteria"}, {"achievementType", "image"});
            text(a, here, "id", uri);
            types(a, here, "Achievement");
            text(a, here, "name");
            text(a, here, "description");
            text(a, here, "achievementType", "Achievement|Award|Badge");
            at(a, "criteria", [&](boost::json::value const& criteria) {
                auto const* c = object(here + ".criteria", criteria, {}, {"id", "narrative"});
                text(c, here + ".criteria", "narrative");
                if (c != nullptr && c->empty()) {
                    fault(here + ".criteria", "an id or a narrative");
                }
            });
            at(a, "image", [&](boost::json::value const& image) {
                auto const* i = object(here + ".image", image, {"id", "type"}, {"caption"});
                text(i, here + ".image", "id", uri);
                text(i, here + ".image", "type", "Image");
            });
        });
    }

    static constexpr char const* uri = "[a-zA-Z][a-zA-Z0-9+.-]*:[!#-;=?-\\[\\]_a-z~]+";
    static constexpr char const* date_time =
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z";

    std::vector<std::string> faults_;
};

/// What a verifier says of a badge: revoked where the list names it and does not say that it is
/// not, else by its times.
inline std::string verdict_on(
    boost::json::value const& badge, boost::json::value const& list, koc::instant now) {
    auto const& of = badge.as_object();
    if (of.at("credentialStatus").at("id") != list.at("id")) {
        return "of another list";
    }
    for (auto const& each : list.at("revokedCredential").as_array()) {
        auto const* revoked = each.as_object().if_contains("revoked");
        if (each.at("id") == of.at("id") && (revoked == nullptr || revoked->as_bool())) {
            return "revoked";
        }
    }
    auto const instant_of = [&](char const* name) {
        auto const& words = of.at(name).as_string();
        return *koc::from_iso8601({words.data(), words.size()});
    };
    if (now < instant_of("validFrom")) {
        return "not yet valid";
    }
    return of.contains("validUntil") && instant_of("validUntil") <= now ? "expired" : "valid";
}

} // namespace koc_test
