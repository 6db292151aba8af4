// A file system that writes down what Clang asks of it.
#pragma once

#include "cli/FileRecord.h"

#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <memory>
#include <string>
#include <utility>

namespace session_tidy::cli {

class RecordingFileSystem : public llvm::vfs::ProxyFileSystem {
public:
  RecordingFileSystem(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> base, FileRecord& record)
      : ProxyFileSystem(std::move(base)), record_(record) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override {
    auto result = ProxyFileSystem::status(path);
    if (!result)
      record_.absent.insert(absolute(path));
    else if (!result->isDirectory())
      record_.present.insert(absolute(path));
    return result;
  }

  // Virtual from LLVM 19 on, where the proxy would ask past us.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Winconsistent-missing-override"
  bool exists(const llvm::Twine& path) {
    const auto found = status(path);
    return found && found->exists();
  }
#pragma clang diagnostic pop

  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine& path) override {
    auto result = ProxyFileSystem::openFileForRead(path);
    if (!result) {
      record_.absent.insert(absolute(path));
      return result;
    }
    return std::unique_ptr<llvm::vfs::File>(
        std::make_unique<RecordingFile>(std::move(*result), absolute(path), record_));
  }

  llvm::vfs::directory_iterator dir_begin(const llvm::Twine& folder,
                                          std::error_code& error) override {
    record_.addListing(absolute(folder));
    return ProxyFileSystem::dir_begin(folder, error);
  }

private:
  class RecordingFile : public llvm::vfs::File {
  public:
    RecordingFile(std::unique_ptr<llvm::vfs::File> file, std::string path, FileRecord& record)
        : file_(std::move(file)), path_(std::move(path)), record_(record) {}

    llvm::ErrorOr<llvm::vfs::Status> status() override { return file_->status(); }
    llvm::ErrorOr<std::string> getName() override { return file_->getName(); }
    std::error_code close() override { return file_->close(); }

    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name,
                                                                 std::int64_t size, bool terminated,
                                                                 bool isVolatile) override {
      auto buffer = file_->getBuffer(name, size, terminated, isVolatile);
      if (buffer) {
        const llvm::StringRef text = (*buffer)->getBuffer();
        record_.contents[path_] = contentHash({text.data(), text.size()});
      }
      return buffer;
    }

  private:
    std::unique_ptr<llvm::vfs::File> file_;
    std::string path_;
    FileRecord& record_;
  };

  [[nodiscard]] std::string absolute(const llvm::Twine& path) const {
    llvm::SmallString<256> text;
    path.toVector(text);
    if (makeAbsolute(text)) return path.str();
    return std::string(text.str());
  }

  FileRecord& record_;
};

} // namespace session_tidy::cli
