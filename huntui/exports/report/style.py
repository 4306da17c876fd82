"""How a report looks, on a screen and on paper."""

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page may load: nothing but the pictures and the style that are in it; it runs no script."""

STYLE = """
:root { color-scheme: light; --ink: #1d2126; --quiet: #5c6670; --line: #d4d9de; --ground: #f4f6f8; --bar: #2f6f9f; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; font: 15px/1.45 system-ui, sans-serif; color: var(--ink);
  background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 0; }
p { margin: .35rem 0; }
.quiet { color: var(--quiet); }
.warning { border: 2px solid #a3260f; color: #a3260f; padding: .5rem .8rem; font-weight: 600; margin: .8rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .22rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top;
  overflow-wrap: break-word; }
th { color: var(--quiet); font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.off { color: var(--quiet); font-style: italic; }
.bar { background: var(--ground); height: .6rem; min-width: 6rem; }
.bar i { display: block; height: 100%; background: var(--bar); }
code, pre { font-family: ui-monospace, monospace; font-size: .85em; }
pre { background: var(--ground); padding: .8rem; white-space: pre-wrap; margin: 0; }
.score { font-size: 1.3rem; font-weight: 700; }
.find { border: 1px solid var(--line); border-radius: 4px; padding: .8rem 1rem; margin: 0 0 1rem; }
.find header { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; }
.find svg { display: block; width: 100%; max-width: 40rem; height: auto; margin: .3rem auto; }
.claim { border: 1px solid currentColor; border-radius: 3px; padding: 0 .4rem; font-size: .85rem; font-weight: 600; }
.confirmed { color: #00664f; } .refuted { color: #a3260f; } .open { color: #6b5200; }
.cutouts { display: flex; flex-wrap: wrap; gap: .8rem; justify-content: center; margin: .4rem 0; }
.cutouts figure { margin: 0; width: 9.5rem; }
.cutouts img, .missing { width: 9.5rem; height: 9.5rem; image-rendering: pixelated; border: 1px solid var(--line); }
.missing { display: flex; align-items: center; justify-content: center; text-align: center; padding: .5rem;
  color: var(--quiet); font-size: .8rem; overflow: hidden; }
figcaption { font-size: .8rem; color: var(--quiet); text-align: center; }
.values { columns: 3 12rem; column-gap: 1.5rem; margin: .5rem 0 0; font-size: .82rem; }
.values div { display: flex; justify-content: space-between; gap: .6rem; border-bottom: 1px dotted var(--line);
  break-inside: avoid; }
.values dt { color: var(--quiet); white-space: nowrap; } .values dd { margin: 0; text-align: right; }
nav ol { columns: 4 9rem; padding-left: 1.6rem; margin: .4rem 0; font-size: .9rem; }
a { color: #14507d; }
@page { margin: 14mm; }
@media print {
  body { max-width: none; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3 { break-after: avoid; }
  .find, tr, .cutouts { break-inside: avoid; }
  .finds { break-before: page; }
  .scroll { overflow: visible; } th, td { overflow-wrap: anywhere; }
  body { font-size: 9pt; }
  .find { padding: 2mm 3mm; margin-bottom: 4mm; }
  .pictures { display: flex; align-items: center; gap: 3mm; }
  .find svg { width: 94mm; margin: 0; }
  .cutouts { gap: 1.5mm; flex-wrap: nowrap; }
  .cutouts figure, .cutouts img, .missing { width: 24mm; } .cutouts img, .missing { height: 24mm; }
  .values { columns: 4; font-size: 7pt; }
  a { color: inherit; text-decoration: none; }
  .elsewhere { display: none; }
  pre { background: none; border: 1px solid var(--line); }
}
"""
