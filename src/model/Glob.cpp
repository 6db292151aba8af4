// Globs over slash-separated paths.
#include "model/Config.h"

namespace session_tidy::model {

namespace {

/// Matches with one point of return per kind of star, so that no glob takes more than quadratic
/// time.
class GlobMatcher {
public:
  GlobMatcher(std::string_view path, std::string_view glob) : path_(path), glob_(glob) {}

  bool matches() {
    while (true) {
      if (atPath_ == path_.size() && restIsStars()) return true;
      if (step()) continue;
      if (!goBack()) return false;
    }
  }

private:
  struct Return {
    std::size_t path = std::string_view::npos;
    std::size_t glob = 0;
  };

  [[nodiscard]] bool restIsStars() const {
    const std::string_view rest = glob_.substr(atGlob_);
    // "dir/**" covers what is in it, and a path that ends just before "/**" is not in it.
    return rest.find_first_not_of('*') == std::string_view::npos;
  }

  bool step() {
    const std::string_view rest = glob_.substr(atGlob_);
    if (rest.starts_with("**/")) return star(deep_, 3);
    if (rest.starts_with("**")) return star(deep_, 2);
    if (rest.starts_with('*')) return star(flat_, 1);
    if (rest.empty() || atPath_ == path_.size()) return false;
    if (rest[0] != path_[atPath_] && (rest[0] != '?' || path_[atPath_] == '/')) return false;
    ++atPath_;
    ++atGlob_;
    return true;
  }

  bool star(Return& where, std::size_t length) {
    atGlob_ += length;
    where = {.path = atPath_, .glob = atGlob_};
    if (&where == &deep_) flat_ = {};
    return true;
  }

  bool goBack() {
    if (flat_.path < path_.size() && path_[flat_.path] != '/') {
      atPath_ = ++flat_.path;
      atGlob_ = flat_.glob;
      return true;
    }
    flat_ = {};
    if (deep_.path >= path_.size()) return false;
    // "**/" stands for whole folders: it goes on after the next slash.
    const bool wholeFolders = glob_[deep_.glob - 1] == '/';
    if (wholeFolders) {
      const std::size_t slash = path_.find('/', deep_.path);
      if (slash == std::string_view::npos) return false;
      deep_.path = slash + 1;
    } else {
      ++deep_.path;
    }
    atPath_ = deep_.path;
    atGlob_ = deep_.glob;
    return true;
  }

  std::string_view path_;
  std::string_view glob_;
  std::size_t atPath_ = 0;
  std::size_t atGlob_ = 0;
  Return flat_;
  Return deep_;
};

} // namespace

bool matchesGlob(std::string_view path, std::string_view glob) {
  return GlobMatcher(path, glob).matches();
}

bool Config::isExempt(const std::filesystem::path& file) const {
  if (exempt.empty()) return false;
  std::error_code ignored;
  const std::filesystem::path base =
      std::filesystem::absolute(std::filesystem::path(path).parent_path(), ignored);
  const std::filesystem::path full = std::filesystem::absolute(file, ignored).lexically_normal();
  const std::string relative = full.lexically_relative(base.lexically_normal()).generic_string();
  for (const std::string& glob : exempt)
    if (matchesGlob(relative, glob) || matchesGlob(full.generic_string(), glob)) return true;
  return false;
}

} // namespace session_tidy::model
