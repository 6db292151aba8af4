// Findings as JSON objects, in the form of format `json` (docs/output.md), written and read.
#pragma once

#include "model/ModelError.h"
#include "report/Fingerprint.h"
#include "report/Report.h"
#include "report/Writer.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace session_tidy::report {

using OrderedJson = nlohmann::ordered_json;

/// One finding; its paths are relative to the context's root.
OrderedJson toJson(const Finding& finding, const Report& report, const Context& context,
                   const std::string& fingerprint);

/// What a function does with sessions: for reports that also say what is good.
OrderedJson toJson(const driver::SessionUse& use, const Report& report, const Context& context);

/// Which part of a whole a report is.
OrderedJson toJson(const Shard& shard);

/// The text of a document: broken UTF-8 in sources does not make broken JSON.
std::string toText(const OrderedJson& json, int indent = 2);

/// A report as it was written by format `json`, with absolute paths again. `file` is its name, for
/// the message.
model::Result<Report> readJsonReport(std::string_view text, const std::string& file,
                                     const std::string& root);

} // namespace session_tidy::report
