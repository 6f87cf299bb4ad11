// SPDX-License-Identifier: Apache-2.0
// Patterns, masking and times of the second guard, as the contract says them.
#include "tests/support/oracle.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <regex>

namespace workbench::oracle {

namespace {

/// Code points; a byte that is no UTF-8 stands for a letter of its own.
std::u32string codePoints(std::string_view text)
{
    constexpr char32_t NoCharacter = 0xfffd;
    std::u32string points;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte
            = [&text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
        const unsigned lead = byte(at);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        char32_t point = length < 2 ? lead : lead & (0xffU >> (length + 1));
        bool valid = length > 0 && lead < 0xf8;
        for (std::size_t i = 1; i < length; ++i) {
            valid = valid && (byte(at + i) & 0xc0U) == 0x80;
            point = (point << 6U) | (byte(at + i) & 0x3fU);
        }
        constexpr std::array<char32_t, 5> Least {0, 0, 0x80, 0x800, 0x10000};
        valid = valid && point >= Least.at(length) && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
        points += valid ? point : NoCharacter;
        at += valid ? length : 1;
    }
    return points;
}

bool isDash(char32_t c)
{
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe58 || c == 0xfe63 || c == 0xff0d;
}

bool isSpace(char32_t c)
{
    return (c >= 9 && c <= 13) || c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/// Invisible or combining: dropped, so that nothing hides behind it.
bool isInvisible(char32_t c)
{
    return c == 0xad || (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/// What a person would take for ASCII becomes it, all other letters become x.
std::string folded(std::string_view text)
{
    std::string plain;
    for (const char32_t c : codePoints(text)) {
        if (isInvisible(c)) {
            continue;
        }
        if (isDash(c)) {
            plain += '-';
        } else if (isSpace(c)) {
            plain += ' ';
        } else if (c >= 0xff01 && c <= 0xff5e) {
            plain += static_cast<char>(c - 0xff01 + '!');
        } else if (c >= 0x660 && c <= 0x669) { // Arabic digits
            plain += static_cast<char>(c - 0x660 + '0');
        } else if (c < 0x80) {
            plain += static_cast<char>(c);
        } else {
            plain += 'x';
        }
    }
    return plain;
}

using Patterns = std::vector<std::regex>;

/// Compiling is what costs: once for all.
Patterns compiled(std::initializer_list<const char*> texts)
{
    Patterns patterns;
    for (const char* text : texts) {
        patterns.emplace_back(text, std::regex::ECMAScript | std::regex::icase | std::regex::optimize);
    }
    return patterns;
}

bool anyHits(const std::string& text, const Patterns& patterns)
{
    return std::any_of(patterns.begin(), patterns.end(),
        [&text](const std::regex& pattern) { return std::regex_search(text, pattern); });
}

#define BETWEEN "[^A-Za-z0-9]"
#define WORD "[A-Za-z0-9]+"
#define SUFFIX "(st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|ct|court|way|pl|place)"

bool isPhone(const std::string& text)
{
    static const Patterns Phones = compiled({
        R"(\d{3}[-.\s]?\d{3}[-.\s]?\d{4})", // the documented one
        R"(\(\d{3}\)[-.\s]*\d{3}[-.\s]?\d{4})", // (555) 123-4567
        R"((^|\D)\d{3}[-.\s_:]?\d{3}[-.\s_:]?\d{4}(?!\d))", // 555_123_4567
        R"(\+([-.\s()]{0,2}\d){8,15}(?![-.\s()]{0,2}\d))", // +44 20 7946 0958
    });
    return anyHits(text, Phones);
}

bool isAddress(const std::string& text)
{
    static const Patterns Addresses = compiled({
        "(^|" BETWEEN ")\\d{1,6}[a-z]?" BETWEEN "+(" WORD BETWEEN "+){1,5}" SUFFIX "(" BETWEEN
        "|$)", // 12 Oak Hill Rd
        "p" BETWEEN "*o" BETWEEN "*b" BETWEEN "*o" BETWEEN "*x" BETWEEN "*(n" BETWEEN "*o" BETWEEN
        "*)?\\d", // PO box 99
        "(^|" BETWEEN ")\\d{5}" BETWEEN "+" SUFFIX "(" BETWEEN "|$)", // 90210 Avenue
    });
    return anyHits(text, Addresses);
}

#undef SUFFIX
#undef WORD
#undef BETWEEN

/// Punctuation, spaces and symbols outside ASCII, as far as our tests use such.
bool staysInMask(char32_t c)
{
    return isSpace(c) || isDash(c) || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205e)
        || (c >= 0x3001 && c <= 0x3003) || (c >= 0xff01 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20)
        || (c >= 0xff3b && c <= 0xff40);
}

void append(std::string& out, char32_t c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xc0U | (c >> 6U));
        out += static_cast<char>(0x80U | (c & 0x3fU));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xe0U | (c >> 12U));
        out += static_cast<char>(0x80U | ((c >> 6U) & 0x3fU));
        out += static_cast<char>(0x80U | (c & 0x3fU));
    } else {
        out += static_cast<char>(0xf0U | (c >> 18U));
        out += static_cast<char>(0x80U | ((c >> 12U) & 0x3fU));
        out += static_cast<char>(0x80U | ((c >> 6U) & 0x3fU));
        out += static_cast<char>(0x80U | (c & 0x3fU));
    }
}

bool isLeapYear(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int daysInMonth(int year, int month)
{
    static constexpr std::array<int, 12> Days {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeapYear(year) ? 29 : Days.at(static_cast<std::size_t>(month - 1));
}

/// A moment that can be walked a minute at a time: no arithmetic to get wrong.
struct Moment {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;

    void nextMinute()
    {
        if (++minute < 60) {
            return;
        }
        minute = 0;
        if (++hour < 24) {
            return;
        }
        hour = 0;
        if (++day <= daysInMonth(year, month)) {
            return;
        }
        day = 1;
        if (++month <= 12) {
            return;
        }
        month = 1;
        ++year;
    }
    void previousMinute()
    {
        if (--minute >= 0) {
            return;
        }
        minute = 59;
        if (--hour >= 0) {
            return;
        }
        hour = 23;
        if (--day >= 1) {
            return;
        }
        if (--month < 1) {
            month = 12;
            --year;
        }
        day = daysInMonth(year, month);
    }
};

} // namespace

std::vector<Rule> patternRules(std::string_view text)
{
    const std::string plain = folded(text);
    std::vector<Rule> rules;
    if (plain.find('@') != std::string::npos) {
        rules.push_back(Rule::Email);
    }
    if (isPhone(plain)) {
        rules.push_back(Rule::Phone);
    }
    if (isAddress(plain)) {
        rules.push_back(Rule::Address);
    }
    if (codePoints(text).size() > 100) {
        rules.push_back(Rule::TooLong);
    }
    return rules;
}

bool isSecret(const std::string& name)
{
    static const std::regex Token("(^|[^A-Za-z0-9])("
                                  "hf_[A-Za-z0-9]{20}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_\\w{22}|"
                                  "glpat-[-\\w]{20}|AIza[-\\w]{35}|xox[abprs]-[-A-Za-z0-9]{14}|"
                                  "sk-[A-Za-z0-9]{20}|[sr]k_live_[A-Za-z0-9]{16}|"
                                  "A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])|eyJ[-\\w]{8,}\\.eyJ)",
        std::regex::optimize);
    static const std::regex Card("(^|[^A-Za-z0-9])([3-6]\\d{3}([-._: ])\\d{4}\\3\\d{4}\\3\\d{4})(?!\\d)");
    constexpr std::size_t Shortest = 19; // of all of them
    if (name.size() < Shortest) {
        return false;
    }
    if (std::regex_search(name, Token)) {
        return true;
    }
    std::smatch card;
    for (std::string rest = name; std::regex_search(rest, card, Card);
         rest.erase(0, static_cast<std::size_t>(card.position(2)) + 1)) {
        int sum = 0;
        int place = 0;
        for (const char c : card[2].str()) {
            if (c >= '0' && c <= '9') {
                const int twice = (c - '0') * 2;
                sum += place++ % 2 == 0 ? twice / 10 + twice % 10 : c - '0';
            }
        }
        if (sum % 10 == 0) {
            return true;
        }
    }
    return false;
}

std::string mask(std::string_view value)
{
    std::string shape;
    std::size_t count = 0;
    for (const char32_t c : codePoints(value)) {
        if (count++ == 40) {
            break;
        }
        if ((c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19) || (c >= 0x660 && c <= 0x669)) {
            shape += '9';
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0x7f && !staysInMask(c))
            || (c < 0x20 && c != '\t' && c != '\n' && c != '\r')) {
            shape += 'x';
        } else {
            append(shape, c);
        }
    }
    return shape;
}

std::string canonicalTime(std::string_view text)
{
    static const std::regex Form(
        R"((\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|([+-])(\d\d):(\d\d)))");
    std::cmatch parts;
    if (!std::regex_match(text.data(), text.data() + text.size(), parts, Form)) {
        return {};
    }
    const auto number = [&parts](std::size_t group) { return std::stoi(parts[group].str()); };
    Moment moment {
        .year = number(1), .month = number(2), .day = number(3), .hour = number(4), .minute = number(5)};
    const int second = number(6);
    if (moment.month < 1 || moment.month > 12 || moment.day < 1
        || moment.day > daysInMonth(moment.year, moment.month) || moment.hour > 23 || moment.minute > 59
        || second > 59) {
        return {};
    }
    if (parts[9].matched) {
        if (number(10) > 23 || number(11) > 59) {
            return {};
        }
        for (int minutes = number(10) * 60 + number(11); minutes > 0; --minutes) {
            if (parts[9].str() == "+") { // ahead of UTC: UTC is earlier
                moment.previousMinute();
            } else {
                moment.nextMinute();
            }
        }
    }
    if (moment.year < 0 || moment.year > 9999) {
        return {};
    }
    std::array<char, 80> out {};
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02dT%02d:%02d:%02d", moment.year, moment.month,
        moment.day, moment.hour, moment.minute, second);
    std::string written = out.data();
    if (parts[7].matched) {
        written += (parts[7].str() + "00").substr(0, 4);
    }
    return written + "Z";
}

} // namespace workbench::oracle
