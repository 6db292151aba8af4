// Comparing paths, and looking through folders for headers.
#include "cli/PathSelector.h"

#include "model/Config.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

bool isHeader(const fs::path& path) {
  static const std::set<std::string> endings{".h", ".hh", ".hpp", ".hxx", ".inc", ".ipp", ".tpp"};
  return endings.contains(path.extension().string());
}

} // namespace

PathSelector::PathSelector(std::string text) : text_(std::move(text)), glob_(hasWildcard(text_)) {
  std::error_code ignored;
  path_ = fs::absolute(text_, ignored).lexically_normal().string();
  folder_ = fs::is_directory(path_, ignored);
  while (folder_ && path_.size() > 1 && path_.back() == '/') path_.pop_back();
}

bool PathSelector::hasWildcard(const std::string& text) {
  return text.find_first_of("*?") != std::string::npos;
}

bool PathSelector::isCode(const std::string& name) {
  static const std::set<std::string> endings{".c", ".cc", ".cpp", ".cxx", ".c++",  ".C",  ".cp",
                                             ".m", ".mm", ".cu",  ".hip", ".cppm", ".ixx"};
  return isHeader(name) || endings.contains(fs::path(name).extension().string());
}

bool PathSelector::selects(const std::string& file) const {
  if (glob_) return model::matchesGlob(file, path_);
  if (!folder_) return file == path_;
  return file.size() > path_.size() && file.starts_with(path_) &&
         (path_ == "/" || file[path_.size()] == '/');
}

std::vector<std::string> PathSelector::headers() const {
  if (isFile())
    return isHeader(path_) ? std::vector<std::string>{path_} : std::vector<std::string>();
  const std::string start = path_.substr(0, path_.rfind('/', path_.find_first_of("*?")));
  std::vector<std::string> found;
  std::error_code error;
  for (fs::recursive_directory_iterator
           at(folder_ ? path_ : start + '/', fs::directory_options::skip_permission_denied, error),
       end;
       !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const fs::path file = at->path().lexically_normal();
    if (file.filename().string().starts_with('.') && at->is_directory(ignored))
      at.disable_recursion_pending();
    else if (isHeader(file) && selects(file.string()) && at->is_regular_file(ignored))
      found.push_back(file.string());
  }
  std::ranges::sort(found);
  return found;
}

} // namespace session_tidy::cli
