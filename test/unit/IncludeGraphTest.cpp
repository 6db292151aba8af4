// The scan of includes: never fewer files or words than the compiler sees.
#include "driver/IncludeGraph.h"

#include "model/EmbeddedModels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace session_tidy::driver {
namespace {

namespace fs = std::filesystem;

class IncludeScan : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "session-tidy-scan-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    auto models = model::loadEmbeddedModels();
    ASSERT_TRUE(models);
    models_ = vocabulary_.add(*models);
    paths_.folders = {{(folder_ / "inc").string(), false}, {(folder_ / "sys").string(), true}};
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  Reach reach() {
    IncludeGraph graph(vocabulary_);
    const Reach reach = graph.reach((folder_ / "main.cpp").string(), paths_);
    files_.clear();
    for (const Reach::Seen* file : reach.files)
      files_.push_back(fs::path(file->path).lexically_relative(folder_).string());
    std::ranges::sort(files_);
    return reach;
  }

  bool mentions() {
    const Reach all = reach();
    return all.opaque || vocabulary_.mentionsSession(models_, all.all, all.users);
  }

  bool mentionsIn(const std::string& text) {
    write("main.cpp", text);
    return mentions();
  }

  using Files = std::vector<std::string>;
  fs::path folder_;
  Vocabulary vocabulary_;
  std::size_t models_ = 0;
  SearchPaths paths_;
  Files files_;
};

TEST_F(IncludeScan, everyFileOfANameInEveryFolder) {
  write("main.cpp", "#include \"a.h\"\n#include <b.h>\n");
  write("a.h", "");
  write("inc/a.h", "#include_next <a.h>");
  write("sys/a.h", "");
  write("sys/b.h", "#include \"c.h\"");
  write("sys/c.h", "");
  EXPECT_FALSE(reach().missing);
  EXPECT_EQ(files_, (Files{"a.h", "inc/a.h", "main.cpp", "sys/a.h", "sys/b.h", "sys/c.h"}));
}

TEST_F(IncludeScan, whateverTheDirectiveLooksLike) {
  write("main.cpp",
        "#if 0\n # /* x */ include /* y */ \"a.h\"\n#endif\n%: include <b.h>\n"
        "#inc\\\nlude \"c.h\"\n#include \\\n \"d.h\"\n/*\n*/ #include \"e.h\"\r\n#import \"f.h\"");
  for (const char* name : {"a.h", "b.h", "c.h", "d.h", "e.h", "f.h"})
    write(std::string("inc/") + name, "");
  EXPECT_FALSE(reach().missing);
  EXPECT_EQ(files_.size(), 7U);
}

TEST_F(IncludeScan, macrosThatNameFiles) {
  write("main.cpp", "#define A \"a.h\"\n#define B A\n#include B\n#include CONFIG\n"
                    "#include UNKNOWN\n");
  write("inc/a.h", "#define C <c.h>\n#include C\n");
  write("inc/c.h", "");
  write("inc/config.h", "");
  paths_.defines = "#define CONFIG \"config.h\"\n";
  EXPECT_FALSE(reach().opaque) << "what nobody defines is not compiled";
  EXPECT_EQ(files_, (Files{"inc/a.h", "inc/c.h", "inc/config.h", "main.cpp"}));
}

TEST_F(IncludeScan, saysWhatItCannotSeeThrough) {
  write("sys/pp.h", "#define J(x) <x.h>\n#include J(a)\n");
  write("main.cpp", "#include <pp.h>\n");
  EXPECT_FALSE(reach().opaque) << "system headers' macros lead into their own library";
  for (const char* text : {"#define H(x) <x.h>\n#include H(a)\n", "#define H <a. h\n#include H>\n",
                           "#include __FILE__ \"x\"\n#define __FILE__ x y\n",
                           "?\?=include \"a.h\"\n", "#define A a##b\n"}) {
    write("main.cpp", text);
    EXPECT_TRUE(reach().opaque) << text;
  }
  write("main.cpp", "#include <a.h>\n");
  write("sys/a.h", "#define A a##b\n");
  EXPECT_FALSE(reach().opaque) << "system headers paste, but declare no sessions by it";
}

TEST_F(IncludeScan, tellsUsersIncludesThatAreNowhere) {
  write("main.cpp", "#include <a.h>\n");
  EXPECT_TRUE(reach().missing);
  write("sys/a.h", "#include <windows.h>\n");
  EXPECT_FALSE(reach().missing);
  paths_.forced = {"force.h", (folder_ / "force.h").string()};
  write("inc/force.h", "#include <b.h>");
  write("sys/b.h", "");
  reach();
  EXPECT_EQ(files_, (Files{"inc/force.h", "main.cpp", "sys/a.h", "sys/b.h"}));
}

TEST_F(IncludeScan, foldersAboveALinkAreWhereItLeads) {
  write("far/away/real/x.h", "");
  write("far/away/y.h", "");
  fs::create_directory_symlink(folder_ / "far/away/real", folder_ / "link");
  write("main.cpp", "#include \"link/../y.h\"\n");
  EXPECT_FALSE(reach().missing);
  EXPECT_EQ(files_, (Files{"far/away/y.h", "main.cpp"}));
}

TEST_F(IncludeScan, knowsModelledNamesByTheirWords) {
  EXPECT_FALSE(mentionsIn("int main() { return 0; }"));
  EXPECT_TRUE(mentionsIn("namespace soci { class session; }"));
  EXPECT_TRUE(mentionsIn("void f(void* p) { sqlite3_close(p); }"));
  EXPECT_FALSE(mentionsIn("namespace web { struct session; }"));
  write("sys/notes.h", "/* #include, as we know it */ struct S { void annotate(); };");
  EXPECT_FALSE(mentionsIn("#include <notes.h>\n"));
  write("sys/lib.h", "namespace soci { inline namespace v4 { class session; } }");
  EXPECT_TRUE(mentionsIn("#include <lib.h>\n"));
  EXPECT_TRUE(mentionsIn("struct [[clang::annotate(\"session_tidy::scope\")]] Work {};"));
}

TEST_F(IncludeScan, knowsSessionsByTheirLooks) {
  const std::string looks = "struct DbConnection { void open(); void close(); };";
  EXPECT_TRUE(mentionsIn(looks));
  EXPECT_TRUE(mentionsIn("struct My_Session { void Begin(); void commit_(); void roll_back(); };"));
  EXPECT_FALSE(mentionsIn("struct Connection { void send(); };"));
  write("sys/net.h", looks);
  EXPECT_FALSE(mentionsIn("#include <net.h>\n")) << "in system headers only models count";
  write("inc/net.h", looks);
  EXPECT_TRUE(mentionsIn("#include <net.h>\n"));
}

TEST_F(IncludeScan, knowsHandlesByTheirFunctions) {
  EXPECT_TRUE(mentionsIn("int vdb_begin_tx(struct vdb*); int vdb_commit_tx(struct vdb*);"));
  EXPECT_TRUE(mentionsIn("int VdbStartTransaction(Vdb*); int VdbCommit(Vdb*);"));
  EXPECT_TRUE(mentionsIn("int acme_exec(struct acme_conn_s*, const char* sql);"));
  EXPECT_TRUE(
      mentionsIn("namespace kv { struct session_t; int begin(session_t*), commit(session_t*); }"));
  EXPECT_FALSE(mentionsIn("int net_send(struct net_conn*, const char* text);"));
  EXPECT_FALSE(mentionsIn("auto first = names.begin(); void commit_names();"));
  EXPECT_FALSE(
      mentionsIn("int os_begin_lock(struct os_mutex*); int os_end_lock(struct os_mutex*);"));
}

} // namespace
} // namespace session_tidy::driver
