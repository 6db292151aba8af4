// A tokenizer that knows just enough SQL: words, strings, comments, parentheses and trigger bodies.
#include "model/SqlText.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace session_tidy::model {

namespace {

using std::string_view;

enum class Token : std::uint8_t { End, Word, Semicolon, Open, Close, Other };

bool isWordChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         (c & 0x80) != 0;
}

bool equals(string_view word, string_view upper) {
  return word.size() == upper.size() &&
         std::equal(word.begin(), word.end(), upper.begin(), [](char a, char b) {
           return std::toupper(static_cast<unsigned char>(a)) == b;
         });
}

template <std::size_t N>
bool isOneOf(string_view word, const string_view (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](string_view other) { return equals(word, other); });
}

/// Words and separators of a text; strings, quoted names and comments never show up as words.
class Scanner {
public:
  explicit Scanner(string_view text) : text_(text) {}

  Token next() {
    skipBlank();
    start_ = at_;
    if (at_ >= text_.size()) return Token::End;
    const char c = text_[at_];
    if (isWordChar(c)) {
      while (at_ < text_.size() && isWordChar(text_[at_])) ++at_;
      // PostgreSQL's $tag$ ... $tag$ is a string, whatever is in it.
      if (c == '$') skipDollarString();
      return text_[start_] == '$' ? Token::Other : Token::Word;
    }
    ++at_;
    if (c == '\'' || c == '"' || c == '`') skipQuoted(c);
    if (c == '[') skipQuoted(']');
    if (c == ';') return Token::Semicolon;
    if (c == '(') return Token::Open;
    if (c == ')') return Token::Close;
    return Token::Other;
  }

  [[nodiscard]] string_view word() const { return text_.substr(start_, at_ - start_); }
  [[nodiscard]] std::size_t start() const { return start_; }
  [[nodiscard]] std::size_t end() const { return at_; }

private:
  void skipTo(string_view closing) {
    const std::size_t found = text_.find(closing, at_);
    at_ = found == string_view::npos ? text_.size() : found + closing.size();
  }

  void skipQuoted(char closing) {
    while (at_ < text_.size()) {
      if (text_[at_++] != closing) continue;
      // A doubled quote stands for itself.
      if (at_ >= text_.size() || text_[at_] != closing || closing == ']') return;
      ++at_;
    }
  }

  void skipDollarString() {
    const string_view tag = word();
    if (tag.size() >= 2 && tag.back() == '$') skipTo(tag);
  }

  void skipBlank() {
    while (at_ < text_.size()) {
      const string_view rest = text_.substr(at_);
      if (std::isspace(static_cast<unsigned char>(rest[0])) != 0)
        ++at_;
      else if (rest.starts_with("--"))
        skipTo("\n");
      // MySQL runs what stands in its version comments: only their marks are blank.
      else if (rest.starts_with("/*!")) {
        at_ += 3;
        while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0)
          ++at_;
      } else if (rest.starts_with("*/"))
        at_ += 2;
      else if (rest.starts_with("/*"))
        skipTo("*/");
      else
        return;
    }
  }

  string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

constexpr string_view readVerbs[] = {"SELECT",   "SHOW", "EXPLAIN", "VALUES", "PRAGMA",
                                     "DESCRIBE", "DESC", "TABLE",   "FETCH"};
constexpr string_view writeVerbs[] = {
    "INSERT", "UPDATE",   "DELETE",  "REPLACE", "MERGE",   "UPSERT",  "CREATE", "ALTER",
    "DROP",   "TRUNCATE", "GRANT",   "REVOKE",  "COPY",    "REINDEX", "VACUUM", "LOAD",
    "RENAME", "COMMENT",  "ANALYZE", "CLUSTER", "REFRESH", "CALL",    "NOTIFY", "IMPORT"};
constexpr string_view setupVerbs[] = {"CREATE",  "ALTER",   "DROP",   "REINDEX", "VACUUM",
                                      "ANALYZE", "CLUSTER", "GRANT",  "REVOKE",  "COMMENT",
                                      "RENAME",  "REFRESH", "PRAGMA", "SET"};
constexpr string_view bodyObjects[] = {"TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE"};
constexpr string_view createNoise[] = {"OR", "REPLACE", "TEMP",   "TEMPORARY", "DEFINER",   "ALTER",
                                       "IF", "NOT",     "EXISTS", "AGGREGATE", "CONSTRAINT"};
constexpr string_view writesInWith[] = {"INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE"};
// What may follow BEGIN as a statement; anything else makes it the start of a block.
constexpr string_view beginModes[] = {"DEFERRED",    "IMMEDIATE", "EXCLUSIVE", "CONCURRENT",
                                      "TRANSACTION", "TRAN",      "WORK",      "ISOLATION",
                                      "READ",        "NOT",       "DEFERRABLE"};

/// Reads statement after statement.
class Script {
public:
  explicit Script(string_view text) : text_(text), scanner_(text) {}

  std::vector<SqlStatement> all(std::size_t most) {
    std::vector<SqlStatement> statements;
    advance();
    while (token_ != Token::End && statements.size() < most) {
      if (token_ == Token::Semicolon || token_ == Token::Open) {
        advance();
        continue;
      }
      const std::size_t start = scanner_.start();
      end_ = start;
      const bool setup = token_ == Token::Word && isOneOf(scanner_.word(), setupVerbs);
      const Op op = statement();
      statements.push_back({.op = op, .text = text_.substr(start, end_ - start), .setup = setup});
    }
    return statements;
  }

private:
  void advance() {
    if (token_ != Token::Semicolon) end_ = std::max(end_, scanner_.end());
    token_ = scanner_.next();
  }

  [[nodiscard]] bool at(string_view upper) const {
    return token_ == Token::Word && equals(scanner_.word(), upper);
  }

  bool take(string_view upper) {
    if (!at(upper)) return false;
    advance();
    return true;
  }

  void skipStatement() {
    while (token_ != Token::End && token_ != Token::Semicolon) advance();
  }

  Op skipAs(Op op) {
    skipStatement();
    return op;
  }

  Op statement() {
    if (token_ != Token::Word) return skipAs(Op::Use);
    if (take("BEGIN")) return begin();
    if (take("START")) return skipAs(at("TRANSACTION") ? Op::Begin : Op::Use);
    if (take("COMMIT") || take("END")) return skipAs(at("PREPARED") ? Op::Use : Op::Commit);
    if (take("ROLLBACK")) return rollback();
    if (take("ABORT")) return skipAs(Op::Rollback);
    if (take("SAVEPOINT")) return skipAs(Op::Savepoint);
    if (take("SAVE")) return skipAs(at("TRANSACTION") || at("TRAN") ? Op::Savepoint : Op::Use);
    if (take("RELEASE")) return skipAs(Op::ReleaseSavepoint);
    if (take("WITH")) return with();
    if (at("CREATE")) return create();
    if (isOneOf(scanner_.word(), readVerbs)) return skipAs(Op::Read);
    if (isOneOf(scanner_.word(), writeVerbs)) return skipAs(Op::Write);
    return skipAs(Op::Use);
  }

  Op begin() {
    if (token_ == Token::End || token_ == Token::Semicolon) return Op::Begin;
    if (token_ == Token::Word && isOneOf(scanner_.word(), beginModes)) return skipAs(Op::Begin);
    // An anonymous block: it runs to its END, and what it does inside is its own affair.
    skipBlock(1);
    return Op::Use;
  }

  Op rollback() {
    if (take("WORK") || take("TRANSACTION") || take("TRAN")) {
      if (at("TO")) return skipAs(Op::RollbackToSavepoint);
      return skipAs(Op::Rollback);
    }
    if (at("TO")) return skipAs(Op::RollbackToSavepoint);
    return skipAs(at("PREPARED") ? Op::Use : Op::Rollback);
  }

  /// WITH name AS (...) verb: a data-changing verb anywhere makes it a write, as in PostgreSQL.
  Op with() {
    bool writes = false;
    while (token_ != Token::End && token_ != Token::Semicolon) {
      if (token_ == Token::Word && startsClause_ && isOneOf(scanner_.word(), writesInWith))
        writes = true;
      // A verb stands after "(" or ")"; elsewhere it is a function or column, as in replace(a, b,
      // c).
      startsClause_ = token_ == Token::Open || token_ == Token::Close;
      advance();
    }
    startsClause_ = false;
    return writes ? Op::Write : Op::Read;
  }

  /// CREATE TRIGGER ... BEGIN ...; ... END holds semicolons that end no statement.
  Op create() {
    advance();
    while (token_ == Token::Word && isOneOf(scanner_.word(), createNoise)) advance();
    // DEFINER = user: some tokens that are no words come before the object.
    while (token_ == Token::Other) {
      advance();
      if (token_ == Token::Word && !isOneOf(scanner_.word(), bodyObjects)) advance();
    }
    if (token_ != Token::Word || !isOneOf(scanner_.word(), bodyObjects)) return skipAs(Op::Write);
    while (token_ != Token::End && token_ != Token::Semicolon && !at("BEGIN")) advance();
    if (take("BEGIN")) skipBlock(1);
    return skipAs(Op::Write);
  }

  void skipBlock(int depth) {
    while (token_ != Token::End && depth > 0) {
      if (at("CASE") || at("BEGIN")) ++depth;
      if (at("END")) {
        advance();
        // END IF, END LOOP, END WHILE close what was never counted.
        if (!at("IF") && !at("LOOP") && !at("WHILE") && !at("REPEAT")) --depth;
        if (at("CASE")) advance();
        continue;
      }
      advance();
    }
    skipStatement();
  }

  string_view text_;
  Scanner scanner_;
  Token token_ = Token::Semicolon;
  std::size_t end_ = 0;
  bool startsClause_ = false;
};

} // namespace

std::vector<SqlStatement> classifySqlScript(string_view text) {
  return Script(text).all(SIZE_MAX);
}

Op classifySql(string_view text) {
  const std::vector<SqlStatement> statements = Script(text).all(1);
  return statements.empty() ? Op::Use : statements.front().op;
}

} // namespace session_tidy::model
