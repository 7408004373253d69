#include "report/page_style.h"

static const char colors[] =
    "\n:root{color-scheme:light dark;--paper:#fff;--ink:#1b232b;--head:#1f3447;--grey:#56626d;"
    "--line:#ccd4db;--pale:#e9eff5;--link:#1c5d8c;--good:#1c6b3a;--bad:#a61b1b;"
    "--s0:#1f3447;--s1:#9c3d2e;--s2:#2f80a8;--s3:#a87407}\n"
    "@media (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#e4e9ee;--head:#c8daea;"
    "--grey:#a6b2bd;--line:#3a444e;--pale:#212a33;--link:#8cc4f0;--good:#79cf97;--bad:#ff9d93;"
    "--s0:#a9c4e0;--s1:#e58a78;--s2:#4fb0dd;--s3:#e9b949}}\n";

static const char text[] =
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);"
    "font:16px/1.5 system-ui,\"Segoe UI\",Roboto,\"Liberation Sans\",Arial,sans-serif}\n"
    "main{max-width:80rem;margin:0 auto;padding:2rem 1.5rem 4rem}\n"
    "h1,h2,h3{color:var(--head);line-height:1.25;margin:0}\n"
    "h1{font-size:1.9rem}h2{font-size:1.35rem;margin-top:2.5rem;padding-bottom:.3rem;"
    "border-bottom:2px solid var(--head)}h3{font-size:1rem;margin:1.2rem 0 .3rem}\n"
    "p{margin:.6rem 0;max-width:48rem}.note{color:var(--grey)}a{color:var(--link)}\n"
    ".verdict{border-left:.4rem solid var(--head);background:var(--pale);padding:.6rem 1rem;"
    "max-width:none}section+.verdict{margin-top:1.5rem}\n"
    "nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;padding:0;margin:1rem "
    "0}\n";

static const char tables[] =
    ".facts{columns:24rem;column-gap:3rem}.facts>div{break-inside:avoid;padding-top:.1rem}\n"
    "dl{margin:0}dl div{display:flex;gap:1rem;padding:.15rem 0;border-bottom:1px solid "
    "var(--line)}\n"
    "dt{flex:0 0 10rem;color:var(--grey)}dd{margin:0;overflow-wrap:anywhere;min-width:0}\n"
    ".blanks dt{flex-basis:16rem}.blanks div{padding:1rem 0 .2rem}\n"
    ".scroll{overflow-x:auto;margin:.8rem 0}\n"
    "table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.35}\n"
    "caption{text-align:left;color:var(--grey);padding:.2rem 0 .5rem}\n"
    "th,td{text-align:left;vertical-align:top;overflow-wrap:break-word;padding:.35rem "
    ".6rem;border-bottom:1px solid "
    "var(--line)}\n"
    "th{font-weight:600}thead th{background:var(--pale);color:var(--head);"
    "border-bottom:1px solid var(--head)}tfoot th,tfoot td{font-weight:600}\n"
    ".count{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
    "thead .count{white-space:normal}\n"
    ".code{font-family:ui-monospace,\"Liberation Mono\",Menlo,Consolas,monospace;"
    "font-size:.85em;font-weight:400;overflow-wrap:anywhere;min-width:17ch}\n";

static const char charts[] =
    ".charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));"
    "gap:1rem 3rem;align-items:start;margin-top:1rem}\n"
    "figure{margin:1rem 0;max-width:36rem}figcaption{font-weight:600;color:var(--head)}\n"
    "svg{display:block;width:100%;height:auto;font-size:13px}\n"
    "svg text{fill:var(--ink)}svg rect{stroke:var(--paper)}svg .axis{stroke:var(--grey)}\n"
    ".s0{fill:var(--s0)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}\n"
    ".legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;"
    "margin:.3rem 0;font-size:.875rem}\n"
    ".legend svg{display:inline-block;width:.8rem;height:.8rem;margin-right:.4rem}\n";

/* Always light, nothing that scrolls, the heads of tables again on every page. */
static const char paper[] =
    "@media print{:root{--paper:#fff;--ink:#000;--head:#1f3447;--grey:#4a555f;--line:#b8c2ca;"
    "--pale:#eef2f6;--link:#000;--good:#1c6b3a;--bad:#a61b1b;"
    "--s0:#1f3447;--s1:#9c3d2e;--s2:#2f80a8;--s3:#a87407}\n"
    "body{font-size:9.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "main{max-width:none;padding:0}nav{display:none}\n"
    ".scroll{overflow:visible}table{font-size:7.5pt}th,td{padding:.2rem .35rem}\n"
    "thead{display:table-header-group}tr,figure,dl div,.verdict{break-inside:avoid}\n"
    "h2,h3,caption{break-after:avoid}h2{margin-top:1.5rem}.charts{grid-template-"
    "columns:1fr 1fr}}\n";

const char *const *page_style(enum page_form form)
{
    static const char *const upright[] = {
        colors, text,  tables,
        charts, paper, "@page{size:A4;margin:16mm 18mm}@media print{.facts{columns:1}}\n",
        NULL};
    static const char *const across[] = {
        colors, text,  tables,
        charts, paper, "@page{size:A4 landscape;margin:12mm 14mm}@media print{.facts{columns:2}}\n",
        NULL};

    return form == PAGE_UPRIGHT ? upright : across;
}
