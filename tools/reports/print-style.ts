import { chartColors } from "../charts/chart-colors.ts";

/** Light on every screen and on paper: a report looks the same to whoever it is sent to. */
export const printStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f6f6f7; color: ${chartColors.foreground};
  font: 14px/1.5 Geist, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 860px; margin: 32px auto; padding: 48px; background: #fff;
  border: 1px solid ${chartColors.grid}; border-radius: 8px; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 40px 0 12px; padding-top: 24px; border-top: 1px solid ${chartColors.grid}; font-size: 18px;
  letter-spacing: -0.01em; break-after: avoid; }
h3 { margin: 24px 0 8px; font-size: 14px; font-weight: 600; overflow-wrap: anywhere; break-after: avoid; }
.organization { margin: 0 0 4px; color: ${chartColors.muted}; overflow-wrap: anywhere; }
dl { margin: 0; }
dt { color: ${chartColors.muted}; font-size: 12px; }
dd { margin: 0; overflow-wrap: anywhere; }
header dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 8px 24px; margin-top: 20px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 16px 24px; margin: 12px 0; }
.figures > div { break-inside: avoid; }
.headline { margin-top: 28px; padding: 16px 20px; border: 1px solid ${chartColors.grid}; border-radius: 8px; }
.value { font-size: 20px; font-weight: 600; letter-spacing: -0.01em; }
.value small { color: ${chartColors.muted}; font-size: 12px; font-weight: 400; letter-spacing: 0; }
.detail { color: ${chartColors.muted}; font-size: 12px; }
.chart { display: block; width: 100%; height: auto; margin: 8px 0; break-inside: avoid; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th { padding: 6px 12px 6px 0; border-bottom: 1px solid ${chartColors.borderStrong}; color: ${chartColors.muted};
  font-size: 12px; font-weight: 500; text-align: left; vertical-align: bottom; }
td { padding: 6px 12px 6px 0; border-bottom: 1px solid ${chartColors.grid}; vertical-align: top;
  overflow-wrap: anywhere; min-width: 56px; }
.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
th:last-child, td:last-child { padding-right: 0; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.note { margin: 8px 0 0; color: ${chartColors.muted}; font-size: 12px; }
.missing { margin: 8px 0; padding: 10px 14px; border: 1px dashed ${chartColors.borderStrong}; border-radius: 6px; }
@media (max-width: 640px) { main { margin: 0; padding: 24px 16px; border: 0; border-radius: 0; } }
@media print { body { background: #fff; font-size: 11px; } main { max-width: none; margin: 0; padding: 0; border: 0; }
  .scroll { overflow: visible; } table { font-size: 10px; } @page { size: A4; margin: 16mm; } }
`;
