// SPDX-License-Identifier: Apache-2.0
#include "tests/support/json_cases.h"

#include <string_view>

namespace workbench {

namespace {

class Cases {
public:
    void add(const char* kind, const char* about, const std::vector<std::string>& texts)
    {
        for (std::size_t place = 0; place < texts.size(); ++place) {
            m_cases.push_back({std::string(kind) + '_' + about + '_' + std::to_string(place), texts[place]});
        }
    }
    [[nodiscard]] std::vector<JsonCase> take() { return std::move(m_cases); }

private:
    std::vector<JsonCase> m_cases;
};

std::string quoted(const std::string& text) { return '"' + text + '"'; }

std::string nested(std::size_t depth, char open, char close)
{
    return std::string(depth, open) + std::string(depth, close);
}

void addNumbers(Cases& cases)
{
    cases.add("y", "number",
        {"0", "-0", "1", "-1", "10", "120", "0.0", "-0.5", "0.10", "12.5", "1e5", "1E5", "1e+5", "1E+5",
            "1e-5", "1E-05", "0e0", "0E-0", "0e+00", "-0e-7", "1.0e10", "123456789012345678901234567890",
            "0.1e1", "9007199254740993", "1e00", "1e-999", "5e-324", "1.7976931348623157e308", "-1.5E+0",
            "0." + std::string(300, '7'), std::string(300, '8'), "1e" + std::string(40, '0') + "1"});
    cases.add("i", "number_beyond_a_double", {"1e999", "-1e999", "1e400", std::string(400, '9'), "1.8e308"});
    cases.add("n", "number",
        {"+1", "+0", "00", "01", "-01", "-00", "007", "1.", "-1.", "0.", ".5", "-.5", ".", "-", "--1", "+-1",
            "-+1", "1..2", "1.2.3", "1e", "1E", "1e+", "1e-", "1e.5", "1e1.5", "1.e5", "1e1e1", "e5", "E5",
            "0x1", "0X1F", "0b1", "0o7", "1a", "1f", "1L", "1_0", "1 0", "1 .0", "1. 0", "1 e5", "1e 5",
            "- 1", "1-", "1+1", "1/2", "1,5", "1'000", "NaN", "-NaN", "nan", "Infinity", "-Infinity",
            "+Infinity", "inf", "-inf", "1e+-5", "1#", "$1", "1%", "\xef\xbc\x91", "\xd9\xa1", "\xc2\xbd",
            "1\xc2\xa0",
            "\xe2\x88\x92"
            "1"});
}

void addLiterals(Cases& cases)
{
    cases.add("y", "literal", {"true", "false", "null", " true", "false ", "\tnull\t"});
    cases.add("n", "literal",
        {"True", "TRUE", "tRue", "tru", "t", "truee", "true1", "true true", "False", "FALSE", "fals", "f",
            "falsey", "Null", "NULL", "nul", "n", "nulll", "null0", "nil", "none", "None", "undefined", "yes",
            "no", "on", "a", "true\"", "nu ll", "t\xc3\xbcrue", "\\u0074rue", "-true", "!true", "void 0"});
}

/// Escapes and control characters, each that there is.
void addStrings(Cases& cases)
{
    constexpr std::string_view Escapes = "\"\\/bfnrt";
    for (char c = ' '; c < 0x7f; ++c) {
        const std::string text = quoted(std::string("a\\") + c + "z");
        if (Escapes.find(c) != std::string_view::npos) {
            cases.add("y", "escape", {text});
        } else {
            cases.add("n", "escape", {text}); // \u without digits too
        }
    }
    cases.add(
        "y", "escaped_quote", {quoted("\\\""), quoted("\\\\"), quoted("\\\\\\\""), quoted("a\\\"b\\\"")});
    for (char c = 0; c < 0x20; ++c) {
        if (c != '\n') {
            cases.add("n", "control_character", {quoted(std::string("a") + c + "z")});
        }
    }
    cases.add("y", "delete_character", {quoted("\x7f")});
    constexpr std::string_view Digits = "0123456789abcdefABCDEF";
    for (const char c : Digits) {
        cases.add("y", "unicode_escape",
            {quoted(std::string("\\u00") + c + c), quoted(std::string("\\u1") + c + "0" + c)});
    }
    for (const char c : std::string_view("gGzZ/:@` +-.\\x")) {
        for (std::size_t place = 0; place < 4; ++place) {
            std::string digits = "0041";
            digits[place] = c;
            cases.add("n", "unicode_escape", {quoted("\\u" + digits)});
        }
    }
    cases.add("n", "unicode_escape_cut",
        {quoted("\\u"), quoted("\\u0"), quoted("\\u00"), quoted("\\u004"), quoted("\\U00000041"),
            quoted("\\u{41}"), quoted("\\x41"), quoted("\\101"), quoted("\\0")});
    cases.add("y", "surrogate_pair",
        {quoted("\\ud800\\udc00"), quoted("\\udbff\\udfff"), quoted("\\uD83D\\uDE00"),
            quoted("a\\ud834\\udd1ez")});
    cases.add("i", "half_a_surrogate_pair",
        {quoted("\\ud800"), quoted("\\udfff"), quoted("\\ud800a"), quoted("\\ud800\\n"),
            quoted("\\ud800\\u0041"), quoted("\\udc00\\ud800"), quoted("\\ud800\\ud800"),
            quoted("\\ud83d\\ude00\\ud83d")});
    cases.add("y", "string",
        {"\"\"", "\" \"", quoted("a"), quoted("/"), quoted("'"), quoted("\\u0000"), quoted("// no comment"),
            quoted("{}[]:,"), quoted(std::string(5000, 'a')), quoted("null")});
    cases.add("n", "string",
        {"\"", "\"a", "a\"", "'a'", "`a`", "\"\"\"", "\"a\" \"b\"", "\"a\"b", "\"\\\"", "\"\\",
            "\xe2\x80\x9c"
            "a\xe2\x80\x9d",
            "\"a'", "\"a\";", "&quot;a&quot;", "\"a\tb\"", "r\"a\"", "b'a'"});
}

void addUtf8(Cases& cases)
{
    cases.add("y", "utf8",
        {quoted("\xc2\x80"), quoted("\xdf\xbf"), quoted("\xe0\xa0\x80"), quoted("\xed\x9f\xbf"),
            quoted("\xee\x80\x80"), quoted("\xef\xbf\xbf"), quoted("\xef\xbf\xbd"), quoted("\xef\xbb\xbf"),
            quoted("\xf0\x90\x80\x80"), quoted("\xf4\x8f\xbf\xbf"), quoted("e\xcc\x81"),
            quoted("\xe2\x80\xa8\xe2\x80\xa9"), quoted("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb"),
            quoted("\xef\xb7\x90")});
    std::vector<std::string> wrong;
    for (const unsigned byte : {0x80U, 0x8fU, 0xbfU, 0xc0U, 0xc1U, 0xc2U, 0xdfU, 0xe0U, 0xedU, 0xefU, 0xf0U,
             0xf4U, 0xf5U, 0xf8U, 0xfcU, 0xfeU, 0xffU}) {
        const std::string one(1, static_cast<char>(byte));
        wrong.insert(wrong.end(), {quoted(one), quoted("a" + one + "z"), quoted(one + one)});
    }
    for (const char* const text : {"\xc0\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x80\xaf",
             "\xe0\x9f\xbf", "\xf0\x80\x80\x80", "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80",
             "\xed\xbf\xbf", "\xed\xa0\x80\xed\xb0\x80", "\xf4\x90\x80\x80", "\xf7\xbf\xbf\xbf", "\xe2\x82",
             "\xf0\x9f\x98", "\xe2\x28\xa1", "\xf0\x28\x8c\xbc", "\xf0\x90\x28\xbc", "\xf8\x88\x80\x80\x80",
             "\xfc\x84\x80\x80\x80\x80"}) {
        wrong.push_back(quoted(text));
    }
    cases.add("n", "utf8", wrong);
}

void addContainers(Cases& cases)
{
    cases.add("y", "array",
        {"[]", "[ ]", "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[[],[]]", "[null]", "[\"\"]", "[{}]",
            "[1,\"a\",null,true,{\"b\":[]}]", "[\t1\r,2]", "[0e0]", "[-0]", nested(60, '[', ']')});
    cases.add("y", "object",
        {"{}", "{ }", R"({"a":1})", R"({ "a" : 1 })", R"({"a":1,"b":2})", R"({"":0})",
            R"({"a":{"a":{"a":1}}})", R"({"a":1,"A":2})", R"({"\u0061":1})", R"({"a\u0000":1,"a":2})",
            R"({"a b":[]})", "{\"\xc3\xa9\":1,\"e\xcc\x81\":2}", R"({"null":null,"true":true})",
            R"({"__proto__":1})"});
    cases.add("n", "array",
        {"[", "]", "[[", "[]]", "[1", "1]", "[,]", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1;2]", "[1:2]",
            "[\"a\":1]", "[}", "[1}", "(1)", "[...]", "[1,2", "[\"a]", "[\"a\",", "[a]", "[1]]", "[nul]",
            "[-]", "[[1,]]", "[1,/**/2]", "[1//\t]", "[*]", "[\f]", "[\v]", "[\xc2\xa0]", "[\xe2\x80\xa8]",
            "[\xef\xbb\xbf]"});
    cases.add("n", "object",
        {"{", "}", "{{}}", "{]", "{}}", R"({"a")", R"({"a":)", R"({"a":1)", R"({"a":1,})", R"({,"a":1})",
            R"({"a":1,,"b":2})", R"({"a":1 "b":2})", R"({"a" 1})", R"({"a"::1})", R"({"a",1})", R"({"a"=1})",
            R"({"a"=>1})", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{true:1}", "{[]:1}", "{\"a\"}",
            "{\"a\",\"b\"}", "{:1}", "{\"a\":}", "{\"a\":1;}", "{\"a\":1:2}", "{\"a\":[}]", "{\"a\":{}",
            "{\"a\":tru}", "{\"a\":1/*b*/}", "{\"a\\x\":1}", "{\"a\t\":1}", "{\"\xc3\":1}", "{\"a\":01}",
            "{...{}}", "{\"a\":'b'}", "{\"a\":b}", "{\"a\":1}{", "{\"a\":1},", "{\"a\" \"b\":1}"});
    cases.add("i", "key_twice",
        {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"({"a":1,"\u0061":1})", R"({"":1,"":2})",
            R"([{"a":{"b":1,"b":1}}])", R"({"\u00e9":1,"é":2})", R"({"\/":1,"/":2})"});
    cases.add("i", "too_deep",
        {nested(64, '[', ']'), nested(70, '[', ']'), nested(1000, '[', ']'), nested(100'000, '[', ']')});
}

} // namespace

std::vector<JsonCase> jsonValues()
{
    Cases cases;
    addNumbers(cases);
    addLiterals(cases);
    addStrings(cases);
    addUtf8(cases);
    addContainers(cases);
    cases.add("n", "nothing",
        {" ", "\t", "\r", "\\", "#", "//", "/**/", ",", ":", ";", "\"a\":1", "=", "<a/>",
            std::string(1, '\0'), "\f", "\v", "\xc2\xa0", "\xef\xbb\xbf", "\xe3\x80\x80",
            "\xef\xbb\xbf"
            "1",
            "1\x1a"});
    cases.add("y", "blanks", {" 1", "1 ", "\t1\t", "\r1\r", " \t\r 1 \r\t "});
    return cases.take();
}

std::vector<JsonCase> jsonLines()
{
    Cases cases;
    cases.add(
        "y", "line", {"{}", " {}", "{} ", "\t{}\t", "\r{}\r", "{ }", R"({"a":1})", R"( { "a" : [ ] } )"});
    // Sound JSON, and no example: the contract asks for one object.
    cases.add("i", "line_that_is_no_object",
        {"[]", "[{}]", "null", "true", "0", "\"a\"", "\"{}\"", " [ ] ", "1e5"});
    cases.add("n", "line",
        {"{", "}", "{}{}", "{} {}", "{},", ",{}", "{};", "{}]", "[{}", "({})", "{}\\", "{}#", "{}//",
            "{}/**/", "/**/{}", "#{}", "{}a", "a{}", "{}1", "1{}", "{}\"", "\"{}", "{}null", "{}\xc2\xa0",
            "\xc2\xa0{}", "{}\f", "\v{}", std::string("{}\0", 3), std::string("\0{}", 3), "{}\x1a", "{}\x1e",
            "\x1e{}", "{\xef\xbb\xbf}", " \xef\xbb\xbf{}", "{}\xef\xbb\xbf", "{\"a\":1", "\"a\":1}",
            "{}:", "{}:{}", "{}={}", "while(1);{}", ")]}'{}", "data: {}", "callback({})", "{\"a\":1}\x7f",
            "+{}", "-{}", "{}.", "{\\}", "{\\u0022a\\u0022:1}"});
    return cases.take();
}

} // namespace workbench
