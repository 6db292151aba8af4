// The style sheet and script of format `html`: light and dark, no outside resources.
#pragma once

#include <string_view>

namespace session_tidy::report {

inline constexpr std::string_view htmlStyle = R"css(
:root { --back: #ffffff; --text: #1c2128; --soft: #59636e; --card: #f6f8fa; --edge: #d1d9e0;
  --open: #0969da; --working: #9a6700; --over: #8c959f; --good: #1a7f37; --bad: #cf222e;
  --sign: #ffffff; color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root { --back: #0d1117; --text: #e6edf3; --soft: #9198a1; --card: #151b23; --edge: #3d444d;
    --open: #4493f8; --working: #d29922; --over: #6e7681; --good: #3fb950; --bad: #f85149;
    --sign: #0d1117; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1060px; padding: 24px; background: var(--back);
  color: var(--text); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 26px; margin: 0 0 8px; } h2 { font-size: 19px; margin: 32px 0 8px; }
a { color: var(--open); } p { margin: 6px 0; } .soft { color: var(--soft); }
td code { white-space: nowrap; }
code, pre { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: 10px;
  overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--edge);
  vertical-align: top; } td.n, th.n { text-align: right; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0; }
.tile { background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
  padding: 10px 18px; min-width: 120px; } .tile b { display: block; font-size: 26px; }
.issues b, .grade.issues { color: var(--bad); } .caution b, .grade.caution { color: var(--working); }
.good b, .grade.good { color: var(--good); } .grade { font-weight: 600; }
details { background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
  margin: 10px 0; padding: 4px 14px; } summary { cursor: pointer; padding: 6px 0; }
summary:focus-visible, a:focus-visible { outline: 3px solid var(--open); outline-offset: 2px; }
summary code { font-weight: 600; } .lifeline { width: 100%; height: auto; display: block; }
.life { stroke-width: 4; stroke: var(--over); } .life.before { stroke-dasharray: 3 5; }
.life.open { stroke: var(--open); } .life.working { stroke: var(--working); }
.life.over { stroke-dasharray: 2 6; } .life.wrong { stroke: var(--bad); stroke-dasharray: 9 5; }
.step { fill: var(--over); stroke: var(--card); stroke-width: 2; } .step.opened { fill: var(--open); }
.step.begun, .step.used { fill: var(--working); } .step.committed, .step.rolled-back { fill: var(--good); }
.step.wrong { fill: var(--bad); } .sign { fill: var(--sign); font: bold 12px sans-serif; }
.code { fill: var(--text); font: 13px ui-monospace, "DejaVu Sans Mono", monospace; }
.said { fill: var(--soft); font: 12px system-ui, "DejaVu Sans", sans-serif; }
.said.wrong { fill: var(--bad); }
@media (max-width: 50em) { /* what does not fit beside stands below */
  tr:first-child { display: none; }
  tr { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--edge); padding: 4px 0; }
  td { border: 0; padding: 2px 10px; }
  td:first-child, td:last-child { flex-basis: 100%; }
  td code { white-space: normal; overflow-wrap: anywhere; }
  td.n::after { content: " " attr(data-of); }
}
@media print { details { break-inside: avoid; } }
)css";

/// j and k go from finding to finding; Enter opens and closes, as a browser has it.
inline constexpr std::string_view htmlScript = R"js(
addEventListener('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey || (e.key !== 'j' && e.key !== 'k')) return;
  const all = [...document.querySelectorAll('details.finding > summary')];
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const next = e.key === 'j' ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0);
  all[next].focus(); all[next].scrollIntoView({block: 'nearest'});
});
)js";

} // namespace session_tidy::report
