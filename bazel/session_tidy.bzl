"""session-tidy for Bazel: lints each C++ source in an action of its own, so that Bazel runs them side by side and keeps the results.

Copy this file into your repository. `session-tidy` is looked for in the actions' PATH.

    load("//tools:session_tidy.bzl", "session_tidy_test")

    session_tidy_test(
        name = "sessions",
        deps = ["//app", "//lib"],
    )

`bazel test //:sessions` fails if something is found in the sources of the deps, or of what they depend on in this repository.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME", "C_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

# The project's configuration, if it has one: [Label("//:.session-tidy.json")]; the BUILD file there has to export it.
CONFIG = []

_C_SOURCES = ["c"]
_CPP_SOURCES = ["C", "cc", "cp", "cpp", "cxx", "c++"]

SessionTidyInfo = provider(
    doc = "What was found in the sources of a target and of its dependencies.",
    fields = {
        "reports": "depset of JSON files, one for each source",
        "sources": "depset of the files that they speak of",
    },
)

def _compiler_flags(target, ctx, toolchain, action):
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    cpp = ctx.fragments.cpp
    language = cpp.conlyopts if action == C_COMPILE_ACTION_NAME else cpp.cxxopts
    context = target[CcInfo].compilation_context
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = cpp.copts + language + getattr(ctx.rule.attr, "copts", []),
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        preprocessor_defines = depset(transitive = [context.defines, context.local_defines]),
    )
    return cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = action,
        variables = variables,
    )

def _lint(target, ctx, toolchain, source, config):
    action = C_COMPILE_ACTION_NAME if source.extension in _C_SOURCES else CPP_COMPILE_ACTION_NAME
    report = ctx.actions.declare_file("{}.{}.session-tidy.json".format(target.label.name, source.basename))
    arguments = ctx.actions.args()
    arguments.add_all(["check", "--no-cache", "--no-baseline", "--fail-on", "never", "--quiet"])
    arguments.add("--output-format", report, format = "json:%s")
    arguments.add_all(config, before_each = "--config")
    arguments.add(source)
    arguments.add("--")
    arguments.add_all(_compiler_flags(target, ctx, toolchain, action))
    headers = target[CcInfo].compilation_context.headers
    ctx.actions.run_shell(
        command = 'exec session-tidy "$@"',
        arguments = [arguments],
        inputs = depset([source] + config, transitive = [headers, toolchain.all_files]),
        outputs = [report],
        mnemonic = "SessionTidy",
        progress_message = "Looking at the database sessions in " + source.short_path,
        use_default_shell_env = True,
    )
    return report

def _aspect_implementation(target, ctx):
    reports = []
    sources = []
    if CcInfo in target and target.label.workspace_name == "":
        toolchain = find_cpp_toolchain(ctx)
        files = [file for source in getattr(ctx.rule.attr, "srcs", []) for file in source.files.to_list()]
        for file in files:
            if file.extension in _C_SOURCES + _CPP_SOURCES:
                reports.append(_lint(target, ctx, toolchain, file, ctx.files._config))
        sources = files + [file for header in getattr(ctx.rule.attr, "hdrs", []) for file in header.files.to_list()]
    inner = [dep[SessionTidyInfo] for dep in getattr(ctx.rule.attr, "deps", []) if SessionTidyInfo in dep]
    info = SessionTidyInfo(
        reports = depset(reports, transitive = [dep.reports for dep in inner]),
        sources = depset(sources, transitive = [dep.sources for dep in inner]),
    )
    return [info, OutputGroupInfo(session_tidy = info.reports)]

session_tidy = aspect(
    doc = "Lints; the reports are the output group `session_tidy`.",
    implementation = _aspect_implementation,
    attr_aspects = ["deps"],
    attrs = {
        "_cc_toolchain": attr.label(default = Label("@bazel_tools//tools/cpp:current_cc_toolchain")),
        "_config": attr.label_list(default = CONFIG, allow_files = True),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

def _test_implementation(ctx):
    infos = [dep[SessionTidyInfo] for dep in ctx.attr.deps]
    reports = depset(transitive = [info.reports for info in infos])
    script = ctx.actions.declare_file(ctx.label.name + ".sh")
    words = ["session-tidy", "merge"] + [report.short_path for report in reports.to_list()] + ctx.attr.options
    ctx.actions.write(
        output = script,
        content = "#!/bin/sh\nexec " + " ".join(["'" + word.replace("'", "'\\''") + "'" for word in words]) + "\n",
        is_executable = True,
    )
    files = depset(ctx.files.data, transitive = [reports] + [info.sources for info in infos])
    return [DefaultInfo(executable = script, runfiles = ctx.runfiles(transitive_files = files))]

session_tidy_test = rule(
    doc = "Fails if something is found in the deps.",
    implementation = _test_implementation,
    test = True,
    attrs = {
        "data": attr.label_list(allow_files = True, doc = ".session-tidy-baseline.json, if there is one"),
        "deps": attr.label_list(aspects = [session_tidy], doc = "C++ targets"),
        "options": attr.string_list(doc = "Of `session-tidy merge`: --fail-on, --output-format, ..."),
    },
)
