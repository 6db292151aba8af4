// What can be told of a file before it is written.
#include "support/AtomicFile.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace session_tidy {

namespace {

class WhyNotWritable : public testing::Test {
protected:
  void SetUp() override {
    std::array<char, 32> name{"/tmp/session-tidy-XXXXXX"};
    folder_ = ::mkdtemp(name.data());
    ::chmod(folder_.c_str(), 0755);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string write(const std::string& name) const {
    std::ofstream(folder_ + "/" + name) << "old\n";
    return folder_ + "/" + name;
  }

  std::string folder_;
};

/// As somebody who is not root, to whom everything can be written.
bool isWritableForOthers(const std::string& path) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    constexpr uid_t nobody = 65534;
    if (::geteuid() == 0 && ::setuid(nobody) != 0) ::_exit(2);
    ::_exit(whyNotWritable(path).empty() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(WhyNotWritable, SaysNothingWhereAllIsWell) {
  EXPECT_EQ(whyNotWritable(folder_ + "/new"), "");
  EXPECT_EQ(whyNotWritable(write("old")), "");
  EXPECT_EQ(whyNotWritable("/dev/null"), "");
  EXPECT_EQ(whyNotWritable("new-in-the-current-folder"), "");
}

TEST_F(WhyNotWritable, NamesTheReason) {
  EXPECT_EQ(whyNotWritable(folder_), "cannot write " + folder_ + ": it is a folder");
  EXPECT_EQ(whyNotWritable(folder_ + "/none/file"),
            "cannot write " + folder_ + "/none/file: there is no folder " + folder_ + "/none/");
}

TEST_F(WhyNotWritable, HeedsPermissions) {
  ::chmod(folder_.c_str(), 0777);
  const std::string file = write("old");
  ::chmod(file.c_str(), 0666);
  EXPECT_TRUE(isWritableForOthers(file));
  ::chmod(file.c_str(), 0444);
  EXPECT_FALSE(isWritableForOthers(file)) << "though its folder is open";
  ::chmod(file.c_str(), 0666);
  ::chmod(folder_.c_str(), 0555);
  EXPECT_FALSE(isWritableForOthers(folder_ + "/new"));
  ::chmod(folder_.c_str(), 0755);
}

} // namespace

} // namespace session_tidy
